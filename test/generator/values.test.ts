/** Aliases, values that differ by architecture, and GUIDs: as they are written, as they judge. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { generate } from "../../generator/pipeline.js";
import type { Files } from "../../generator/write.js";
import { compileStrictly, relativeTo } from "../strict.js";
import { temporaryFolder } from "../temp.js";

const schema = fileURLToPath(new URL("../fixtures/values", import.meta.url));

interface Output {
  readonly [name: string]: unknown;
  checkValueAll(args: unknown, facts: object, options: object): { rule: string }[];
  value_codesName(code: number): string;
}

let files: Files = new Map();
let output: Output;

beforeAll(async () => {
  const out = join(temporaryFolder(), "generated");
  ({ files } = await generate({ schema, out, support: relativeTo(out, "support") }));
  output = (await import(join(out, "index.ts"))) as Output;
});

const textOf = (path: string): string => files.get(path) ?? "";

test("each set is a file; sets that nobody reaches are not there", () => {
  const paths = [...files.keys()].filter((path) => /^(?:constants|codes)\//.test(path));
  expect(paths.sort()).toEqual([
    "codes/index.ts",
    "codes/value-codes.ts",
    "constants/index.ts",
    "constants/socket-handles.ts",
    "constants/value-bits.ts",
    "constants/value-ids.ts",
    "constants/value-marks.ts",
    "constants/value-widths.ts",
  ]);
});

test("an alias is the other name, and stands behind it whatever the order in the schema", () => {
  expect(textOf("constants/value-bits.ts")).toContain(`
/** The newer name. */
export const BIT_NEW: VALUE_BITS = 0x2;

/**
 * The older name.
 * The same as BIT_NEW.
 */
export const BIT_OLD: VALUE_BITS = BIT_NEW;
`);
  expect([output["BIT_OLD"], output["WELL"]]).toEqual([2, 9]);
  expect(output.value_codesName(9)).toBe("FINE");
});

test("a value that differs by architecture is an object of all of them", () => {
  expect(textOf("constants/value-widths.ts")).toContain(
    "export const WIDTH: Readonly<Record<Arch, VALUE_WIDTHS>> = { x64: 8, arm64: 8, x86: 4 };",
  );
  expect(output["BREADTH"]).toEqual({ x64: 8, arm64: 8, x86: 4 });
  expect(output["MARK_ALL"]).toEqual({ x64: 2n ** 64n - 1n, arm64: 2n ** 64n - 1n, x86: 2n ** 32n - 1n });
  expect(textOf("constants/value-marks.ts")).toContain("x86: 0xffffffffn");
}); // prettier-ignore

test("a GUID is text of its own type", () => {
  expect(textOf("constants/value-ids.ts")).toContain(`
export type VALUE_IDS = FlavoredText<"VALUE_IDS">;

/** The first. */
export const ID_ONE: VALUE_IDS = "C0B422F5-F58C-11D1-AD6C-00C04FA34A2D";
`);
});

test("schema.json has every value, so that readers need not follow aliases", () => {
  const data = JSON.parse(textOf("schema.json")) as {
    constants: { name: string; values: Record<string, unknown> }[];
    guids: { values: Record<string, unknown> }[];
  };
  const valuesOf = (name: string) => data.constants.find((set) => set.name === name)?.values;
  expect(valuesOf("VALUE_BITS")?.["BIT_OLD"]).toEqual({
    value: 2,
    doc: "The older name.",
    aliasOf: "BIT_NEW",
  });
  expect(valuesOf("VALUE_MARKS")?.["MARK_ALL"]).toMatchObject({
    value: { x86: { $bigint: "4294967295" } },
  });
  expect(data.guids.map((set) => Object.keys(set.values))).toEqual([["ID_ONE"]]);
});

const good = { Bits: 3, Count: 4, Handle: 1, Socket: 1 };

test.each([
  [{}, "x64", []],
  [{ Bits: 4 }, "x64", ["ValueAll/Bits.flags"]],
  [{ Count: 8 }, "x64", []],
  [{ Count: 8 }, "x86", ["ValueAll/narrow"]],
  [{ Count: 9 }, "arm64", ["ValueAll/narrow"]],
  [{ Handle: 8n }, "x64", ["ValueAll/handle"]],
  [{ Handle: 8n }, "x86", []],
  [{ Handle: 0xffff_ffffn }, "x64", []],
  [{ Handle: 0xffff_ffff }, "x86", ["ValueAll/handle"]],
  [{ Socket: 0xffff_ffff }, "x86", ["ValueAll/socket"]],
  [{ Socket: 0xffff_ffff }, "x64", []],
  [{ Socket: 0xffff_ffff_ffff_ffffn }, "x64", ["ValueAll/socket"]],
])("%o on %s breaks %j", (changes, arch, rules) => {
  const issues = output.checkValueAll({ ...good, ...changes }, {}, { arch });
  expect(issues.map((issue) => issue.rule)).toEqual(rules);
});

test("it compiles with the strictest options", async () => {
  const folder = temporaryFolder();
  await generate({ schema, out: join(folder, "generated") });
  expect(compileStrictly(folder)).toBe("");
});
