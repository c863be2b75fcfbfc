/** The guards and verdicts of generated/, loaded so that one of them can be exchanged. */
import { readFileSync, readdirSync } from "node:fs";
import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import * as support from "../../support/index.js";
import { ticking } from "./operators.js";

/** What is exchanged: something that judges a call, or the guard of a type. */
export type Judge = (value: unknown, ...rest: readonly unknown[]) => unknown;
type Exports = Readonly<Record<string, Judge>>;

/** The ends of chains, arrays and walks, so near that a battery can go there. */
export const LIMITS = { MAX_CHAIN: 400, MAX_ITEMS: 30, MAX_STRUCTS: 2000 };

/** A walk that ends there. */
class Walk extends support.Walk {
  override left = LIMITS.MAX_STRUCTS;
}

/** The guards of types, which all others may ask. */
export const GUARDS = "guards.ts";

const folder = new URL("../../generated/", import.meta.url);
const calls = readdirSync(new URL("verdicts/", folder));

/** The modules that are mutated, below generated/; what others import comes first. */
export const FILES: readonly string[] = [
  GUARDS,
  ...calls.map((name) => `verdicts/${name}`),
  ...calls,
];

/** The text of a module; how a call is looked at by its default terms is exported from it as well. */
export function sourceOf(file: string): string {
  const source = readFileSync(new URL(file, folder), "utf8");
  const call = /^export function is(\w+)Args\(/m.exec(source)?.[1];
  return call === undefined ? source : `${source}export { look as look${call} };\n`;
}

const urlOf = (specifier: string, file = ""): string =>
  new URL(specifier, new URL(file, folder)).href.replace(/\.js$/, ".ts");

/** What the modules import: themselves, and others as they are. */
const imported = new Map<string, object>(FILES.map((file) => [urlOf(file), {}]));
for (const file of FILES) {
  for (const [, specifier = ""] of sourceOf(file).matchAll(/from "([^"]+)"/g)) {
    const url = urlOf(specifier, file);
    if (imported.has(url)) continue;
    const isSupport = url === urlOf("../support/index.ts");
    imported.set(
      url,
      isSupport ? { ...support, ...LIMITS, Walk } : ((await import(url)) as object),
    );
  }
}

/** Turns of loops since the count began; a module that takes more than `most` does not come back. */
export const turns = { count: 0, most: Infinity };

function tick(): void {
  if (++turns.count > turns.most) throw new Error("does not come back");
}

/** What a module exports. */
function evaluate(file: string, source: string): Exports {
  const { code } = transformSync(source, { loader: "ts", format: "cjs", target: "es2022" });
  const module: { exports: Exports } = { exports: {} };
  const use = (specifier: string): unknown => imported.get(urlOf(specifier, file));
  const names = ["module", "require", "tick", "REFUSED", "WARNED", "CLEAN"];
  const run = compileFunction(code, names);
  Reflect.apply(run, undefined, [module, use, tick, 0, 1, 2]);
  return { ...module.exports };
}

/** All functions of the modules as they are, and of the modules with one exchanged. */
export class Modules {
  readonly #exports = new Map<string, Exports>();

  constructor() {
    for (const file of FILES) this.#set(file, evaluate(file, ticking(sourceOf(file))));
  }

  /** The functions of a module, by name. */
  of(file: string): Exports {
    return this.#exports.get(file) ?? {};
  }

  /** All functions, by name. */
  get all(): Exports {
    return Object.assign({}, ...this.#exports.values()) as Exports;
  }

  /** Puts a mutant in its place while `run` runs. */
  with<T>(file: string, source: string, run: () => T): T {
    const before = this.of(file);
    this.#set(file, evaluate(file, source));
    try {
      return run();
    } finally {
      this.#set(file, before);
    }
  }

  #set(file: string, exports: Exports): void {
    this.#exports.set(file, exports);
    Object.assign(imported.get(urlOf(file)) ?? {}, exports);
  }
}
