/**
 * The checks of a call: check, guard and assertion over one judge. What shows only afterwards is
 * judged by operation.ts.
 */
import type { CallModel, Model } from "../model.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import { docComment, imported, string } from "../print/encode.js";
import { emitTold } from "./facts.js";
import { judgesOf } from "./judge.js";
import { emitGuard, isMild, weighOf } from "./look.js";
import { factsType, lib, libType, list, namesOf, profilesType } from "./pieces.js";
import { reachesMild } from "./type-code.js";

/** Emits the checks of a call. */
export function emitChecks(model: Model, call: CallModel): Code {
  return code`${emitGuard(model, call)}${check(model, call)}${assertion(call)}${look(model, call)}`;
}

function check(model: Model, call: CallModel): Code {
  const profiles = list(call.profiles.map(string));
  const { ofArguments, ofFacts, unfit, asksArguments } = judgesOf(model, call);
  const judgeFacts = ofFacts === undefined ? nothing : code`judgeFacts: ${ofFacts},`;
  const rules = call.rules.filter(({ seenBy }) => seenBy !== "protocol");
  const rest = unfit === undefined
    ? code`if (verdict === ${lib("CLEAN")} && facts === ${lib("NO_FACTS")}) return ${lib("NO_ISSUES")};
  return ${lib("tell")}(CALL, args, { facts }, verdict);`
    : code`const read = readOf(facts${asksArguments ? code`, args` : nothing});
  if (verdict === ${lib("CLEAN")} && read === null) return ${lib("NO_ISSUES")};
  return ${lib("tell")}(CALL, args, { facts, read }, verdict);`; // prettier-ignore
  return code`
${docComment([
  `Judges the arguments of ${call.name}: every breach, with its rule and source. Never throws.`,
  "",
  "Rules about the world need facts; a rule whose fact is left out is not judged.",
])}export function ${namesOf(call).check}(
  args: unknown,
  facts: ${factsType()} = ${lib("NO_FACTS")},
  options: ${libType("CheckOptions")}<${profilesType(call)}> = ${lib("NO_OPTIONS")},
): readonly ${libType("Issue")}[] {
  if (options !== ${lib("NO_OPTIONS")}) return ${lib("tellWith")}(CALL, args, facts, options);
  const verdict = look(args);
  ${rest}
}

const CALL: ${libType("JudgedCall")}<${factsType()}> = {
  name: ${string(call.name)},
  profiles: [${profiles}],
  weigh: ${weighOf(call)},
  judge: ${ofArguments},
  ${judgeFacts}
  ${emitTold(model, call, rules)}
  facts: ${imported("FACT_NAMES", "./facts")},
};
${unfit === undefined ? nothing : readOf(unfit, asksArguments)}`;
}

/** Facts are read here, not where all calls share it: what knows one call alone is quick. */
function readOf(unfit: Code, asksArguments: boolean): Code {
  const given = asksArguments ? code`, args: unknown` : nothing;
  const look = asksArguments
    ? code`${lib("isRecord")}(args) ? ${unfit}(facts, args) : undefined`
    : code`${unfit}(facts)`;
  return code`
/** The facts as a quick look has read them; null where they break nothing. */
function readOf(facts: ${factsType()}${given}): ${factsType()} | null | undefined {
  if (facts === ${lib("NO_FACTS")}) return null;
  try {
    return ${look};
  } catch {
    return undefined;
  }
}
`;
}

/** How a check begins: most calls have nothing to tell, and a look tells so. */
function look(model: Model, call: CallModel): Code {
  const tells = code`tellsMore(args) ? ${lib("WARNED")} : ${lib("CLEAN")}`;
  const clean = reachesMild(model, call)
    ? lib("WARNED")
    : isMild(model, call) ? tells : lib("CLEAN"); // prettier-ignore
  return code`
function look(args: unknown): ${libType("Verdict")} {
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
