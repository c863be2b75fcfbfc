/** Numbers of C in bytes, lowest first. */
import type { Wide } from "../numbers.js";

/** The number in bytes. */
export function bigintFrom(bytes: Uint8Array, isSigned = false): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return isSigned ? BigInt.asIntN(bytes.length * 8, value) : value;
}

/** The same, as a number where one holds it exactly. */
export function wideFrom(bytes: Uint8Array, isSigned = false): Wide {
  if (bytes.length > 6) {
    const value = bigintFrom(bytes, isSigned);
    const isSafe = value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;
    return isSafe ? Number(value) : value;
  }
  let value = 0;
  for (let i = bytes.length - 1; i >= 0; i--) value = value * 256 + (bytes[i] ?? 0);
  const limit = 2 ** (bytes.length * 8);
  return isSigned && value >= limit / 2 ? value - limit : value;
}

/** A number as bytes. */
export function bytesOf(value: Wide, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let rest = BigInt.asUintN(size * 8, BigInt(value));
  for (let i = 0; i < size; i++, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}

/** The least and the greatest number of a size. */
export function boundsOf(size: number, isSigned: boolean): readonly [bigint, bigint] {
  const bits = BigInt(size * 8);
  return isSigned ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
}
