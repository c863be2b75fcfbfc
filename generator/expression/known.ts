/**
 * What is known where a part of an expression is evaluated: which pointers are NULL or not, and
 * which numbers are what. `A == NULL || …` goes on with an A that is not NULL.
 */
import type { Typed } from "./typed.js";

/** What is known of references, by their text. */
export interface Known {
  readonly nonNull: ReadonlySet<string>;
  readonly isNull: ReadonlySet<string>;
  readonly numbers: ReadonlyMap<string, bigint>;
}

/** The beginning, where nothing is known. */
export const NOTHING: Known = { nonNull: new Set(), isNull: new Set(), numbers: new Map() };

/** The text of what can be asked for again: `Buffer.Mdl`, `fact(irql)`, `length(sa_data)`. */
export function referenceOf(typed: Typed): string | undefined {
  if (typed.kind === "member") return typed.path.join(".");
  if (typed.kind === "fact") return `fact(${typed.name})`;
  return typed.kind === "length" ? `length(${referenceOf(typed.of) ?? ""})` : undefined;
}

/** The number that an expression is, as far as it is known. */
export function numberOf(typed: Typed, known: Known): bigint | undefined {
  if (typed.kind === "number") return typed.value;
  const reference = referenceOf(typed);
  return reference === undefined ? undefined : known.numbers.get(reference);
}

/** What is known besides where `typed` has turned out as `when`. */
export function behind(known: Known, typed: Typed, when: boolean): Known {
  if (typed.kind === "not") return behind(known, typed.of, !when);
  if (typed.kind !== "binary") return known;
  const { op, left, right } = typed;
  if (op === (when ? "&&" : "||")) return behind(behind(known, left, when), right, when);
  if (op !== "==" && op !== "!=") return known;
  const isEqual = (op === "==") === when;
  const [of, value] =
    left.kind === "null" || left.kind === "number" ? [right, left] : [left, right];
  const reference = referenceOf(of);
  if (reference === undefined) return known;
  if (value.kind === "null") {
    return isEqual
      ? { ...known, isNull: new Set([...known.isNull, reference]) }
      : { ...known, nonNull: new Set([...known.nonNull, reference]) };
  }
  if (value.kind !== "number" || !isEqual) return known;
  return { ...known, numbers: new Map([...known.numbers, [reference, value.value]]) };
}

/** The text of a comparison whose answer is known before it is asked; undefined for others. */
export function decided(typed: Typed, known: Known): string | undefined {
  if (typed.kind !== "binary" || (typed.op !== "==" && typed.op !== "!=")) return undefined;
  const { left, right } = typed;
  if (left.kind === "null" || right.kind === "null") {
    const reference = referenceOf(left.kind === "null" ? right : left) ?? "";
    const isKnown = known.isNull.has(reference) || known.nonNull.has(reference);
    return isKnown ? `whether ${reference} is NULL` : undefined;
  }
  const [one, other] = [numberOf(left, known), numberOf(right, known)];
  if (one === undefined || other === undefined) return undefined;
  return `what ${referenceOf(left.kind === "number" ? right : left) ?? ""} is`;
}

/** True where nothing that the expression reads through may be NULL. */
export function isReadable(typed: Typed, known: Known): boolean {
  switch (typed.kind) {
    case "member":
    case "total":
      return typed.guards.every((path) => known.nonNull.has(path));
    case "length":
      return isReadable(typed.of, known) && !isNullable(typed.of, known);
    case "binary":
      return isReadable(typed.left, known) && isReadable(typed.right, known);
    default:
      return true;
  }
}

/** True for a pointer that may be NULL where it is read. */
export function isNullable(typed: Typed, known: Known): boolean {
  if (typed.kind !== "member" || !("nullable" in typed.meaning)) return false;
  return typed.meaning.nullable && !known.nonNull.has(typed.path.join("."));
}
