/** The checks of a call: check, guard and assertion over one judge. */
import type { CallModel, Model } from "../model.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { docComment, identifier, key, string } from "../print/encode.js";
import { factsType, lib, libType, list, namesOf, profilesType } from "./pieces.js";
import { contractOf, emitRule, needsOf, okName, ruleRef } from "./rule-checks.js";
import { judgeOf } from "./type-code.js";

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
  const contract = contractOf(call);
  const stated = call.rules.filter((rule) => rule.check.kind !== "type");
  const needs = stated.map((rule) => needsOf(model, rule, call));
  const needed = new Set(needs.flatMap((need) => need.typed));
  const facts = needs.some((need) => need.facts) ? code`facts` : code`_facts`;
  const on = call.rules.length > 0 ? code`on` : code`_on`;
  return code`
function judge(
  ${on}: ${lib("Collector")},
  given: Readonly<Record<string, unknown>>,
  ${facts}: ${factsType()},
): void {
  const { ${list(call.params.map((param) => key(param.name)))} } = given;
  ${typeChecks(model, call, needed)}
  ${stated.map((rule) => emitRule(model, rule, { contract, call }))}
}
`;
}

/** The types of all parameters; a result is kept where a later rule asks for it. */
function typeChecks(model: Model, call: CallModel, needed: ReadonlySet<string>): Code[] {
  return call.rules.flatMap((rule) => {
    const { check } = rule;
    const param = check.kind === "type" && call.params.find((p) => p.name === check.param);
    if (!param) return [];
    const method = param.optional ? code`optional` : code`param`;
    const ref = ruleRef(rule, contractOf(call));
    const judgeCode = judgeOf(model, param.type);
    const keep = needed.has(param.name) ? code`const ${okName(param.name)} = ` : code``;
    return [
      code`${keep}on.${method}(${ref}, ${string(param.name)}, ${judgeCode}, ${identifier(param.name)});\n`,
    ];
  });
}
