/** How strongly a rule binds, as a condition in generated code. */
import type { Profile, Strength } from "../../schema/vocabulary.js";
import type { RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { string } from "../print/encode.js";

/** The strength of a rule in a profile; undefined where it does not hold. */
export const strengthOf = ({ strength }: RuleModel, profile: Profile): Strength | undefined =>
  typeof strength === "string" ? strength : strength[profile];

/**
 * What stands before the condition of a rule that refuses; undefined where it never does, or not in
 * the profile that is known.
 */
export function mustIn(rule: RuleModel, known?: Profile): Code | undefined {
  const { strength } = rule;
  if (known !== undefined) return strengthOf(rule, known) === "must" ? nothing : undefined;
  if (strength === "must") return nothing;
  if (typeof strength === "string") return undefined;
  const profiles = Object.entries(strength).filter(([, how]) => how === "must");
  return profiles.length === 0 ? undefined : code`${anyOf(profiles.map(([name]) => name))} && `;
}

/** True where the terms name one of these profiles, out of `all`: said in the shorter way. */
export function profileTest(some: readonly Profile[], all: readonly Profile[]): Code {
  const others = all.filter((profile) => !some.includes(profile));
  return some.length <= others.length ? anyOf(some) : noneOf(others);
}

const anyOf = (names: readonly string[]): Code => {
  const tests = names.map((name) => code`terms.profile === ${string(name)}`);
  return tests.length === 1 ? code`${tests}` : code`(${join(tests, code` || `)})`;
};

const noneOf = (names: readonly string[]): Code =>
  join(
    names.map((name) => code`terms.profile !== ${string(name)}`),
    code` && `,
  );
