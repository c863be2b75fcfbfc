/** Names of locals in generated functions: none hides another one that is still asked for. */
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { identifier, key, local } from "../print/encode.js";

/** The names that are taken in a block of a generated function, and in those around it. */
export class Locals {
  readonly #around: Locals | undefined;
  readonly #taken: Set<string>;

  /** `taken` are names that the function has already: those of its parameters, for instance. */
  constructor(taken: readonly string[] = [], around?: Locals) {
    this.#around = around;
    this.#taken = new Set(taken);
  }

  /** The names of a block inside this one. */
  block(): Locals {
    return new Locals([], this);
  }

  /** Takes the name that is wanted, or where it is taken, the first free one of `name$2`, … */
  take(wanted: string): Code {
    let name = wanted;
    for (let i = 2; this.#has(name); i++) name = `${wanted}$${i}`;
    this.#taken.add(name);
    return local(name);
  }

  /** Takes names for what is read of an object, in the order of its properties. */
  takeAll(names: readonly string[]): Map<string, Code> {
    return new Map(names.map((name) => [name, this.take(name)]));
  }

  #has(name: string): boolean {
    if (this.#taken.has(name)) return true;
    return this.#around === undefined ? false : this.#around.#has(name);
  }
}

/** A property in a destructuring pattern, under the name of its local. */
export const property = (name: string, as: Code): Code =>
  String(as.parts) === name ? key(name) : code`${key(name)}: ${as}`;

/** The local of a name. A caller that asks for another one has forgotten to take it. */
export const localOf = (taken: ReadonlyMap<string, Code>, name: string): Code =>
  taken.get(name) ?? identifier(name);
