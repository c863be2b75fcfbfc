/** Whole numbers of C, and arithmetic with them that does not round. */
import { hex } from "./describe.js";
import { MAX_CHAIN } from "./limits.js";
import type { Arch } from "./arch.js";

/** A number as wide as a pointer: a safe integer, or a bigint where it may be larger. */
export type Wide = number | bigint;

const MAX_32 = 0xffff_ffffn;
const MAX_64 = 0xffff_ffff_ffff_ffffn;

/** The largest pointer-sized number of an architecture. */
export function maxPointer(arch: Arch): bigint {
  return arch === "x86" ? MAX_32 : MAX_64;
}

/** True for a whole number from `min` to `max`. */
export function isInteger(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

/** True for a whole number from `min` to `max`: a bigint, or a number that holds it exactly. */
export function isExact(value: unknown, min: bigint, max: bigint): value is Wide {
  if (typeof value === "bigint") return value >= min && value <= max;
  return Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
}

/** True for a number of pointer width. */
export function isWide(value: unknown, arch: Arch): value is Wide {
  if (typeof value === "bigint") return value >= 0n && value <= maxPointer(arch);
  return (
    Number.isSafeInteger(value) && (value as number) >= 0 && fitsPointer(value as number, arch)
  );
}

/** True for a signed number of pointer width. */
export function isSignedWide(value: unknown, arch: Arch): value is Wide {
  const max = maxPointer(arch) >> 1n;
  return isExact(value, -max - 1n, max);
}

const fitsPointer = (value: number, arch: Arch): boolean => arch !== "x86" || value <= 0xffff_ffff;

/** True where all bits of a pointer-sized number are set, as in INVALID_SOCKET. */
export function isAllOnes(value: Wide, arch: Arch): boolean {
  if (typeof value === "number") return arch === "x86" && value === 0xffff_ffff;
  return value === maxPointer(arch);
}

/** True where two numbers are the same, whichever way they are held. */
export function isSame(a: Wide, b: Wide): boolean {
  return a === b || (typeof a !== typeof b && BigInt(a) === BigInt(b));
}

/** The exact sum. */
export function sum(a: Wide, b: Wide): Wide {
  if (typeof a === "number" && typeof b === "number") {
    const total = a + b;
    if (Number.isSafeInteger(total)) return total;
  }
  return BigInt(a) + BigInt(b);
}

/** The bits that both have. */
export function bitsOfBoth(a: Wide, b: Wide): Wide {
  if (typeof a === "number" && isMask(b)) return a & b;
  return isMask(a) && typeof b === "number" ? a & b : BigInt(a) & BigInt(b);
}

/** The bits that either has. */
export function bitsOfEither(a: Wide, b: Wide): Wide {
  return isMask(a) && isMask(b) ? a | b : BigInt(a) | BigInt(b);
}

/** True for bits that JavaScript's operators, which see the lowest 32 only, keep as they are. */
const isMask = (value: Wide): value is number =>
  typeof value === "number" && value >= 0 && value <= 0x7fff_ffff;

/** The exact sum of a number of each element, or of the first `count` ones. */
export function totalOf<T>(
  items: readonly T[],
  number: (item: T) => Wide,
  count: Wide = items.length,
): Wide {
  let total: Wide = 0;
  const { length } = items;
  for (let i = 0; i < length && i < count; i++) total = sum(total, number(items[i] as T));
  return total;
}

/** The exact sum of a number of each link of a chain that is known to end. */
export function totalAlong<N extends string, T extends { readonly [P in N]: T | null }>(
  first: T | null,
  next: N,
  number: (link: T) => Wide,
): Wide {
  let total: Wide = 0;
  let link = first;
  // A chain that has been judged ends; one whose links answer differently each time may not.
  for (let i = 0; link !== null && i <= MAX_CHAIN; i++, link = link[next]) {
    total = sum(total, number(link));
  }
  return total;
}

/** Flags in hex, and those of them that are not known: `0x6, of which 0x4 is unknown`. */
export function describeFlags(value: number, known: number): string {
  const unknown = value & ~known;
  return unknown === 0 ? hex(value) : `${hex(value)}, of which ${hex(unknown)} is unknown`;
}
