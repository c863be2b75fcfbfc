/**
 * The checks of a call: check, guard and assertion over one judge. What shows only afterwards is
 * judged by operation.ts.
 */
import type { CallModel, Model } from "../model.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { docComment, identifier, string } from "../print/encode.js";
import { emitJudge } from "./judge.js";
import { factsType, lib, libType, list, namesOf, profilesType } from "./pieces.js";

/** Emits the checks of a call. */
export function emitChecks(model: Model, call: CallModel): Code {
  const { args, check, guard, assert } = namesOf(call);
  const [issue, facts] = [libType("Issue"), factsType()];
  const options = code`${libType("CheckOptions")}<${profilesType(call)}>`;
  const name = string(call.name);
  const profiles = code`[${list(call.profiles.map(string))}]`;
  return code`
${docComment([
  `Judges the arguments of ${call.name}: every breach, with its rule and source. Never throws.`,
  "",
  "Rules about the world need facts; a rule whose fact is left out is not judged.",
])}export function ${check}(
  args: unknown,
  facts: ${facts} = {},
  options: ${options} = {},
): readonly ${issue}[] {
  const on = new ${lib("Collector")}(${profiles}, options);
  return on.inspect(${name}, args, (given) => judge(on, given, facts));
}

${docComment([
  `True for arguments that break no binding rule of ${call.name}.`,
])}export function ${guard}(args: unknown): args is ${args} {
  return ${lib("passes")}(${check}(args));
}

${docComment([
  `Throws CallRefused where the arguments break a binding rule of ${call.name}.`,
])}export function ${assert}(
  args: unknown,
  facts?: ${facts},
  options?: ${options},
): asserts args is ${args} {
  ${lib("admit")}(${name}, ${check}(args, facts, options));
}

${judge(model, call)}`;
}

function judge(model: Model, call: CallModel): Code {
  const rules = call.rules.filter(({ seenBy }) => seenBy !== "protocol");
  const types = call.rules.filter(({ check }) => check.kind === "type");
  return emitJudge(model, call, { name: identifier("judge"), rules, types });
}
