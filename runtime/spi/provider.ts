/** A Windows Sockets service provider over TCP: what the switch calls, by its C names. */
import {
  AF_INET, AF_INET6, createWSPSend, createWSPSendDisconnect, createWSPSendTo, MEM_READ,
  MEM_READWRITE, MSG_DONTROUTE, NO_ERROR, SOCKET_ERROR, WSA_FLAG_OVERLAPPED, WSA_IO_INCOMPLETE,
  WSAEAFNOSUPPORT, WSAEALREADY, WSAEFAULT, WSAEINVAL, WSAEISCONN, WSAENOPROTOOPT, WSAENOTCONN,
  WSAENOTSOCK, WSAEWOULDBLOCK,
} from "../../generated/index.js"; // prettier-ignore
import type {
  LPDWORD, LPINT, LPWSAOVERLAPPED, LPWSPSEND, LPWSPSENDDISCONNECT, LPWSPSENDTO, PSOCKADDR,
  SOCKET, WSAERROR, WSPPROC_TABLE,
} from "../../generated/index.js"; // prettier-ignore
import type { Profile } from "../../support/index.js";
import { endpointOf, isBytes, isInteger } from "../../support/index.js";
import { isAddress, requireWritable } from "../refusal.js";
import { captured } from "./memory.js";
import type { Operations } from "./operation.js";
import { OverlappedOperation } from "./operation.js";
import { SpiSocket } from "./socket.js";
import type { Upcalls } from "./upcalls.js";

/** How a provider is started. */
export interface ProviderOptions {
  /** The switch that the provider reports to. */
  readonly upcalls: Upcalls;
  /** The contract by which WSPSend is judged: `san` when left out. */
  readonly profile?: Profile;
  /** What SO_MAX_MSG_SIZE is; without it, any size may be sent. */
  readonly maxMessageSize?: number;
}

/** A provider. Parameters that this runtime does not use are left out of the C prototypes. */
export class SpiProvider implements Pick<
  WSPPROC_TABLE,
  "WSPSend" | "WSPSendTo" | "WSPSendDisconnect"
