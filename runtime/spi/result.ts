/** How calls of a provider fail, and what they write. */
import { SOCKET_ERROR } from "../../generated/index.js";
import type { LPINT, WSAERROR } from "../../generated/index.js";
import { requireWritable } from "../refusal.js";

/** What a call writes through a pointer to a number. */
export const CELL: readonly string[] = ["value"];
const STRUCTURE = ["Internal", "InternalHigh", "Offset", "OffsetHigh"];

/** Stores a code, and returns what a call that failed returns. */
export function failed(lpErrno: LPINT, error: WSAERROR, result: number = SOCKET_ERROR): number {
  lpErrno.value = error;
  return result;
}

/** What a send writes to, besides lpErrno. */
export interface Targets {
  readonly lpErrno: LPINT;
  readonly lpNumberOfBytesSent: { value: number } | null;
  readonly lpOverlapped: {
    Internal: number | bigint;
    InternalHigh: number | bigint;
    Offset: number;
    OffsetHigh: number;
  } | null;
}

/** Refuses a send one of whose targets cannot be written; it leaves all as they are. */
export function requireTargets(call: string, targets: Targets): void {
  try {
    touch(targets);
  } catch (error) {
    const { lpErrno, lpNumberOfBytesSent, lpOverlapped } = targets;
    requireWritable(call, { lpErrno }, CELL);
    if (lpNumberOfBytesSent !== null) requireWritable(call, { lpNumberOfBytesSent }, CELL);
    if (lpOverlapped !== null) requireWritable(call, { lpOverlapped }, STRUCTURE);
    throw error;
  }
}

/** Writes each member as it is; that costs less than to ask whether it could be written. */
function touch({ lpErrno, lpNumberOfBytesSent, lpOverlapped }: Targets): void {
  const { value } = lpErrno;
  lpErrno.value = value;
  if (lpNumberOfBytesSent !== null) {
    const { value: sent } = lpNumberOfBytesSent;
    lpNumberOfBytesSent.value = sent;
  }
  if (lpOverlapped === null) return;
  const { Internal, InternalHigh, Offset, OffsetHigh } = lpOverlapped;
  lpOverlapped.Internal = Internal;
  lpOverlapped.InternalHigh = InternalHigh;
  lpOverlapped.Offset = Offset;
  lpOverlapped.OffsetHigh = OffsetHigh;
}
