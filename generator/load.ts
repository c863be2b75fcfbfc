/** Loads a schema folder: every export of every file that is a definition, and where it stands. */
import { readdir } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { createJiti } from "jiti";
import * as base from "../schema/index.js";
import type { Diagnostics } from "./diagnostics.js";
import { messageOf } from "./fault.js";

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
  "call", ...TYPES, "codes", "constants", "guids", "facts", "page", "decision",
]; // prettier-ignore

/** Loads all definitions of a folder, and those of wskit/schema that it does not replace. */
export async function load(folder: string, diagnostics: Diagnostics): Promise<Entry[]> {
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    alias: { "wskit/schema": fileURLToPath(new URL("../schema/index", import.meta.url)) },
  });
  const own: Entry[] = [];
  const paths = await schemaFiles(folder);
  // One load sees one instance of each module; the next load sees what has changed since.
  for (const path of Object.keys(jiti.cache)) if (path.startsWith(folder)) delete jiti.cache[path];
  for (const path of paths) {
    const file = relative(join(folder, ".."), path).replaceAll("\\", "/");
    try {
      const module: Record<string, unknown> = await jiti.import(path);
      own.push(...definitionsIn(module, file, false));
    } catch (error) {
      const place = { file, export: "", path: [] };
      diagnostics.report("schema-unreadable", place, { received: messageOf(error) });
    }
  }
  return withBuiltIns(unique(own));
}

/** The files of a schema folder in a fixed order; index files come last, as they only re-export. */
async function schemaFiles(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const rank = (path: string): string =>
    basename(path).startsWith("index.") ? `1${path}` : `0${path}`;
  return found
    .filter((entry) => entry.isFile() && /(?<!\.d)\.(ts|mts|js|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function definitionsIn(module: Record<string, unknown>, file: string, builtIn: boolean): Entry[] {
  const entries: Entry[] = [];
  const add = (name: string, value: unknown, path: readonly number[]): void => {
    if (Array.isArray(value)) value.forEach((item, i) => add(name, item, [...path, i]));
    else if (isDefinition(value))
      entries.push({ kind: value.kind, value, file, export: name, path, builtIn });
  };
  for (const name of Object.keys(module).sort()) add(name, module[name], []);
  return entries;
}

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

function withBuiltIns(own: readonly Entry[]): Entry[] {
  const key = ({ kind, value }: Entry): string =>
    `${TYPES.includes(kind) ? "type" : kind}:${String(value["name"])}`;
  const taken = new Set(own.map(key));
  const builtIns = definitionsIn({ ...base }, "wskit/schema", true).filter(
    (entry) => !taken.has(key(entry)),
  );
  return [...own, ...builtIns];
}
