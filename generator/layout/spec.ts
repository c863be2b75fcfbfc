/** What the engine is given: a record as one architecture has it, with all types resolved. */

/** How the bytes of a scalar are read. */
export type Leaf = "signed" | "unsigned" | "boolean" | "pointer";

/** A type without members. */
export interface ScalarSpec {
  readonly kind: "scalar";
  readonly name: string;
  /** In bytes; the alignment is the same. */
  readonly size: number;
  readonly as: Leaf;
}

/** A struct or union. */
export interface RecordSpec {
  readonly kind: "struct" | "union";
  /** Its C name; empty where it is declared where it is used. */
  readonly name: string;
  readonly members: readonly MemberSpec[];
  /** `#pragma pack`, in bytes; 0 where there is none. */
  readonly pack: number;
  /** DECLSPEC_ALIGN of the type, in bytes; 0 where there is none. */
  readonly align: number;
}

/** A member. */
export interface MemberSpec {
  /** Empty where it has none, and its own members are those of the outer record. */
  readonly name: string;
  readonly type: ScalarSpec | RecordSpec;
  /** The dimensions of an array; the last one of a flexible array is 0. */
  readonly dims: readonly number[];
  /** The width of a bit field. */
  readonly bits: number | undefined;
  /** DECLSPEC_ALIGN of the member, in bytes; 0 where there is none. */
  readonly align: number;
}

/** The width of a pointer, in bytes. */
export type PointerSize = 4 | 8;
