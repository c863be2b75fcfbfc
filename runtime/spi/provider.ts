/** A Windows Sockets service provider over TCP: what the switch calls, by its C names. */
import {
  AF_INET, AF_INET6, createWSPSend, MEM_READ, NO_ERROR, SOCKET_ERROR, WSA_FLAG_OVERLAPPED,
  WSA_IO_INCOMPLETE, WSA_IO_PENDING, WSAEAFNOSUPPORT, WSAEFAULT, WSAEINVAL, WSAENOTCONN,
  WSAENOTSOCK, WSAEWOULDBLOCK,
} from "../../generated/index.js"; // prettier-ignore
import type {
  LPDWORD, LPINT, LPWSAOVERLAPPED, LPWSPSEND, PSOCKADDR, SOCKET, WSABUF, WSAERROR, WSPPROC_TABLE,
} from "../../generated/index.js"; // prettier-ignore
import type { Profile } from "../../support/index.js";
import { endpointOf } from "../../support/index.js";
import { RegisteredMemory } from "./memory.js";
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
export class SpiProvider implements Pick<WSPPROC_TABLE, "WSPSend"> {
  /** Sends on a connected socket. See the contract of WSPSend. */
  readonly WSPSend: LPWSPSEND;
  readonly #upcalls: Upcalls;
  readonly #sockets = new Map<number, SpiSocket>();
  readonly #memory = new RegisteredMemory();
  readonly #operations = new WeakMap<LPWSAOVERLAPPED, OverlappedOperation>();
  #nextDescriptor = 0x104;

