/** The entries of the schema are read one by one, so they repeat what they share: but alike. */
import { expect, test } from "vitest";
import type { CallData, RuleData } from "./vectors.js";
import { schema } from "./vectors.js";

const key = (rule: RuleData): string => rule.id.split("/")[1] ?? "";

/** What two calls may not say differently; sources and strengths are each call's own. */
const meaning = (rule: RuleData): object => {
  const { says, class: kind, seenBy } = rule;
  return { says, kind, seenBy };
};

const pairs = schema.calls.flatMap((a, i) => schema.calls.slice(i + 1).map((b) => [a, b] as const));

test.each(pairs.map(([a, b]) => [a.name, b.name, a, b] as const))(
  "%s and %s: a rule of the same name over parameters of the same types says the same",
  (_, __, a, b) => {
    for (const rule of a.rules) {
      const other = b.rules.find((candidate) => key(candidate) === key(rule));
      if (other === undefined || !alike(a, b, rule, other)) continue;
      expect(meaning(other)).toEqual(meaning(rule));
    }
  },
);

function alike(a: CallData, b: CallData, rule: RuleData, other: RuleData): boolean {
  const types = (call: CallData, of: RuleData): string =>
    (of as RuleData & { on: readonly string[] }).on
      .map((name) => {
        const param = call.params.find((p) => p.name === name);
        return `${name}: ${param?.type} ${param?.optional} ${param?.flags}`;
      })
      .join();
  return a.header === b.header && types(a, rule) === types(b, other);
}

test("every decision is linked from the rule or the call that it touches", () => {
  const { calls, types, decisions } = schema as typeof schema & {
    readonly decisions: readonly { readonly name: string }[];
  };
  const rules = [...calls, ...types].flatMap((of) => of.rules ?? []);
  const linked = new Set([
    ...rules.flatMap((rule) => rule.from.map((source) => source.decision)),
    ...calls.flatMap((call) => call.decided),
  ]);
  expect(decisions.filter(({ name }) => !linked.has(name))).toEqual([]);
});
