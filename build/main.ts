/**
 * Bundles the product, once tsc has compiled it: a process that imports a check opens two files
 * instead of two hundred. The checks are one file, the core; every entry takes them from there, so
 * that a class is the same class whichever entry it comes from.
 *
 * The generator, the schema and the command stay as tsc has written them.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions, OutputFile } from "esbuild";
import { build } from "esbuild";
import { Core } from "./core.js";
import { importsOf } from "./modules.js";
import { shaken } from "./shaken.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
/** Rooms that are bundled. */
const PRODUCT = ["explore", "generated", "monitor", "runtime", "support"];
/** Entries that are one file, from which the others take what is in it. */
const CORES = new Set(["checks.js", "index.js"]);
/** Booleans have no class and no state that must be one: this entry has copies of its own. */
const ALONE = "is.js";

const OPTIONS = {
  absWorkingDir: dist,
  outdir: dist,
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  packages: "external",
  external: ["node:*"],
  // What nobody uses of these must not stay in the bundle of a consumer.
  pure: ["Object.freeze"],
  write: false,
  logLevel: "warning",
} as const satisfies BuildOptions;

/** The entries of package.json that are the product's, as files below dist. */
function entries(): string[] {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    exports: Record<string, string | { default: string }>;
  };
  const files = Object.values(exports).flatMap((e) => (typeof e === "string" ? [] : [e.default]));
  const below = files.map((file) => relative(dist, join(root, file)));
  return below.filter((file) => !file.includes("/") || PRODUCT.includes(file.split("/")[0] ?? ""));
}

/** Modules of the product that the rest of the package imports by themselves. */
function imported(written: ReadonlySet<string>): Set<string> {
  const seen = new Set<string>();
  const queue = ["cli", "generator", "schema"].flatMap((room) => filesIn(join(dist, room)));
  for (const file of queue) {
    if (seen.has(file) || written.has(file)) continue;
    seen.add(file);
    queue.push(...importsOf(file));
  }
  return seen;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .map((file) => join(folder, file));

/** Imports for the order of evaluation alone: no module of ours does anything when evaluated. */
const BARE = /^import "\.[^"]+";\n/gm;

/** All that is left beyond ASCII stands in comments; without it, V8 reads a file faster. */
const ELLIPSIS = /\u2026/g;

function write(files: readonly OutputFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.replace(BARE, "").replace(ELLIPSIS, "..."));
  }
}

rmSync(join(dist, "chunks"), { recursive: true, force: true });

const checks = await Core.of(OPTIONS, { file: "checks.js", earlier: [] });
const index = await Core.of(OPTIONS, { file: "index.js", earlier: [checks] });
const cores = [checks, index];
const { outputFiles } = await build({
  ...OPTIONS,
  entryPoints: entries().filter((file) => file !== ALONE && !CORES.has(file)),
  outbase: dist,
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  plugins: [...cores.map((core) => core.plugin()), shaken],
});
const second = await index.bundle(outputFiles);
const first = await checks.bundle([...outputFiles, ...second]);
const alone = await build({
  ...OPTIONS,
  entryPoints: [join(dist, ALONE)],
  minifySyntax: true,
  plugins: [shaken],
});
const made = [...alone.outputFiles, ...first, ...second, ...outputFiles];
const files = made.map((file) => cores.reduce((text, core) => core.linked(text), file));
const kept = imported(new Set(files.map(({ path }) => path)));
for (const file of PRODUCT.flatMap((room) => filesIn(join(dist, room)))) {
  if (!kept.has(file)) rmSync(file);
}
write(files);
