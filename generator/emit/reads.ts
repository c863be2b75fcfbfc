/**
 * What the rules of a call or struct ask of values below its own parameters or fields. It is kept
 * in locals while the values are read, so that each is read once.
 */
import type { Typed } from "../expression/typed.js";
import { Fault } from "../fault.js";
import type { Model, RuleModel, TypeModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { importedType } from "../print/encode.js";
import type { View } from "./expression.js";
import { lengthCode } from "./expression.js";
import type { Locals } from "./locals.js";
import { lib, libType } from "./pieces.js";
import { typeOf } from "./type-code.js";

/** Something that is asked of a value. */
export interface Read {
  /** The way to it from the value; none for the value itself. */
  readonly path: readonly string[];
  /** The value there, how long the array there is, or the sum of it along a chain or an array. */
  readonly what: "value" | "length" | "total";
  /** The parameter that says how many elements a total is of. */
  readonly count?: Code;
  /** The statement that keeps it, where it is found. */
  readonly keep: (found: Code) => Code;
}

/** A local that keeps what is read. */
export interface Kept {
  readonly local: Code;
  readonly type: Code;
  readonly initial: Code;
}

/** The function in which the rules are judged. */
export interface Judged {
  readonly model: Model;
  readonly locals: Locals;
  /** The type of a parameter or field, by its name. */
  readonly typeOf: (name: string) => string;
  /** Where the parameter or field itself is. */
  readonly own: (name: string) => Code;
}

type Member = Extract<Typed, { kind: "member" }>;
type Total = Extract<Typed, { kind: "total" }>;

/** The reads of some rules, by name of parameter or field. */
export class Reads {
  readonly #in: Judged;
  readonly #reads = new Map<string, Read & Kept>();

  constructor(rules: readonly RuleModel[], judged: Judged) {
    this.#in = judged;
    for (const { check } of rules) {
      if (check.kind === "require") this.#visit(check.expression);
      if (check.kind === "count-of") this.#add([check.of], "length", NUMBER);
    }
  }

  /** The locals that keep them. */
  get kept(): readonly Kept[] {
    return [...this.#reads.values()];
  }

  /** What is asked of a parameter or field: the ways begin there. */
  of(name: string): Read[] {
    return [...this.#reads.values()].flatMap((read) => stepInto(read, name));
  }

  /** The expressions of the rules, in terms of the locals. */
  view(arch: Code): View {
    return {
      arch,
      isKept: true,
      member: (path) => this.#member(path),
      length: (path, of) => this.#local(path, "length") ?? lengthCode(this.#member(path), of),
      total: ({ of, field }) => this.#kept([of, ...field], "total"),
    };
  }

  #member(path: readonly string[]): Code {
    const [name = "", ...below] = path;
    return below.length === 0 ? this.#in.own(name) : this.#kept(path, "value");
  }

  #local(path: readonly string[], what: Read["what"]): Code | undefined {
    return this.#reads.get(nameOf(path, what))?.local;
  }

  #kept(path: readonly string[], what: Read["what"]): Code {
    const local = this.#local(path, what);
    if (local === undefined) throw new Fault(`nobody keeps the ${what} of ${path.join(".")}`);
    return local;
  }

  #visit(typed: Typed): void {
    switch (typed.kind) {
      case "member":
        if (typed.path.length > 1) this.#add(typed.path, "value", this.#kindOf(typed));
        break;
      case "length":
        this.#length(typed.of);
        break;
      case "total":
        this.#total(typed);
        break;
      case "wellFormed":
        [typed.bytes, typed.length].forEach((of) => this.#visit(of));
        break;
      case "not":
      case "allOnes":
        this.#visit(typed.of);
        break;
      case "binary":
        [typed.left, typed.right].forEach((of) => this.#visit(of));
        break;
      default:
    }
  }

  #length(of: Typed): void {
    if (of.kind === "member" && of.meaning.kind === "array") this.#add(of.path, "length", NUMBER);
    else this.#visit(of);
  }

  #total({ of, field, count }: Total): void {
    const path = [of, ...field];
    const isShort = this.#isShort(path);
    const add = (local: Code, found: Code): Code =>
      isShort
        ? code`${local} += ${found};\n`
        : code`${local} = ${lib("sum")}(${local}, ${found});\n`;
    const counted = count === undefined ? {} : { count: this.#in.own(count) };
    const type = isShort ? code`number` : libType("Wide");
    this.#add(path, "total", { type, initial: code`0`, add, ...counted });
  }

  #kindOf({ path, meaning }: Member): Pick<Kept, "type" | "initial"> {
    if (meaning.kind === "boolean") return { type: code`boolean`, initial: code`false` };
    if (meaning.kind === "bytes") {
      return meaning.nullable
        ? { type: code`Uint8Array | null`, initial: code`null` }
        : { type: code`Uint8Array`, initial: lib("NO_BYTES") };
    }
    if (meaning.kind !== "number") return { type: code`unknown`, initial: code`null` };
    return { type: importedType(this.#typeAt(path), "./types"), initial: code`0` };
  }

  #typeAt([first = "", ...rest]: readonly string[]): string {
    let name = this.#in.typeOf(first);
    for (const key of rest) {
      const field = this.#structIn(name).fields.find((one) => one.name === key);
      if (field === undefined) throw new Fault(`${name} has no field ${key}`);
      name = field.type;
    }
    return name;
  }

  /** True for a number so short that no sum of as many as can be is too much to be exact. */
  #isShort(path: readonly string[]): boolean {
    const type = typeOf(this.#in.model, this.#typeAt(path));
    return type.kind === "integer" && type.bits !== "pointer" && type.bits <= 32;
  }

  #structIn(name: string): Extract<TypeModel, { kind: "struct" }> {
    const type = typeOf(this.#in.model, name);
    if (type.kind === "struct") return type;
    if (type.kind !== "pointer") throw new Fault(`${name} has no fields`);
    return this.#structIn(type.to);
  }

  #add(path: readonly string[], what: Read["what"], { add = set, ...kind }: Kind): void {
    const name = nameOf(path, what);
    if (this.#reads.has(name)) return;
    const wanted = what === "value" ? path : [...path, what];
    const local = this.#in.locals.take(wanted.join("$"));
    this.#reads.set(name, { path, what, local, ...kind, keep: (found) => add(local, found) });
  }
}

interface Kind extends Pick<Read, "count">, Pick<Kept, "type" | "initial"> {
  /** The statement that puts what is found into the local, where it does not just set it. */
  readonly add?: (local: Code, found: Code) => Code;
}

const NUMBER: Kind = { type: code`number`, initial: code`0` };

const set = (local: Code, found: Code): Code => code`${local} = ${found};\n`;

/** A read as seen from a field; nothing where it leads elsewhere. */
export function stepInto(read: Read, field: string): Read[] {
  const [first, ...path] = read.path;
  return first === field ? [{ ...read, path }] : [];
}

/** The locals that keep what is read, before it is. */
export const declare = (kept: readonly Kept[]): Code =>
  code`${kept.map(({ local, type, initial }) => code`let ${local}: ${type} = ${initial};\n`)}`;

const nameOf = (path: readonly string[], what: Read["what"]): string => `${path.join(".")} ${what}`;
