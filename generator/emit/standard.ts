/** standard/<call>.ts: the check of a call as Standard Schema, for libraries that take any. */
import type { CallModel, Model } from "../model.js";
import { code } from "../print/code.js";
import { docComment, imported, importedType, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { lib, libType, namesOf } from "./pieces.js";

/** Emits a schema for each call, and their index. */
export function emitStandard(model: Model): OutputFile[] {
  const lines = model.calls.map((call) => code`export * from ${string(`./${call.stem}.js`)};\n`);
  const index = { path: "standard/index.ts", source: "the schema", body: code`${lines}` };
  return [...model.calls.map(emitCallSchema), index];
}

function emitCallSchema(call: CallModel): OutputFile {
  const args = importedType(`${call.name}Args`, `./${call.stem}`);
  const check = imported(`check${call.name}`, `./${call.stem}`);
  const doc = docComment([
    `The arguments of ${call.name} as a Standard Schema: what check${call.name} refuses, it refuses.`,
    "",
    "The value that passes is the very one that came in.",
  ]);
  const body = code`
${doc}export const ${namesOf(call).standard}: ${libType("StandardSchema")}<${args}> =
  /* @__PURE__ */ ${lib("standardSchema")}<${args}>(${check});
`;
  return { path: `standard/${call.stem}.ts`, source: call.file, body };
}
