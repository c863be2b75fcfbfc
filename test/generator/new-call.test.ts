/** Adding a call is adding a file: the generator meets one that no line of it knows. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { generate } from "../../generator/pipeline.js";
import { compileStrictly, relativeTo } from "../strict.js";
import { temporaryFolder } from "../temp.js";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const schema = at("../fixtures/new-call/schema");

interface Tape {
  checkTapePlay(args: unknown, facts?: object, options?: object): { rule: string }[];
  createTapePlay(body?: unknown, options?: object): (...args: unknown[]) => number;
}

let out = "";
let tape: Tape;

beforeAll(async () => {
  out = join(temporaryFolder(), "generated");
  await generate({ schema, out, support: relativeTo(out, "support") });
  tape = (await import(join(out, "index.ts"))) as Tape;
});

const good = () => ({
  Tape: {
    Reels: { Behind: { Behind: null, Feet: 5n }, Feet: 5 },
    Label: new Uint8Array(4),
    Start: -5,
  },
  Speed: 3,
  Error: { value: 0 },
});

const rulesOf = (args: unknown, facts = {}, options = {}): string[] =>
  tape.checkTapePlay(args, facts, options).map((issue) => issue.rule);

test("its checks hold: types, flags, chains, arrays, facts and profiles of its own", () => {
  expect(rulesOf(good())).toEqual([]);
  expect(rulesOf({ ...good(), Speed: 4 })).toEqual(["TapePlay/Speed.flags"]);
  expect(rulesOf({ ...good(), Speed: 0x8000_0000 })).toEqual([]);
  expect(rulesOf({ ...good(), Speed: 0x8000_0000 }, {}, { profile: "strict" })).toEqual([
    "TapePlay/Speed.undocumented",
  ]);
  expect(rulesOf(good(), { "player.on": false })).toEqual(["TapePlay/player-on"]);
  const { Tape } = good();
  expect(rulesOf({ ...good(), Tape: { ...Tape, Start: 40_000 } })).toEqual(["TapePlay/Tape.type"]);
  expect(rulesOf({ ...good(), Tape: { ...Tape, Label: new Uint8Array(5) } })).toEqual([
    "TapePlay/Tape.type",
  ]);
  expect(rulesOf({ ...good(), Tape: { ...Tape, Reels: { Behind: null, Feet: 9 } } })).toEqual([
    "TAPE/long-enough",
  ]);
});

test("its stub checks both sides of the call", () => {
  const { Tape, Speed } = good();
  const play = (result: number, code: number) => () =>
    tape.createTapePlay((_: unknown, __: unknown, error: { value: number }) => {
      error.value = code;
      return result;
    })(Tape, Speed, { value: 0 });
  expect(play(0, 0)()).toBe(0);
  expect(play(-1, 1)()).toBe(-1);
  expect(play(-1, 2)).toThrow("TAPE_TORN is excluded by its page");
  expect(play(-1, 3)).toThrow("the contract does not list it");
  expect(play(-1, 0)).toThrow("SOCKET_ERROR comes with an error code");
  expect(() => tape.createTapePlay()(Tape, Speed, { value: 0 })).toThrow("has no implementation");
  expect(() => tape.createTapePlay(() => 0)(Tape, 4, { value: 0 })).toThrow("TapePlay/Speed.flags");
});

test("what it generates passes the strictest compiler options", async () => {
  const folder = temporaryFolder();
  await generate({ schema, out: join(folder, "generated") });
  expect(compileStrictly(folder)).toBe("");
});
