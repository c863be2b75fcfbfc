/** From places to a table: every member by its dotted path, and the bytes without a member. */
import type { Laid, Placed } from "./record.js";
import { elementsOf } from "./record.js";
import type { Leaf } from "./spec.js";

/** Where a member lies. */
export interface MemberLayout {
  /** `Tail.Overlay.Thread`; `[]` stands behind an array whose elements have members. */
  readonly path: string;
  /** In bytes, from the beginning of the type. */
  readonly offset: number;
  /** In bytes; of an array, that of all elements; of a bit field, that of its unit. */
  readonly size: number;
  /** The C name of the type; `struct` or `union` where it has none. */
  readonly type: string;
  /** How its bytes are read. */
  readonly as: Leaf | "struct" | "union";
  /** The dimensions of an array; 0 is any number. */
  readonly dims?: readonly number[];
  /** Where a bit field lies in its unit, counted from the lowest bit. */
  readonly bits?: { readonly at: number; readonly width: number };
}

/** Bytes that belong to no member. */
export interface Hole {
  readonly offset: number;
  readonly size: number;
}

/** A C type on one architecture. */
export interface Layout {
  readonly size: number;
  readonly align: number;
  readonly members: readonly MemberLayout[];
  /** Padding, also that inside nested types; that inside the elements of an array is theirs. */
  readonly padding: readonly Hole[];
}

/** The table of a record. */
export function flatten(laid: Laid): Layout {
  const { size, align } = laid;
  return { size, align, members: membersOf(laid, "", 0), padding: holesOf(laid) };
}

function membersOf(laid: Laid, prefix: string, base: number): MemberLayout[] {
  return laid.members.flatMap((placed) => {
    const { name, type, dims } = placed.spec;
    const offset = base + placed.offset;
    const inner = (path: string): MemberLayout[] =>
      placed.inside === undefined ? [] : membersOf(placed.inside, path, offset);
    if (name === "") return inner(prefix);
    const path = `${prefix}${name}`;
    const self = { path, offset, size: placed.size, ...typeOf(placed) };
    const isArray = dims.length > 0;
    return type.kind === "scalar" ? [self] : [self, ...inner(isArray ? `${path}[].` : `${path}.`)];
  });
}

function typeOf({ spec, bit }: Placed): Omit<MemberLayout, "path" | "offset" | "size"> {
  const { type, dims, bits } = spec;
  return {
    type: type.name === "" ? type.kind : type.name,
    as: type.kind === "scalar" ? type.as : type.kind,
    ...(dims.length > 0 && { dims }),
    ...(bits !== undefined && { bits: { at: bit ?? 0, width: bits } }),
  };
}

type Stretch = readonly [from: number, to: number];

/** The bytes that members touch, unsorted. An unnamed bit field touches none. */
function touched(laid: Laid, base: number): Stretch[] {
  return laid.members.flatMap(({ spec, offset, size, bit, inside }): Stretch[] => {
    const from = base + offset;
    if (inside !== undefined && spec.dims.length === 0) return touched(inside, from);
    if (spec.bits === undefined) return elementsOf(spec.dims) === 0 ? [] : [[from, from + size]];
    if (spec.name === "") return [];
    const first = Math.floor((bit ?? 0) / 8);
    return [[from + first, from + Math.ceil(((bit ?? 0) + spec.bits) / 8)]];
  });
}

function holesOf(laid: Laid): Hole[] {
  const holes: Hole[] = [];
  let at = 0;
  const end: Stretch = [laid.size, laid.size];
  for (const [from, to] of [...touched(laid, 0).sort((a, b) => a[0] - b[0]), end]) {
    if (from > at) holes.push({ offset: at, size: from - at });
    at = Math.max(at, to);
  }
  return holes;
}
