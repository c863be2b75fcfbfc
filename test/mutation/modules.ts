/** The guards and verdicts of generated/, loaded so that one of them can be exchanged. */
import { readFileSync, readdirSync } from "node:fs";
import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import * as support from "../../support/index.js";
import type { Terms } from "../../support/index.js";
import { ticking } from "./operators.js";

/** What is exchanged: a weigh of a call, or the guard of a type. */
export type Judge = (value: unknown, terms: Terms) => unknown;
type Exports = Readonly<Record<string, Judge>>;

/** The ends of chains and arrays, so near that a battery can go there. */
export const LIMITS = { MAX_CHAIN: 40, MAX_ITEMS: 30 };

const GUARDS = "guards.ts";
const folder = new URL("../../generated/", import.meta.url);

/** The modules that are mutated, below generated/; what others import comes first. */
export const FILES: readonly string[] = [
  GUARDS,
  ...readdirSync(new URL("verdicts/", folder)).map((name) => `verdicts/${name}`),
];

/** The text of a module. */
export const sourceOf = (file: string): string => readFileSync(new URL(file, folder), "utf8");

const SPECIFIER = /from "([^"]+)"/g;
const others = new Map<string, unknown>();
for (const file of FILES) {
  for (const [, specifier = ""] of sourceOf(file).matchAll(SPECIFIER)) {
    const { href } = new URL(specifier, new URL(file, folder));
    const isSupport = href.includes("/support/");
    others.set(href, isSupport ? { ...support, ...LIMITS } : await import(href));
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
  const use = (specifier: string): unknown => others.get(new URL(specifier, new URL(file, folder)).href); // prettier-ignore
  const names = ["module", "require", "tick", "REFUSED", "WARNED", "CLEAN"];
  const run = compileFunction(code, names);
  Reflect.apply(run, undefined, [module, use, tick, 0, 1, 2]);
  return { ...module.exports };
}

/** All functions of the modules as they are, and of the modules with one exchanged. */
export class Modules {
  readonly #exports = new Map<string, Exports>();
  readonly #guards: Record<string, Judge> = {};

  constructor() {
    others.set(new URL("guards.js", folder).href, this.#guards);
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
    if (file === GUARDS) Object.assign(this.#guards, exports);
  }
}
