/** Whole numbers of C, and sums of them that do not round. */
import type { Arch } from "./collector.js";
import { MAX_CHAIN } from "./limits.js";
import { hex } from "./describe.js";

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
  if (typeof value !== "number" || !Number.isSafeInteger(value)) return false;
  return BigInt(value) >= min && BigInt(value) <= max;
}

/** True for a number of pointer width, unsigned if nothing else is said. */
export function isWide(value: unknown, arch: Arch, signed = false): value is Wide {
  const max = maxPointer(arch);
  return signed ? isExact(value, -(max >> 1n) - 1n, max >> 1n) : isExact(value, 0n, max);
}

/** True where all bits of a pointer-sized number are set, as in INVALID_SOCKET. */
export function isAllOnes(value: Wide, arch: Arch): boolean {
  return BigInt(value) === maxPointer(arch);
}

/** The exact sum of a number of each element, or of the first `count` ones. */
export function totalOf<T>(
  items: readonly T[],
  number: (item: T) => Wide,
  count: Wide = items.length,
): bigint {
  let sum = 0n;
  for (const [i, item] of items.entries()) {
    if (i >= count) break;
    sum += BigInt(number(item));
  }
  return sum;
}

/** The exact sum of a number of each link of a chain that is known to end. */
export function totalAlong<N extends string, T extends { readonly [P in N]: T | null }>(
  first: T | null,
  next: N,
  number: (link: T) => Wide,
): bigint {
  let sum = 0n;
  let link = first;
  // A chain that has been judged ends; one whose links answer differently each time may not.
  for (let i = 0; link !== null && i <= MAX_CHAIN; i++, link = link[next]) {
    sum += BigInt(number(link));
  }
  return sum;
}

/** Flags in hex, and those of them that are not known: `0x6, of which 0x4 is unknown`. */
export function describeFlags(value: number, known: number): string {
  const unknown = value & ~known;
  return unknown === 0 ? hex(value) : `${hex(value)}, of which ${hex(unknown)} is unknown`;
}
