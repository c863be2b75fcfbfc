/** codes/: status and error codes with their names, one file a set; an index of them all. */
import type { CodeSetModel, Model, NamedModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import {
  docComment,
  hexNumber,
  identifier,
  importedType,
  number,
  string,
} from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { codesModule, lib, libType, setIndex } from "./pieces.js";

/** Emits a file for each set, and codes/index.ts. */
export function emitCodes(model: Model): OutputFile[] {
  return [
    ...model.codes.map((set) => emitSet(model, set)),
    ...setIndex(model.codes, { folder: "codes", source: "the codes of the schema" }),
  ];
}

function emitSet(model: Model, set: CodeSetModel): OutputFile {
  const declared = model.types.has(set.name);
  const type = declared ? importedType(set.name, "./types") : identifier(set.name);
  const flavor = declared
    ? nothing
    : code`
${docComment([set.doc])}export type ${type} = ${libType("Flavored")}<${string(set.name)}>;
`;
  const constants = Object.entries(set.codes).map(
    ([name, of]) => code`
${docComment(shown(set, of))}export const ${identifier(name)}: ${type} = ${valueOf(set, of)};
`,
  );
  return {
    path: `${codesModule(set.name).slice(2)}.ts`,
    source: set.file,
    body: code`${flavor}${constants}${emitLookup(set)}`,
  };
}

/** From a code to its name; where it has several, to the one that is no alias. */
function emitLookup(set: CodeSetModel): Code {
  const pairs = Object.entries(set.codes)
    .filter(([, { aliasOf }]) => aliasOf === undefined)
    .map(([name]) => code`[${identifier(name)}, ${string(name)}]`);
  const lookup = identifier(`${set.name.toLowerCase()}Name`);
  const table = identifier(`${set.name}_NAMES`);
  const doc = `The name of a ${set.name} code, or the code in hex where it has none here.`;
  return code`
const ${table}: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  ${join(pairs, code`, `)},
]);

${docComment([doc])}export function ${lookup}(code: number): string {
  return ${table}.get(code) ?? ${lib("hex")}(code);
}\n\n`;
}

function shown(set: CodeSetModel, { value, aliasOf, doc }: NamedModel<number>): string[] {
  const digits = set.signed
    ? `0x${value.toString(16).toUpperCase().padStart(8, "0")}`
    : String(value);
  const line = `${doc} ${digits}`;
  return aliasOf === undefined ? [line] : [line, `The same as ${aliasOf}.`];
}

/** A signed code is written as the header writes it, and read as C reads it. */
function valueOf(set: CodeSetModel, { value, aliasOf }: NamedModel<number>): Code {
  if (aliasOf !== undefined) return identifier(aliasOf);
  if (!set.signed) return number(value);
  return value > 0x7fff_ffff ? code`${hexNumber(value)} | 0` : hexNumber(value);
}
