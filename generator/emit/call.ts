/** <call>.ts: the arguments, the function type, the outcomes, the checks and the stub of a call. */
import type { CallModel, Model, ParamModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import {
  docComment,
  identifier,
  imported,
  importedType,
  key,
  namespace,
  string,
} from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { SUPPORT } from "../print/file.js";
import { contractOf, emitRule, okName, ruleRef } from "./rule-checks.js";
import { judgeOf, paramType } from "./type-code.js";

/** Emits the file of a call. */
export function emitCall(model: Model, call: CallModel): OutputFile {
  const outcomes = code`export { outcomes as ${named(call, "", "Outcomes")} } from ${string(`./contract/${call.stem}.js`)};\n`;
  const body = code`${args(call)}${typedef(call)}${checks(model, call)}${stub(call)}${outcomes}`;
  return { path: `${call.stem}.ts`, source: call.file, body };
}

const named = (call: CallModel, before: string, behind = ""): Code =>
  identifier(`${before}${call.name}${behind}`);

function args(call: CallModel): Code {
  const params = call.params.map(
    (param) => code`${docComment(paramDoc(param))}${key(param.name)}: ${paramType(param)};\n`,
  );
  return code`${docComment([`The arguments of ${call.name}, by name.`])}export interface ${named(call, "", "Args")} {\n${params}}\n\n`;
}

function paramDoc(param: ParamModel): string[] {
  const printed = param.printed === "none" ? "no direction" : `\`${param.printed}\``;
  return [param.doc, "", `Direction: ${param.dir}. Page: ${printed}. Header: \`${param.sal}\`.`];
}

function prototype(call: CallModel): string {
  const params = call.params.map((param) => `${param.sal} ${param.type} ${param.name}`);
  return `${call.returns === "INT" ? "int" : call.returns} ${call.name}(${params.join(", ")})`;
}

function positional(call: CallModel): Code {
  return join(
    call.params.map((param) => code`${identifier(param.name)}: ${paramType(param)}`),
    code`, `,
  );
}

function typedef(call: CallModel): Code {
  const doc = [
    call.summary,
    "",
    `C: \`${prototype(call)}\``,
    "",
    `IRQL: ${call.irql ?? "user mode"}. Since: ${call.since}. Page: ${call.page.title}.`,
  ];
  const returns =
    call.returns === "NTSTATUS"
      ? importedType("NTSTATUS", "./types")
      : importedType("INT", "./types");
  return code`${docComment(doc)}export type ${identifier(call.typedef)} = (${positional(call)}) => ${returns};\n\n`;
}

function checks(model: Model, call: CallModel): Code {
  const issue = importedType("Issue", SUPPORT);
  const options = importedType("CheckOptions", SUPPORT);
  const facts = importedType("Facts", "./facts");
  const check = named(call, "check");
  const argsType = named(call, "", "Args");
  return code`${docComment([
    `Judges the arguments of ${call.name}: every breach, with its rule and source. Never throws.`,
    "",
    "Rules about the world need facts; a rule whose fact is left out is not judged.",
  ])}export function ${check}(args: unknown, facts: ${facts} = {}, options: ${options} = {}): readonly ${issue}[] {
  const on = new ${imported("Collector", SUPPORT)}(${string(call.profiles[0] ?? "documented")}, options);
  return on.inspect(${string(call.name)}, args, (given) => judge(on, given, facts));
}

${docComment([`True for arguments that break no binding rule of ${call.name}.`])}export function ${named(call, "is", "Args")}(args: unknown): args is ${argsType} {
  return ${imported("passes", SUPPORT)}(${check}(args));
}

${docComment([`Throws CallRefused where the arguments break a binding rule of ${call.name}.`])}export function ${named(call, "assert")}(args: unknown, facts?: ${facts}, options?: ${options}): asserts args is ${argsType} {
  ${imported("admit", SUPPORT)}(${string(call.name)}, ${check}(args, facts, options));
}

${judge(model, call)}`;
}

function judge(model: Model, call: CallModel): Code {
  const contract = contractOf(call);
  const names = join(
    call.params.map((param) => key(param.name)),
    code`, `,
  );
  const stated = call.rules
    .filter((rule) => rule.check.kind !== "type")
    .map((rule) => emitRule(model, rule, { contract, call }));
  const usedIn = code`${stated}`.parts.join(" ");
  const types = call.params.map((param) => {
    const rule = call.rules.find((r) => r.check.kind === "type" && r.check.param === param.name);
    if (rule === undefined) return nothing;
    const method = param.optional ? code`optional` : code`param`;
    const judged = code`on.${method}(${ruleRef(rule, contract)}, ${string(param.name)}, ${judgeOf(model, param.type)}, ${identifier(param.name)});\n`;
    const ok = okName(param.name);
    return usedIn.includes(String(ok.parts[0])) ? code`const ${ok} = ${judged}` : judged;
  });
  const usesFacts = usedIn.includes("facts[");
  const facts = usesFacts ? code`facts` : code`_facts`;
  return code`function judge(on: ${imported("Collector", SUPPORT)}, given: Readonly<Record<string, unknown>>, ${facts}: ${importedType("Facts", "./facts")}): void {
  const { ${names} } = given;
  ${types}
  ${stated}
}\n\n`;
}

function stub(call: CallModel): Code {
  const type = identifier(call.typedef);
  const argsType = named(call, "", "Args");
  const names = join(
    call.params.map((param) => identifier(param.name)),
    code`, `,
  );
  const { name: contract, module } = contractOf(call);
  const [name, outcomesOf] = [string(call.name), code`${namespace(contract, module)}.outcomes`];
  const result =
    call.errorIn === undefined
      ? code`${imported("allowed", SUPPORT)}(${name}, ${outcomesOf}, body(${names}))`
      : code`${imported("allowedResult", SUPPORT)}(${name}, ${outcomesOf}, body(${names}), ${identifier(call.errorIn)})`;
  return code`${docComment([
    `Makes a ${call.name} that checks its arguments, runs \`body\`, and checks what it returned.`,
    "",
    "Throws CallRefused for arguments that break the contract, OutcomeRefused for a code that it",
    "does not allow, and NotImplemented where there is no body.",
  ])}export function ${named(call, "create")}(body?: ${type}, options: ${importedType("StubOptions", SUPPORT)}<${argsType}, ${importedType("Facts", "./facts")}> = {}): ${type} {
  return (${names}) => {
    const args: ${argsType} = { ${names} };
    ${imported("admit", SUPPORT)}(${name}, ${named(call, "check")}(args, options.facts?.(args), options), options.onIssues);
    if (body === undefined) throw new ${imported("NotImplemented", SUPPORT)}(${name});
    return ${result};
  };
}\n\n`;
}
