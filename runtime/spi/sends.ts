/** The three sends of a provider: the stubs of the contract, and what fills them. */
import {
  createWSPSend, createWSPSendDisconnect, createWSPSendTo, NO_ERROR, SOCK_DGRAM, WSAENOPROTOOPT,
  WSAENOTCONN, WSAENOTSOCK,
} from "../../generated/index.js"; // prettier-ignore
import type {
  Facts, LPDWORD, LPINT, LPWSABUF, LPWSPSEND, LPWSPSENDDISCONNECT, LPWSPSENDTO, SOCKET, WSAERROR,
} from "../../generated/index.js"; // prettier-ignore
import type { Profile } from "../../support/index.js";
import { NO_FACTS } from "../../support/index.js";
import { requireWritable } from "../refusal.js";
import { answerOf } from "./answers.js";
import type { Call } from "./perform.js";
import { perform, unsignal } from "./perform.js";
import { CELL, failed, requireTargets } from "./result.js";
import type { Destination, SpiSocket, Started, Surroundings } from "./socket.js";

/** The sends of a provider, checked by their contracts. */
export interface Sends {
  readonly WSPSend: LPWSPSEND;
  readonly WSPSendTo: LPWSPSENDTO;
  readonly WSPSendDisconnect: LPWSPSENDDISCONNECT;
}

type Find = (s: SOCKET) => SpiSocket | undefined;

/** A call that a stub has refused. */
interface Sent {
  readonly call: string;
  readonly s: SOCKET;
  /** Undefined where the call has no address. */
  readonly to?: Destination;
  /** What tells the event; left out where the call has none. */
  readonly operation?: Pick<Call, "lpOverlapped" | "lpCompletionRoutine">;
  readonly lpErrno: LPINT;
}

const NO_BUFFERS: LPWSABUF = [];

/** Makes the sends over the sockets that `find` finds. */
export function makeSends(around: Surroundings, profile: Profile, find: Find): Sends {
  const { isSan } = around;
  const sdk = profile === "header" || profile === "strict" ? { profile } : {};
  const send = createWSPSend(sendBody(around, find), {
    profile,
    facts: isSan ? sanFacts(around, find) : () => NO_FACTS,
  });
  const sendTo = createWSPSendTo(sendToBody(around, find), sdk);
  const disconnect = createWSPSendDisconnect(disconnectBody(around, find), sdk);
  const answered = (sent: Sent, error: unknown): number => {
    const { call, s, lpErrno, operation } = sent;
    const answer = answerOf(error, isSan);
    // The state of the socket comes before its arguments, as with all that is checked here.
    const obstacle = obstacleOf(find(s), sent);
    requireWritable(call, { lpErrno }, CELL);
    if (operation !== undefined) unsignal(around, find(s), operation);
    return failed(lpErrno, obstacle === NO_ERROR ? answer : obstacle);
  };
  // In C an array of no buffers may be NULL.
  const arrayOf = (lpBuffers: LPWSABUF | null): LPWSABUF =>
    lpBuffers === null && !isSan ? NO_BUFFERS : (lpBuffers as LPWSABUF);
  return {
    WSPSend: (s, lpBuffers, ...rest) => {
      try {
        return send(s, arrayOf(lpBuffers), ...rest);
      } catch (error) {
        const operation = { lpOverlapped: rest[3], lpCompletionRoutine: rest[4] };
        return answered({ call: "WSPSend", s, operation, lpErrno: rest[6] }, error);
      }
    },
    WSPSendTo: (s, lpBuffers, ...rest) => {
      try {
        return sendTo(s, arrayOf(lpBuffers), ...rest);
      } catch (error) {
        const to = rest[3] && { address: rest[3], length: rest[4] };
        const operation = { lpOverlapped: rest[5], lpCompletionRoutine: rest[6] };
        return answered({ call: "WSPSendTo", s, to, operation, lpErrno: rest[8] }, error);
      }
    },
    WSPSendDisconnect: (s, data, lpErrno) => {
      try {
        return disconnect(s, data, lpErrno);
      } catch (error) {
        return answered({ call: "WSPSendDisconnect", s, lpErrno }, error);
      }
    },
  };
}

