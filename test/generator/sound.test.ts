/** What passes the checks compiles, and judges as C would. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { generate } from "../../generator/pipeline.js";
import { compileStrictly, relativeTo } from "../strict.js";
import { temporaryFolder } from "../temp.js";
import { materialize } from "../vectors.js";

const schema = fileURLToPath(new URL("../fixtures/sound", import.meta.url));

interface Sound {
  checkSoundAll(args: unknown, facts?: object, options?: object): { rule: string }[];
}

let sound: Sound;

beforeAll(async () => {
  const out = join(temporaryFolder(), "generated");
  await generate({ schema, out, support: relativeTo(out, "support") });
  sound = (await import(join(out, "index.ts"))) as Sound;
});

test("it compiles with the strictest options", async () => {
  const folder = temporaryFolder();
  await generate({ schema, out: join(folder, "generated") });
  expect(compileStrictly(folder)).toBe("");
});

const mdl = { Next: null, MdlFlags: 4, MappedSystemVa: { bytes: 4 }, ByteCount: 4 };
const good = {
  Deep: 0, High: 0x8000_0000, Near: 0, Blob: { Bytes: { bytes: 4 }, Size: 4 }, Flags: 0, Info: null,
  InfoLength: 0, Arrays: [{ len: 1, buf: { bytes: 1 } }], Chain: mdl,
}; // prettier-ignore

test.each([
  [{}, "x64", []],
  [{ Deep: -5n, Near: -5 }, "x64", []],
  [{ Deep: -(2n ** 63n), High: 2n ** 64n - 1n, Near: 2n ** 63n - 1n }, "x64", []],
  [{ Deep: 2n ** 63n }, "x64", ["SoundAll/Deep.type"]],
  [{ High: -1 }, "x64", ["SoundAll/High.type"]],
  [{ Near: -(2n ** 63n) - 1n }, "x64", ["SoundAll/Near.type"]],
  [{ Deep: 2n ** 62n, High: 2n ** 63n }, "x86", []],
  [{ Near: 2n ** 31n }, "x86", ["SoundAll/Near.type"]],
  [{ Near: -(2 ** 31) }, "x86", []],
  [{ Blob: null }, "x64", ["SoundAll/blob-empty", "SoundAll/blob-there"]],
  [
    { Blob: { Bytes: { bytes: 3 }, Size: 4n } },
    "x64",
    ["SoundAll/Blob.type", "SoundAll/blob-there"],
  ],
  [{ Blob: { Bytes: { bytes: 4 }, Size: 3n } }, "x64", ["SoundAll/blob-empty"]],
  [{ Info: { bytes: 16 }, InfoLength: 16n }, "x64", ["SoundAll/info-formed"]],
  [{ Flags: 4 }, "x64", ["SoundAll/low-bits"]],
  [{ Flags: 0x8000_0004 }, "x64", []],
  [{ Flags: 0x8000_0000, High: 5 }, "x64", ["SoundAll/high-bits"]],
  [{ Arrays: null }, "x64", []],
  [{ Chain: null }, "x64", ["SoundAll/chain-there"]],
])("%o on %s breaks %j", (changes, arch, rules) => {
  const args = materialize({ ...good, ...changes });
  expect(sound.checkSoundAll(args, {}, { arch }).map((issue) => issue.rule)).toEqual(rules);
});
