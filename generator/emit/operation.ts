/**
 * operations/<call>.ts: what shows only after the call: a check of how the operation went, and a
 * watch over its objects.
 */
import { chainFields } from "../chains.js";
import type { CallModel, Model, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import { docComment, imported, importedType, namespace, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { emitTold } from "./facts.js";
import { emitJudge } from "./judge.js";
import { factsType, lib, libType, list, namesOf } from "./pieces.js";
import { contractOf, needsOf } from "./rule-checks.js";

/** The module of the operation of a call. */
export const operationModule = (call: CallModel): string => `operations/${call.stem}`;

/** True where anything about a call shows only afterwards. */
export const hasOperation = (call: CallModel): boolean =>
  call.rules.some((rule) => isWatched(rule) || isJudged(rule));

const isWatched = ({ check }: RuleModel): boolean => check.kind === "lifetime";

/** True for a rule that is judged by what is known afterwards. */
export const isJudged = ({ seenBy, check }: RuleModel): boolean =>
  seenBy === "protocol" && check.kind !== "lifetime" && check.kind !== "none";

/** Emits a file for each call that has rules about its operation. */
export function emitOperations(model: Model): OutputFile[] {
  return model.calls.filter(hasOperation).map((call) => ({
    path: `${operationModule(call)}.ts`,
    source: call.file,
    body: code`${check(model, call)}${watch(model, call)}`,
  }));
}

const profileType = (call: CallModel): Code =>
  importedType(`${call.name}Profile`, `./${call.stem}`);

function check(model: Model, call: CallModel): Code {
  const rules = call.rules.filter(isJudged);
  if (rules.length === 0) return nothing;
  const read = new Set(rules.flatMap((rule) => needsOf(model, rule, call).typed));
  const types = call.rules.filter((r) => r.check.kind === "type" && read.has(r.on[0] ?? ""));
  const options = code`${libType("CheckOptions")}<${profileType(call)}>`;
  const profiles = list(call.profiles.map(string));
  return code`
${docComment([
  `Judges how a ${call.name} went, by what is known of it afterwards. Never throws.`,
  "",
  "A rule whose fact is left out is not judged.",
])}export function ${namesOf(call).operation}(
  args: unknown,
  facts: ${factsType()},
  options: ${options} = ${lib("NO_OPTIONS")},
): readonly ${libType("Issue")}[] {
  return ${lib("tellWith")}(OPERATION, args, facts, options);
}

const OPERATION: ${libType("JudgedCall")}<${factsType()}> = {
  name: ${string(call.name)},
  profiles: [${profiles}],
  judgeFacts,
  ${emitTold(model, call, rules)}
  facts: ${imported("FACT_NAMES", "./facts")},
};

${emitJudge(model, call, { name: "judgeFacts", rules: [...types, ...rules] })}`;
}

function watch(model: Model, call: CallModel): Code {
  if (!call.rules.some(isWatched)) return nothing;
  const { name, module } = contractOf(call);
  const options = code`${libType("CheckOptions")}<${profileType(call)}>`;
  const profiles = list(call.profiles.map(string));
  const links = list(chainFields(model).map(string));
  return code`
${docComment([
  `Watches one ${call.name} from its call to its end: what must not happen meanwhile, what is owed.`,
])}export function ${namesOf(call).watch}(options?: ${options}): ${libType("Watch")} {
  const { lifetimes, outcomes } = ${namespace(name, module)};
  const links = [${links}];
  const call: ${libType("Watched")} = {
    name: ${string(call.name)}, lifetimes, outcomes, links, profiles: [${profiles}],
  };
  return new ${lib("Watch")}(call, options);
}
`;
}
