/** Gives every part of an expression its meaning, and refuses what has none. */
import type { ArchValue } from "../../schema/define.js";
import { isWideValue } from "../values.js";
import type { Expression, Operator } from "./parse.js";
import { ExpressionError } from "./parse.js";

/** What a name stands for inside an expression. */
export type Meaning =
  | { readonly kind: "number"; readonly wide: boolean }
  | { readonly kind: "boolean" }
  | { readonly kind: "bytes"; readonly nullable: boolean }
  | { readonly kind: "routine"; readonly nullable: boolean }
  | { readonly kind: "array"; readonly element: string; readonly nullable: boolean }
  | {
      readonly kind: "struct";
      readonly struct: string;
      readonly next: string | undefined;
      readonly nullable: boolean;
    };

/** What an expression may refer to. */
export interface Scope {
  /** The meaning of a parameter or field; of a field of that struct where one is given. */
  readonly member: (name: string, struct?: string) => Meaning | undefined;
  /** The value of a constant, and the set that it belongs to. */
  readonly constant: (name: string) => Omit<ConstantTerm, "kind" | "name"> | undefined;
  readonly fact: (name: string) => "boolean" | "integer" | undefined;
  /** The members, for suggestions. */
  readonly suggest: (name: string) => string;
}

/** A flag or another number of a set, or a status or error code. */
export interface ConstantTerm {
  readonly kind: "constant";
  readonly name: string;
  readonly set: string;
  readonly value: number | ArchValue;
  readonly isCode: boolean;
}

/** An expression whose parts are known. `wide` numbers are exact 64-bit ones. */
export type Typed =
  | { readonly kind: "number"; readonly value: bigint }
  | ConstantTerm
  | { readonly kind: "member"; readonly path: readonly string[]; readonly meaning: Meaning }
  | { readonly kind: "null" }
  | { readonly kind: "fact"; readonly name: string; readonly type: "boolean" | "integer" }
  | {
      readonly kind: "total";
      readonly of: string;
      /** The field of each element, or a field of a struct inside it. */
      readonly field: readonly string[];
      readonly along: string | undefined;
    }
  | { readonly kind: "length"; readonly of: Typed }
  | { readonly kind: "wellFormed"; readonly bytes: Typed; readonly length: Typed }
  | { readonly kind: "allOnes"; readonly of: Typed }
  | { readonly kind: "not"; readonly of: Typed }
  | {
      readonly kind: "binary";
      readonly op: Operator;
      readonly left: Typed;
      readonly right: Typed;
      readonly wide: boolean;
    };

/** Resolves an expression that must be a condition. Throws ExpressionError. */
export function resolve(expression: Expression, scope: Scope): Typed {
  const typed = new Resolver(scope).visit(expression, new Set());
  if (sort(typed) !== "boolean")
    throw new ExpressionError("expected a condition, received a value", 0);
  return typed;
}

/** What kind of value an expression has. */
export function sort(typed: Typed): "number" | "wide" | "boolean" | "pointer" {
  switch (typed.kind) {
    case "constant":
      return isWideValue(typed.value) ? "wide" : "number";
    case "number":
    case "length":
      return "number";
    case "total":
      return "wide";
    case "member":
      return typed.meaning.kind === "number"
        ? typed.meaning.wide ? "wide" : "number"
        : typed.meaning.kind === "boolean" ? "boolean" : "pointer"; // prettier-ignore
    case "null":
      return "pointer";
    case "fact":
      return typed.type === "boolean" ? "boolean" : "number";
    case "wellFormed":
    case "allOnes":
    case "not":
      return "boolean";
    case "binary":
      if (typed.op === "+" || typed.op === "&" || typed.op === "|")
        return typed.wide ? "wide" : "number";
      return "boolean";
  }
}

const MAX_32 = 0xffff_ffffn;
const FUNCTIONS = ["total", "length", "wellFormed", "allOnes"];

class Resolver {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** `nonNull` holds the paths that are known not to be NULL where this expression is evaluated. */
  visit(e: Expression, nonNull: ReadonlySet<string>): Typed {
    switch (e.kind) {
      case "number":
        return { kind: "number", value: e.value };
      case "null":
        return { kind: "null" };
      case "name":
        return this.#name(e.path, e.at, nonNull);
      case "fact": {
        const type = this.#scope.fact(e.name);
        if (type === undefined) throw new ExpressionError(`there is no fact ${e.name}`, e.at);
        return { kind: "fact", name: e.name, type };
      }
      case "apply":
        return this.#apply(e.name, e.args, { at: e.at, nonNull });
      case "not": {
        const of = this.visit(e.of, nonNull);
        if (sort(of) !== "boolean") throw new ExpressionError("! wants a condition", e.at);
        return { kind: "not", of };
      }
      case "binary":
        return this.#binary(e, nonNull);
    }
  }

