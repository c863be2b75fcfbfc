/**
 * constants/: named numbers and GUIDs, one file and one type a set; an index of them all.
 */
import type { ArchValue } from "../../schema/define.js";
import { ARCHITECTURES } from "../../schema/vocabulary.js";
import type { ConstantSetModel, GuidSetModel, Model } from "../model.js";
import { structStem } from "../names.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import {
  bigint, docComment, hexBigint, hexNumber, identifier, number, string,
} from "../print/encode.js"; // prettier-ignore
import type { OutputFile } from "../print/file.js";
import { isArchValue, isWideSet } from "../values.js";
import { constantsModule, libType, list, setIndex } from "./pieces.js";

/** Emits a file for each set, and constants/index.ts. */
export function emitConstants(model: Model): OutputFile[] {
  const files = [...model.constants.map(emitSet), ...model.guids.map(emitGuids)];
  const sets = [...model.constants, ...model.guids].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    ...files,
    ...setIndex(sets, { folder: "constants", source: "the constants of the schema" }),
  ];
}

function emitSet(set: ConstantSetModel): OutputFile {
  const type = identifier(set.name);
  const entries = Object.entries(set.values);
  const flavor = libType(isWideSet(set.values) ? "FlavoredWide" : "Flavored");
  const values = entries.map(([name, { value, aliasOf, doc }]) => {
    const comment = aliasOf === undefined ? [doc] : [doc, `The same as ${aliasOf}.`];
    const of = isArchValue(value) ? code`Readonly<Record<${libType("Arch")}, ${type}>>` : type;
    const shown = aliasOf === undefined ? literal(set, value) : identifier(aliasOf);
    return code`${docComment(comment)}export const ${identifier(name)}: ${of} = ${shown};\n\n`;
  });
  return {
    path: `${constantsModule(set.name).slice(2)}.ts`,
    source: set.file,
    body: code`
${docComment([set.doc])}export type ${type} = ${flavor}<${string(set.name)}>;

${values}`,
  };
}

function literal(set: ConstantSetModel, value: number | ArchValue): Code {
  const inHex = set.use === "flags";
  if (!isArchValue(value)) return one(value, inHex);
  const members = ARCHITECTURES.map(
    (arch) => code`${identifier(arch)}: ${one(value[arch], inHex)}`,
  );
  return code`{ ${list(members)} }`;
}

/** Flags are hex; other numbers are decimal while they are small, as headers have them. */
function one(value: number | bigint, inHex: boolean): Code {
  const isHex = inHex || value > 0xff;
  if (typeof value === "bigint") return isHex ? hexBigint(value) : bigint(value);
  return isHex ? hexNumber(value) : number(value);
}

function emitGuids(set: GuidSetModel): OutputFile {
  const type = identifier(set.name);
  const values = Object.entries(set.values).map(
    ([name, { value, doc }]) =>
      code`${docComment([doc])}export const ${identifier(name)}: ${type} = ${string(value)};\n\n`,
  );
  return {
    path: `constants/${structStem(set.name)}.ts`,
    source: set.file,
    body: code`
${docComment([set.doc])}export type ${type} = ${libType("FlavoredText")}<${string(set.name)}>;

${values}`,
  };
}
