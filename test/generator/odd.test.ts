/** Unusual, legal shapes: what is generated for them compiles, and judges as the schema says. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { generate } from "../../generator/pipeline.js";
import { compileStrictly, relativeTo } from "../strict.js";
import { temporaryFolder } from "../temp.js";
import { materialize } from "../vectors.js";

const schema = fileURLToPath(new URL("../fixtures/odd", import.meta.url));

interface Odd {
  checkOddAll(args: unknown): { rule: string }[];
  checkOddNothing(args: unknown): { rule: string }[];
  createOddNothing(body: () => number): () => number;
}

let out = "";
let odd: Odd;

beforeAll(async () => {
  out = join(temporaryFolder(), "generated");
  await generate({ schema, out, support: relativeTo(out, "support") });
  odd = (await import(join(out, "index.ts"))) as Odd;
});

const good = (): Record<string, unknown> => ({
  Empty: {}, Tree: null, Bits: 0, Zero: 0, Count: 0, Buffers: null, Out: { value: 0 }, Handle: 5,
  snake_case: 0,
}); // prettier-ignore

test("it compiles with the strictest options", async () => {
  const folder = temporaryFolder();
  await generate({ schema, out: join(folder, "generated") });
  expect(compileStrictly(folder)).toBe("");
});

test("a call without parameters, a struct without fields", () => {
  expect(odd.checkOddNothing({})).toEqual([]);
  expect(odd.createOddNothing(() => 0)()).toBe(0);
  expect(odd.checkOddAll(good())).toEqual([]);
});

test.each([
  [{ Bits: 0x8000_0001, Handle: 0xffff_ffff_ffff_ffffn }, []],
  [{ Bits: 2 }, ["OddAll/Bits.flags"]],
  [{ Bits: 0x8000_0000 }, ["OddAll/high-bit"]],
  [{ Zero: 0n }, []],
  [{ Zero: 1n }, ["OddAll/Zero.must-be"]],
  [{ Count: 1n }, ["OddAll/Buffers.required"]],
  [{ Count: 1n, Buffers: [] }, ["OddAll/Count.count-of"]],
  [{ Buffers: [] }, ["OddAll/Buffers.null"]],
  [{ Bits: 1, Out: null }, ["OddAll/grouped"]],
  [{ Bits: 1, Handle: 1n }, ["OddAll/grouped"]],
  [{ snake_case: 16 }, ["OddAll/grouped"]],
  [{ Tree: { Left: { Left: null, Right: null }, Right: null } }, []],
  [{ Tree: { Left: { Left: 1, Right: null }, Right: null } }, ["OddAll/Tree.type"]],
])("%o breaks %j", (changes, rules) => {
  const args = { ...good(), ...(materialize(changes) as object) };
  expect(odd.checkOddAll(args).map((issue) => issue.rule)).toEqual(rules);
});

test("a tree that is endless, or very deep, is an issue and no stack overflow", () => {
  const endless: Record<string, unknown> = { Left: null, Right: null };
  endless["Left"] = endless;
  expect(odd.checkOddAll({ ...good(), Tree: endless }).length).toBeGreaterThan(0);
});
