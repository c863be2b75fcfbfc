/** Pieces that many emitters use: names of the support code, names of a call, lists. */
import type { CallModel } from "../model.js";
import { structStem } from "../names.js";
import type { Code } from "../print/code.js";
import { code, join } from "../print/code.js";
import { identifier, imported, importedType, lineComment, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { SUPPORT, SUPPORT_CODEC } from "../print/file.js";

/** A value of the support code. */
export const lib = (name: string): Code => imported(name, SUPPORT);

/** A type of the support code. */
export const libType = (name: string): Code => importedType(name, SUPPORT);

/** A value of the part of the support code that reads and writes memory. */
export const codecLib = (name: string): Code => imported(name, SUPPORT_CODEC);

/** A type of that part. */
export const codecType = (name: string): Code => importedType(name, SUPPORT_CODEC);

/** The module of a set of constants or GUIDs. */
export const constantsModule = (set: string): string => `./constants/${structStem(set)}`;

/** The module of a set of codes. */
export const codesModule = (set: string): string => `./codes/${structStem(set)}`;

/** index.ts of a folder that has one file a set; none where there is no set. */
export function setIndex(
  sets: readonly { readonly name: string; readonly doc: string }[],
  of: { folder: string; source: string },
): OutputFile[] {
  const lines = sets.map(
    ({ name, doc }) =>
      code`${lineComment(doc)}export * from ${string(`./${structStem(name)}.js`)};\n\n`,
  );
  return lines.length === 0
    ? []
    : [{ path: `${of.folder}/index.ts`, source: of.source, body: code`${lines}` }];
}

/** The Facts of this output. */
export const factsType = (): Code => importedType("Facts", "./facts");

/** Pieces with commas between them. */
export const list = (pieces: readonly Code[]): Code => join(pieces, code`, `);

/** The profiles by which a call is judged, as a type. */
export const profilesType = ({ name }: CallModel): Code => identifier(`${name}Profile`);

/** The names under which a call is known in its file. */
export interface CallNames {
  readonly args: Code;
  readonly check: Code;
  readonly guard: Code;
  readonly assert: Code;
  readonly create: Code;
  readonly outcomes: Code;
  readonly operation: Code;
  readonly watch: Code;
  readonly standard: Code;
}

/** Makes the names of a call: `WskSendArgs`, `checkWskSend`, and so on. */
export function namesOf({ name }: CallModel): CallNames {
  return {
    args: identifier(`${name}Args`),
    check: identifier(`check${name}`),
    guard: identifier(`is${name}Args`),
    assert: identifier(`assert${name}`),
    create: identifier(`create${name}`),
    outcomes: identifier(`${name}Outcomes`),
    operation: identifier(`check${name}Operation`),
    watch: identifier(`watch${name}`),
    standard: identifier(`${name}ArgsStandard`),
  };
}

/** `shown(value)` */
export const shown = (value: Code): Code => code`${lib("shown")}(${value})`;
