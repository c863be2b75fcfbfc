/** index.ts: everything under one roof. */
import type { Model } from "../model.js";
import { code } from "../print/code.js";
import { lineComment, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { hasOperation, operationModule } from "./operation.js";

/** Emits index.ts. */
export function emitIndex(model: Model): OutputFile {
  const files = [
    "types",
    ...(model.codes.length > 0 ? ["codes/index"] : []),
    ...(model.constants.length + model.guids.length > 0 ? ["constants/index"] : []),
    "facts",
    "dispatch",
    ...model.calls.map((call) => call.stem),
    ...model.calls.filter(hasOperation).map(operationModule),
  ];
  const lines = files.map((file) => code`export * from ${string(`./${file}.js`)};\n`);
  const note = lineComment(
    "Judges, rules, layouts, codecs and zod schemas stand apart: nobody loads them unasked.",
  );
  return { path: "index.ts", source: "the schema", body: code`${note}${lines}` };
}
