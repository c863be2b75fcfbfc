/**
 * The checks of a call: check, guard and assertion over one judge. What shows only afterwards is
 * judged by operation.ts.
 */
import type { CallModel, Model } from "../model.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import { docComment, imported, string } from "../print/encode.js";
import { emitJudge } from "./judge.js";
import { factsType, lib, libType, list, namesOf, profilesType } from "./pieces.js";
import { needsOf } from "./rule-checks.js";
import { weighOf } from "./verdicts.js";

/** Emits the checks of a call. */
export function emitChecks(model: Model, call: CallModel): Code {
  const rules = call.rules.filter(({ seenBy }) => seenBy !== "protocol");
  const ofFacts = rules.filter((rule) => needsOf(model, rule, call).facts);
  const ofArguments = rules.filter((rule) => !ofFacts.includes(rule));
  const hasFacts = ofFacts.length > 0;
  return code`${guard(call)}${check(call, hasFacts)}${assertion(call)}
${emitJudge(model, call, { name: "judge", rules: ofArguments })}
${hasFacts ? emitJudge(model, call, { name: "judgeFacts", rules: ofFacts }) : nothing}`;
}

const termsOf = (): Code => code`${lib("termsOf")}(PROFILES, options)`;

function guard(call: CallModel): Code {
  const { args, guard } = namesOf(call);
  const profile = profilesType(call);
  const profiles = code`${libType("Profiles")}<${profile}>`;
  return code`
const PROFILES: ${profiles} = [${list(call.profiles.map(string))}];
const TERMS = /* @__PURE__ */ ${lib("termsOf")}(PROFILES, ${lib("NO_OPTIONS")});

${docComment([
  `True for arguments that break no binding rule of ${call.name}. Never throws, and never copies.`,
])}export function ${guard}(
  args: unknown,
  options?: ${libType("TermsOptions")}<${profile}>,
): args is ${args} {
  if (options === undefined) return ${weighOf(call)}(args, TERMS) !== ${lib("REFUSED")};
  const terms = ${termsOf()};
  return ${lib("isKnown")}(PROFILES, terms) && ${weighOf(call)}(args, terms) !== ${lib("REFUSED")};
}
`;
}

function check(call: CallModel, hasFacts: boolean): Code {
  const [clean, none] = [lib("CLEAN"), lib("NO_OPTIONS")];
  const names = imported("FACT_NAMES", "./facts");
  const name = string(call.name);
  return code`
${docComment([
  `Judges the arguments of ${call.name}: every breach, with its rule and source. Never throws.`,
  "",
  "Rules about the world need facts; a rule whose fact is left out is not judged.",
])}export function ${namesOf(call).check}(
  args: unknown,
  facts: ${factsType()} = ${lib("NO_FACTS")},
  options: ${libType("CheckOptions")}<${profilesType(call)}> = ${none},
): readonly ${libType("Issue")}[] {
  const verdict = ${weighOf(call)}(args, options === ${none} ? TERMS : ${termsOf()});
  if (verdict === ${clean} && ${lib("isSilent")}(facts, options)) return ${lib("NO_ISSUES")};
  const on = new ${lib("Collector")}(PROFILES, options);
  return on.inspect(${name}, args, verdict, (given) => {
    if (verdict !== ${clean} || options.rules !== undefined) judge(on, given);
    if (!${lib("asksFacts")}(facts, options)) return;
    ${lib("judgeFactNames")}(on, ${name}, facts, ${names});
    ${hasFacts ? code`judgeFacts(on, given, facts);` : nothing}
  });
}
`;
}

function assertion(call: CallModel): Code {
  const { args, assert, check } = namesOf(call);
  return code`
${docComment([
  `Throws CallRefused where the arguments break a binding rule of ${call.name}.`,
])}export function ${assert}(
  args: unknown,
  facts?: ${factsType()},
  options?: ${libType("CheckOptions")}<${profilesType(call)}>,
): asserts args is ${args} {
  ${lib("admit")}(${string(call.name)}, ${check}(args, facts, options));
}
`;
}