  #name(path: readonly string[], at: number, nonNull: ReadonlySet<string>): Typed {
    const [first = "", ...rest] = path;
    let meaning = this.#scope.member(first);
    if (meaning === undefined) {
      const constant = rest.length === 0 ? this.#scope.constant(first) : undefined;
      if (constant !== undefined) return { kind: "constant", name: first, ...constant };
      throw new ExpressionError(`there is no ${first}${this.#scope.suggest(first)}`, at);
    }
    let walked = first;
    for (const key of rest) {
      if (meaning.kind !== "struct") throw new ExpressionError(`${walked} has no fields`, at);
      if (meaning.nullable && !nonNull.has(walked)) {
        throw new ExpressionError(
          `${walked} may be NULL here: ask ${walked} == NULL || … first`,
          at,
        );
      }
      const field = this.#scope.member(key, meaning.struct);
      if (field === undefined)
        throw new ExpressionError(`${meaning.struct} has no field ${key}`, at);
      meaning = field;
      walked += `.${key}`;
    }
    return { kind: "member", path, meaning };
  }

  #binary(e: Extract<Expression, { kind: "binary" }>, nonNull: ReadonlySet<string>): Typed {
    const left = this.visit(e.left, nonNull);
    const behind = new Set([...nonNull, ...provenNonNull(left, e.op === "&&")]);
    const right = this.visit(e.right, e.op === "&&" || e.op === "||" ? behind : nonNull);
    const sorts = [sort(left), sort(right)];
    const all = (...allowed: string[]): boolean => sorts.every((s) => allowed.includes(s));
    const fits =
      e.op === "&&" || e.op === "||"
        ? all("boolean")
        : e.op === "==" || e.op === "!="
          ? all("number", "wide") || all("pointer")
          : all("number", "wide");
    if (!fits)
      throw new ExpressionError(`${e.op} cannot join a ${sorts[0]} and a ${sorts[1]}`, e.at);
    const isWide = sorts.includes("wide");
    for (const [side, typed] of [
      [e.left, left],
      [e.right, right],
    ] as const) {
      if (typed.kind !== "number" || isWide || typed.value <= MAX_32) continue;
      throw new ExpressionError(`${typed.value} is more than 32 bits hold`, side.at);
    }
    return { kind: "binary", op: e.op, left, right, wide: isWide };
  }

  #apply(
    name: string,
    args: readonly Expression[],
    where: { at: number; nonNull: ReadonlySet<string> },
  ): Typed {
    const { at, nonNull } = where;
    const [first, second] = args.map((arg, i) =>
      name === "total" && i === 1 ? arg : this.visit(arg, nonNull),
    );
    const wrong = (what: string): ExpressionError =>
      new ExpressionError(`${name} wants ${what}`, at);
    if (name === "total") return this.#total(first as Typed, args[1], wrong);
    if (name === "length" && args.length === 1) {
      if (!isA(first, "bytes") && !isA(first, "array")) throw wrong("memory or an array");
      return { kind: "length", of: first };
    }
    if (name === "wellFormed" && args.length === 2) {
      if (!isA(first, "bytes") || !isA(second, "number")) throw wrong("memory and its length");
      return { kind: "wellFormed", bytes: first, length: second };
    }
    if (name === "allOnes" && args.length === 1) {
      if (!isA(first, "number")) throw wrong("a number");
      return { kind: "allOnes", of: first };
    }
    throw new ExpressionError(
      `there is no function ${name} of ${args.length}; there are ${FUNCTIONS.join(", ")}`,
      at,
    );
  }

  #total(
    of: Typed,
    field: Expression | undefined,
    wrong: (what: string) => ExpressionError,
  ): Typed {
    if (of.kind !== "member" || of.path.length !== 1 || field?.kind !== "name") {
      throw wrong("an array or a chain, and a field of its elements");
    }
    const { meaning } = of;
    const struct =
      meaning.kind === "array"
        ? meaning.element
        : meaning.kind === "struct"
          ? meaning.struct
          : undefined;
    const along = meaning.kind === "struct" ? meaning.next : undefined;
    if (struct === undefined || (meaning.kind === "struct" && along === undefined))
      throw wrong("an array or a chain");
    let element: Meaning | undefined = { kind: "struct", struct, next: undefined, nullable: false };
    for (const name of field.path) {
      const within: string | undefined = element?.kind === "struct" ? element.struct : undefined;
      element = within === undefined ? undefined : this.#scope.member(name, within);
    }
    if (element?.kind !== "number") throw wrong(`a number of ${struct}`);
    return { kind: "total", of: of.path[0] ?? "", field: field.path, along };
  }
}

function isA(
  typed: Expression | Typed | undefined,
  kind: Meaning["kind"],
): typed is Extract<Typed, { kind: "member" }> {
  return typed?.kind === "member" && "meaning" in typed && typed.meaning.kind === kind;
}

/** The paths that are not NULL where `typed` is true (or, for `||`, where it is false). */
function provenNonNull(typed: Typed, when: boolean): string[] {
  if (typed.kind === "not") return provenNonNull(typed.of, !when);
  if (typed.kind !== "binary") return [];
  if (typed.op === (when ? "&&" : "||")) {
    return [...provenNonNull(typed.left, when), ...provenNonNull(typed.right, when)];
  }
  if (
    typed.op === (when ? "!=" : "==") &&
    typed.right.kind === "null" &&
    typed.left.kind === "member"
  ) {
    return [typed.left.path.join(".")];
  }
  return [];
}

/** The parameters or fields and the facts that an expression reads. */
export function uses(typed: Typed): { members: string[]; facts: string[] } {
  const members = new Set<string>();
  const facts = new Set<string>();
  const visit = (t: Typed): void => {
    if (t.kind === "member") members.add(t.path[0] ?? "");
    else if (t.kind === "fact") facts.add(t.name);
    else if (t.kind === "total") members.add(t.of);
    else if (t.kind === "length" || t.kind === "allOnes" || t.kind === "not") visit(t.of);
    else if (t.kind === "wellFormed") [t.bytes, t.length].forEach(visit);
    else if (t.kind === "binary") [t.left, t.right].forEach(visit);
  };
  visit(typed);
  return { members: [...members], facts: [...facts] };
}
