/** Expressions whose parts have a meaning: what they refer to, what they are, what they read. */
import type { ArchValue, Fact } from "../../schema/define.js";
import { isWideValue } from "../values.js";
import type { Operator } from "./parse.js";

/** What a name stands for inside an expression. */
export type Meaning =
  | { readonly kind: "number"; readonly wide: boolean }
  | { readonly kind: "boolean" }
  | { readonly kind: "bytes"; readonly nullable: boolean }
  /** A callback, or a pointer that nobody looks behind. */
  | { readonly kind: "routine"; readonly type: string; readonly nullable: boolean }
  | {
      readonly kind: "array";
      readonly element: string;
      /** The parameter that says how many elements the function looks at. */
      readonly count: string | undefined;
      readonly nullable: boolean;
    }
  | {
      readonly kind: "struct";
      readonly struct: string;
      readonly next: string | undefined;
      readonly nullable: boolean;
      /** True for the next link of the chain whose rule this is: it is judged by itself. */
      readonly isLink?: boolean;
    }
  /** It is there, but its type has a mistake that is reported elsewhere. */
  | { readonly kind: "mistaken" };

/** What an expression may refer to. */
export interface Scope {
  /** The meaning of a parameter or field; of a field of that struct where one is given. */
  readonly member: (name: string, struct?: string) => Meaning | undefined;
  /** The value of a constant, and the set that it belongs to. */
  readonly constant: (name: string) => Omit<ConstantTerm, "kind" | "name"> | "mistaken" | undefined;
  readonly fact: (name: string) => Fact["type"] | "mistaken" | undefined;
  /** "; did you mean …?", among the names, or the fields of a struct. */
  readonly suggest: (name: string, struct?: string) => string;
  readonly suggestFact: (name: string) => string;
}

/** A flag or another number of a set, or a status or error code. */
export interface ConstantTerm {
  readonly kind: "constant";
  readonly name: string;
  readonly set: string;
  readonly value: number | ArchValue;
  readonly isCode: boolean;
  /** True where the constants of its set may be bigints, so that TypeScript takes this for one. */
  readonly inWideSet: boolean;
}

/** An expression whose parts are known. `wide` numbers are exact 64-bit ones. */
export type Typed =
  | { readonly kind: "number"; readonly value: bigint }
  | ConstantTerm
  | {
      readonly kind: "member";
      readonly path: readonly string[];
      readonly meaning: Meaning;
      /** The pointers on the path that may be NULL, and have been asked about. */
      readonly guards: readonly string[];
    }
  | { readonly kind: "null" }
  | { readonly kind: "fact"; readonly name: string; readonly type: Fact["type"] }
  | {
      readonly kind: "total";
      readonly of: string;
      /** The field of each element, or a field of a struct inside it. */
      readonly field: readonly string[];
      readonly along: string | undefined;
      /** The parameter that says how many elements of an array count. */
      readonly count: string | undefined;
      /** The array, where it may be NULL. */
      readonly guards: readonly string[];
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

/** The parameters or fields and the facts that an expression reads. */
export function uses(typed: Typed): { members: string[]; facts: string[] } {
  const members = new Set<string>();
  const facts = new Set<string>();
  const visit = (t: Typed): void => {
    if (t.kind === "member") members.add(t.path[0] ?? "");
    else if (t.kind === "fact") facts.add(t.name);
    else if (t.kind === "total") for (const name of [t.of, t.count ?? t.of]) members.add(name);
    else if (t.kind === "length" || t.kind === "allOnes" || t.kind === "not") visit(t.of);
    else if (t.kind === "wellFormed") [t.bytes, t.length].forEach(visit);
    else if (t.kind === "binary") [t.left, t.right].forEach(visit);
  };
  visit(typed);
  return { members: [...members], facts: [...facts] };
}
