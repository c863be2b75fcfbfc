/**
 * A walk through the arguments of a call that never leaves what it is to keep: from a proven
 * example, by steps that are taken only where they keep it. So every value is good, whatever the
 * rules of the call are, and what shrinks comes back to the example.
 */
import * as fc from "fast-check";
import type { Issue, Profile } from "../issue.js";
import { at, withAt } from "./data.js";
import { asWide } from "./types.js";

/** What a call is, to a walk. */
export interface Walked<Args, P extends Profile> {
  readonly check: (
    args: unknown,
    facts: Readonly<Record<string, never>>,
    options: { readonly profile?: P },
  ) => readonly Issue[];
  /** New values of some parameters, which belong together. */
  readonly moves: readonly fc.Arbitrary<Partial<Args>>[];
}

/** What a walk may do at a place: search the edge of what is kept, or write a number otherwise. */
export type Turn = "least" | "greatest" | "written otherwise";

/** A step of a walk, taken only where it keeps what is to be kept. */
export type Step =
  | { readonly kind: "move"; readonly part: object }
  | { readonly kind: "turn"; readonly turn: Turn; readonly place: number };

type Keeps = (args: unknown) => boolean;

const MOST_STEPS = 10;

/** Steps of a walk, none to ten. A call without parameters has no moves. */
export function anySteps(moves: readonly fc.Arbitrary<object>[]): fc.Arbitrary<readonly Step[]> {
  const turns = fc.constantFrom<Turn[]>("least", "greatest", "written otherwise");
  const turn = fc.record({ kind: fc.constant("turn"), turn: turns, place: fc.nat() });
  const move = moves.map((arbitrary) => arbitrary.map((part): Step => ({ kind: "move", part })));
  const weighted: fc.WeightedArbitrary<Step>[] = [
    ...move.map((arbitrary) => ({ weight: 3, arbitrary })),
    { weight: Math.max(1, moves.length), arbitrary: turn },
  ];
  return fc.array(fc.oneof(...weighted), { maxLength: MOST_STEPS });
}

/** Walks from `start`, which is kept; a fresh value, whatever was shared on the way. */
export function walk(start: unknown, steps: readonly Step[], keeps: Keeps): unknown {
  let here = start;
  for (const step of steps) {
    const next = taken(here, step, keeps);
    if (next !== here && keeps(next)) here = next;
  }
  return fresh(here);
}

function taken(here: unknown, step: Step, keeps: Keeps): unknown {
  if (step.kind === "move") return { ...Object(here), ...step.part };
  const places = placesOf(here).filter((path) => isWhole(at(here, path)));
  const path = places[step.place % places.length] ?? [];
  const value = at(here, path);
  if (!isWhole(value)) return here;
  if (step.turn === "written otherwise")
    return withAt(here, path, typeof value === "bigint" ? asWide(value) : BigInt(value));
  const sign = step.turn === "greatest" ? 1n : -1n;
  const write = typeof value === "bigint" ? (v: bigint): unknown => v : asWide;
  const isKept = (v: bigint): boolean => keeps(withAt(here, path, write(v)));
  return withAt(here, path, write(edgeOf(BigInt(value), sign, isKept)));
}

/** The last number that is kept on the way from one that is: in growing steps, then in halves. */
function edgeOf(from: bigint, sign: bigint, isKept: (value: bigint) => boolean): bigint {
  let kept = from;
  let step = 1n;
  while (step < 1n << 65n && isKept(kept + sign * step)) {
    kept += sign * step;
    step *= 2n;
  }
  for (; step > 0n; step /= 2n) if (isKept(kept + sign * step)) kept += sign * step;
  return kept;
}

const isWhole = (value: unknown): value is number | bigint =>
  typeof value === "bigint" || (typeof value === "number" && Number.isSafeInteger(value));

/** The way to a value: names of members, indices of elements. */
export type Path = readonly (string | number)[];

const MOST_PLACES = 400;

/** The paths to all values, those inside memory apart. */
export function placesOf(value: unknown): Path[] {
  const places: Path[] = [];
  const met = new Set<unknown>();
  const visit = (of: unknown, path: Path): void => {
    if (places.length >= MOST_PLACES) return;
    if (path.length > 0) places.push(path);
    if (typeof of !== "object" || of === null || ArrayBuffer.isView(of) || met.has(of)) return;
    met.add(of);
    for (const [key, inner] of Object.entries(of))
      visit(inner, [...path, Array.isArray(of) ? Number(key) : key]);
  };
  visit(value, []);
  return places;
}

/** A copy that shares no object with the value; one that contains itself does so again. */
export function fresh(value: unknown, met: Map<unknown, unknown> = new Map()): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return value.slice();
  if (met.has(value)) return met.get(value);
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: object = Array.isArray(value) ? [] : {};
  met.set(value, copy);
  for (const [key, inner] of Object.entries(value)) Reflect.set(copy, key, fresh(inner, met));
  return copy;
}
