/**
 * How types, codes, constants, facts and pages are written down.
 * Every function here returns its argument with a `kind`; the generator collects exports by kind.
 */
import type { RuleBase, Source, Value } from "./define-rule.js";
import type { StructLayout } from "./members.js";
import type { Arch, TypeName } from "./vocabulary.js";

export type { Example, RuleBase, Source, Value } from "./define-rule.js";

/** A rule of a struct: an expression over its fields that must be true. */
export interface StructRule<F extends string> extends RuleBase {
  /** The field to blame. */
  readonly on: F;
  /**
   * A C-like expression over the fields; see docs/guide/notation.md. Left out by the rule of a
   * chain, whose key is that of the field: `Next.chain`.
   */
  readonly require?: string;
}

/** A field of a struct. */
export interface Field<F extends string = string> {
  readonly type: TypeName;
  /** What the field is, one sentence without its name. */
  readonly doc: string;
  /** True where a pointer field may be NULL. */
  readonly nullable?: true;
  /** The pointer continues a chain of this struct; the rule `Field.chain` says that it ends. */
  readonly chain?: true;
  /** The memory behind this pointer has at least as many bytes as that field says. */
  readonly bytesFrom?: F;
  /** An array of this many elements inside the struct; of any length where `"any"`. */
  readonly count?: number | "any";
  /** The number lies in memory with its highest byte first. */
  readonly order?: "network";
}

/** Which struct the memory really holds, by the value of one of its fields. */
export interface Variants<F extends string = string> {
  readonly by: F;
  /** Named constants, and the struct that each one stands for. */
  readonly types: { readonly [constant: string]: TypeName };
}

/** A whole number of C. `bits: "pointer"` is as wide as a pointer of the architecture. */
export interface IntegerType {
  readonly kind: "integer";
  readonly name: string;
  readonly doc: string;
  readonly bits: 8 | 16 | 32 | 64 | "pointer";
  readonly signed: boolean;
}

/** TRUE or FALSE. */
export interface BooleanType {
  readonly kind: "boolean";
  readonly name: string;
  readonly doc: string;
}

/**
 * A pointer. `form` says what stands for the pointee in JavaScript: one `object`, a `cell`
 * `{ value }` that the callee writes, raw `bytes`, an `array` of structs, or an `opaque` object.
 */
export interface PointerType {
  readonly kind: "pointer";
  readonly name: string;
  readonly doc: string;
  readonly form: "object" | "cell" | "bytes" | "array" | "opaque";
  readonly to: TypeName | "VOID";
}

/** A callback. */
export interface RoutineType {
  readonly kind: "routine";
  readonly name: string;
  readonly doc: string;
  readonly params: { readonly [name: string]: TypeName };
}

/** A C struct, or the part of it that the send functions reach. */
export interface StructType<F extends string = string> {
  readonly kind: "struct";
  readonly name: string;
  readonly doc: string;
  /** Why only some members are declared; absent where the struct is complete. */
  readonly subset?: string;
  readonly from: Source;
  readonly fields: { readonly [K in F]: Field<NoInfer<F>> };
  readonly rules?: { readonly [slug: string]: StructRule<NoInfer<F>> };
  /** What C has, where that is more than the fields, or nested otherwise. */
  readonly layout?: StructLayout;
  /** Other names of the type. */
  readonly aliases?: readonly string[];
  /** The struct is the beginning of others, to which C casts it. */
  readonly variants?: Variants<NoInfer<F>>;
  /** A valid value, on which all examples build. */
  readonly example: { readonly [K in F]: Value };
}

/** Any type of the schema. */
export type TypeDefinition = IntegerType | BooleanType | PointerType | RoutineType | StructType;

/** A named code with its meaning. */
export interface Code {
  /** The value as the header writes it; 32 bits, unsigned. */
  readonly value: number;
  readonly doc: string;
}

/** Another name for a value of the same set, which has a value of its own. */
export interface Alias<N extends string = string> {
  readonly aliasOf: N;
  readonly doc: string;
}

/** A value that differs by architecture; a bigint where a number would not hold it exactly. */
export type ArchValue = { readonly [A in Arch]: number | bigint };

/** A named number with its meaning. */
export interface Constant {
  readonly value: number | ArchValue;
  readonly doc: string;
}

