/**
 * How a call is written down: parameters, outcomes, rules. The reader of one entry knows the
 * call.
 */
import type { RuleBase, Source, Value } from "./define.js";
import type { facts } from "./facts.js";
import type { NTSTATUS_CODES, WSA_CODES } from "./statuses.js";
import type {
  Direction, Happening, Profile, TypeName, UserFacts, UserStatuses, Witness,
} from "./vocabulary.js"; // prettier-ignore

/** A status or error code that some call returns. */
export type StatusName =
  keyof typeof NTSTATUS_CODES.codes | keyof typeof WSA_CODES.codes | (keyof UserStatuses & string);

/** A fact that a rule may ask for. */
export type FactName = keyof typeof facts.facts | (keyof UserFacts & string);

/** A parameter: its type, its direction in three readings, and how it relates to its neighbours. */
export interface Param<P extends string = string> {
  readonly type: TypeName;
  /** The direction that this schema decides on. */
  readonly dir: Direction;
  /** The annotation printed on the source page, verbatim; `"none"` where it prints none. */
  readonly printed: string;
  /** The SAL annotation in the header, verbatim. */
  readonly sal: string;
  /** What the parameter is, one sentence in our own words. */
  readonly doc: string;
  /** Catalogue numbers of the type rule that follows from `type`. */
  readonly catalog: readonly string[];

  /** The only value allowed. */
  readonly mustBe?: number;
  /** The set of flags from which the value is combined. */
  readonly flags?: string;
  /** Flags of that set that no page mentions. */
  readonly undocumented?: readonly string[];
  /** This is the number of bytes behind that pointer. */
  readonly bytesOf?: P;
  /** This is the number of elements behind that pointer. */
  readonly countOf?: P;
  /** NULL exactly when that parameter has that value. */
  readonly nullIff?: { readonly param: P; readonly is: number };
  /** NULL only where one of these facts holds. */
  readonly nullOnlyIf?: { readonly any: readonly FactName[] };
  /** NULL is a value of the C type; rules may still narrow it for a profile. */
  readonly nullable?: true;
  /** How the header spells the type, where that is no single name. */
  readonly spelled?: string;
  /** A value for the example of the call, where the one of the type does not fit. */
  readonly example?: Value;
}

/** What a return code means for the operation. */
export interface Outcome {
  /**
   * When the IRP or overlapped operation completes: before the return, after it, at any time
   * (where no source says), or not at all.
   */
  readonly completes: "already" | "later" | "anytime" | "never";
  readonly result: "success" | "failure" | "open";
  /** What the completion reports as its byte count. */
  readonly information?: "bytes-sent";
  /** The call that the caller owes next. */
  readonly then?: string;
  readonly doc: string;
  readonly from: Source;
}

/** What every code means that the outcomes do not list. */
export interface Otherwise {
  readonly completes: "already" | "anytime" | "never";
  readonly result: "failure";
  readonly doc: string;
  readonly from: Source;
}

/** The words of a parameter that state a rule; each needs an entry under `rules`. */
export type Word =
  | "must-be"
  | "flags"
  | "undocumented"
  | "bytes-of"
  | "count-of"
  | "required"
  | "null"
  | "null-only-if";

/** A rule of a call: its check is the word that its key names, or its `require`. */
export interface Rule<P extends string = string> extends RuleBase {
  /** The parameters it judges; the first one is blamed. Empty where a fact is to blame. */
  readonly on: readonly P[];
  readonly seenBy: Witness;
  /** A C-like expression over parameters and facts; see docs/guide/notation.md. */
  readonly require?: string;
  /** What must not happen, or must, in a stretch of the operation. */
  readonly lifetime?: Lifetime;
  /** The code with which the function answers a breach, where a source tells. */
  readonly answers?: StatusName;
  /** Why nothing can check it: for rules that only a reader can keep. */
  readonly unchecked?: string;
}

/** Something that happens, a return of that code, or a return of any code that means failure. */
export type Moment = Happening | StatusName | "failure";

/**
 * A stretch of an operation, and what is forbidden or owed in it. Objects are named by parameter
 * and field: `Buffer.Mdl` is every MDL of the chain, `lpBuffers.buf` the memory of every buffer.
 */
export interface Lifetime {
  /** Begins with that; where it is a list, when all have come, in this order. */
  readonly after: Moment | readonly Moment[];
  /** Ends with that, or with any of a list; left out where it never ends. */
  readonly until?: Moment | readonly Moment[];
  /** The objects it is about. */
  readonly of: readonly string[];
  /** What must not happen to them meanwhile. */
  readonly forbids?: readonly Happening[];
  /** What must have happened before the program ends. */
  readonly owes?: readonly Happening[];
  /** The fact that lifts it; whoever watches without facts tells all the same. */
  readonly unless?: string;
}

/** One send function. */
export interface Call<P extends string = string, S extends string = string> {
  readonly kind: "call";
  /** The C name, verbatim. */
  readonly name: string;
  /** The function pointer type that C code calls through. */
  readonly typedef: string;
  readonly header: string;
  /** The name of its page in pages.ts; left out where it has no source page. */
  readonly page?: string;
  /** What it is described from, where there is no source page. */
  readonly describedFrom?: string;
  /** The dispatch tables in which it has a slot. */
  readonly tables: readonly string[];
  readonly irql?: string;
  readonly since: string;
  /** The C return type. */
  readonly returns: "NTSTATUS" | "INT";
  /** The parameter through which the error code comes back, where the return value is not it. */
  readonly errorIn?: NoInfer<P>;
  /** The profiles by which it can be judged; the first one is the default. */
  readonly profiles: readonly Profile[];
  readonly summary: string;
  /** Decisions that touch the call as a whole, and no single rule. */
  readonly decided?: readonly string[];
  readonly params: { readonly [K in P]: Param<NoInfer<P>> };
  readonly outcomes: { readonly [K in S]: Outcome };
  /** Left out where the outcomes are the whole list. */
  readonly otherwise?: Otherwise;
  /** Codes that its page excludes. A code both returned and excluded does not compile. */
  readonly neverReturns?: readonly Exclude<StatusName, NoInfer<S>>[];
  readonly rules: { readonly [K in `${NoInfer<P>}.${Word}`]?: Rule<NoInfer<P>> } & {
    readonly [slug: string]: Rule<NoInfer<P>>;
  };
}

/**
 * Declares a call. The compiler knows its parameters and codes, so that a misspelt name in a
 * relation or rule is an error at its place.
 */
export function defineCall<const P extends string, const S extends StatusName>(
  call: Omit<Call<P, S>, "kind">,
): Call<P, S> {
  return { kind: "call", ...call };
}

/** Any call, as tools see it that go through all of them. */
export interface AnyCall extends Omit<Call, "rules"> {
  readonly rules: { readonly [key: string]: Rule };
}
