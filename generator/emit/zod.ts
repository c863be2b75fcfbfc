/** zod/<call>.ts: the same checks as zod schemas. Only these files import zod. */
import type { CallModel, Model } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join } from "../print/code.js";
import { docComment, identifier, imported, importedType, key, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { SUPPORT_ZOD } from "../print/file.js";
import { contractOf, ruleRef } from "./rule-checks.js";
import { judgeOf, paramType } from "./type-code.js";

/** Emits a schema for each call, and their index. */
export function emitZod(model: Model): OutputFile[] {
  const lines = model.calls.map((call) => code`export * from ${string(`./${call.stem}.js`)};\n`);
  const index = { path: "zod/index.ts", source: "the schema", body: code`${lines}` };
  return [...model.calls.map((call) => emitCallSchema(model, call)), index];
}

function emitCallSchema(model: Model, call: CallModel): OutputFile {
  const zod = imported("z", "zod");
  const name = identifier(`${call.name}ArgsSchema`);
  const contract = contractOf(call);
  const profile = string(call.profiles[0] ?? "documented");
  const fields = call.rules.flatMap((rule) => {
    if (rule.check.kind !== "type") return [];
    const { param } = rule.check;
    const of = call.params.find((p) => p.name === param);
    if (of === undefined) return [];
    const options = code`{ profile: ${profile}, nullable: ${of.optional ? code`true` : code`false`} }`;
    return [
      code`${key(param)}: ${imported("param", SUPPORT_ZOD)}<${paramType(of)}>(${ruleRef(rule, contract)}, ${string(param)}, ${judgeOf(model, of.type)}, ${options}),\n`,
    ];
  });
  const stated = call.rules.filter(
    (rule) => rule.check.kind !== "type" && rule.check.kind !== "none",
  );
  const between = code`${imported("between", SUPPORT_ZOD)}(${imported(`check${call.name}`, `./${call.stem}`)}, [${join(
    stated.map((rule) => ruleRef(rule, contract)),
    code`, `,
  )}])`;
  const doc = docComment([
    `The arguments of ${call.name} as a zod schema: the rules, ids and paths of check${call.name}.`,
    "",
    "Pointers and out-parameters are handed through, not copied. Facts and profiles need check.",
  ]);
  const body = code`${doc}export const ${name}: ${schemaType(call, zod)} = /* @__PURE__ */ (() =>
  ${zod}.object({\n${fields}}).superRefine(${between}))();\n`;
  return { path: `zod/${call.stem}.ts`, source: call.file, body };
}

/** The type is spelled out, so that reading it costs the compiler nothing. */
function schemaType(call: CallModel, zod: Code): Code {
  const fields = call.params.map(
    (param) => code`${key(param.name)}: ${zod}.ZodCustom<${paramType(param)}>;\n`,
  );
  return code`${importedType("z", "zod")}.ZodObject<{\n${fields}}>`;
}
