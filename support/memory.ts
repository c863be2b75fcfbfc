/** Memory, and control information as it lies in it. */
import type { Arch, Judge } from "./collector.js";
import { isRecord } from "./collector.js";

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

/** The size of a CMSGHDR and its alignment, in bytes. */
function header(arch: Arch): { size: number; align: number } {
  return arch === "x86" ? { size: 12, align: 4 } : { size: 16, align: 8 };
}

/**
 * True where the first `length` bytes are control data objects, one after the other: each header
 * within the bytes and aligned, each cmsg_len at least its header and at most what is left. The
 * walk is that of WSA_CMSG_NXTHDR, and it makes progress whatever the bytes say.
 */
export function isControlInfo(bytes: Uint8Array, length: number, arch: Arch): boolean {
  const { size, align } = header(arch);
  const end = Math.min(length, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  do {
    if (at + size > end) return false;
    const claimed = arch === "x86" ? BigInt(view.getUint32(at, true)) : view.getBigUint64(at, true);
    if (claimed < BigInt(size) || claimed > BigInt(end - at)) return false;
    at += Math.ceil(Number(claimed) / align) * align;
  } while (at + size <= end);
  return true;
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
