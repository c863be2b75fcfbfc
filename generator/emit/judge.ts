/** The function behind a check: the types of parameters, then one statement a rule. */
import type { CallModel, Model, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { identifier, imported, key, string } from "../print/encode.js";
import { factsType, lib, list } from "./pieces.js";
import { contractOf, emitRule, needsOf, okName, ruleRef } from "./rule-checks.js";
import { judgeOf } from "./type-code.js";

/** What a judge judges: the types of these parameters, and these rules. */
export interface Judged {
  readonly name: Code;
  readonly rules: readonly RuleModel[];
  readonly types: readonly RuleModel[];
}

/** Emits the judge of a call. */
export function emitJudge(model: Model, call: CallModel, of: Judged): Code {
  const contract = contractOf(call);
  const stated = of.rules.filter((rule) => rule.check.kind !== "type");
  const needs = stated.map((rule) => needsOf(model, rule, call));
  const needed = new Set(needs.flatMap((need) => need.typed));
  const judged = new Set(of.types.flatMap((rule) => rule.on));
  const params = call.params.filter((param) => judged.has(param.name));
  const given = params.length > 0 ? code`given` : code`_given`;
  const taken =
    params.length > 0
      ? code`const { ${list(params.map((param) => key(param.name)))} } = given;\n`
      : code``;
  return code`
function ${of.name}(
  on: ${lib("Collector")},
  ${given}: Readonly<Record<string, unknown>>,
  facts: ${factsType()},
): void {
  ${lib("judgeFactNames")}(on, ${string(call.name)}, facts, ${imported("FACT_NAMES", "./facts")});
  ${taken}${typeChecks(model, call, { types: of.types, needed })}
  ${stated.map((rule) => emitRule(model, rule, { contract, call }))}
}
`;
}

/** The types of parameters; a result is kept where a later rule asks for it. */
function typeChecks(
  model: Model,
  call: CallModel,
  of: { types: readonly RuleModel[]; needed: ReadonlySet<string> },
): Code[] {
  return of.types.flatMap((rule) => {
    const param = call.params.find(({ name }) => name === rule.on[0]);
    if (!param) return [];
    const method = param.optional ? code`optional` : code`param`;
    const ref = ruleRef(rule, contractOf(call));
    const judge = judgeOf(model, param.type);
    const keep = of.needed.has(param.name) ? code`const ${okName(param.name)} = ` : code``;
    return [
      code`${keep}on.${method}(${ref}, ${string(param.name)}, ${judge}, ${identifier(param.name)});\n`,
    ];
  });
}
