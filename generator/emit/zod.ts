/** zod/<call>.ts: the same checks as zod schemas. Only these files import zod. */
import type { CallModel, Model, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { docComment, identifier, imported, importedType, key, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { SUPPORT_ZOD } from "../print/file.js";
import { judgeOfParam } from "./judge.js";
import { list } from "./pieces.js";
import { contractOf, ruleRef, rulesOfArguments } from "./rule-checks.js";
import { paramType } from "./type-code.js";

/** Emits a schema for each call, and their index. */
export function emitZod(model: Model): OutputFile[] {
  const lines = model.calls.map((call) => code`export * from ${string(`./${call.stem}.js`)};\n`);
  const index = { path: "zod/index.ts", source: "the schema", body: code`${lines}` };
  return [...model.calls.map((call) => emitCallSchema(model, call)), index];
}

function emitCallSchema(model: Model, call: CallModel): OutputFile {
  const doc = docComment([
    `The arguments of ${call.name} as a zod schema: the rules, ids and paths of check${call.name}.`,
    "",
    "Pointers and out-parameters are handed through, not copied. Facts and profiles need check.",
  ]);
  const fields = call.rules.flatMap((rule) => field(model, call, rule));
  const schema = code`${zod()}.object({\n${fields}}).superRefine(${between(model, call)})`;
  const names = list(call.params.map(({ name }) => key(name)));
  const read = code`({ ${names} }) => ({ ${names} })`;
  const fits = imported(`is${call.name}Args`, `./${call.stem}`);
  const made = code`${imported("quick", SUPPORT_ZOD)}(${list([schema, fits, read])})`;
  const name = identifier(`${call.name}ArgsSchema`);
  const body = code`
${doc}export const ${name}: ${schemaType(call)} = /* @__PURE__ */ (() =>
  ${made})();
`;
  return { path: `zod/${call.stem}.ts`, source: call.file, body };
}

const zod = (): Code => imported("z", "zod");

function field(model: Model, call: CallModel, rule: RuleModel): Code[] {
  const { check } = rule;
  const param = check.kind === "type" && call.params.find((p) => p.name === check.param);
  if (!param) return [];
  const profile = string(call.profiles[0] ?? "documented");
  const nullable = param.optional ? code`true` : code`false`;
  const args = [
    ruleRef(rule, contractOf(call)),
    string(param.name),
    judgeOfParam(model, param.type),
    code`{ profile: ${profile}, nullable: ${nullable} }`,
  ];
  const make = code`${imported("param", SUPPORT_ZOD)}<${paramType(param)}>`;
  return [code`${key(param.name)}: ${make}(${list(args)}),\n`];
}

function between(model: Model, call: CallModel): Code {
  const rules = rulesOfArguments(model, call);
  const check = imported(`check${call.name}`, `./${call.stem}`);
  const refs = rules.map((rule) => ruleRef(rule, contractOf(call)));
  return code`${imported("between", SUPPORT_ZOD)}(${check}, [${list(refs)}])`;
}

/** The type is spelled out, so that reading it costs the compiler nothing. */
function schemaType(call: CallModel): Code {
  const fields = call.params.map(
    (param) => code`${key(param.name)}: ${zod()}.ZodCustom<${paramType(param)}>;\n`,
  );
  return code`${importedType("z", "zod")}.ZodObject<{\n${fields}}>`;
}
