/** The rules of wskit itself: how arguments, options and facts are given. No schema has them. */
import { argumentsRule, factsRule, optionsRule } from "../../support/index.js";
import type { Rule as SupportRule } from "../../support/index.js";
import { CONTRACT_RULES, LIFETIME_RULES } from "../../runtime/violation.js";
import type { Call, Contract, Example, Rule } from "./contract.js";

/** `X/arguments`, `X/options` and `X/facts` of a call. */
export function ownRules({ name, profiles }: Call): Rule[] {
  return [
    told(argumentsRule(name), {
      says: "The arguments are an object with one property for each parameter.",
      holds: "the arguments are an object, and reading them throws nothing",
      accepts: {},
      rejects: { set: { arguments: null } },
    }),
    told(optionsRule(name), {
      says: "The options name a profile of the call and an architecture.",
      holds: `profile is one of ${profiles.join(", ")}; arch is x64, x86 or arm64`,
      accepts: { set: { profile: profiles[0], arch: "x86" } },
      rejects: { set: { arch: "mips" } },
    }),
    told(factsRule(name), {
      says: "A fact is one that the schema has: a whole number, true or false.",
      holds: "a fact that is given is of the kind that `wskit explain <fact>` tells",
      accepts: { facts: { irql: 2 } },
      rejects: { set: { irql: "2" } },
    }),
  ];
}

/** The rules that the runtime watches by itself, with the pages of those that they stand for. */
export const runtimeRules = (contract: Contract): Rule[] =>
  Object.entries(LIFETIME_RULES).map(([name, says]) => ({
    id: `runtime/${name}`,
    says,
    expects: "",
    advice: "The runtime refuses it, and does nothing.",
    class: "lifetime",
    strength: "must",
    on: [],
    seenBy: "state",
    check: { kind: "none" },
    accepts: [],
    rejects: [],
    ...behind(name, contract),
  }));

/** Where the rule stands written that the runtime holds its callers to. */
function behind(name: string, contract: Contract): Pick<Rule, "sources" | "catalog" | "standsFor"> {
  const [, standsFor] = Object.entries(CONTRACT_RULES).find(([own]) => own === name) ?? [];
  const all = [...contract.calls, ...contract.types].flatMap(({ rules }) => rules ?? []);
  const rule = all.find(({ id }) => id === standsFor);
  if (rule === undefined)
    return {
      sources: ["policy: what would stop Windows, or corrupt memory, is an error here"],
      catalog: [],
    };
  return { sources: rule.sources, catalog: rule.catalog, standsFor: rule.id };
}

interface Told {
  readonly says: string;
  readonly holds: string;
  readonly accepts: Example;
  readonly rejects: Example;
}

function told(rule: SupportRule, of: Told): Rule {
  const { id, expects, advice, sources } = rule;
  return {
    id,
    says: of.says,
    expects,
    advice,
    sources,
    class: "argument",
    strength: "must",
    catalog: [],
    on: [],
    seenBy: "arguments",
    check: { kind: "require", text: of.holds },
    accepts: [of.accepts],
    rejects: [of.rejects],
  };
}
