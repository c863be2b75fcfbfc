/**
 * Facts are looked at twice: quickly where a check has no options, and rule by rule where it has.
 * Both say the same of every fact with every value, and of many at once.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FACT_NAMES } from "../../generated/facts.js";
import type { Facts } from "../../generated/index.js";
import type { CheckOptions, Issue } from "../../support/index.js";
import { cases, checkOf } from "../examples.js";
import type { CallData } from "../vectors.js";
import { exampleArgs, schema } from "../vectors.js";
import { basesOf } from "./places.js";

const NAMES = [...FACT_NAMES, "no-fact"];
const VALUES = [
  undefined, true, false, 0, 1, 2, 3, 4, 8, 16, 23, 64, 100_000, -1, 1.5, Number.NaN, 2 ** 40,
  -1_073_741_823, null, "2", 2n,
] as const; // prettier-ignore

const said = (issues: readonly Issue[]): string[] =>
  issues.map(({ message, strength }) => `${strength}: ${message}`);

/** What both say, which is the same. */
function judge(call: CallData, args: unknown, facts: object): readonly Issue[] {
  const check = checkOf(call);
  const rules: CheckOptions = { rules: {} };
  const quick = check(args, facts as Facts);
  expect(said(quick), JSON.stringify(facts, text)).toEqual(
    said(check(args, facts as Facts, rules)),
  );
  return quick;
}

const text = (_: string, value: unknown): unknown =>
  typeof value === "bigint" || Number.isNaN(value) ? String(value) : value;

describe.each(schema.calls.map((call) => [call.name, call] as const))("%s", (_, call) => {
  const bases = basesOf(call);

  test("in the examples of every rule", () => {
    for (const { rule, under, call: of } of cases) {
      if (of !== call || rule.seenBy !== "arguments" || rule.check.kind === "lifetime") continue;
      for (const example of [...rule.accepts, ...rule.rejects])
        judge(call, exampleArgs(call, example, under), example.facts ?? {});
    }
  });

  test("each with every value, at every valid call", () => {
    let told = 0;
    for (const { make } of bases) {
      for (const name of NAMES) {
        for (const value of VALUES) told += judge(call, make(), { [name]: value }).length;
      }
    }
    expect(told).toBeGreaterThan(bases.length * NAMES.length);
  });

  test("many at once", () => {
    const facts = fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES.slice(0, 11)));
    fc.assert(
      fc.property(fc.nat(bases.length - 1), facts, (at, told) => {
        judge(call, bases[at]?.make(), told);
      }),
      { numRuns: 5000 },
    );
  });
});
