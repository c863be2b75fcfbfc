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
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { build } from "./build.js";
import { check } from "./check.js";
import type { Diagnostic } from "./diagnostics.js";
import { Diagnostics, SchemaError } from "./diagnostics.js";
import { emitDocs } from "./emit/docs.js";
import { emit } from "./emit/index.js";
import { emitJsonSchemas } from "./emit/json-schema.js";
import { emitSchemaJson } from "./emit/schema-json.js";
import { format } from "./format.js";
import { load } from "./load.js";
import type { Model } from "./model.js";
import type { PrintOptions } from "./print/file.js";
import { printFile, SUPPORT, textOf } from "./print/file.js";
import { prove } from "./prove/index.js";
import type { Difference, Files } from "./write.js";
import { compare, OutputError, realPath, recover, write } from "./write.js";

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
  /** What is worth a look, and no mistake. */
  readonly warnings: readonly Diagnostic[];
  /** What was written, or with `check`, what should be. */
  readonly differences: readonly Difference[];
}

/**
 * Loads, checks and builds a schema. Throws SchemaError with every mistake; warnings are in
 * `diagnostics` then and otherwise.
 */
export async function loadModel(
  schema: string,
  diagnostics: Diagnostics = new Diagnostics(),
): Promise<Model> {
  const folder = resolve(schema);
  const entries = await load(folder, diagnostics);
  const registry = check(entries, basename(folder), diagnostics);
  if (diagnostics.failed) throw new SchemaError(diagnostics.all);
  const model = build(registry);
  prove(model, registry, diagnostics);
  if (diagnostics.failed) throw new SchemaError(diagnostics.all);
  return model;
}

/** The contract of a schema folder as data. Throws SchemaError. */
export async function schemaJson(schema: string): Promise<string> {
  return textOf(emitSchemaJson(await loadModel(schema)));
}

/** The files of a model, formatted. */
export async function render(model: Model, options: PrintOptions): Promise<Files> {
  const printed = emit(model).map((file): [string, string] => [
    file.path,
    printFile(file, options),
  ]);
  for (const { path, body } of [...emitDocs(model), ...emitJsonSchemas(model)])
    printed.push([path, textOf(body)]);
  printed.push(["schema.json", textOf(emitSchemaJson(model))]);
  const files = new Map<string, string>();
  for (const [path, text] of printed) files.set(path, await format(path, text));
  return files;
}

/**
 * Generates bindings from a schema folder. Throws SchemaError or OutputError, and then changes
 * nothing but what a run before was killed over.
 */
export async function generate(options: GenerateOptions): Promise<Generated> {
  const out = resolve(options.out);
  await keepApart(options.schema, out);
  await recover(out);
  const diagnostics = new Diagnostics();
  const model = await loadModel(options.schema, diagnostics);
  const files = await render(model, supportFrom(out, options));
  const step = options.check === true ? compare : write;
  return { model, files, warnings: diagnostics.all, differences: await step(out, files) };
}

/** Generated files below the schema would be loaded as schema, and a swap would take it along. */
async function keepApart(schema: string, out: string): Promise<void> {
  const isInside = (inner: string, outer: string): boolean =>
    `${inner}${sep}`.startsWith(`${outer}${sep}`);
  const [a, b] = [await realPath(schema), await realPath(out)];
  if (isInside(b, a) || isInside(a, b)) {
    throw new OutputError(`${out} and ${schema} lie in each other; name an output folder apart`);
  }
}

/** The support folder as the output folder sees it; nothing for the package. */
function supportFrom(out: string, { support = SUPPORT }: PrintOptions): PrintOptions {
  if (support === SUPPORT) return {};
  const path = (isAbsolute(support) ? relative(out, support) : support)
    .replaceAll("\\", "/")
    .replace(/\/+$/, "");
  return { support: path.startsWith(".") ? path : `./${path}` };
}

/** The folder that the file names of diagnostics are relative to. */
export const rootOf = (schema: string): string => dirname(resolve(schema));
