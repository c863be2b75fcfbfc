/** The encoders: how text and numbers of a schema become code. There are no others. */
import { visible } from "../../support/visible.js";
import { Fault } from "../fault.js";
import { isIdentifier } from "../names.js";
import { Code, TRUSTED } from "./code.js";

const raw = (text: string): Code => new Code(TRUSTED, [text]);

/** An identifier. It has been checked; anything else is a bug, never something to escape. */
export function identifier(name: string): Code {
  if (!isIdentifier(name)) throw new Fault(`${JSON.stringify(name)} is not an identifier`);
  return raw(name);
}

/**
 * A local: a C name, or several and numbers with `$` between them, as in `Mdl$ByteCount` or `Box$2`.
 * No C name has a `$`.
 */
export function local(name: string): Code {
  const [first = "", ...rest] = name.split("$");
  identifier(first);
  for (const part of rest) identifier(`_${part}`);
  return raw(name);
}

/** A name of another module. */
export function imported(name: string, from: string): Code {
  identifier(name);
  return new Code(TRUSTED, [{ name, from, as: "value" }]);
}

/** A type of another module. */
export function importedType(name: string, from: string): Code {
  identifier(name);
  return new Code(TRUSTED, [{ name, from, as: "type" }]);
}

/** A whole module, under a name. */
export function namespace(name: string, from: string): Code {
  identifier(name);
  return new Code(TRUSTED, [{ name, from, as: "namespace" }]);
}

/** A string literal. */
export function string(text: string): Code {
  return raw(visible(JSON.stringify(text)));
}

/** A property key: the name itself where it can stand alone. */
export function key(name: string): Code {
  if (name === "__proto__") throw new Fault("a property __proto__ cannot be declared");
  return isIdentifier(name) ? raw(name) : string(name);
}

/** A whole number, decimal. */
export function number(value: number): Code {
  if (!Number.isSafeInteger(value))
    throw new Fault(`${value} is not a whole number that JavaScript holds`);
  return raw(Object.is(value, -0) ? "0" : String(value));
}

/** A whole number in hex, as headers write flags and statuses. */
export function hexNumber(value: number): Code {
  if (!Number.isSafeInteger(value) || value < 0) return number(value);
  return raw(`0x${value.toString(16)}`);
}

/** A bigint literal. */
export function bigint(value: bigint): Code {
  return raw(`${value}n`);
}

/** A bigint literal in hex. */
export function hexBigint(value: bigint): Code {
  return value < 0n ? bigint(value) : raw(`0x${value.toString(16)}n`);
}

/** A documentation comment: one paragraph a line. Tags in the text are text. */
export function docComment(lines: readonly string[]): Code {
  const body = lines.flatMap((line) => (line === "" ? [""] : wrap(inComment(line))));
  if (body.length === 1) return raw(`/** ${body[0]} */\n`);
  return raw(`/**\n${body.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`);
}

/** A comment of one line. */
export function lineComment(text: string): Code {
  return raw(
    wrap(inComment(text))
      .map((line) => `// ${line}\n`)
      .join(""),
  );
}

/** A value that JSON text has on one line, as a row of a table. */
export class Row {
  readonly value: object;

  constructor(value: object) {
    this.value = value;
  }
}

/** JSON text of a value, with bigints as `{"$bigint": "…"}`. */
export function json(value: unknown): Code {
  const rows: string[] = [];
  let mark = "row";
  const encode = (_: string, item: unknown): unknown => {
    if (item instanceof Row) return `${mark}${rows.push(JSON.stringify(item.value)) - 1}`;
    return typeof item === "bigint" ? { $bigint: item.toString() } : item;
  };
  // A row stands in the text as a mark that no text of the schema contains.
  while (JSON.stringify(value, encode).includes(`${mark}_`)) mark += "_";
  mark += "_";
  rows.length = 0;
  const text = JSON.stringify(value, encode, 2);
  const whole = text.replace(
    new RegExp(`"${mark}(\\d+)"`, "g"),
    (_, i: string) => rows[Number(i)] ?? "",
  );
  return raw(`${visible(whole)}\n`);
}

function inComment(text: string): string {
  return visible(text.replaceAll("\n", " "))
    .replaceAll("*/", "*\\/")
    .replaceAll("@", "\\@")
    .replaceAll("//#", "// #");
}

/** Breaks text at blanks so that it fits the page; nested comments are indented less than 8. */
function wrap(text: string): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + word.length + 1 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}

const WIDTH = 92;
