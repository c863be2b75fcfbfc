/**
 * Control information: objects one behind the other, each a CMSGHDR, its data, padding. The
 * arithmetic is that of the WSA_CMSG macros, for either width of a pointer.
 */
import { checkedArch } from "./arch.js";
import type { Arch } from "./arch.js";
import { lengthOf } from "./bytes.js";
import type { Wide } from "./numbers.js";

/** What a control data object says. */
export interface ControlData {
  /** The protocol, for instance IPPROTO_IP. */
  readonly level: number;
  /** What the data is, for instance IP_PKTINFO. */
  readonly type: number;
  readonly data: Uint8Array;
}

/** A control data object as it was found. */
export interface ControlObject extends ControlData {
  /** Where its header begins, in bytes. */
  readonly offset: number;
  /** Its cmsg_len: header and data, in bytes. */
  readonly length: Wide;
  /** What is wrong with its length; no object is looked for behind such a one. */
  readonly fault?: string;
}

/** The size of a CMSGHDR, and the alignment of headers and data, in bytes. */
const sizes = (arch: Arch): { readonly header: number; readonly align: number } =>
  checkedArch(arch) === "x86" ? SIZES_32 : SIZES_64;

const SIZES_32 = { header: 12, align: 4 };
const SIZES_64 = { header: 16, align: 8 };

const alignUp = (length: number, align: number): number => Math.ceil(length / align) * align;

/** WSA_CMSGHDR_ALIGN: a length up to where a next header may begin. */
export const cmsgHdrAlign = (length: number, arch: Arch): number =>
  alignUp(length, sizes(arch).align);

/** WSA_CMSGDATA_ALIGN: a length up to where data may begin. */
export const cmsgDataAlign = (length: number, arch: Arch): number =>
  alignUp(length, sizes(arch).align);

/** WSA_CMSG_LEN: what cmsg_len is for so many bytes of data. */
export const cmsgLen = (length: number, arch: Arch): number =>
  cmsgDataAlign(sizes(arch).header, arch) + length;

/** WSA_CMSG_SPACE: how much room an object with so many bytes of data takes. */
export const cmsgSpace = (length: number, arch: Arch): number =>
  cmsgDataAlign(sizes(arch).header + cmsgHdrAlign(length, arch), arch);

/**
 * The objects in memory, as WSA_CMSG_FIRSTHDR and WSA_CMSG_NXTHDR walk them. A cmsg_len that is
 * less than a header, or more than is left, would lead C astray: the object has a `fault`, and is
 * the last one.
 */
export function* controlObjects(bytes: Uint8Array, arch: Arch): Generator<ControlObject, void> {
  const { header } = sizes(arch);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = arch !== "x86";
  for (let offset = 0; offset + header <= bytes.length;) {
    const length = wide ? view.getBigUint64(offset, true) : BigInt(view.getUint32(offset, true));
    const level = view.getInt32(offset + (wide ? 8 : 4), true);
    const type = view.getInt32(offset + (wide ? 12 : 8), true);
    const left = bytes.length - offset;
    const fault =
      length < BigInt(header)
        ? `cmsg_len is ${length}, less than the ${header} bytes of a header`
        : length > BigInt(left)
          ? `cmsg_len is ${length}, but ${left} bytes are left`
          : undefined;
    const known = length > BigInt(Number.MAX_SAFE_INTEGER) ? length : Number(length);
    const end = offset + Math.min(Number(length), left);
    const data = bytes.subarray(offset + header, Math.max(end, offset + header));
    const found = { level, type, data, offset, length: known };
    yield fault === undefined ? found : { ...found, fault };
    if (fault !== undefined) return;
    offset += cmsgHdrAlign(Number(length), arch);
  }
}

/**
 * True where the first `length` bytes are control data objects, one after the other: each header
 * within the bytes and aligned, each cmsg_len at least its header and at most what is left. The
 * walk is that of WSA_CMSG_NXTHDR, and it makes progress whatever the bytes say.
 */
export function isControlInfo(bytes: Uint8Array, length: number, arch: Arch): boolean {
  const { header, align } = arch === "x86" ? SIZES_32 : SIZES_64;
  const end = Math.min(length, lengthOf(bytes));
  let offset = 0;
  while (offset + header <= end) {
    const high = arch === "x86" ? 0 : wordAt(bytes, offset + 4);
    const size = high === 0 ? wordAt(bytes, offset) : Infinity;
    if (size < header || size > end - offset) return false;
    offset += alignUp(size, align);
  }
  return offset > 0;
}

/** A little-endian number of four bytes. */
function wordAt(bytes: Uint8Array, at: number): number {
  const low = byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8);
  return (low | (byteAt(bytes, at + 2) << 16) | (byteAt(bytes, at + 3) << 24)) >>> 0;
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

/** Control information with these objects, each in the room that WSA_CMSG_SPACE gives it. */
export function controlInfo(objects: readonly ControlData[], arch: Arch): Uint8Array {
  const { header } = sizes(arch);
  const total = objects.reduce((sum, { data }) => sum + cmsgSpace(data.length, arch), 0);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const { level, type, data } of objects) {
    const length = cmsgLen(data.length, arch);
    if (arch === "x86") view.setUint32(offset, length, true);
    else view.setBigUint64(offset, BigInt(length), true);
    view.setInt32(offset + header - 8, level, true);
    view.setInt32(offset + header - 4, type, true);
    bytes.set(data, offset + header);
    offset += cmsgSpace(data.length, arch);
  }
  return bytes;
}
