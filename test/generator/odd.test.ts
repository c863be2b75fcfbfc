/** Unusual, legal shapes: what is generated for them compiles, and judges as the schema says. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { generate } from "../../generator/pipeline.js";
import type { readImage, SparseMemory } from "../../support/codec/index.js";
import { flatMemory } from "../../support/codec/index.js";
import type { Layout } from "../../support/index.js";
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

describe("memory", () => {
  interface Codecs {
    readonly SparseMemory: typeof SparseMemory;
    writeMixed(memory: SparseMemory, value: object, options: object): bigint;
    readMixed(memory: SparseMemory, address: bigint, arch: string): object;
    readMixedImage(memory: SparseMemory, address: bigint, arch: string): object;
    readImage: typeof readImage;
  }
  const mixed = (): object => ({
    Cell: { value: 5 }, WideCell: null, Array: null, Bytes: null,
    Callback: Object.assign(() => 0, { address: 7n }), Opaque: { address: 9n }, Secret: null,
    Tree: { Left: null, Right: { Left: null, Right: null } }, Port: 0x0102_0304, Wide: 1,
    constructor_: true, Rest: new Uint8Array(),
  }); // prettier-ignore

  test("a field of every kind is written and read", async () => {
    const codecs = (await import(join(out, "codecs/index.ts"))) as Codecs;
    for (const arch of ["x64", "x86"]) {
      const memory = new codecs.SparseMemory();
      const address = codecs.writeMixed(memory, mixed(), { arch });
      const read = codecs.readMixed(memory, address, arch) as { Callback: () => void };
      expect(read).toEqual({ ...mixed(), Callback: expect.any(Function) as unknown });
      expect(() => read.Callback()).toThrow("the function at 0x7 is not in this process");
      expect(read.Callback).toHaveProperty("address", 7n);
      const image = codecs.readMixedImage(memory, address, arch);
      expect(image).toMatchObject({ Callback: 7n, Port: 0x0403_0201, constructor_: 1 });
    }
  });

  test("what nobody measured is not read, unless it is NULL", async () => {
    const codecs = (await import(join(out, "codecs/index.ts"))) as Codecs;
    const memory = new codecs.SparseMemory();
    const address = codecs.writeMixed(memory, mixed(), { arch: "x64" });
    for (const [offset, why] of [
      [8n, "SIZE_T is no number of 32 bits or less"],
      [16n, "the schema does not say how many elements there are"],
      [24n, "the schema does not say how long the memory is"],
      [48n, "the layout of SECRET is not known"],
    ] as const) {
      memory.write(address + offset, Uint8Array.of(1));
      expect(() => codecs.readMixed(memory, address, "x64")).toThrow(why);
      memory.write(address + offset, Uint8Array.of(0));
    }
  });

  test("raw values of arrays of structs stand element by element", async () => {
    const codecs = (await import(join(out, "codecs/index.ts"))) as Codecs;
    const { ODD_LAYOUT } = (await import(join(out, "layouts/index.ts"))) as { ODD_LAYOUT: Layout };
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const image = codecs.readImage(flatMemory(bytes), 0n, { layout: ODD_LAYOUT, arch: "x86" });
    expect(image["a[].x"]).toEqual([0x0302_0100n, 0x3736_3534n, 0x6b6a_6968n]);
    expect((image["a[].y"] as unknown[])[1]).toHaveLength(6);
    expect(image["b[].in"]).toEqual([0, 4]);
    expect(image).not.toHaveProperty("b[].tail");
  });
});
