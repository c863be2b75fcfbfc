/** codes.ts: status and error codes with their names. */
import type { CodeSet } from "../../schema/define.js";
import type { Model } from "../model.js";
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
import { lib, libType } from "./pieces.js";

/** Emits codes.ts. */
export function emitCodes(model: Model): OutputFile {
  const body = code`${model.codes.map((set) => emitSet(model, set))}`;
  return { path: "codes.ts", source: "the codes of the schema", body };
}

function emitSet(model: Model, set: CodeSet): Code {
  const declared = model.types.has(set.name);
  const type = declared ? importedType(set.name, "./types") : identifier(set.name);
  const alias = declared
    ? nothing
    : code`
${docComment([set.doc])}export type ${type} = ${libType("Flavored")}<${string(set.name)}>;
`;
  const names = Object.entries(set.codes);
  const constants = names.map(([name, { value, doc }]) => {
    const shown = set.signed
      ? `${doc} 0x${value.toString(16).toUpperCase().padStart(8, "0")}`
      : `${doc} ${value}`;
    return code`
${docComment([shown])}export const ${identifier(name)}: ${type} = ${valueOf(set, value)};
`;
  });
  const pairs = names.map(([name]) => code`[${identifier(name)}, ${string(name)}]`);
  const lookup = identifier(`${set.name.toLowerCase()}Name`);
  const table = identifier(`${set.name}_NAMES`);
  const doc = `The name of a ${set.name} code, or the code in hex where it has none here.`;
  return code`${alias}${constants}
const ${table}: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  ${join(pairs, code`, `)},
]);

${docComment([doc])}export function ${lookup}(code: number): string {
  return ${table}.get(code) ?? ${lib("hex")}(code);
}\n\n`;
}

/** A signed code is written as the header writes it, and read as C reads it. */
function valueOf(set: CodeSet, value: number): Code {
  if (!set.signed) return number(value);
  return value > 0x7fff_ffff ? code`${hexNumber(value)} | 0` : hexNumber(value);
}