/** Why a call could not do anything, whatever its arguments; NO_ERROR where it could. */
function obstacleOf(socket: SpiSocket | undefined, { operation, to }: Sent): WSAERROR {
  if (socket === undefined) return WSAENOTSOCK;
  if (socket.obstacle !== NO_ERROR) return socket.obstacle;
  const at = operation === undefined ? null : socket.destination(to);
  return at !== null && "error" in at ? at.error : NO_ERROR;
}

/**
 * What the contract may know: only what it has no code for. A socket that is overlapped must have a
 * structure; without the flag, the answer is WSAEINVAL.
 */
function sanFacts(
  { maxMessageSize }: Surroundings,
  find: Find,
): (...args: Parameters<LPWSPSEND>) => Facts {
  return (s, _buffers, _count, _sent, _flags, lpOverlapped) => {
    if (lpOverlapped !== null && maxMessageSize === undefined) return NO_FACTS;
    return {
      "socket.overlapped": find(s)?.options.isOverlapped || undefined,
      "socket.max-message-size": maxMessageSize,
    };
  };
}

function sendBody(around: Surroundings, find: Find): LPWSPSEND {
  return (s, lpBuffers, dwBufferCount, lpNumberOfBytesSent, dwFlags, lpOverlapped, ...rest) => {
    const [lpCompletionRoutine, lpThreadId, lpErrno] = rest;
    requireTargets("WSPSend", { lpErrno, lpNumberOfBytesSent, lpOverlapped });
    const call: Call = {
      name: "WSPSend", lpBuffers, dwBufferCount, lpNumberOfBytesSent, dwFlags, to: undefined,
      lpOverlapped, lpCompletionRoutine, lpThreadId,
    }; // prettier-ignore
    return finish(perform(around, find(s), call), lpNumberOfBytesSent, lpErrno);
  };
}

function sendToBody(around: Surroundings, find: Find): LPWSPSENDTO {
  return (s, lpBuffers, dwBufferCount, lpNumberOfBytesSent, dwFlags, lpTo, iTolen, ...rest) => {
    const [lpOverlapped, lpCompletionRoutine, lpThreadId, lpErrno] = rest;
    requireTargets("WSPSendTo", { lpErrno, lpNumberOfBytesSent, lpOverlapped });
    const to = lpTo === null ? null : { address: lpTo, length: iTolen };
    const call: Call = {
      name: "WSPSendTo", lpBuffers, dwBufferCount, lpNumberOfBytesSent, dwFlags, to,
      lpOverlapped, lpCompletionRoutine, lpThreadId,
    }; // prettier-ignore
    return finish(perform(around, find(s), call), lpNumberOfBytesSent, lpErrno);
  };
}

function finish(started: Started, lpNumberOfBytesSent: LPDWORD | null, lpErrno: LPINT): number {
  if ("error" in started) return failed(lpErrno, started.error);
  if (lpNumberOfBytesSent !== null) lpNumberOfBytesSent.value = started.bytes;
  return 0;
}

/** Neither TCP nor UDP carries disconnect data. */
function disconnectBody({ faults }: Surroundings, find: Find): LPWSPSENDDISCONNECT {
  return (s, lpOutboundDisconnectData, lpErrno) => {
    requireWritable("WSPSendDisconnect", { lpErrno }, CELL);
    const socket = find(s);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    const fault = faults?.take("WSPSendDisconnect") ?? null;
    if (fault !== null) return failed(lpErrno, fault.code);
    // The page has that code for connection-oriented sockets only.
    if (socket.type !== SOCK_DGRAM && !socket.isConnected) return failed(lpErrno, WSAENOTCONN);
    if (lpOutboundDisconnectData !== null) return failed(lpErrno, WSAENOPROTOOPT);
    const error = socket.shutdown();
    return error === NO_ERROR ? 0 : failed(lpErrno, error);
  };
}
