/** dispatch.ts and index.ts: the tables in which calls stand, and everything under one roof. */
import type { CallModel, Model } from "../model.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { docComment, identifier, importedType, key, lineComment, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";

const typedefOf = (call: CallModel): Code => importedType(call.typedef, `./${call.stem}`);

/** Emits dispatch.ts. */
export function emitDispatch(model: Model): OutputFile {
  const tables = model.tables.map(({ name, slots: of }) => {
    const slots = of.flatMap(({ call }) =>
      call === undefined
        ? []
        : [code`${docComment([call.summary])}readonly ${key(call.name)}: ${typedefOf(call)};\n`],
    );
    const doc = docComment([`The send functions of ${name}, without its other slots.`]);
    return code`
${doc}export interface ${identifier(name)} {
  ${slots}
}
`;
  });
  return { path: "dispatch.ts", source: "the tables of the calls", body: code`${tables}` };
}

/** Emits index.ts. */
export function emitIndex(model: Model): OutputFile {
  const files = [
    "types",
    "codes",
    "constants",
    "facts",
    "dispatch",
    ...model.calls.map((call) => call.stem),
  ];
  const lines = files.map((file) => code`export * from ${string(`./${file}.js`)};\n`);
  const note = lineComment(
    "Judges, rules and zod schemas are modules of their own, so that nobody loads them unasked.",
  );
  return { path: "index.ts", source: "the schema", body: code`${note}${lines}` };
}
