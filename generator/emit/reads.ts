/**
 * What the rules of a call or struct ask of values below its own parameters or fields. It is kept
 * in locals while the values are read, so that each is read once.
 */
import type { Typed } from "../expression/typed.js";
import { Fault } from "../fault.js";
import type { Model, RuleModel, TypeModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { below, identifier, importedType } from "../print/encode.js";
import type { View } from "./expression.js";
import { JUDGE, lengthCode } from "./expression.js";
import { lib, libType } from "./pieces.js";
import { typeOf } from "./type-code.js";

/** Something that is asked of a value, and the local that keeps it. */
export interface Read {
  /** The way to it from the value; none for the value itself. */
  readonly path: readonly string[];
  /** The value there, how long the array there is, or the sum of it along a chain or an array. */
  readonly what: "value" | "length" | "total";
  /** The parameter that says how many elements a total is of. */
  readonly count?: string | undefined;
  /** True for a total of numbers so short that no number of them is too many to be exact. */
  readonly isShort?: boolean;
  readonly local: Code;
  readonly type: Code;
  readonly initial: Code;
}

type Member = Extract<Typed, { kind: "member" }>;
type Total = Extract<Typed, { kind: "total" }>;

/** The reads of some rules, by name of parameter or field. */
export class Reads {
  readonly #model: Model;
  readonly #typeOf: (name: string) => string;
  readonly #reads = new Map<string, Read>();

  /** `typeOf` tells the type of a parameter or field. */
  constructor(model: Model, rules: readonly RuleModel[], typeOf: (name: string) => string) {
    this.#model = model;
    this.#typeOf = typeOf;
    for (const { check } of rules) {
      if (check.kind === "require") this.#visit(check.expression);
      if (check.kind === "count-of") this.#add([check.of], "length");
    }
  }

  /** All of them. */
  get all(): readonly Read[] {
    return [...this.#reads.values()];
  }

  /** What is asked of a parameter or field: the ways begin there. */
  of(name: string): Read[] {
    return this.all.flatMap((read) => stepInto(read, name));
  }

  /** The expressions of the rules, in terms of the locals. */
  view(arch: Code): View {
    const local = (path: readonly string[], what: Read["what"]): Code | undefined =>
      this.#reads.get(nameOf(path, what))?.local;
    return {
      arch,
      member: (path) => local(path, "value") ?? JUDGE.member(path),
      length: (path, of) =>
        local(path, "length") ?? lengthCode(local(path, "value") ?? JUDGE.member(path), of),
      total: ({ of, field }) => local([of, ...field], "total") ?? identifier(of),
    };
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
    if (of.kind === "member" && of.meaning.kind === "array") this.#add(of.path, "length");
    else this.#visit(of);
  }

  #total({ of, field, count }: Total): void {
    const isShort = this.#isShort([of, ...field]);
    const type = isShort ? code`number` : libType("Wide");
    this.#add([of, ...field], "total", { type, initial: code`0`, count, isShort });
  }

  #kindOf({ path, meaning }: Member): Pick<Read, "type" | "initial"> {
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
    let name = this.#typeOf(first);
    for (const key of rest) {
      const field = this.#structIn(name).fields.find((one) => one.name === key);
      if (field === undefined) throw new Fault(`${name} has no field ${key}`);
      name = field.type;
    }
    return name;
  }

  #isShort(path: readonly string[]): boolean {
    const type = typeOf(this.#model, this.#typeAt(path));
    return type.kind === "integer" && type.bits !== "pointer" && type.bits <= 32;
  }

  #structIn(name: string): Extract<TypeModel, { kind: "struct" }> {
    const type = typeOf(this.#model, name);
    if (type.kind === "struct") return type;
    if (type.kind !== "pointer") throw new Fault(`${name} has no fields`);
    return this.#structIn(type.to);
  }

  #add(
    path: readonly string[],
    what: Read["what"],
    kind: Pick<Read, "type" | "initial" | "count" | "isShort"> = {
      type: code`number`,
      initial: code`0`,
    },
  ): void {
    const name = nameOf(path, what);
    const local = below(what === "value" ? path : [...path, what]);
    this.#reads.set(name, { path, what, local, ...kind });
  }
}

/** A read as seen from a field; nothing where it leads elsewhere. */
export function stepInto(read: Read, field: string): Read[] {
  const [first, ...path] = read.path;
  return first === field ? [{ ...read, path }] : [];
}

const nameOf = (path: readonly string[], what: Read["what"]): string => `${path.join(".")} ${what}`;
