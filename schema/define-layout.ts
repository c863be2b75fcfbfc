/** How C types that no argument has as an object are written down, and dispatch tables. */
import type { Source } from "./define.js";
import type { ByArch, Members } from "./members.js";

interface LayoutBase {
  readonly kind: "layout";
  readonly name: string;
  readonly doc: string;
  readonly from: Source;
  /** Other names of the type. */
  readonly aliases?: readonly string[];
  /** `#pragma pack` around the declaration. */
  readonly pack?: ByArch;
  /** DECLSPEC_ALIGN of the type, in bytes. */
  readonly align?: ByArch;
}

/** A C struct or union, by its members. */
export type LayoutType = LayoutBase &
  (
    | { readonly struct: Members; readonly union?: never }
    | { readonly union: Members; readonly struct?: never }
  );

/** A function of a table; with a version, where it was added after the table. */
export type Slot = string | { readonly name: string; readonly since: string };

/** A table of functions, through which a provider is called. */
export interface TableType {
  readonly kind: "table";
  readonly name: string;
  readonly doc: string;
  readonly from: Source;
  /** The first version that has the table. */
  readonly since?: string;
  /** What the C names of the members have before the names of the functions. */
  readonly prefix?: string;
  /** Members before the first slot. */
  readonly lead?: Members;
  /** The functions, in their order. */
  readonly slots: readonly Slot[];
}

/** Declares a C struct or union that has no JavaScript view. */
export function defineLayout(
  layout:
    | Omit<Extract<LayoutType, { struct: Members }>, "kind">
    | Omit<Extract<LayoutType, { union: Members }>, "kind">,
): LayoutType {
  return { kind: "layout", ...layout };
}

/** Declares a dispatch table: which functions it has, in which order, since when. */
export const defineTable = (table: Omit<TableType, "kind">): TableType => ({
  kind: "table",
  ...table,
});
