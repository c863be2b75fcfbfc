/** A schema need not have a call: layouts alone give codecs, constants alone give constants. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { generate } from "../../generator/pipeline.js";
import type { Memory } from "../../support/codec/index.js";
import { flatMemory } from "../../support/codec/index.js";
import { compileStrictly, relativeTo } from "../strict.js";
import { temporaryFolder } from "../temp.js";

const schemaOf = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/no-calls/${name}`, import.meta.url));

interface Codecs {
  readReel(memory: Memory, address: bigint, arch: string): unknown;
}

test("layouts give types, layouts and codecs that work", async () => {
  const out = join(temporaryFolder(), "generated");
  const { files } = await generate({
    schema: schemaOf("layouts"), out, support: relativeTo(out, "support"),
  }); // prettier-ignore
  expect([...files.keys()]).toEqual(
    expect.arrayContaining(["codecs/reel.ts", "layouts/reel.ts", "layouts/spool.ts", "types.ts"]),
  );
  const codecs = (await import(join(out, "codecs/index.ts"))) as Codecs;
  const bytes = flatMemory(Uint8Array.of(8, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0));
  expect(codecs.readReel(bytes, 0n, "x86")).toEqual({ Behind: { Behind: null, Feet: 9 }, Feet: 7 });
});

test("constants give constants", async () => {
  const out = join(temporaryFolder(), "generated");
  await generate({ schema: schemaOf("constants"), out, support: relativeTo(out, "support") });
  expect(await import(join(out, "index.ts"))).toMatchObject({ SPEED_SLOW: 3, SPEED_FAST: 15 });
});

test.each(["layouts", "constants"])("%s pass the strictest compiler options", async (name) => {
  const folder = temporaryFolder();
  await generate({ schema: schemaOf(name), out: join(folder, "generated") });
  expect(compileStrictly(folder)).toBe("");
});
