/** How C types lie in memory, as data. */
import { checkedArch } from "./arch.js";
import type { Arch } from "./arch.js";

/** Where a member of a C type lies. */
export interface MemberPlace {
  /** In bytes, from the beginning of the type. */
  readonly offset: number;
  /** In bytes; of an array, that of all its elements; of a bit field, that of its unit. */
  readonly size: number;
  /** The C name of the type; `struct` or `union` where it has none. */
  readonly type: string;
  /** How its bytes are read. */
  readonly as: "signed" | "unsigned" | "boolean" | "pointer" | "struct" | "union";
  /** The dimensions of an array; 0 is any number. */
  readonly dims?: readonly number[];
  /** Where a bit field lies in its unit, counted from the lowest bit. */
  readonly bits?: { readonly at: number; readonly width: number };
}

/** A C type on one architecture. `Some` are the members that not every architecture has. */
export interface TypeLayout<Path extends string = string, Some extends string = never> {
  readonly size: number;
  readonly align: number;
  /** By dotted path; members of anonymous types are those of the outer one. */
  readonly members: { readonly [P in Path]: MemberPlace } & { readonly [P in Some]?: MemberPlace };
  /** Bytes that no member touches. */
  readonly padding: readonly { readonly offset: number; readonly size: number }[];
}

/** A C type on each architecture. */
export interface Layout<Path extends string = string, Some extends string = never> {
  readonly name: string;
  readonly x64: TypeLayout<Path, Some>;
  readonly x86: TypeLayout<Path, Some>;
  readonly arm64: TypeLayout<Path, Some>;
}

/** A function of which only its place in a table is known here. */
export type OpaqueFunction = (...args: never[]) => unknown;

/** The functions of a dispatch table, in their order. */
export interface DispatchTable<Name extends string = string> {
  readonly name: string;
  /** Where the first slot lies, in bytes; a slot is as wide as a pointer. */
  readonly first: { readonly [A in Arch]: number };
  /** `since` is the version that added the slot to the table. */
  readonly slots: readonly { readonly name: Name; readonly since?: string }[];
}

const pointerSize = (arch: Arch): number => (checkedArch(arch) === "x86" ? 4 : 8);

/** The function at an offset of a table; undefined where no slot begins there. */
export function slotAt<Name extends string>(
  table: DispatchTable<Name>,
  offset: number,
  arch: Arch,
): Name | undefined {
  return table.slots[(offset - table.first[arch]) / pointerSize(arch)]?.name;
}

/** The offset of a function in a table, in bytes. */
export function offsetOf<Name extends string>(
  table: DispatchTable<Name>,
  name: Name,
  arch: Arch,
): number {
  const index = table.slots.findIndex((slot) => slot.name === name);
  if (index === -1) throw new RangeError(`${table.name} has no slot ${name}`);
  return table.first[arch] + index * pointerSize(arch);
}
