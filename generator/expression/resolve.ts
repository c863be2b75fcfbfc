/** Gives every part of an expression its meaning, and refuses what has none. */
import type { Known } from "./known.js";
import { behind, decided, isNullable, NOTHING } from "./known.js";
import type { Expression } from "./parse.js";
import { ExpressionError } from "./parse.js";
import type { Meaning, Scope, Typed } from "./typed.js";
import { sort, uses } from "./typed.js";

/** The expression mentions what has a mistake of its own; it has been reported there. */
export class MistakenElsewhere extends ExpressionError {}

/** Resolves an expression that must be a condition. Throws ExpressionError. */
export function resolve(expression: Expression, scope: Scope): Typed {
  const typed = new Resolver(scope).visit(expression, NOTHING);
  if (sort(typed) !== "boolean")
    throw new ExpressionError("expected a condition, received a value", 0);
  return typed;
}

const MAX_32 = 0xffff_ffffn;
const FUNCTIONS = ["total", "length", "wellFormed", "allOnes"];

type BinaryExpression = Extract<Expression, { kind: "binary" }>;
type BinaryTyped = Extract<Typed, { kind: "binary" }>;
type MemberTyped = Extract<Typed, { kind: "member" }>;

class Resolver {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** `known` is what is known of pointers and numbers where this expression is evaluated. */
  visit(e: Expression, known: Known): Typed {
    switch (e.kind) {
      case "number":
        return { kind: "number", value: e.value };
      case "null":
        return { kind: "null" };
      case "name":
        return this.#name(e.path, e.at, known);
      case "fact": {
        const type = this.#scope.fact(e.name);
        if (type === "mistaken") throw new MistakenElsewhere(e.name, e.at);
        if (type === undefined) {
          const other = this.#scope.suggestFact(e.name);
          throw new ExpressionError(`there is no fact ${e.name}${other}`, e.at);
        }
        return { kind: "fact", name: e.name, type };
      }
      case "apply":
        return this.#apply(e, known);
      case "not": {
        const of = this.visit(e.of, known);
        if (sort(of) !== "boolean") throw new ExpressionError("! wants a condition", e.at);
        return { kind: "not", of };
      }
      case "binary":
        return this.#binary(e, known);
    }
  }

