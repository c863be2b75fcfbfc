/** Loads a schema folder: every export of every file that is a definition, and where it stands. */
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { createJiti } from "jiti";
import * as base from "../schema/index.js";
import type { Diagnostics, Place } from "./diagnostics.js";
import { messageOf } from "./fault.js";
import { plain, UnreadableError } from "./plain.js";
import { schemaFiles } from "./schema-files.js";

/** A definition as it was found; its content has not been checked yet. */
export interface Entry {
  readonly kind: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** The file, relative to the folder above the schema folder, with forward slashes. */
  readonly file: string;
  readonly export: string;
  /** Where in the export it lies: an index in an array, or nothing. */
  readonly path: readonly number[];
  /** True for a definition of wskit itself that no file of the folder replaces. */
  readonly builtIn: boolean;
}

/** The kinds of types. */
const TYPES = ["struct", "integer", "boolean", "pointer", "routine"];

/** The kinds of definitions. */
export const KINDS = [
  "call", ...TYPES, "layout", "table", "codes", "constants", "guids", "facts", "page", "decision",
]; // prettier-ignore

let turn: Promise<unknown> = Promise.resolve();

/**
 * Loads all definitions of a folder, and those of wskit/schema that it does not replace. One load
 * waits for the other: they share the modules of the process.
 */
export async function load(folder: string, diagnostics: Diagnostics): Promise<Entry[]> {
  const mine = turn.then(() => loadNow(folder, diagnostics));
  turn = mine.catch(() => undefined);
  return mine;
}

async function loadNow(folder: string, diagnostics: Diagnostics): Promise<Entry[]> {
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    alias: { "wskit/schema": fileURLToPath(new URL("../schema/index", import.meta.url)) },
  });
  const fileOf = (path: string): string => relative(join(folder, ".."), path).replaceAll("\\", "/");
  const { files, dangling } = await schemaFiles(folder);
  for (const path of dangling) {
    const place = { file: fileOf(path), export: "", path: [] };
    diagnostics.report("schema-unreadable", place, { received: "a link that leads nowhere" });
  }
  const before = new Set(Object.keys(jiti.cache));
  const own: Entry[] = [];
  try {
    for (const path of files) {
      try {
        const module: Record<string, unknown> = await withoutExit(() => jiti.import(path));
        own.push(...definitionsIn(module, fileOf(path), false));
      } catch (error) {
        const found = placeOf(error, files, path);
        const place = { ...found, file: fileOf(found.file) };
        diagnostics.report("schema-unreadable", place, { received: firstLine(error) });
      }
    }
  } finally {
    // One load sees one instance of each module; the next load sees what has changed since.
    for (const path of Object.keys(jiti.cache))
      if (!before.has(path) && !isLasting(path, folder)) delete jiti.cache[path];
  }
  const entries = unique(own).flatMap((entry) => readable(entry, diagnostics));
  return withBuiltIns(entries, diagnostics);
}

/** Packages and the definitions of wskit do not change while a process runs. */
function isLasting(path: string, folder: string): boolean {
  if (path.startsWith(folder)) return false;
  const ours = fileURLToPath(new URL("../schema/", import.meta.url));
  return path.includes("node_modules") || path.startsWith(ours);
}

/** A schema file that ends the process would end it as if all were done. */
async function withoutExit<T>(run: () => Promise<T>): Promise<T> {
  const { exit } = process;
  process.exit = (code) => {
    throw new Error(`it calls process.exit(${code ?? ""})`);
  };
  try {
    return await run();
  } finally {
    process.exit = exit;
  }
}

/** Where the message or the stack of an error points into a schema file. */
function placeOf(error: unknown, files: readonly string[], path: string): Place {
  const text = error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : "";
  for (const [, file = "", line, column] of text.matchAll(
    /((?:[A-Za-z]:)?\/[^\n():]+):(\d+):(\d+)/g,
  )) {
    if (!files.includes(file)) continue;
    return { file, export: "", path: [], at: { line: Number(line), column: Number(column) } };
  }
  return { file: path, export: "", path: [] };
}

const firstLine = (error: unknown): string =>
  (messageOf(error).split("\n")[0] ?? "").replace(/^ParseError: /, "").trim();

function definitionsIn(module: Record<string, unknown>, file: string, builtIn: boolean): Entry[] {
  const entries: Entry[] = [];
  const add = (name: string, value: unknown, path: readonly number[]): void => {
    if (Array.isArray(value) && path.length < DEEPEST_LIST)
      value.forEach((item, i) => add(name, item, [...path, i]));
    else if (isDefinition(value))
      entries.push({ kind: value.kind, value, file, export: name, path, builtIn });
  };
  for (const name of Object.keys(module).sort()) add(name, module[name], []);
  return entries;
}

/** Definitions stand in lists, or in lists of lists; deeper ones are lists that hold themselves. */
const DEEPEST_LIST = 4;

function isDefinition(value: unknown): value is { kind: string } & Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    KINDS.includes(String(value.kind))
  );
}

/** One entry a definition, however often it is re-exported. */
function unique(entries: readonly Entry[]): Entry[] {
  const seen = new Set<unknown>();
  return entries.filter(({ value }) => !seen.has(value) && seen.add(value));
}

/** The entry with a plain copy of its definition, or nothing where it cannot be read. */
function readable(entry: Entry, diagnostics: Diagnostics): Entry[] {
  try {
    return [{ ...entry, value: plain(entry.value) }];
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    const path = [...entry.path, ...error.path.slice(0, 4)];
    const place = { file: entry.file, export: entry.export, path };
    const name = [entry.export, ...path].join(".");
    if (error.isEndless) diagnostics.report("value-endless", place, { name });
    else {
      const received = `${name} throws when it is read: ${error.message}`;
      diagnostics.report("schema-unreadable", place, { received });
    }
    return [];
  }
}

function withBuiltIns(own: readonly Entry[], diagnostics: Diagnostics): Entry[] {
  const key = ({ kind, value }: Entry): string =>
    `${TYPES.includes(kind) ? "type" : kind}:${String(value["name"])}`;
  const taken = new Map(own.map((entry) => [key(entry), entry]));
  const builtIns = definitionsIn({ ...base }, "wskit/schema", true).filter((entry) => {
    const mine = taken.get(key(entry));
    if (mine === undefined) return true;
    if (!isDeepStrictEqual(mine.value, entry.value)) {
      const place = { file: mine.file, export: mine.export, path: [...mine.path, "name"] };
      diagnostics.report("built-in-replaced", place, { name: String(entry.value["name"]) });
    }
    return false;
  });
  return [...own, ...builtIns];
}
