/**
 * The generated layouts, values and prototypes, held against what compilers and headers say. The
 * lists in test/measured were not made from the schema: a slip of the schema or of the layout
 * engine shows here.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as codes from "../generated/codes/index.js";
import * as constants from "../generated/constants/index.js";
import * as layouts from "../generated/layouts/index.js";
import type { Layout } from "../support/index.js";
import { ARCHITECTURES } from "../schema/vocabulary.js";
import { schema } from "./vectors.js";

/** The rows of a list, as words. */
function rowsOf(name: string): string[][] {
  const text = readFileSync(new URL(`measured/${name}.txt`, import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => line.split(/ +/));
}

const valueOf = (module: object, name: string): unknown => Reflect.get(module, name);

function measuresOf(path: string): string[] {
  const [type = "", ...members] = path.split(".");
  const layout = valueOf(layouts, `${type}_LAYOUT`) as Layout<string> | undefined;
  return ARCHITECTURES.map((arch) => {
    const on = layout?.[arch];
    if (members.length === 0) return `${on?.size}/${on?.align}`;
    const member = on?.members[members.join(".")];
    return `${member?.offset}+${member?.size}`;
  });
}

const measured = rowsOf("layouts").map(([path = "", ...measures]) => [path, measures] as const);

test("the lists are whole", () => {
  expect(measured.length).toBeGreaterThan(190);
  expect(rowsOf("constants")).toHaveLength(386);
  expect(rowsOf("prototypes").filter(([name]) => !name?.includes("."))).toHaveLength(7);
});

test("each type and member lies where compilers put it on x64, arm64 and x86", () => {
  const found = measured.map(([path]) => [path, measuresOf(path)]);
  expect(found).toEqual(measured);
});

test("each code, constant and GUID has the value of its header", () => {
  const rows = rowsOf("constants").map((words) => words.join(" "));
  const found = rows.map((row) => {
    const [name = "", ...words] = row.split(" ");
    const value = valueOf(codes, name) ?? valueOf(constants, name);
    const text = words.map((word) => {
      const [arch = "", number] = word.split("=");
      return number === undefined ? String(value) : `${arch}=${Reflect.get(Object(value), arch)}`;
    });
    return [name, ...text].join(" ");
  });
  expect(found).toEqual(rows);
});

test("each prototype is that of its header, parameter by parameter, with SAL", () => {
  // INT is what Windows calls an int; the provider's header writes the latter.
  const found = schema.calls.flatMap(({ name, typedef, returns, params }) => [
    [name, returns.replace("INT", "int"), typedef],
    ...params.map((of) => [`${name}.${of.name}`, of.spelled ?? of.type, of.sal]),
  ]);
  expect(found.map((row) => row.join(" "))).toEqual(
    rowsOf("prototypes").map((row) => row.join(" ")),
  );
});
