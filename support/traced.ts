/** What generated code tells of a call to whoever reads it from a recorded trace. */
import type { Issue } from "./issue.js";
import type { Watched } from "./lifetimes.js";
import type { CheckOptions } from "./options.js";

/** A value as an example has it: memory is `{ bytes: 64 }` or `{ hex: "00ff" }`. */
export type Sample =
  | null | boolean | number | bigint | string
  | readonly Sample[]
  | { readonly [field: string]: Sample }; // prettier-ignore

/** What a value is, and what stands for it in JavaScript. */
export type Shape =
  /** A number of 32 bits at most, one that may need a bigint, and one that stands for an object. */
  | { readonly kind: "whole" | "wide" | "handle" | "boolean" | "routine" | "opaque" | "bytes" }
  /** A pointer to one value, as `{ value }`. */
  | { readonly kind: "cell"; readonly of: Shape }
  | { readonly kind: "array"; readonly of: () => StructShape }
  | { readonly kind: "struct"; readonly of: () => StructShape };

/** A parameter or a field. */
export interface Member {
  readonly name: string;
  readonly shape: Shape;
  /** What stands there in the example, where a trace leaves it out. */
  readonly sample: Sample;
}

/** A field, and the field that says how long its memory is. */
export interface FieldShape extends Member {
  readonly bytesFrom?: string;
  /** True where it may be NULL. */
  readonly nullable?: true;
}

/** A struct. */
export interface StructShape {
  readonly name: string;
  readonly fields: readonly FieldShape[];
  /** The field that continues a chain. */
  readonly next?: string;
}

/** What a parameter is to the operation. */
export interface TracedParam extends Member {
  /** The C type. */
  readonly type: string;
}

/** A call as a trace has it. */
export interface TracedCall<F extends object = object> {
  readonly watched: Watched;
  readonly params: readonly TracedParam[];
  /** The out-parameter with the error; null where the call returns a status. */
  readonly errorIn: string | null;
  /** The table members that lead to it. */
  readonly tables: readonly string[];
  /** Judges the arguments, and what is known at the call. The profile is one of the call's. */
  check(args: unknown, facts?: F, options?: CheckOptions): readonly Issue[];
  /** Judges how it went; left out where no rule asks. */
  judge?(args: unknown, facts: F, options?: CheckOptions): readonly Issue[];
  /** The facts that rules about the call ask for, and rules about how it went. */
  readonly facts: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Under which names of Driver Verifier or SDV people know breaches of a rule, by id. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  /** What each rule reads, all by id: ways from the call, or from the struct whose rule it is. */
  readonly reads: Readonly<Record<string, readonly string[]>>;
}