  constructor({ upcalls, profile = "san", maxMessageSize }: ProviderOptions) {
    this.#upcalls = upcalls;
    this.WSPSend = createWSPSend(this.#send, {
      profile,
      facts: ({ s }) => ({
        "socket.overlapped": this.#sockets.get(Number(s))?.options.isOverlapped,
        "socket.max-message-size": maxMessageSize,
      }),
    });
  }

  /** Creates a TCP socket of AF_INET or AF_INET6, and returns its descriptor. */
  WSPSocket(af: number, dwFlags: number, lpErrno: LPINT): SOCKET {
    if (af !== AF_INET && af !== AF_INET6) return failed(lpErrno, WSAEAFNOSUPPORT);
    const descriptor = this.#nextDescriptor;
    this.#nextDescriptor += 4;
    const handle = this.#upcalls.WPUCreateSocketHandle(0, descriptor, lpErrno);
    const isOverlapped = (dwFlags & WSA_FLAG_OVERLAPPED) !== 0;
    const upcalls = this.#upcalls;
    this.#sockets.set(descriptor, new SpiSocket({ family: af, isOverlapped, handle, upcalls }));
    return descriptor;
  }

  /** Binds to a local address. The address is claimed when the socket connects. */
  WSPBind(s: SOCKET, name: PSOCKADDR, lpErrno: LPINT): number {
    const socket = this.#sockets.get(Number(s));
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    if (socket.local !== null || name.sa_family !== socket.options.family) {
      return failed(lpErrno, WSAEINVAL);
    }
    const { host, port } = endpointOf(name);
    socket.local = { localAddress: host, localPort: port };
    return 0;
  }

  /**
   * Starts to connect. JavaScript cannot block, so this is a nonblocking connect: it returns
   * SOCKET_ERROR with WSAEWOULDBLOCK, and `connected` tells how it ended.
   */
  WSPConnect(s: SOCKET, name: PSOCKADDR, lpErrno: LPINT): number {
    const socket = this.#sockets.get(Number(s));
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    if (socket.isConnected || name.sa_family !== socket.options.family) {
      return failed(lpErrno, WSAEINVAL);
    }
    const { host, port } = endpointOf(name);
    socket.connect(host, port);
    return failed(lpErrno, WSAEWOULDBLOCK);
  }

  /** How the connection attempt of a socket ended: NO_ERROR, or the code. */
  connected(s: SOCKET): Promise<WSAERROR> {
    return this.#sockets.get(Number(s))?.connecting ?? Promise.resolve(WSAENOTSOCK);
  }

  /** Registers memory for sends of a socket. Returns its handle, or 0. */
  WSPRegisterMemory(args: RegisterMemoryArgs, lpErrno: LPINT): number {
    const { s, lpBuffer, dwBufferLength, dwFlags } = args;
    if (!this.#sockets.has(Number(s))) return failed(lpErrno, WSAENOTSOCK, 0);
    if (dwBufferLength > lpBuffer.length) return failed(lpErrno, WSAEFAULT, 0);
    const readable = (dwFlags & MEM_READ) !== 0;
    return this.#memory.register(Number(s), lpBuffer, { length: dwBufferLength, readable });
  }

  /** Ends the registration of memory. In use, or unknown to the socket: WSAEINVAL. */
  WSPDeregisterMemory(s: SOCKET, handle: number, lpErrno: LPINT): number {
    if (!this.#sockets.has(Number(s))) return failed(lpErrno, WSAENOTSOCK);
    return this.#memory.deregister(Number(s), handle) ? 0 : failed(lpErrno, WSAEINVAL);
  }

  /**
   * Tells how an overlapped operation ended: TRUE with its byte count, or FALSE with the code.
   * While it is outstanding the code is WSA_IO_INCOMPLETE. JavaScript cannot wait, so fWait is no
   * parameter here: await `completed` first.
   */
  WSPGetOverlappedResult(args: OverlappedResultArgs, lpErrno: LPINT): boolean {
    const operation = this.#operations.get(args.lpOverlapped);
    if (!this.#sockets.has(Number(args.s)) && operation === undefined) {
      failed(lpErrno, WSAENOTSOCK);
      return false;
    }
    const result = operation?.result;
    if (result === undefined || result === null) {
      failed(lpErrno, operation === undefined ? WSAEINVAL : WSA_IO_INCOMPLETE);
      return false;
    }
    args.lpcbTransfer.value = result.bytes;
    args.lpdwFlags.value = 0;
    if (result.error !== NO_ERROR) failed(lpErrno, result.error);
    return result.error === NO_ERROR;
  }

  /** Resolves when the operation of this structure is done. */
  completed(lpOverlapped: LPWSAOVERLAPPED): Promise<void> {
    return this.#operations.get(lpOverlapped)?.done() ?? Promise.resolve();
  }

  /** Shuts down sending; what is outstanding is still sent. */
  WSPShutdown(s: SOCKET, lpErrno: LPINT): number {
    const socket = this.#sockets.get(Number(s));
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    if (!socket.isConnected) return failed(lpErrno, WSAENOTCONN);
    socket.transport.shutdown(() => undefined);
    return 0;
  }

  /** Closes a socket: each outstanding operation ends once, with WSA_OPERATION_ABORTED. */
  WSPCloseSocket(s: SOCKET, lpErrno: LPINT): number {
    const socket = this.#sockets.get(Number(s));
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    this.#sockets.delete(Number(s));
    socket.close();
    this.#memory.forget(Number(s));
    return 0;
  }

  readonly #send: LPWSPSEND = (...args) => {
    const [s, lpBuffers, dwBufferCount, lpNumberOfBytesSent, , lpOverlapped, , , lpErrno] = args;
    const socket = this.#sockets.get(Number(s));
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    if (socket.obstacle !== NO_ERROR) return failed(lpErrno, socket.obstacle);
    // Without a structure the call would have to block until all is sent, which JavaScript cannot.
    if (lpOverlapped === null) return failed(lpErrno, WSAEINVAL);
    const buffers = lpBuffers.slice(0, dwBufferCount);
    const release = this.#memory.hold(Number(s), buffers);
    if (release === null) return failed(lpErrno, WSAEFAULT);
    const { chunks, bytes } = captured(buffers);
    const operation = new OverlappedOperation(lpOverlapped);
    const started = socket.send(chunks, bytes, { operation, release });
    if (typeof started === "object") {
      lpOverlapped.Internal = started.error;
      return failed(lpErrno, started.error);
    }
    this.#operations.set(lpOverlapped, operation);
    if (started === "pending") return failed(lpErrno, WSA_IO_PENDING);
    operation.finishAtOnce(bytes);
    if (lpNumberOfBytesSent !== null) lpNumberOfBytesSent.value = bytes;
    return 0;
  };
}

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

/**
 * The array is the caller's again when the call returns, so its views are taken now; not the
 * data.
 */
function captured(buffers: readonly WSABUF[]): { chunks: Uint8Array[]; bytes: number } {
  const chunks = buffers.flatMap(({ buf, len }) =>
    buf === null || len === 0 ? [] : [buf.subarray(0, len)],
  );
  return { chunks, bytes: chunks.reduce((sum, chunk) => sum + chunk.length, 0) };
}

function failed(lpErrno: LPINT, error: WSAERROR, result: number = SOCKET_ERROR): number {
  lpErrno.value = error;
  return result;
}
