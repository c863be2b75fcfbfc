/**
 * Where members lie: the rules of Microsoft's C compiler, as clang documents them for its targets
 * `*-windows-msvc`.
 *
 *  - A member is aligned naturally, but at most as `#pragma pack` says.
 *  - DECLSPEC_ALIGN, on the member or on its type, is a requirement that pack does not lower. It
 *    becomes a requirement of the record too, and so of every record around that.
 *  - Bit fields share a unit while their types have one size and bits are left. What DECLSPEC_ALIGN
 *    says of a bit field aligns its unit, and is no requirement of the record.
 */
import type { MemberSpec, PointerSize, RecordSpec } from "./spec.js";

/** A member that has its place. */
export interface Placed {
  readonly spec: MemberSpec;
  /** In bytes, from the beginning of the record; of a bit field, that of its unit. */
  readonly offset: number;
  /** In bytes; of a bit field, that of its unit. */
  readonly size: number;
  /** Where a bit field begins in its unit. */
  readonly bit: number | undefined;
  /** The inside of a member that is a record, or of one element of it. */
  readonly inside: Laid | undefined;
}

/** A record whose members have their places. */
export interface Laid {
  readonly size: number;
  readonly align: number;
  /** The alignment that pack does not lower; 0 where nothing requires one. */
  readonly required: number;
  readonly members: readonly Placed[];
}

/** C has no empty struct; as an extension, it takes as much as an int. */
const EMPTY_SIZE = 4;

const alignUp = (value: number, to: number): number =>
  to <= 1 ? value : Math.ceil(value / to) * to;

/** The number of elements of an array; 1 where there is no array. */
export const elementsOf = (dims: readonly number[]): number =>
  dims.reduce((product, n) => product * n, 1);

/** Lays a record out. */
export function layOut(spec: RecordSpec, pointer: PointerSize): Laid {
  const placing = new Placing(spec, pointer);
  for (const member of spec.members) placing.place(member);
  return placing.end();
}

/** A member's type, and what it asks for. */
interface Element {
  readonly size: number;
  readonly align: number;
  readonly required: number;
  readonly inside: Laid | undefined;
}

class Placing {
  readonly #spec: RecordSpec;
  readonly #pointer: PointerSize;
  /** A pack that is wider than a pointer is ignored. */
  readonly #pack: number;
  readonly #members: Placed[] = [];
  #size = 0;
  #align = 1;
  #required = 0;
  /** The unit of the bit field before, while it can take more: its type's size, and bits left. */
  #unit: { readonly size: number; left: number } | undefined;

  constructor(spec: RecordSpec, pointer: PointerSize) {
    this.#spec = spec;
    this.#pointer = pointer;
    this.#pack = spec.pack <= pointer ? spec.pack : 0;
  }

  place(member: MemberSpec): void {
    if (member.bits === 0) this.#endUnit(member);
    else if (member.bits !== undefined) this.#placeBits(member, member.bits);
    else this.#placeWhole(member);
  }

  end(): Laid {
    const required = Math.max(this.#required, this.#spec.align);
    const align = Math.max(this.#align, required);
    const natural = alignUp(this.#size, this.#align);
    const rounding = this.#pack === 0 ? align : Math.min(align, this.#pack);
    const size = alignUp(natural, Math.max(rounding, required));
    const empty = required >= EMPTY_SIZE ? align : EMPTY_SIZE;
    return { size: size === 0 ? empty : size, align, required, members: this.#members };
  }

  #placeWhole(spec: MemberSpec): void {
    this.#unit = undefined;
    const { size, align, required, inside } = this.#element(spec);
    this.#required = Math.max(this.#required, required);
    const offset = this.#next(align);
    const whole = size * elementsOf(spec.dims);
    this.#members.push({ spec, offset, size: whole, bit: undefined, inside });
    this.#align = Math.max(this.#align, align);
    this.#size = Math.max(this.#size, offset + whole);
  }

  /** In a union, every bit field begins its own unit, and does not align the union. */
  #placeBits(spec: MemberSpec, bits: number): void {
    const { size, align } = this.#element(spec);
    const isUnion = this.#spec.kind === "union";
    if (!isUnion && this.#unit?.size === size && bits <= this.#unit.left) {
      const bit = size * 8 - this.#unit.left;
      this.#members.push({ spec, offset: this.#size - size, size, bit, inside: undefined });
      this.#unit.left -= bits;
      return;
    }
    const offset = this.#next(align);
    this.#members.push({ spec, offset, size, bit: 0, inside: undefined });
    this.#size = Math.max(this.#size, offset + size);
    this.#unit = { size, left: size * 8 - bits };
    if (!isUnion) this.#align = Math.max(this.#align, align);
  }

  /** A bit field of no width says something only where bit fields stand before it. */
  #endUnit(spec: MemberSpec): void {
    if (this.#unit === undefined) return;
    this.#unit = undefined;
    const { size, align } = this.#element(spec);
    if (this.#spec.kind === "union") {
      this.#size = Math.max(this.#size, size);
    } else {
      this.#size = alignUp(this.#size, align);
      this.#align = Math.max(this.#align, align);
    }
  }

  #next(align: number): number {
    return this.#spec.kind === "union" ? 0 : alignUp(this.#size, align);
  }

  #element({ type, align }: MemberSpec): Element {
    const inside = type.kind === "scalar" ? undefined : layOut(type, this.#pointer);
    const size = type.kind === "scalar" ? type.size : (inside?.size ?? 0);
    const natural = inside?.align ?? size;
    // A type with a requirement of its own is required as it is, also what it has by nature.
    const ofType = type.kind !== "scalar" && type.align > 0 ? natural : (inside?.required ?? 0);
    const required = Math.max(align, ofType);
    const capped = this.#pack === 0 ? natural : Math.min(natural, this.#pack);
    return { size, align: Math.max(capped, required), required, inside };
  }
}
