/** The rules of a call: those that follow from types, and those that are stated. */
import type { Example, Source } from "../schema/define.js";
import type { AnyCall, Lifetime, Moment, Rule } from "../schema/define-call.js";
import type { RuleClass } from "../schema/vocabulary.js";
import { parseExpression } from "./expression/parse.js";
import { resolve } from "./expression/resolve.js";
import type { Scope } from "./expression/typed.js";
import { uses } from "./expression/typed.js";
import { factValue, isHappening, parseHappened } from "./happenings.js";
import type {
  Check,
  ExampleModel,
  LifetimeCheck,
  MomentModel,
  ParamModel,
  RuleModel,
} from "./model.js";
import { camel } from "./names.js";
import { phraseOf } from "./phrases.js";
import type { Registry } from "./registry.js";
import { callScope } from "./scope.js";
import { namedIn, sourcesOf, sourceText, sourceTexts, typeSource } from "./sources.js";
import { returnsCheck, statedChecks } from "./words.js";

/** The rule that a parameter is of its type. */
export function typeRule(registry: Registry, call: AnyCall, param: ParamModel): RuleModel {
  const phrase = phraseOf(registry, param.type, param.optional);
  const page = typeSource(call, param.name);
  const named = namedIn(registry);
  const header = sourceText({ header: call.header }, named);
  const from: Source[] = [...(page === undefined ? [] : [page]), { header: call.header }];
  const type = param.spelled ?? param.type;
  return {
    id: `${call.name}/${param.name}.type`,
    constant: camel(`${param.name}.type`),
    says: `${param.name} is ${phrase}.`,
    expects: phrase,
    advice: `Pass ${phrase}: ${lowerFirst(param.doc)}`,
    class: "argument",
    strength: "must",
    from,
    sources: [
      ...(page === undefined ? [] : [sourceText(page, named)]),
      `${header}: ${param.sal} ${type} ${param.name}`,
    ],
    catalog: param.catalog,
    on: [param.name],
    seenBy: "arguments",
    check: { kind: "type", param: param.name },
    aliases: undefined,
    answers: undefined,
    unchecked: undefined,
    accepts: [{}],
    rejects: [{ set: { [param.name]: "neither a number nor a pointer" } }],
  };
}

/** The rules that stand at a call. */
export function statedRules(registry: Registry, call: AnyCall): RuleModel[] {
  const stated = statedChecks(call);
  return Object.entries(call.rules).map(([key, rule]) => {
    const check = stated.get(key) ?? returnsCheck(call, key) ?? ownCheck(registry, call, rule);
    return ruleModel(registry, { owner: call.name, key, rule, check });
  });
}

function ownCheck(registry: Registry, call: AnyCall, rule: Rule): Check {
  if (rule.lifetime !== undefined) return lifetimeCheck(registry, rule.lifetime);
  return requireCheck(rule.require, callScope(registry, call));
}

/** The check of an expression. */
export function requireCheck(text: string | undefined, scope: Scope): Check {
  if (text === undefined) return { kind: "none" };
  return { kind: "require", text, expression: resolve(parseExpression(text), scope) };
}

function lifetimeCheck(registry: Registry, lifetime: Lifetime): LifetimeCheck {
  const { after, until = [], of, forbids = [], owes = [], unless } = lifetime;
  const moments = (from: Moment | readonly Moment[]): MomentModel[] =>
    [from].flat().map((moment: Moment) => momentModel(registry, moment));
  const lifted = unless === undefined ? {} : { unless };
  const stretch = { after: moments(after), until: moments(until) };
  return { kind: "lifetime", ...stretch, of, forbids, owes, ...lifted };
}

function momentModel(registry: Registry, moment: Moment): MomentModel {
  if (moment === "failure" || isHappening(moment)) return moment;
  return { code: moment, set: registry.code(moment)?.set ?? "" };
}

/** A rule with its sources in words, its class, and its examples understood. */
export function ruleModel(
  registry: Registry,
  made: { owner: string; key: string; rule: Rule; check: Check },
): RuleModel {
  const { owner, key, rule, check } = made;
  const { says, expects, advice, strength, catalog, aliases, on, seenBy } = rule;
  const { answers, unchecked } = rule;
  const examples = (side: readonly Example[]): ExampleModel[] =>
    side.map((example) => exampleModel(registry, example));
  return {
    id: `${owner}/${key}`,
    constant: camel(key),
    says, expects, advice, strength,
    class: rule.class ?? classOf(rule, check),
    from: sourcesOf(rule.from),
    sources: sourceTexts(rule.from, namedIn(registry)),
    catalog, aliases, on, seenBy, check, answers, unchecked,
    accepts: examples(rule.accepts),
    rejects: examples(rule.rejects),
  }; // prettier-ignore
}

function exampleModel(registry: Registry, example: Example): ExampleModel {
  const { set, facts, events, profile } = example;
  const happened = (events ?? []).map((text) => parseHappened(text, registry));
  const numbers = Object.entries(facts ?? {}).map(([name, value]) => [
    name,
    factValue(value, registry),
  ]);
  return {
    ...(set !== undefined && { set }),
    ...(facts !== undefined && { facts: Object.fromEntries(numbers) }),
    ...(events !== undefined && { events: happened.filter((one) => typeof one !== "string") }),
    ...(profile !== undefined && { profile }),
  };
}

/** What the witness and the check of a rule say of its class. */
function classOf({ seenBy, on }: Rule, check: Check): RuleClass {
  if (seenBy === "reader") return "documentary";
  if (seenBy === "protocol") return "lifetime";
  if (seenBy === "state") return "state";
  const reads = check.kind === "require" ? uses(check.expression).members.length : on.length;
  return reads > 1 ? "cross-argument" : "argument";
}

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z\s]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
