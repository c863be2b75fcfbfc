/** What an expression is for given values and facts. Numbers are exact, as in generated code. */
import { isBytes, lengthOf } from "../../support/bytes.js";
import { isControlInfo } from "../../support/cmsg.js";
import { isAllOnes } from "../../support/numbers.js";
import { Fault, never } from "../fault.js";
import type { Typed } from "../expression/typed.js";
import { isArchValue } from "../values.js";

/** Real values by parameter or field, and the facts that are given. Examples run on x64. */
export interface World {
  readonly values: Readonly<Record<string, unknown>>;
  readonly facts: Readonly<Record<string, number | boolean>>;
}

type Binary = Extract<Typed, { kind: "binary" }>;

/** True where the condition holds. */
export const holds = (typed: Typed, world: World): boolean => evaluate(typed, world) === true;

function evaluate(typed: Typed, world: World): unknown {
  switch (typed.kind) {
    case "number":
      return typed.value;
    case "constant":
      return BigInt(isArchValue(typed.value) ? typed.value.x64 : typed.value);
    case "member":
      return exact(read(world.values, typed.path));
    case "null":
      return null;
    case "fact":
      return exact(world.facts[typed.name]);
    case "total":
      return total(typed, world);
    case "length": {
      const of = evaluate(typed.of, world);
      if (isBytes(of)) return BigInt(lengthOf(of));
      return Array.isArray(of) ? BigInt(of.length) : undefined;
    }
    case "wellFormed": {
      const bytes = evaluate(typed.bytes, world);
      const length = Number(number(typed.length, world));
      return isBytes(bytes) && isControlInfo(bytes, length, "x64");
    }
    case "allOnes":
      return isAllOnes(number(typed.of, world), "x64");
    case "not":
      return !holds(typed.of, world);
    case "binary":
      return binary(typed, world);
    default:
      return never(typed);
  }
}

function binary(typed: Binary, world: World): unknown {
  const { op, left, right, wide } = typed;
  if (op === "&&") return holds(left, world) && holds(right, world);
  if (op === "||") return holds(left, world) || holds(right, world);
  if (op === "==") return evaluate(left, world) === evaluate(right, world);
  if (op === "!=") return evaluate(left, world) !== evaluate(right, world);
  const [a, b] = [number(left, world), number(right, world)];
  switch (op) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    case "+":
      return a + b;
    case "&":
      return wide ? a & b : BigInt.asUintN(32, a & b);
    case "|":
      return wide ? a | b : BigInt.asUintN(32, a | b);
    default:
      return never(op);
  }
}

function total(typed: Extract<Typed, { kind: "total" }>, world: World): bigint {
  const of = world.values[typed.of];
  let sum = 0n;
  const add = (element: unknown): void => {
    const value = exact(read(element, typed.field));
    if (typeof value === "bigint") sum += value;
  };
  const count = typed.count === undefined ? Infinity : Number(world.values[typed.count]);
  if (Array.isArray(of)) of.slice(0, count).forEach(add);
  else for (const link of linksOf(of, typed.along)) add(link);
  return sum;
}

/** The links of a chain, each once, the first one too. */
export function* linksOf(first: unknown, next: string | undefined): Generator<object> {
  const met = new Set<unknown>();
  let link = first;
  while (typeof link === "object" && link !== null && !met.has(link)) {
    met.add(link);
    yield link;
    link = next === undefined ? null : read(link, [next]);
  }
}

function number(typed: Typed, world: World): bigint {
  const value = evaluate(typed, world);
  if (typeof value !== "bigint") throw new Fault(`an example has no number where one is read`);
  return value;
}

function read(from: unknown, path: readonly string[]): unknown {
  let at = from;
  for (const key of path)
    at = typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined;
  return at;
}

const exact = (value: unknown): unknown => (typeof value === "number" ? BigInt(value) : value);
