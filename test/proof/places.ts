/** Every place in the arguments of a call where a fault may be put. */
import type { CallData } from "../vectors.js";
import { baseArgs, exampleArgs } from "../vectors.js";
import { cases } from "../examples.js";

/** The way to a value: the last key is replaced. */
export type Way = readonly (string | number)[];

/** A valid call, made anew each time. */
export interface Base {
  readonly name: string;
  readonly make: () => Record<string, unknown>;
}

/** The base call, and every accepted example of every rule about arguments. */
export function basesOf(call: CallData): Base[] {
  const accepted = cases.filter(
    (one) =>
      one.call === call && one.rule.seenBy === "arguments" && one.rule.check.kind !== "lifetime",
  );
  return [
    { name: "base", make: () => baseArgs(call) },
    ...accepted.flatMap(({ rule, under }) =>
      rule.accepts.map((example, i) => ({
        name: `${rule.id} accepts ${i}`,
        make: () => exampleArgs(call, example, under),
      })),
    ),
  ];
}

/** The ways to all values below `value`: properties and elements, each object once. */
export function waysIn(value: unknown, way: Way = [], met = new Set<unknown>()): Way[] {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
  if (met.has(value)) return [];
  met.add(value);
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...way, Array.isArray(value) ? Number(key) : key];
    return [here, ...waysIn(inner, here, met)];
  });
}

/** Puts a value at the end of a way. Nothing happens where the way has been cut off meanwhile. */
export function put(args: object, way: Way, value: unknown): void {
  let at: unknown = args;
  for (const key of way.slice(0, -1))
    at = typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined;
  if (typeof at !== "object" || at === null) return;
  try {
    Object.defineProperty(at, way.at(-1) ?? "", {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  } catch {
    // What is frozen, or a typed array, stays as it is.
  }
}
