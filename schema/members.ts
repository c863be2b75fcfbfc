/** How the members of a C struct or union are written down. */
import type { Arch, LayoutName, TypeName } from "./vocabulary.js";

/** A number of bytes for all architectures, or for those named; the others have none. */
export type ByArch = number | { readonly [A in Arch]?: number };

/** A C type that a member may have. */
export type MemberType = TypeName | LayoutName;

/** What any member may say beside its type. */
export interface Placing {
  /**
   * An array: of so many elements, of several dimensions, or, at the end, of any length; of such
   * an array, only the outermost dimension is.
   */
  readonly count?: number | readonly number[] | "any" | readonly ["any", ...number[]];
  /** DECLSPEC_ALIGN of the member, in bytes. */
  readonly align?: ByArch;
  /** The architectures that have the member; all of them when left out. */
  readonly only?: readonly Arch[];
}

/** A member of a declared type. */
export interface TypedMember extends Placing {
  readonly type: MemberType;
  /** The width of a bit field; 0 ends the unit of those before it. */
  readonly bits?: number;
  /** A bit field that only fills: its key is for the reader. */
  readonly anonymous?: true;
}

/** A pointer to something that nobody here looks into. */
export interface PointerMember extends Placing {
  /** The C name of the pointee; `"VOID"` where it has none. */
  readonly pointer: string;
}

/** A struct or union that is declared where it is used. */
export interface NestedMember extends Placing {
  /** Its members are members of the outer type too; its key is for the reader. */
  readonly anonymous?: true;
  /** `#pragma pack` around the declaration; that of the outer type when left out. */
  readonly pack?: ByArch;
}

/** A nested struct. */
export interface StructMember extends NestedMember {
  readonly struct: Members;
}

/** A nested union. */
export interface UnionMember extends NestedMember {
  readonly union: Members;
}

/** A member: a type name is short for `{ type }`; `"field"` is the field of the same name. */
export type Member =
  "field" | MemberType | TypedMember | PointerMember | StructMember | UnionMember;

/** Members in their order in memory. */
export interface Members {
  readonly [name: string]: Member;
}

/** The C layout of a struct whose fields are not all that it holds. */
export interface StructLayout {
  readonly members: Members;
  /** `#pragma pack` around the declaration. */
  readonly pack?: ByArch;
  /** DECLSPEC_ALIGN of the type, in bytes. */
  readonly align?: ByArch;
}
