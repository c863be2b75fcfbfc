/** Conditions as JSON Schema says them, as far as it can: it compares with constants only. */
import { isArchValue } from "../values.js";
import type { Typed } from "../expression/typed.js";
import { negate } from "../emit/expression.js";
import type { JsonObject } from "./json.js";
import { at, bytes, not, NULL, sameWide } from "./json.js";

/** A schema, or why there is none. */
export type Said = { readonly schema: JsonObject } | { readonly why: string };

/** JSON Schema knows no value but the one it stands at. */
export const COMPARES = "JSON Schema does not compare one value with another";

const unsaid = (why: string): Said => ({ why });

type Binary = Extract<Typed, { kind: "binary" }>;

/** A condition over the parameters of a call, or the fields of a struct. */
export function sayCondition(typed: Typed): Said {
  switch (typed.kind) {
    case "not":
      return typed.of.kind === "binary" || typed.of.kind === "not"
        ? sayCondition(negate(typed.of))
        : sayLeaf(typed.of, not);
    case "binary":
      return typed.op === "&&" || typed.op === "||" ? sayBoth(typed) : sayComparison(typed);
    default:
      return sayLeaf(typed);
  }
}

function sayBoth({ op, left, right }: Binary): Said {
  const [one, other] = [sayCondition(left), sayCondition(right)];
  if ("why" in one) return one;
  if ("why" in other) return other;
  const both = [one.schema, other.schema];
  return { schema: op === "&&" ? { allOf: both } : { anyOf: both } };
}

/** What is true or false by itself; `turn` negates the schema at the end of the path. */
function sayLeaf(typed: Typed, turn = (schema: JsonObject): JsonObject => schema): Said {
  if (typed.kind === "allOnes" && typed.of.kind === "member")
    return { schema: at(typed.of.path, turn(sameWide(0xffff_ffff_ffff_ffffn))) };
  if (typed.kind === "member" && typed.meaning.kind === "boolean")
    return { schema: at(typed.path, turn({ const: true })) };
  if (typed.kind === "wellFormed") return unsaid("JSON Schema does not look inside memory");
  return unsaid(COMPARES);
}

const FLIPPED: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

function sayComparison({ op, left, right }: Binary): Said {
  const isTurned = constantOf(left) !== undefined || left.kind === "null";
  const [of, value] = isTurned ? [right, left] : [left, right];
  const is = isTurned ? (FLIPPED[op] ?? op) : op;
  if (of.kind === "binary") {
    const adds = of.op === "+";
    return unsaid(adds ? "JSON Schema does not add" : "JSON Schema does not read single bits");
  }
  if (of.kind === "total") return unsaid("JSON Schema does not add");
  if (value.kind === "null" && of.kind === "member")
    return { schema: at(of.path, is === "==" ? NULL : not(NULL)) };
  const number = constantOf(value);
  if (number === undefined) return unsaid(COMPARES);
  if (of.kind === "length") return sayLength(of.of, is, Number(number));
  if (of.kind !== "member" || of.meaning.kind !== "number") return unsaid(COMPARES);
  if (!of.meaning.wide) return sayNumber(of.path, is, Number(number));
  if (is !== "==" && is !== "!=")
    return unsaid("a number above 2^53 is text in JSON, and text has no order");
  const same = sameWide(number);
  return { schema: at(of.path, is === "==" ? same : not(same)) };
}

function constantOf(typed: Typed): bigint | undefined {
  if (typed.kind === "number") return typed.value;
  if (typed.kind !== "constant") return undefined;
  return BigInt(isArchValue(typed.value) ? typed.value.x64 : typed.value);
}

const BOUNDS: Readonly<Record<string, string>> = {
  "==": "const",
  "<": "exclusiveMaximum",
  "<=": "maximum",
  ">": "exclusiveMinimum",
  ">=": "minimum",
};

function sayNumber(path: readonly string[], op: string, value: number): Said {
  const bound = BOUNDS[op];
  return { schema: at(path, bound === undefined ? not({ const: value }) : { [bound]: value }) };
}

function sayLength(of: Typed, op: string, value: number): Said {
  if (of.kind !== "member") return unsaid(COMPARES);
  const range = rangeOf(op, value);
  const some = of.meaning.kind === "array" ? items(range) : bytes(range);
  // Nothing has a length below 0.
  const size = (range.most ?? 0) < 0 ? not({}) : some;
  return { schema: at(of.path, op === "!=" ? not(size) : size) };
}

function rangeOf(op: string, value: number): { least?: number; most?: number } {
  if (op === "<") return { most: value - 1 };
  if (op === "<=") return { most: value };
  if (op === ">") return { least: Math.max(value + 1, 0) };
  if (op === ">=") return { least: Math.max(value, 0) };
  return { least: Math.max(value, 0), most: value };
}

const items = ({ least, most }: { least?: number; most?: number }): JsonObject => ({
  ...(least === undefined ? {} : { minItems: least }),
  ...(most === undefined ? {} : { maxItems: most }),
});
