/** Memory, and control information as it lies in it. */
import type { Arch, Judge } from "./collector.js";
import { isRecord } from "./collector.js";
import { controlObjects } from "./cmsg.js";

const tagOf = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get as (this: unknown) => unknown;

/**
 * True for a real Uint8Array, a Buffer, or one of another realm; a prototype trick does not pass.
 */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && tagOf.call(value) === "Uint8Array";
}

/**
 * True where the first `length` bytes are control data objects, one after the other: each header
 * within the bytes and aligned, each cmsg_len at least its header and at most what is left. The
 * walk is that of WSA_CMSG_NXTHDR, and it makes progress whatever the bytes say.
 */
export function isControlInfo(bytes: Uint8Array, length: number, arch: Arch): boolean {
  let count = 0;
  // An architecture that is none is an issue of its own; all others but x86 are alike.
  const on = arch === "x86" ? "x86" : "x64";
  for (const { fault } of controlObjects(bytes.subarray(0, length), on)) {
    if (fault !== undefined) return false;
    count += 1;
  }
  return count > 0;
}

/** The judge of bytes inside a struct: exactly `count` of them, or any number. */
export function inlineBytes(count?: number): Judge<Uint8Array> {
  return (on, value): value is Uint8Array =>
    (isBytes(value) && (count === undefined || value.length === count)) ||
    on.expected(count === undefined ? "bytes" : `${count} bytes`, value);
}

/**
 * The judge of a pointer that continues a chain: the walk along the chain judges what it points
 * to.
 */
export function linkTo<T>(name: string): Judge<T> {
  return (on, value): value is T => isRecord(value) || on.expected(`a pointer to ${name}`, value);
}
