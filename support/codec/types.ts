/** How a struct of C becomes an object, field by field. */
import type { Arch } from "../arch.js";
import type { Layout, MemberPlace } from "../layout.js";
import type { Wide } from "../numbers.js";

/** A struct: where its fields lie, and what becomes of each. */
export interface StructCodec<T extends object> {
  readonly layout: Layout;
  readonly fields: { readonly [K in keyof T]-?: FieldCodec<T[K]> };
  /** The function that reads the raw values, pointers not followed; errors name it. */
  readonly image?: string;
  /** What the memory really holds, by the value of a field. */
  readonly variants?: {
    readonly by: string;
    readonly layouts: ReadonlyMap<number, Layout>;
  };
}

/** A field: from its bytes to its value, and back. */
export interface FieldCodec<T> {
  read(from: FieldSource): T;
  write(to: FieldTarget, value: T): void;
}

/** A field of a struct that has been read. */
export interface FieldSource {
  readonly arch: Arch;
  readonly place: MemberPlace;
  /** The bytes of the field. */
  readonly bytes: Uint8Array;
  /** The same, but to the end of the struct where the memory holds a longer one. */
  readonly rest: Uint8Array;
  /** The number in another field of the struct. */
  sibling(field: string): Wide;
  /** The struct that lies inside the field. */
  inside<T extends object>(codec: StructCodec<T>): T;
  /** The struct at another address: the same object for the same address. */
  follow<T extends object>(codec: StructCodec<T>, address: bigint): T;
  /** Memory at another address. */
  memory(address: bigint, size: Wide): Uint8Array;
  /** Throws: what the field points to cannot be read. */
  refuse(why: string, address: bigint): never;
}

/** A field of a struct that is being written. */
export interface FieldTarget {
  readonly arch: Arch;
  readonly place: MemberPlace;
  /** Puts bytes at the beginning of the field. */
  put(bytes: Uint8Array): void;
  /** Writes a struct into the field. */
  inside<T extends object>(codec: StructCodec<T>, value: T): void;
  /** Writes a struct elsewhere, once, and answers its address. */
  elsewhere<T extends object>(codec: StructCodec<T>, value: T): bigint;
  /** Writes bytes elsewhere, once, and answers their address. */
  bytes(value: Uint8Array, align: number): bigint;
  /** Throws: the value cannot be written. */
  refuse(wanted: string, value: unknown): never;
}
