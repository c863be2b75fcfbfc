/** Judges an example by a rule: the same verdict as the generated check of the rule. */
import type { Outcomes } from "../../support/outcomes.js";
import { excludedName, isListed } from "../../support/outcomes.js";
import type { Moment } from "../../support/lifetimes.js";
import { Watch } from "../../support/watch.js";
import type { Profile } from "../../schema/vocabulary.js";
import { chainFields } from "../chains.js";
import { uses } from "../expression/typed.js";
import { never } from "../fault.js";
import type {
  CallModel, Check, ExampleModel, LifetimeCheck, Model, MomentModel, RuleModel,
} from "../model.js"; // prettier-ignore
import { ownNames } from "../values.js";
import type { World } from "./evaluate.js";
import { holds } from "./evaluate.js";

/** What is known about an example: kept, broken, or why nothing tells. */
export type Verdict = "kept" | "broken" | { readonly unjudged: string };

/** What a rule is judged in: its call, the arguments, and what happens. */
export interface Case {
  readonly world: World;
  readonly call: CallModel | undefined;
  readonly example: ExampleModel;
  readonly profile: Profile;
}

const verdict = (isKept: boolean): Verdict => (isKept ? "kept" : "broken");

/** The verdict of a rule. */
export function judge(model: Model, rule: RuleModel, of: Case): Verdict {
  const { check } = rule;
  const { values, facts } = of.world;
  switch (check.kind) {
    case "type":
    case "none":
      return { unjudged: "nothing checks the rule" };
    case "must-be":
      return verdict(Number(values[check.param]) === check.value);
    case "flags":
    case "undocumented":
      return verdict(fitsFlags(model, check, values[check.param]));
    case "bytes-of":
    case "count-of":
      return verdict(fitsLength(values[check.param], values[check.of]));
    case "required":
      return verdict(Number(values[check.by]) === check.is || values[check.param] !== null);
    case "null":
      return verdict(Number(values[check.by]) !== check.is || values[check.param] === null);
    case "null-only-if":
      if (values[check.param] !== null) return "kept";
      if (check.facts.some((fact) => facts[fact] === true)) return "kept";
      return missing(check.facts, of.world) ?? "broken";
    case "require":
      return (
        missing(uses(check.expression).facts, of.world) ??
        verdict(holds(check.expression, of.world))
      );
    case "chain":
      return verdict(endsAlong(values, check.field));
    case "lifetime":
      return of.call === undefined ? "kept" : watched(model, rule, { ...of, call: of.call, check });
    case "returns":
      return missing([check.fact], of.world) ?? verdict(returns(check, of));
    default:
      return never(check);
  }
}

function missing(facts: readonly string[], world: World): Verdict | undefined {
  const fact = facts.find((name) => world.facts[name] === undefined);
  return fact === undefined ? undefined : { unjudged: `the fact ${fact} is not given` };
}

function fitsFlags(
  model: Model,
  check: Extract<Check, { kind: "flags" | "undocumented" }>,
  value: unknown,
): boolean {
  let mask = 0n;
  for (const set of model.constants) {
    for (const flag of ownNames(set.values)) {
      if (!check.flags.includes(check.kind === "flags" ? set.name : flag)) continue;
      mask |= BigInt(Number(set.values[flag]?.value));
    }
  }
  const given = BigInt.asUintN(32, BigInt(Number(value)));
  return check.kind === "flags" ? (given & ~mask) === 0n : (given & mask) === 0n;
}

function fitsLength(length: unknown, of: unknown): boolean {
  const isMeasured = of instanceof Uint8Array || Array.isArray(of);
  return !isMeasured || of.length >= Number(length);
}

function returns(check: Extract<Check, { kind: "returns" }>, { call, world }: Case): boolean {
  const code = Number(world.facts[check.fact]);
  if (call === undefined) return true;
  const outcomes = outcomesOf(call);
  return check.which === "listed"
    ? isListed(outcomes, code)
    : excludedName(outcomes, code) === undefined;
}

function outcomesOf({ outcomes, otherwise, neverReturns }: CallModel): Outcomes {
  return {
    listed: Object.fromEntries(
      outcomes.map(({ name, value, completes, result, doc }) => [
        name,
        { code: value, completes, result, doc },
      ]),
    ),
    otherwise: otherwise ?? null,
    never: Object.fromEntries(neverReturns.map(({ name, value }) => [name, value])),
    bindsIn: null,
  };
}

/** A walk along a chain comes to its end: no link is met again. */
function endsAlong(first: Readonly<Record<string, unknown>>, next: string): boolean {
  const met = new Set<unknown>();
  for (let link = first[next]; typeof link === "object" && link !== null;) {
    if (met.has(link)) return false;
    met.add(link);
    link = Reflect.get(link, next);
  }
  return true;
}

function watched(
  model: Model,
  rule: RuleModel,
  { call, example, profile, check }: Case & { call: CallModel; check: LifetimeCheck },
): Verdict {
  const moments = (of: readonly MomentModel[]): Moment[] =>
    of.map((moment) => (typeof moment === "string" ? moment : { code: codeOf(call, moment.code) }));
  const { after, until, of, forbids, owes } = check;
  const lifetime = { rule, after: moments(after), until: moments(until), of, forbids, owes };
  const watch = new Watch({
    name: call.name,
    lifetimes: [lifetime],
    outcomes: outcomesOf(call),
    links: chainFields(model),
    profiles: [profile],
  });
  const issues = (example.events ?? []).flatMap((event) => watch.see(event));
  return verdict(issues.length + watch.end().length === 0);
}

const codeOf = (call: CallModel, name: string): number =>
  call.outcomes.find((outcome) => outcome.name === name)?.value ?? 0;
