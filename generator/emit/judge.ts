/** The function behind a check: the types of parameters, then one statement a rule. */
import type { CallModel, Model, ParamModel, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import { docComment, identifier, imported, key, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { guardTest } from "./around.js";
import { askedOf, emitFine } from "./fine.js";
import { factsType, lib, libType, list } from "./pieces.js";
import { contractOf, emitRule, needsOf, okName, ruleRef } from "./rule-checks.js";
import { asksProfile, hasMild, judgeOf } from "./type-code.js";
import { isVast } from "./weight.js";

/** The judges of a call. */
export interface CallJudges {
  readonly ofArguments: Code;
  /** Those of facts, where there are rules about them. */
  readonly ofFacts?: Code;
  readonly unfit?: Code;
  /** True where `unfit` asks for arguments as well. */
  readonly asksArguments: boolean;
}

/** The judges of a call: of its arguments, and of facts. */
export function judgesOf(model: Model, call: CallModel): CallJudges {
  const name = (end: string): Code => imported(`judge${call.name}${end}`, judgesModule(call));
  const ofArguments = name("");
  const rules = rulesOf(model, call).ofFacts;
  if (rules.length === 0) return { ofArguments, asksArguments: false };
  const asksArguments = askedOf(model, call, rules).length > 0;
  const unfit = imported(`unfit${call.name}Facts`, judgesModule(call));
  return { ofArguments, ofFacts: name("Facts"), unfit, asksArguments };
}

const judgesModule = (call: CallModel): string => `./judges/${call.stem}`;

function rulesOf(
  model: Model,
  call: CallModel,
): Record<"ofFacts" | "ofArguments", readonly RuleModel[]> {
  const rules = call.rules.filter(({ seenBy }) => seenBy !== "protocol");
  const ofFacts = rules.filter((rule) => needsOf(model, rule, call).facts);
  return { ofFacts, ofArguments: rules.filter((rule) => !ofFacts.includes(rule)) };
}

/** Emits judges/: the judges of a call, a file each. */
export function emitCallJudges(model: Model): OutputFile[] {
  return model.calls.map((call) => {
    const { ofArguments, ofFacts } = rulesOf(model, call);
    const judge = emitJudge(model, call, {
      name: `judge${call.name}`,
      doc: `Judges the arguments of ${call.name} one by one, then how they fit together.`,
      rules: ofArguments,
    });
    const judgeFacts = emitJudge(model, call, {
      name: `judge${call.name}Facts`,
      doc: `Judges what is known of the world when ${call.name} is called.`,
      rules: ofFacts,
    });
    const quick = ofFacts.length > 0 ? emitFine(model, call, ofFacts) : nothing;
    const body = code`${judge}${ofFacts.length > 0 ? judgeFacts : nothing}${quick}`;
    return { path: `${judgesModule(call).slice(2)}.ts`, source: call.file, body };
  });
}

/** What a judge judges. */
export interface Judged {
  readonly name: string;
  /** What its comment says: judges with one are for other files. */
  readonly doc?: string;
  readonly rules: readonly RuleModel[];
}

/** Emits the judge of a call: `judge(on, given)`, or with facts where its rules ask for some. */
export function emitJudge(model: Model, call: CallModel, of: Judged): Code {
  const contract = contractOf(call);
  const stated = of.rules.filter((rule) => rule.check.kind !== "type");
  const types = of.rules.filter((rule) => rule.check.kind === "type");
  const needs = stated.map((rule) => needsOf(model, rule, call));
  const needed = new Set(needs.flatMap((need) => need.typed));
  const facts = needs.some((need) => need.facts) ? code`facts: ${factsType()},` : nothing;
  const judged = new Set(types.flatMap((rule) => rule.on));
  const read = new Set([...judged, ...needed, ...needs.flatMap((need) => need.read)]);
  const params = call.params.filter((param) => read.has(param.name));
  const taken = list(params.map((param) => key(param.name)));
  const on = of.rules.length > 0 ? code`on` : code`_on`;
  const given = params.length > 0 ? code`given` : code`_given`;
  const unjudged = call.params.filter(({ name }) => needed.has(name) && !judged.has(name));
  const head = of.doc === undefined ? nothing : code`${docComment([of.doc])}export `;
  return code`
${head}function ${identifier(of.name)}(
  ${on}: ${libType("Collector")},
  ${given}: ${libType("Given")},
  ${facts}
): void {
  ${params.length > 0 ? code`const { ${taken} } = given;\n` : nothing}${typeChecks(model, call, { types, needed })}
  ${unjudged.map((param) => quietCheck(model, param))}
  ${stated.map((rule) => emitRule(model, rule, { contract, call }))}
}
`;
}

/** Whether a parameter is of its type, where that has been told already. */
function quietCheck(model: Model, { name, type, optional }: ParamModel): Code {
  const value = identifier(name);
  const isNull = optional ? code`${value} === null || ` : nothing;
  return code`const ${okName(name)} = ${isNull}on.fits(${judgeOfParam(model, type)}, ${value});\n`;
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
    const test = typeCheck(model, param, ruleRef(rule, contractOf(call)));
    return of.needed.has(param.name)
      ? [code`const ${okName(param.name)} = ${test.keep};\n`]
      : [code`${test.tell};\n`];
  });
}

/** A judge is asked only where a guard lets nothing pass, or where it has more to tell. */
function typeCheck(model: Model, param: ParamModel, rule: Code): Record<"keep" | "tell", Code> {
  const { name, type, optional } = param;
  const value = identifier(name);
  const args = [rule, string(name), judgeOfParam(model, type), value];
  if (hasMild(model, type)) {
    const call = code`on.${optional ? code`optional` : code`param`}(${list(args)})`;
    return { keep: call, tell: call };
  }
  const fits = quickTest(model, type, value);
  const call = code`on.param(${list(args)})`;
  return optional
    ? {
        keep: code`${value} === null || ${fits.yes} || ${call}`,
        tell: code`if (${value} !== null && ${fits.no}) ${call}`,
      }
    : { keep: code`${fits.yes} || ${call}`, tell: code`if (${fits.no}) ${call}` };
}

/** The judge of a parameter; where there may be very much in one, it begins to count. */
export function judgeOfParam(model: Model, type: string): Code {
  const judge = judgeOf(model, type);
  return isVast(model, type) ? code`${lib("walked")}(${judge})` : judge;
}

/** What is asked before a judge is: rules that options change may have more to tell. */
function quickTest(model: Model, type: string, value: Code): Record<"yes" | "no", Code> {
  const fits = guardTest(value, type, { model, terms: code`on` });
  return asksProfile(model, type)
    ? { yes: code`(on.isQuick && ${fits})`, no: code`!(on.isQuick && ${fits})` }
    : { yes: fits, no: code`!${fits}` };
}
