/**
 * The rules between fields, by hand, for peers to take in their own way: as a refinement where
 * they have such, as a check behind theirs where they have none. Types are known to be right here.
 */
import { isControlInfo } from "../floor.js";

/** A number as wide as a pointer. */
export type Wide = number | bigint;

/** One buffer of WSPSend. */
export interface WSABUF {
  len: number;
  buf: Uint8Array | null;
}

/** The parts of an MDL that rules speak of. */
export interface MDL {
  Next: MDL | null;
  MdlFlags: number;
  MappedSystemVa: Uint8Array;
  ByteCount: number;
}

/** The data of a WSK send. */
export interface WSK_BUF {
  Mdl: MDL | null;
  Offset: number;
  Length: Wide;
}

/** A transport address. */
export interface SOCKADDR {
  sa_family: number;
  sa_data: Uint8Array;
}

/** The parts of an IRP that rules relate. */
export interface IRP {
  StackCount: number;
  CurrentLocation: number;
}

/** The arguments of WSPSend that rules relate. */
export interface Counted {
  lpBuffers: readonly WSABUF[];
  dwBufferCount: number;
}

/** The arguments of a WSK send that rules relate. */
export interface Controlled {
  ControlInfoLength: number;
  ControlInfo: Uint8Array | null;
}

/** INVALID_SOCKET on x64. */
export const INVALID_SOCKET = 0xffff_ffff_ffff_ffffn;

/** True for plain and class objects, not for arrays. */
export const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A buffer with a length has as much memory. */
export const holdsLen = ({ len, buf }: WSABUF): boolean =>
  buf === null ? len === 0 : buf.length >= len;

/** There are as many buffers as are said to be. */
export const hasCount = ({ lpBuffers, dwBufferCount }: Counted): boolean =>
  lpBuffers.length >= dwBufferCount;

/** The structure is not that of an operation under way: WSS_OPERATION_IN_PROGRESS. */
export const isFree = ({ Internal }: { Internal: Wide }): boolean =>
  Internal !== 259 && Internal !== 259n;

/** The pages of an MDL stay in memory, and it has as much as it says. */
export const isLocked = ({ MdlFlags, MappedSystemVa, ByteCount }: MDL): boolean =>
  (MdlFlags & 0x16) !== 0 && MappedSystemVa.length >= ByteCount;

/** Offset and Length stay within the chain, of whose links a million are counted at most. */
export function liesInChain({ Mdl, Offset, Length }: WSK_BUF): boolean {
  if (Mdl === null) return Length <= 0;
  if (Offset > Mdl.ByteCount) return false;
  let total = 0;
  let link: MDL | null = Mdl;
  for (let i = 0; link !== null && i <= 1_000_000; i++, link = link.Next) total += link.ByteCount;
  return Length <= total - Offset;
}

/** The IRP stands at most one location behind its stack. */
export const standsInStack = ({ StackCount, CurrentLocation }: IRP): boolean =>
  CurrentLocation <= StackCount + 1;

/** The bytes are enough for an address of the family. */
export const isLongEnough = ({ sa_family, sa_data }: SOCKADDR): boolean =>
  sa_data.length >= (sa_family === 2 ? 14 : sa_family === 23 ? 26 : 0);

/** Control information is there where it has a length, as long as said, and well formed. */
export function hasControl({ ControlInfo, ControlInfoLength }: Controlled): boolean {
  if (ControlInfoLength === 0) return true;
  if (ControlInfo === null || ControlInfo.length < ControlInfoLength) return false;
  return isControlInfo(ControlInfo, ControlInfoLength);
}

/** What every WSK send has that rules relate. */
export interface Sent {
  Buffer: WSK_BUF;
  Irp: IRP;
}

/** A finding of a check behind a peer's own. */
export interface Finding {
  readonly path: string;
  readonly expected: string;
}

/** The first relation of a WSPSend that is broken. */
export function brokenByWsp(
  args: Counted & { s: Wide; lpOverlapped: { Internal: Wide } | null },
): Finding | undefined {
  const { s, lpBuffers, lpOverlapped } = args;
  if (s === INVALID_SOCKET) return { path: "s", expected: "a valid descriptor" };
  if (!hasCount(args)) return { path: "dwBufferCount", expected: "at most the buffers" };
  for (let i = 0; i < lpBuffers.length; i++) {
    const buffer = lpBuffers[i];
    if (buffer === undefined || !holdsLen(buffer))
      return { path: `lpBuffers[${i}].buf`, expected: "as many bytes as len says" };
  }
  if (lpOverlapped === null || isFree(lpOverlapped)) return undefined;
  return { path: "lpOverlapped", expected: "one that is not in use" };
}

/** The first relation of a WSK send that is broken. */
export function brokenByWsk({ Buffer, Irp }: Sent): Finding | undefined {
  if (!standsInStack(Irp))
    return { path: "Irp.CurrentLocation", expected: "at most StackCount + 1" };
  let link = Buffer.Mdl;
  for (let i = 0; link !== null && i <= 1_000_000; i++, link = link.Next) {
    if (!isLocked(link)) return { path: `Buffer.Mdl (${i})`, expected: "locked memory" };
  }
  if (liesInChain(Buffer)) return undefined;
  return { path: "Buffer.Length", expected: "at most what the chain holds" };
}

/** The first relation of control information that is broken. */
export function brokenByControl(args: Controlled & Sent): Finding | undefined {
  if (!hasControl(args)) return { path: "ControlInfo", expected: "control data objects" };
  return brokenByWsk(args);
}
