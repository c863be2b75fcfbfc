/** The one-fault matrix: every field of every struct, every kind of wrong value, and its exact bounds. */
import { describe, expect, test } from "vitest";
import * as judges from "../generated/judges.js";
import type { Judge, Rule } from "../support/index.js";
import { Collector } from "../support/index.js";
import { materialize, schema } from "./vectors.js";

interface FieldData {
  readonly name: string;
  readonly type: string;
  readonly nullable?: true;
  readonly count?: number | "any";
}
interface TypeData {
  readonly kind: string;
  readonly name: string;
  readonly bits?: number | "pointer";
  readonly signed?: boolean;
  readonly form?: string;
  readonly to?: string;
  readonly fields?: readonly FieldData[];
  readonly example?: unknown;
}

const types = schema.types as readonly TypeData[];
const typeOf = (name: string): TypeData | undefined => types.find((type) => type.name === name);
const rule: Rule = {
  id: "T",
  expects: "",
  advice: "",
  strength: "must",
  sources: ["a test"],
};

/** Judges a value; answers the paths of the issues about its type. */
function judge(
  name: string,
  value: unknown,
  arch: "x64" | "x86" = "x64",
): { fits: boolean; paths: string[] } {
  const on = new Collector(["documented"], { arch });
  const one: Judge<unknown> = Reflect.get(judges, `judge${name}`);
  const fits = on.param(rule, "value", one, value);
  return {
    fits,
    paths: on.issues.filter((issue) => issue.rule === "T").map((issue) => issue.path.join(".")),
  };
}

/** Bounds of a whole number: the least, the greatest. */
function bounds({ bits = 0, signed = false }: TypeData): [bigint, bigint] {
  const width = BigInt(bits === "pointer" ? 64 : bits);
  return signed ? [-(1n << (width - 1n)), (1n << (width - 1n)) - 1n] : [0n, (1n << width) - 1n];
}

const isWide = (type: TypeData): boolean => type.bits === "pointer" || type.bits === 64;
const never = [
  undefined,
  "0",
  Number.NaN,
  0.5,
  Number.POSITIVE_INFINITY,
  {},
  [],
  true,
  Symbol("x"),
  () => 0,
];

function wrongValues(type: TypeData | undefined, field: FieldData): unknown[] {
  const notNull = field.nullable === true ? [] : [null];
  const anything = [undefined, "x", 0.5, Symbol("x"), ...notNull];
  if (field.count !== undefined) {
    const size =
      field.count === "any"
        ? []
        : [new Uint8Array(field.count + 1), new Uint8Array(field.count - 1)];
    return [...anything, 0, [1], new Uint16Array(4), ...size];
  }
  if (type?.kind === "integer") {
    const [low, high] = bounds(type);
    const beyond = [low - 1n, high + 1n];
    if (isWide(type)) return [...never, null, ...beyond, 2 ** 53, -1];
    return [...never, null, 0n, ...beyond.map(Number)];
  }
  if (type?.kind === "boolean") return [...anything, 0, 1, {}];
  if (type?.form === "bytes") return [...anything, 0, {}, [1], new Uint16Array(4)];
  return [...anything, 0, [], () => 0];
}

function rightValues(type: TypeData | undefined): unknown[] {
  if (type?.kind !== "integer") return type?.kind === "boolean" ? [true, false] : [];
  const bound = bounds(type);
  return isWide(type) ? [...bound, 0, 5n, Number.MAX_SAFE_INTEGER] : bound.map(Number);
}

const structs = types.filter((type) => type.kind === "struct");
const fieldsOf = structs.flatMap((struct) =>
  (struct.fields ?? []).map((field) => [struct.name, field.name, struct, field] as const),
);

/** A fresh example with one field changed, or left out. */
function withField(struct: TypeData, field: string, value: unknown): object {
  const made = { ...(materialize(struct.example) as Record<string, unknown>), [field]: value };
  if (value === undefined) Reflect.deleteProperty(made, field);
  return made;
}

test.each(structs.map((struct) => [struct.name, struct] as const))(
  "the example of %s fits",
  (name, struct) => {
    expect(judge(name, materialize(struct.example))).toEqual({ fits: true, paths: [] });
    for (const wrong of [null, undefined, 0, "x", [], () => 0]) {
      expect(judge(name, wrong), String(wrong)).toEqual({ fits: false, paths: ["value"] });
    }
  },
);

describe.each(fieldsOf)("%s.%s", (name, field, struct, data) => {
  const type = typeOf(data.type);

  test("takes no wrong value, and is blamed for it", () => {
    for (const wrong of wrongValues(type, data)) {
      const { fits, paths } = judge(name, withField(struct, field, wrong));
      expect(fits, String(wrong)).toBe(false);
      expect(
        paths.every((path) => path.startsWith(`value.${field}`)),
        `${String(wrong)}: ${paths.join()}`,
      ).toBe(true);
      expect(paths.length).toBeGreaterThan(0);
    }
  });

  test("takes its bounds", () => {
    for (const right of data.count === undefined ? rightValues(type) : []) {
      expect(judge(name, withField(struct, field, right)).fits, String(right)).toBe(true);
    }
    if (data.nullable === true) expect(judge(name, withField(struct, field, null)).fits).toBe(true);
  });
});

describe.each(
  types.filter((type) => type.kind === "integer" && isWide(type)).map((type) => [type.name]),
)("%s", (name) => {
  test("has 32 bits on x86", () => {
    expect(judge(name, 0xffff_ffff, "x86").fits).toBe(true);
    expect(judge(name, 0x1_0000_0000, "x86").fits).toBe(false);
    expect(judge(name, 0x1_0000_0000n, "x86").fits).toBe(false);
  });
});

describe("memory that is shorter than a field says", () => {
  const mdl = (length: number, ByteCount: unknown) => ({
    Next: null,
    MdlFlags: 4,
    MappedSystemVa: new Uint8Array(length),
    ByteCount,
  });

  test.each([
    ["MDL", mdl(7, 8), ["value.MappedSystemVa"]],
    ["MDL", mdl(8, 8), []],
    ["MDL", mdl(9, 8), []],
    ["MDL", mdl(7, "8"), ["value.ByteCount"]],
    ["WSABUF", { len: 8, buf: new Uint8Array(7) }, ["value.buf"]],
    ["WSABUF", { len: 8, buf: new Uint8Array(8) }, []],
    ["WSABUF", { len: -1, buf: new Uint8Array(0) }, ["value.len"]],
    ["WSABUF", { len: 8, buf: [1] }, ["value.buf"]],
  ])("%s %o: %j", (name, value, paths) => {
    expect(judge(name, value).paths).toEqual(paths);
  });
});
