/**
 * The whole generator, in the order in which it works:
 *
 *   1. load      every definition of the schema folder, with its place
 *   2. check     shape, names, references, rules; all mistakes at once, and none goes further
 *   3. build     the frozen model: all references resolved, sorted by name; its examples are proven
 *   4. emit      pure functions from the model to pieces of code
 *   5. print     names become imports, pieces become text
 *   6. format    prettier, at 100 columns
 *   7. write     the output folder as a whole, or compare
 */
import { basename, dirname, resolve, sep } from "node:path";
import { build } from "./build.js";
import { check } from "./check.js";
import { Diagnostics, SchemaError } from "./diagnostics.js";
import { emitDocs } from "./emit/docs.js";
import { emit } from "./emit/index.js";
import { emitSchemaJson } from "./emit/schema-json.js";
import { format } from "./format.js";
import { load } from "./load.js";
import type { Model } from "./model.js";
import type { PrintOptions } from "./print/file.js";
import { printFile, textOf } from "./print/file.js";
import { prove } from "./prove/index.js";
import type { Difference, Files } from "./write.js";
import { compare, OutputError, write } from "./write.js";

/** What to generate, and where. */
export interface GenerateOptions extends PrintOptions {
  /** The folder with the schema files. */
  readonly schema: string;
  /** The folder to fill. It is replaced as a whole. */
  readonly out: string;
  /** Compare only; nothing is written. */
  readonly check?: boolean;
}

/** The outcome of a run. */
export interface Generated {
  readonly model: Model;
  readonly files: Files;
  /** What was written, or with `check`, what should be. */
  readonly differences: readonly Difference[];
}

/** Loads, checks and builds a schema. Throws SchemaError with every mistake. */
export async function loadModel(schema: string): Promise<Model> {
  const folder = resolve(schema);
  const diagnostics = new Diagnostics();
  const entries = await load(folder, diagnostics);
  const registry = check(entries, basename(folder), diagnostics);
  if (diagnostics.failed) throw new SchemaError(diagnostics.all);
  const model = build(registry);
  prove(model, registry, diagnostics);
  if (diagnostics.failed) throw new SchemaError(diagnostics.all);
  return model;
}

/** The files of a model, formatted. */
export async function render(model: Model, options: PrintOptions): Promise<Files> {
  const printed = emit(model).map((file): [string, string] => [
    file.path,
    printFile(file, options),
  ]);
  for (const { path, body } of emitDocs(model)) printed.push([path, textOf(body)]);
  printed.push(["schema.json", textOf(emitSchemaJson(model))]);
  const files = new Map<string, string>();
  for (const [path, text] of printed) files.set(path, await format(path, text));
  return files;
}

/**
 * Generates bindings from a schema folder. Throws SchemaError or OutputError, and then changes
 * nothing.
 */
export async function generate(options: GenerateOptions): Promise<Generated> {
  keepApart(resolve(options.schema), resolve(options.out));
  const model = await loadModel(options.schema);
  const files = await render(model, options);
  const step = options.check === true ? compare : write;
  return { model, files, differences: await step(resolve(options.out), files) };
}

/** Generated files below the schema would be loaded as schema, and a swap would take it along. */
function keepApart(schema: string, out: string): void {
  const isInside = (inner: string, outer: string): boolean =>
    `${inner}${sep}`.startsWith(`${outer}${sep}`);
  if (isInside(out, schema) || isInside(schema, out)) {
    throw new OutputError(`${out} and ${schema} lie in each other; name an output folder apart`);
  }
}

/** The folder that the file names of diagnostics are relative to. */
export const rootOf = (schema: string): string => dirname(resolve(schema));
