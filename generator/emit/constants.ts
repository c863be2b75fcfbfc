/**
 * constants.ts and facts.ts: named numbers, each set a type of its own; what a check may be told.
 */
import type { ConstantSet } from "../../schema/define.js";
import type { Model } from "../model.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { docComment, hexNumber, identifier, key, number, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { libType } from "./pieces.js";

/** Emits constants.ts. */
export function emitConstants(model: Model): OutputFile {
  return {
    path: "constants.ts",
    source: "the constants of the schema",
    body: code`${model.constants.map(emitSet)}`,
  };
}

function emitSet(set: ConstantSet): Code {
  const type = identifier(set.name);
  const print = set.use === "flags" ? hexNumber : plain;
  const values = Object.entries(set.values).map(
    ([name, { value, doc }]) =>
      code`${docComment([doc])}export const ${identifier(name)}: ${type} = ${print(value)};\n\n`,
  );
  return code`
${docComment([set.doc])}export type ${type} = ${libType("Flavored")}<${string(set.name)}>;

${values}`;
}

/** Small numbers are decimal, codes are hex, as headers have them. */
const plain = (value: number): Code => (value > 0xff ? hexNumber(value) : number(value));

/** Emits facts.ts. */
export function emitFacts(model: Model): OutputFile {
  const facts = [...model.facts].map(([name, fact]) => {
    const type = fact.type === "boolean" ? code`boolean` : code`number`;
    return code`${docComment([fact.doc])}readonly ${key(name)}?: ${type} | undefined;\n`;
  });
  const doc = docComment([
    "What a check may be told. A rule whose fact is left out is not judged.",
  ]);
  const body = code`${doc}export interface Facts {\n${facts}}\n`;
  return { path: "facts.ts", source: "the facts of the schema", body };
}