  #name(path: readonly string[], at: number, known: Known): Typed {
    const [first = "", ...rest] = path;
    let meaning = this.#scope.member(first);
    if (meaning === undefined) {
      const constant = rest.length === 0 ? this.#scope.constant(first) : undefined;
      if (constant === "mistaken") throw new MistakenElsewhere(first, at);
      if (constant !== undefined) return { kind: "constant", name: first, ...constant };
      throw new ExpressionError(`there is no ${first}${this.#scope.suggest(first)}`, at);
    }
    const guards: string[] = [];
    let walked = first;
    if (rest.length > 0 && isLink(meaning)) throw readsOn(first, at);
    for (const key of rest) {
      if (meaning.kind === "mistaken") break;
      if (meaning.kind !== "struct") throw new ExpressionError(`${walked} has no fields`, at);
      if (known.isNull.has(walked)) throw new ExpressionError(`${walked} is NULL here`, at);
      if (meaning.nullable && !known.nonNull.has(walked)) throw mayBeNull(walked, at);
      if (meaning.nullable) guards.push(walked);
      const field = this.#scope.member(key, meaning.struct);
      if (field === undefined) {
        const other = this.#scope.suggest(key, meaning.struct);
        throw new ExpressionError(`${meaning.struct} has no field ${key}${other}`, at);
      }
      meaning = field;
      walked += `.${key}`;
    }
    if (meaning.kind === "mistaken") throw new MistakenElsewhere(walked, at);
    return { kind: "member", path, meaning, guards };
  }

  #binary(e: BinaryExpression, known: Known): Typed {
    const left = this.visit(e.left, known);
    const joins = e.op === "&&" || e.op === "||";
    const right = this.visit(e.right, joins ? behind(known, left, e.op === "&&") : known);
    const sorts = [sort(left), sort(right)];
    const isWide = sorts.includes("wide");
    const typed: BinaryTyped = { kind: "binary", op: e.op, left, right, wide: isWide };
    if (!fits(typed, sorts))
      throw new ExpressionError(`${e.op} cannot join a ${sorts[0]} and a ${sorts[1]}`, e.at);
    for (const [side, of] of [
      [e.left, left],
      [e.right, right],
    ] as const) {
      if (of.kind !== "number" || isWide || of.value <= MAX_32) continue;
      throw new ExpressionError(`${of.value} is more than 32 bits hold`, side.at);
    }
    if (sort(typed) === "boolean" && !joins) asksSomething(typed, known, e.at);
    return typed;
  }

  #apply(e: Extract<Expression, { kind: "apply" }>, known: Known): Typed {
    const { name, args, at } = e;
    const wrong = (what: string): ExpressionError =>
      new ExpressionError(`${name} wants ${what}`, at);
    const [first, second] = args.map((arg, i) =>
      name === "total" && i === 1 ? arg : this.visit(arg, known),
    );
    if (name === "total" && args.length === 2)
      return this.#total(first as Typed, { field: args[1], at, known });
    if (name === "length" && args.length === 1) {
      if (!isA(first, "bytes") && !isA(first, "array")) throw wrong("memory or an array");
      if (isNullable(first, known)) throw mayBeNull(first.path.join("."), at);
      return { kind: "length", of: first };
    }
    if (name === "wellFormed" && args.length === 2) {
      if (!isA(first, "bytes") || !isA(second, "number")) throw wrong("memory and its length");
      if (isNullable(first, known)) throw mayBeNull(first.path.join("."), at);
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

  #total(of: Typed, where: { field: Expression | undefined; at: number; known: Known }): Typed {
    const { field, at, known } = where;
    const wrong = (what: string): ExpressionError => new ExpressionError(`total wants ${what}`, at);
    if (of.kind !== "member" || of.path.length !== 1 || field?.kind !== "name")
      throw wrong("an array or a chain, and a field of its elements");
    const [name = ""] = of.path;
    const { meaning } = of;
    const along = meaning.kind === "struct" ? meaning.next : undefined;
    if (meaning.kind !== "array" && along === undefined) throw wrong("an array or a chain");
    if (isLink(meaning)) throw readsOn(name, at);
    if (known.isNull.has(name)) throw new ExpressionError(`${name} is NULL here`, at);
    if (meaning.kind === "array" && isNullable(of, known)) throw mayBeNull(name, at);
    const struct =
      meaning.kind === "array" ? meaning.element : meaning.kind === "struct" ? meaning.struct : "";
    let element: Meaning | undefined = { kind: "struct", struct, next: undefined, nullable: false };
    for (const key of field.path) {
      const within: string | undefined =
        element?.kind === "struct" && !element.nullable ? element.struct : undefined;
      element = within === undefined ? undefined : this.#scope.member(key, within);
    }
    if (element?.kind === "mistaken") throw new MistakenElsewhere(struct, at);
    if (element?.kind !== "number") throw wrong(`a number of ${struct} that no NULL stands before`);
    const guards = meaning.kind === "array" && meaning.nullable ? [name] : [];
    const count = meaning.kind === "array" ? meaning.count : undefined;
    return { kind: "total", of: name, field: field.path, along, count, guards };
  }
}

function fits({ op, left, right }: BinaryTyped, sorts: readonly string[]): boolean {
  const all = (...allowed: string[]): boolean => sorts.every((s) => allowed.includes(s));
  if (op === "&&" || op === "||") return all("boolean");
  if (op !== "==" && op !== "!=") return all("number", "wide");
  return all("number", "wide") || (all("pointer") && isSamePointee(left, right));
}

/** Pointers are compared with NULL, or with others to the same type. */
function isSamePointee(left: Typed, right: Typed): boolean {
  if (left.kind !== "member" || right.kind !== "member") return true;
  const [a, b] = [left.meaning, right.meaning];
  if (a.kind === "struct" && b.kind === "struct") return a.struct === b.struct;
  if (a.kind === "array" && b.kind === "array") return a.element === b.element;
  if (a.kind === "routine" && b.kind === "routine") return a.type === b.type;
  return a.kind === b.kind;
}

/** A comparison reads something, and its answer is open. */
function asksSomething(typed: BinaryTyped, known: Known, at: number): void {
  const { members, facts } = uses(typed);
  if (members.length + facts.length === 0)
    throw new ExpressionError("this compares constants: it reads no parameter, field or fact", at);
  const what = decided(typed, known);
  if (what !== undefined) throw new ExpressionError(`${what} is already decided here`, at);
}

const isLink = (meaning: Meaning): boolean => meaning.kind === "struct" && meaning.isLink === true;

const readsOn = (name: string, at: number): ExpressionError =>
  new ExpressionError(`${name} is another link, judged by itself: a rule reads its own link`, at);

const mayBeNull = (path: string, at: number): ExpressionError =>
  new ExpressionError(`${path} may be NULL here: ask ${path} == NULL || … first`, at);

function isA<K extends Meaning["kind"]>(
  typed: Expression | Typed | undefined,
  kind: K,
): typed is MemberTyped {
  return typed?.kind === "member" && "meaning" in typed && typed.meaning.kind === kind;
}
