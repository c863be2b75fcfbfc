/** What a send does once its stub has let it pass, whichever of the two calls it is. */
import {
  MSG_DONTROUTE, NO_ERROR, SOCK_DGRAM, WSA_IO_PENDING, WSAEFAULT, WSAEINVAL, WSAEMSGSIZE,
  WSAENOTSOCK, WSAEOPNOTSUPP,
} from "../../generated/index.js"; // prettier-ignore
import type {
  LPDWORD, LPWSABUF, LPWSAOVERLAPPED, LPWSAOVERLAPPED_COMPLETION_ROUTINE, LPWSATHREADID, WSAERROR,
} from "../../generated/index.js"; // prettier-ignore
import { requireArguments, runtimeRule } from "../refusal.js";
import { captured } from "./memory.js";
import type { Routine } from "./operations.js";
import type { Destination, SpiSocket, Started, Surroundings } from "./socket.js";
import type { Upcalls } from "./upcalls.js";

/** A send as both calls have it. */
export interface Call {
  readonly name: "WSPSend" | "WSPSendTo";
  readonly lpBuffers: LPWSABUF;
  readonly dwBufferCount: number;
  readonly lpNumberOfBytesSent: LPDWORD | null;
  readonly dwFlags: number;
  /** Undefined for WSPSend, which has no address. */
  readonly to: Destination | undefined;
  readonly lpOverlapped: LPWSAOVERLAPPED | null;
  readonly lpCompletionRoutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE | null;
  readonly lpThreadId: LPWSATHREADID | null;
}

/**
 * Sends. What fails at once has touched nothing but the event, as under Wine, and nothing will
 * complete.
 */
export function perform(around: Surroundings, socket: SpiSocket | undefined, call: Call): Started {
  if (socket === undefined) return { error: WSAENOTSOCK };
  const started = begin(around, socket, call);
  if ("error" in started && started.error !== WSA_IO_PENDING) unsignal(around, socket, call);
  return started;
}

/** Takes the signal of the event back, for a call that fails; that of a routine is the caller's. */
export function unsignal(
  { operations }: Surroundings,
  socket: SpiSocket | undefined,
  call: Pick<Call, "lpOverlapped" | "lpCompletionRoutine">,
): void {
  if (socket === undefined || call.lpCompletionRoutine !== null) return;
  const overlapped = structureOf(socket, call);
  if (overlapped === null || operations.isOutstanding(overlapped)) return;
  operations.takeBack(overlapped.hEvent);
}

function begin(around: Surroundings, socket: SpiSocket, call: Call): Started {
  const fault = around.faults?.next(call.name) ?? null;
  if (fault?.when === "at once") {
    around.faults?.take(call.name);
    return { error: fault.code };
  }
  const error = obstacleOf(around, socket, call);
  if (error !== NO_ERROR) return { error };
  const to = socket.destination(call.to);
  if (to !== null && "error" in to) return to;
  const data = captured(call.lpBuffers, call.dwBufferCount);
  if (data === null) return { error: WSAEFAULT };
  if (socket.type === SOCK_DGRAM && data.bytes > socket.maxMessageSize) {
    return { error: WSAEMSGSIZE };
  }
  const overlapped = structureOf(socket, call);
  if (overlapped === null) return socket.sendNow({ captured: data, held: null, to });
  const routine = routineOf(around.upcalls, call);
  const held = socket.memory.hold(data);
  if (held === undefined && around.isSan) return { error: WSAEFAULT };
  const send = { captured: data, held: held ?? null, to };
  if (fault !== null) {
    // A call that fails before, or cannot be pending, uses up nothing that was ordered.
    around.faults?.take(call.name);
    return socket.startFailing(send, { overlapped, routine }, fault.code);
  }
  return socket.start(send, overlapped, routine);
}

/** Why a send cannot begin; NO_ERROR where it can. */
function obstacleOf(around: Surroundings, socket: SpiSocket, call: Call): WSAERROR {
  if (call.lpNumberOfBytesSent === null && call.lpOverlapped === null) return WSAEFAULT;
  if (socket.obstacle !== NO_ERROR) return socket.obstacle;
  // Neither TCP nor UDP of the networks carries out-of-band data or parts of messages, and routing
  // is not theirs. The SAN reference has no code of its own for that.
  if ((call.dwFlags & ~MSG_DONTROUTE) !== 0) return around.isSan ? WSAEINVAL : WSAEOPNOTSUPP;
  const overlapped = structureOf(socket, call);
  return overlapped !== null && around.operations.isOutstanding(overlapped) ? WSAEINVAL : NO_ERROR;
}

/** A socket that is not overlapped looks at no structure. */
function structureOf(
  { options }: SpiSocket,
  { lpOverlapped }: Pick<Call, "lpOverlapped">,
): LPWSAOVERLAPPED | null {
  return options.isOverlapped ? lpOverlapped : null;
}

/** The routine of a call with its thread; without one, that of the caller. */
function routineOf(
  { WPUQueueApc, WPUOpenCurrentThread }: Upcalls,
  { name, lpCompletionRoutine: run, lpThreadId }: Call,
): Routine | null {
  if (run === null) return null;
  if (WPUQueueApc === undefined) {
    const advice = "Start the provider with WPUQueueApc among its upcalls.";
    const rule = runtimeRule(`${name}/routine-needs-apc`, "NULL without WPUQueueApc", advice);
    requireArguments(name, (on) => on.breach(rule, "lpCompletionRoutine", "a routine"));
  }
  const thread: LPWSATHREADID = { ThreadHandle: 0, Reserved: 0, ...lpThreadId };
  if (lpThreadId === null) WPUOpenCurrentThread?.(thread, { value: 0 });
  return { run, thread };
}
