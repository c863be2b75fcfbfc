/**
 * The checks of a call: check, guard and assertion over one judge. What shows only afterwards is
 * judged by operation.ts.
 */
import type { CallModel, Model } from "../model.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import { docComment, imported, string } from "../print/encode.js";
import { judgesOf } from "./judge.js";
import { emitGuard, isMild, weighOf } from "./look.js";
import { factsType, lib, libType, list, namesOf, profilesType } from "./pieces.js";

/** Emits the checks of a call. */
export function emitChecks(model: Model, call: CallModel): Code {
  return code`${emitGuard(model, call)}${check(model, call)}${assertion(call)}${look(model, call)}`;
}

function check(model: Model, call: CallModel): Code {
  const [clean, none] = [lib("CLEAN"), lib("NO_OPTIONS")];
  const name = string(call.name);
  const judge = judgesOf(model, call);
  const names = imported("FACT_NAMES", "./facts");
  const profiles = list(call.profiles.map(string));
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
  const verdict = look(args, options);
  if (verdict === ${clean} && ${lib("isSilent")}(facts, options)) return ${lib("NO_ISSUES")};
  const on = new ${lib("Collector")}(PROFILES, options);
  return on.inspect(${name}, args, verdict, (given) => {
    if (verdict !== ${clean} || options.rules !== undefined) ${judge.ofArguments}(on, given);
    if (!${lib("asksFacts")}(facts, options)) return;
    ${lib("judgeFactNames")}(on, ${name}, facts, ${names});
    ${judge.ofFacts === undefined ? nothing : code`${judge.ofFacts}(on, given, facts);`}
  });
}

const PROFILES: ${libType("Profiles")}<${profilesType(call)}> = [${profiles}];
`;
}

/** How a check begins: most calls have nothing to tell, and are known by a look. */
function look(model: Model, call: CallModel): Code {
  const clean = isMild(model, call)
    ? code`tellsMore(args) ? ${lib("WARNED")} : ${lib("CLEAN")}`
    : lib("CLEAN");
  const terms = code`${lib("termsOf")}(PROFILES, options)`;
  return code`
function look(args: unknown, options: ${libType("CheckOptions")}): ${libType("Verdict")} {
  if (options !== ${lib("NO_OPTIONS")}) return ${weighOf(call)}(args, ${terms});
  if (!${namesOf(call).guard}(args)) return ${lib("REFUSED")};
  return ${clean};
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