/** A set of status or error codes of one C type. */
export interface CodeSet<N extends string = string> {
  readonly kind: "codes";
  readonly name: string;
  readonly doc: string;
  /** True where C reads the 32 bits as a signed number. */
  readonly signed: boolean;
  readonly from: Source;
  readonly codes: { readonly [K in N]: Code | Alias<NoInfer<N>> };
}

/** Named numbers that belong together: `flags` are bits to combine, `numbers` are alternatives. */
export interface ConstantSet<N extends string = string> {
  readonly kind: "constants";
  readonly name: string;
  readonly doc: string;
  readonly use: "flags" | "numbers";
  readonly from: Source;
  readonly values: { readonly [K in N]: Constant | Alias<NoInfer<N>> };
}

/** Named GUIDs that belong together. */
export interface GuidSet<N extends string = string> {
  readonly kind: "guids";
  readonly name: string;
  readonly doc: string;
  readonly from: Source;
  /** Each value in capital hex, grouped 8-4-4-4-12, without braces. */
  readonly values: { readonly [K in N]: { readonly value: string; readonly doc: string } };
}

/** Something about the world that a check may be told. */
export interface Fact {
  /** A code is a status or error as C reads it: a signed number of 32 bits. */
  readonly type: "boolean" | "integer" | "code";
  readonly doc: string;
}

/** The named facts that rules may ask for. */
export interface FactSet<N extends string = string> {
  readonly kind: "facts";
  readonly name: string;
  readonly facts: { readonly [K in N]: Fact };
}

/**
 * A question on which the sources are silent or disagree, and what this schema decides. Rules cite
 * it as `{ decision: name }`.
 */
export interface Decision {
  readonly kind: "decision";
  readonly name: string;
  /** The question, one sentence. */
  readonly asks: string;
  /** What each source says, or that it says nothing. */
  readonly sides: readonly { readonly says: string; readonly from: Source }[];
  /** The answer, and why. */
  readonly decides: string;
  /** Numbers of the silence in the research catalogue. */
  readonly catalog: readonly string[];
}

/** A documentation page that rules cite: enough to recognise it, none of its text. */
export interface Page {
  readonly kind: "page";
  readonly name: string;
  readonly title: string;
  readonly language: string;
  /** Where readers find it today, if it still stands. */
  readonly url?: string;
  /** What the page is, and in which state it was read. */
  readonly doc: string;
  /** SHA-256 of the copy that was read. */
  readonly sha256: string;
}

type Without<T> = Omit<T, "kind">;

/** Declares a whole number type. */
export const defineInteger = (type: Without<IntegerType>): IntegerType => ({
  kind: "integer",
  ...type,
});

/** Declares a boolean type. */
export const defineBoolean = (type: Without<BooleanType>): BooleanType => ({
  kind: "boolean",
  ...type,
});

/** Declares a pointer type. */
export const definePointer = (type: Without<PointerType>): PointerType => ({
  kind: "pointer",
  ...type,
});

/** Declares a callback type. */
export const defineRoutine = (type: Without<RoutineType>): RoutineType => ({
  kind: "routine",
  ...type,
});

/** Declares a struct; fields, rules and example are held to the same names. */
export function defineStruct<const F extends string>(type: Without<StructType<F>>): StructType<F> {
  return { kind: "struct", ...type };
}

/** Declares a set of status or error codes. */
export function defineCodes<const N extends string>(set: Without<CodeSet<N>>): CodeSet<N> {
  return { kind: "codes", ...set };
}

/** Declares a set of named numbers. */
export function defineConstants<const N extends string>(
  set: Without<ConstantSet<N>>,
): ConstantSet<N> {
  return { kind: "constants", ...set };
}

/** Declares a set of GUIDs. */
export function defineGuids<const N extends string>(set: Without<GuidSet<N>>): GuidSet<N> {
  return { kind: "guids", ...set };
}

/** Declares the facts that rules may ask for. */
export function defineFacts<const N extends string>(set: Without<FactSet<N>>): FactSet<N> {
  return { kind: "facts", ...set };
}

/** Declares what was decided where the sources are silent or disagree. */
export const defineDecision = (decision: Without<Decision>): Decision => ({
  kind: "decision",
  ...decision,
});

/** Declares a page that rules cite. */
export const definePage = (page: Without<Page>): Page => ({ kind: "page", ...page });
