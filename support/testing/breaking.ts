/** Arbitraries of the arguments of a call: those that break no rule, and those that break one. */
import * as fc from "fast-check";
import type { Issue, Profile } from "../issue.js";
import type { ExampleChanges, ExampleData } from "./data.js";
import { changedOf, realOf, withAt } from "./data.js";
import type { Walked } from "./walk.js";
import { anySteps, fresh, placesOf, walk } from "./walk.js";

/** How a rule is broken, and nothing but it. */
export interface NearMiss<P extends Profile = Profile> {
  /** The profile in which the rule holds: to be judged by. */
  readonly profile: P;
  /** Rules that cannot help being broken as well, sometimes. */
  readonly alongside: readonly string[];
  /** Examples that break it, as changes to one that breaks nothing. */
  readonly from: readonly ExampleChanges[];
}

/** Arguments that break no rule: no error and no warning; notes there may be. */
export function anyValid<Args, P extends Profile>(
  call: Walked<Args, P>,
  of: { readonly base: ExampleData; readonly options: { readonly profile?: P } },
): fc.Arbitrary<Args> {
  const isKept = (args: unknown): args is Args =>
    call.check(args, {}, of.options).every(({ strength }) => strength === "note");
  return anySteps(call.moves)
    .map((steps) => walk(realOf(of.base), steps, isKept))
    .filter(isKept);
}

/** Arguments that break this rule, and at most those that it says come along. */
export function anyBreaking<Args, P extends Profile>(
  call: Walked<Args, P>,
  of: { readonly base: ExampleData; readonly rule: string; readonly miss: NearMiss<P> },
): fc.Arbitrary<Record<keyof Args, unknown>> {
  const { base, rule, miss } = of;
  const { profile, alongside, from } = miss;
  const isMeant = ({ rule: id, strength }: Issue): boolean =>
    id === rule || strength === "note" || alongside.includes(id);
  const isKept = (args: unknown): args is Record<keyof Args, unknown> => {
    const issues = call.check(args, {}, { profile });
    return issues.some((issue) => issue.rule === rule) && issues.every(isMeant);
  };
  const examples = fc
    .tuple(fc.constantFrom(...from), anySteps(call.moves))
    .map(([changes, steps]) => walk(changedOf(base, changes), steps, isKept));
  if (!rule.endsWith(".type")) return examples.filter(isKept);
  const valid = anyValid(call, { base, options: { profile } });
  const param = Object.keys(from[0] ?? {})[0] ?? "";
  const inside = fc
    .record({ args: valid, value: fc.constantFrom(...ODD), place: fc.nat() })
    .map((odd) => fresh(withOdd(odd, param, isKept)));
  return fc
    .oneof({ weight: 1, arbitrary: examples }, { weight: 3, arbitrary: inside })
    .filter(isKept);
}

const MOST_TRIES = 8;

/** A value where another one is wanted, somewhere in a parameter: at the first place that minds. */
function withOdd(
  { args, value, place }: { args: unknown; value: unknown; place: number },
  param: string,
  isKept: (args: unknown) => boolean,
): unknown {
  const places = placesOf(args).filter(([first]) => first === param);
  for (let i = 0; i < MOST_TRIES; i++) {
    const broken = withAt(args, places[(place + i) % places.length] ?? [param], value);
    if (isKept(broken)) return broken;
  }
  return withAt(args, [param], undefined);
}

/** Values that are not what they look like, for a place where something else is wanted. */
const ODD: readonly unknown[] = [
  undefined, null, true, "", "0", -1, -0.5, 1.5, Number.NaN, Number.POSITIVE_INFINITY,
  0x1_0000_0000, 2 ** 53, -1n, 1n << 64n, [], [0], {}, { value: null }, { value: "0" },
  new Uint16Array(2), new ArrayBuffer(8), Symbol.iterator, Object(1), new Date(0),
]; // prettier-ignore
