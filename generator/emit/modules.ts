/** index.ts: everything under one roof; is.ts and checks.ts: the parts that must start quickly. */
import type { Model } from "../model.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { lineComment, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { hasOperation, operationModule } from "./operation.js";
import type { CallNames } from "./pieces.js";
import { list, namesOf, profilesType } from "./pieces.js";

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

/** Emits is.ts: a boolean for each call, and nothing else. */
export const emitIs = (model: Model): OutputFile =>
  part(model, "is", { doc: "A boolean for each call.", pick: ({ guard }) => [guard] });

/** Emits checks.ts: guard, check and assertion of each call. */
export const emitChecksIndex = (model: Model): OutputFile =>
  part(model, "checks", {
    doc: "Guard, check and assertion of each call.",
    pick: ({ assert, check, guard }) => [assert, check, guard],
  });

function part(
  model: Model,
  name: string,
  { doc, pick }: { readonly doc: string; readonly pick: (names: CallNames) => readonly Code[] },
): OutputFile {
  const lines = model.calls.map((call) => {
    const [names, from] = [namesOf(call), string(`./${call.stem}.js`)];
    return code`export { ${list(pick(names))} } from ${from};
export type { ${list([names.args, profilesType(call)])} } from ${from};\n`;
  });
  return { path: `${name}.ts`, source: "the schema", body: code`${lineComment(doc)}${lines}` };
}
