/** How calls of a provider fail, and what they write. */
import { SOCKET_ERROR } from "../../generated/index.js";
import type { LPINT, WSAERROR } from "../../generated/index.js";
import { describe, isRecord } from "../../support/index.js";
import { requireArguments, requireWritable, runtimeRule } from "../refusal.js";

/** What a call writes through a pointer to a number. */
export const CELL: readonly string[] = ["value"];
const STRUCTURE = ["Internal", "InternalHigh", "Offset", "OffsetHigh"];

/** Stores a code, and returns what a call that failed returns. */
export function failed(lpErrno: LPINT, error: WSAERROR, result: number = SOCKET_ERROR): number {
  lpErrno.value = error;
  return result;
}

/** How the methods of SpiProvider are called: with less than the C prototypes have. */
const SIGNATURES = {
  WSPSocket: "af, dwFlags, lpErrno, type",
  WSPBind: "s, name, lpErrno",
  WSPConnect: "s, name, lpErrno",
  WSPRegisterMemory: "{ s, lpBuffer, dwBufferLength, dwFlags }, lpErrno",
  WSPDeregisterMemory: "s, handle, lpErrno",
  WSPGetOverlappedResult: "{ s, lpOverlapped, lpcbTransfer, fWait, lpdwFlags }, lpErrno",
  WSPGetSockOpt: "{ s, level, optname, optval, optlen }, lpErrno",
  WSPSetSockOpt: "{ s, level, optname, optval, optlen }, lpErrno",
  WSPShutdown: "s, lpErrno, how",
  WSPCloseSocket: "s, lpErrno",
} as const;

/** A method of SpiProvider that is not called by its C prototype. */
export type Method = keyof typeof SIGNATURES;

/** Refuses an lpErrno that is none, because somebody has kept to the order of C for instance. */
export function requireErrno(call: Method, lpErrno: LPINT): void {
  const isCell = isRecord(lpErrno) && "value" in lpErrno;
  if (isCell) return requireWritable(call, { lpErrno }, CELL);
  const wanted = `a pointer to an INT, in ${call}(${SIGNATURES[call]})`;
  const advice = "Call the table of loadProvider to keep to the prototypes of C.";
  const rule = runtimeRule(`${call}/lpErrno.type`, wanted, advice);
  requireArguments(call, (on) => on.breach(rule, "lpErrno", describe(lpErrno)));
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