> {
  /** Sends on a connected socket. See the contract of WSPSend. */
  readonly WSPSend: LPWSPSEND;
  /** The same on these sockets, which are all connection-oriented: the address is not looked at. */
  readonly WSPSendTo: LPWSPSENDTO;
  /** Ends sending; what is outstanding is still sent. TCP carries no disconnect data. */
  readonly WSPSendDisconnect: LPWSPSENDDISCONNECT;
  readonly #upcalls: Upcalls;
  readonly #sockets = new Map<number, SpiSocket>();
  readonly #operations: Operations = new WeakMap();
  #nextDescriptor = 0x104;

  constructor({ upcalls, profile = "san", maxMessageSize }: ProviderOptions) {
    this.#upcalls = upcalls;
    this.WSPSend = createWSPSend(this.#send, {
      profile,
      facts: ({ s }) => ({
        // Only a socket that is overlapped must have a structure; the others answer WSAEINVAL.
        "socket.overlapped": this.#sockets.get(Number(s))?.options.isOverlapped || undefined,
        "socket.max-message-size": maxMessageSize,
      }),
    });
    this.WSPSendTo = createWSPSendTo(this.#sendTo);
    this.WSPSendDisconnect = createWSPSendDisconnect(this.#sendDisconnect);
  }

  /** Creates a TCP socket of AF_INET or AF_INET6, and returns its descriptor. */
  WSPSocket(af: number, dwFlags: number, lpErrno: LPINT): SOCKET {
    requireWritable("WSPSocket", { lpErrno }, CELL);
    if (af !== AF_INET && af !== AF_INET6) return failed(lpErrno, WSAEAFNOSUPPORT);
    const descriptor = this.#nextDescriptor;
    this.#nextDescriptor += 4;
    const handle = this.#upcalls.WPUCreateSocketHandle(0, descriptor, lpErrno);
    const isOverlapped = (dwFlags & WSA_FLAG_OVERLAPPED) !== 0;
    const upcalls = this.#upcalls;
    this.#sockets.set(descriptor, new SpiSocket({ family: af, isOverlapped, handle, upcalls }));
    return descriptor;
  }

  /** Binds to a local address, once. The address is claimed when the socket connects. */
  WSPBind(s: SOCKET, name: PSOCKADDR, lpErrno: LPINT): number {
    const socket = this.#socketOf("WSPBind", s, lpErrno);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    if (socket.local !== null) return failed(lpErrno, WSAEINVAL);
    if (!isAddress(name) || name.sa_family !== socket.options.family) {
      return failed(lpErrno, WSAEFAULT);
    }
    socket.local = { at: endpointOf(name) };
    return 0;
  }

  /**
   * Starts to connect; a socket that is not bound is bound by it. JavaScript cannot block, so this
   * is a nonblocking connect: it returns SOCKET_ERROR with WSAEWOULDBLOCK, and `connected` tells
   * how it ended. After a failure it may be tried again.
   */
  WSPConnect(s: SOCKET, name: PSOCKADDR, lpErrno: LPINT): number {
    const socket = this.#socketOf("WSPConnect", s, lpErrno);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    const { state } = socket.stream;
    if (state !== "unconnected") {
      return failed(lpErrno, state === "connecting" ? WSAEALREADY : WSAEISCONN);
    }
    if (!isAddress(name)) return failed(lpErrno, WSAEFAULT);
    if (name.sa_family !== socket.options.family) return failed(lpErrno, WSAEAFNOSUPPORT);
    socket.connect(endpointOf(name));
    return failed(lpErrno, WSAEWOULDBLOCK);
  }

  /**
   * How the connection attempt of a socket ended: NO_ERROR, or the code; WSA_OPERATION_ABORTED
   * where the socket was closed meanwhile.
   */
  connected(s: SOCKET): Promise<WSAERROR> {
    return this.#sockets.get(Number(s))?.connecting ?? Promise.resolve(WSAENOTSOCK);
  }

  /** Registers memory for sends of a socket. Returns its handle, or 0. */
  WSPRegisterMemory(args: RegisterMemoryArgs, lpErrno: LPINT): number {
    const { s, lpBuffer, dwBufferLength: length, dwFlags } = args;
    const socket = this.#socketOf("WSPRegisterMemory", s, lpErrno);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK, 0);
    if (!isInteger(length, 0, 0xffff_ffff)) return failed(lpErrno, WSAEINVAL, 0);
    if (!isInteger(dwFlags, MEM_READ, MEM_READWRITE)) return failed(lpErrno, WSAEINVAL, 0);
    if (!isBytes(lpBuffer) || length > lpBuffer.length) return failed(lpErrno, WSAEFAULT, 0);
    return socket.memory.register(lpBuffer, { length, readable: (dwFlags & MEM_READ) !== 0 });
  }

  /** Ends the registration of memory. In use, or unknown to the socket: WSAEINVAL. */
  WSPDeregisterMemory(s: SOCKET, handle: number, lpErrno: LPINT): number {
    const socket = this.#socketOf("WSPDeregisterMemory", s, lpErrno);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    return socket.memory.deregister(handle) ? 0 : failed(lpErrno, WSAEINVAL);
  }

  /**
   * Tells how an overlapped operation of the socket ended: TRUE with its byte count, or FALSE with
   * the code. While it is outstanding the code is WSA_IO_INCOMPLETE. JavaScript cannot wait, so
   * fWait is no parameter here: await `completed` first. The result outlives the socket.
   */
  WSPGetOverlappedResult(args: OverlappedResultArgs, lpErrno: LPINT): boolean {
    const { s, lpOverlapped, lpcbTransfer, lpdwFlags } = args;
    const socket = this.#socketOf("WSPGetOverlappedResult", s, lpErrno);
    requireWritable("WSPGetOverlappedResult", { lpcbTransfer, lpdwFlags }, CELL);
    const operation = this.#operations.get(lpOverlapped);
    if (operation?.s !== Number(s)) {
      failed(lpErrno, socket === undefined ? WSAENOTSOCK : WSAEINVAL);
      return false;
    }
    const { result } = operation;
    if (result === null) {
      failed(lpErrno, WSA_IO_INCOMPLETE);
      return false;
    }
    lpcbTransfer.value = result.bytes;
    lpdwFlags.value = 0;
    if (result.error !== NO_ERROR) failed(lpErrno, result.error);
    return result.error === NO_ERROR;
  }

  /** Resolves when the operation of this structure is done. */
  completed(lpOverlapped: LPWSAOVERLAPPED): Promise<void> {
    return this.#operations.get(lpOverlapped)?.done() ?? Promise.resolve();
  }

  /** Shuts down sending; what is outstanding is still sent. */
  WSPShutdown(s: SOCKET, lpErrno: LPINT): number {
    return this.#shutdown("WSPShutdown", s, lpErrno);
  }

  /** Closes a socket: each outstanding operation ends once, with WSA_OPERATION_ABORTED. */
  WSPCloseSocket(s: SOCKET, lpErrno: LPINT): number {
    const socket = this.#socketOf("WSPCloseSocket", s, lpErrno);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    this.#sockets.delete(Number(s));
    socket.close();
    return 0;
  }

  #socketOf(call: string, s: SOCKET, lpErrno: LPINT): SpiSocket | undefined {
    requireWritable(call, { lpErrno }, CELL);
    return this.#sockets.get(Number(s));
  }

  #shutdown(call: string, s: SOCKET, lpErrno: LPINT): number {
    const socket = this.#socketOf(call, s, lpErrno);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    if (socket.stream.state !== "connected") return failed(lpErrno, WSAENOTCONN);
    const error = socket.shutdown();
    return error === NO_ERROR ? 0 : failed(lpErrno, error);
  }

  readonly #send: LPWSPSEND = (...args) => this.#start("WSPSend", args);

  readonly #sendTo: LPWSPSENDTO = (...args) => {
    const [s, buffers, count, sent, flags, , , overlapped, routine, thread, error] = args;
    const rest = [overlapped, routine, thread, error] as const;
    return this.#start("WSPSendTo", [s, buffers, count, sent, flags, ...rest]);
  };

  #start(call: string, args: Parameters<LPWSPSEND>): number {
    const [s, lpBuffers, dwBufferCount, lpNumberOfBytesSent, dwFlags, lpOverlapped, , , lpErrno] =
      args;
    const socket = this.#socketOf(call, s, lpErrno);
    if (lpNumberOfBytesSent !== null) requireWritable(call, { lpNumberOfBytesSent }, CELL);
    if (lpOverlapped !== null) requireWritable(call, { lpOverlapped }, STRUCTURE);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    // Node's TCP carries neither out-of-band data nor message boundaries; routing is not its own.
    if ((dwFlags & ~MSG_DONTROUTE) !== 0) return failed(lpErrno, WSAEINVAL);
    if (socket.obstacle !== NO_ERROR) return failed(lpErrno, socket.obstacle);
    // Without a structure the call would have to block until all is sent, which JavaScript cannot.
    if (lpOverlapped === null) return failed(lpErrno, WSAEINVAL);
    if (this.#operations.get(lpOverlapped)?.result === null) return failed(lpErrno, WSAEINVAL);
    const chunks = captured(lpBuffers.slice(0, dwBufferCount));
    const release = chunks && socket.memory.hold(chunks);
    if (chunks === null || release === null) return failed(lpErrno, WSAEFAULT);
    const owner = { s: Number(s), overlapped: lpOverlapped, all: this.#operations };
    const started = socket.send(new OverlappedOperation(owner, { chunks, release }));
    if ("error" in started) return failed(lpErrno, started.error);
    if (lpNumberOfBytesSent !== null) lpNumberOfBytesSent.value = started.bytes;
    return 0;
  }

  readonly #sendDisconnect: LPWSPSENDDISCONNECT = (s, lpOutboundDisconnectData, lpErrno) => {
    if (lpOutboundDisconnectData === null) return this.#shutdown("WSPSendDisconnect", s, lpErrno);
    const socket = this.#socketOf("WSPSendDisconnect", s, lpErrno);
    return failed(lpErrno, socket === undefined ? WSAENOTSOCK : WSAENOPROTOOPT);
  };
}

/** What a call writes through a pointer to a number, and in an overlapped structure. */
const CELL = ["value"];
const STRUCTURE = ["Internal", "InternalHigh", "Offset", "OffsetHigh"];

/** The parameters of WSPRegisterMemory, besides lpErrno. */
export interface RegisterMemoryArgs {
  readonly s: SOCKET;
  readonly lpBuffer: Uint8Array;
  readonly dwBufferLength: number;
  /** MEM_READ for sending. */
  readonly dwFlags: number;
}

/** The parameters of WSPGetOverlappedResult, besides lpErrno. */
export interface OverlappedResultArgs {
  readonly s: SOCKET;
  readonly lpOverlapped: LPWSAOVERLAPPED;
  /** Receives the byte count. */
  readonly lpcbTransfer: LPDWORD;
  /** Receives the flags; a send has none. */
  readonly lpdwFlags: LPDWORD;
}

function failed(lpErrno: LPINT, error: WSAERROR, result: number = SOCKET_ERROR): number {
  lpErrno.value = error;
  return result;
}
