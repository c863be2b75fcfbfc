/** A Windows Sockets service provider over TCP and UDP: what the switch calls, by its C names. */
import {
  AF_INET, AF_INET6, INVALID_SOCKET, MEM_READ, MEM_READWRITE, NO_ERROR, SD_BOTH, SD_RECEIVE,
  SD_SEND, SOCK_DGRAM, SOCK_STREAM, SOCKET_ERROR, WSA_FLAG_OVERLAPPED, WSA_IO_INCOMPLETE,
  WSA_INVALID_HANDLE, WSAEADDRNOTAVAIL, WSAEAFNOSUPPORT, WSAEFAULT, WSAEINVAL, WSAENOTCONN,
  WSAENOTSOCK, WSAESOCKTNOSUPPORT,
} from "../../generated/index.js"; // prettier-ignore
import type {
  LPDWORD, LPINT, LPWSAOVERLAPPED, LPWSPSEND, LPWSPSENDDISCONNECT, LPWSPSENDTO, PSOCKADDR,
  SOCKET, WSAERROR, WSPPROC_TABLE,
} from "../../generated/index.js"; // prettier-ignore
import type { Profile } from "../../support/index.js";
import { endpointOf, isBytes, isInteger } from "../../support/index.js";
import { requireNames } from "../option-names.js";
import { observedCall, observeMethods, observing } from "../live/observer.js";
import { isAddress, requireUlongs, requireWritable } from "../refusal.js";
import { isMapped } from "../network/addresses.js";
import { nodeNetwork } from "../transport/node/index.js";
import { SpiDatagramSocket } from "./datagram-socket.js";
import { Operations } from "./operations.js";
import { CELL, failed, requireErrno } from "./result.js";
import type { Method } from "./result.js";
import { PROVIDER_OPTIONS } from "./provider-options.js";
import type { ProviderOptions } from "./provider-options.js";
import { makeSends } from "./sends.js";
import type { SpiSocket, Surroundings } from "./socket.js";
import { readOption, setOption } from "./socket-options.js";
import type { OptionName } from "./socket-options.js";
import { SpiStreamSocket } from "./stream-socket.js";
import { eventOf } from "./upcalls.js";

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
  /** True to wait, which JavaScript cannot: it is answered like false. */
  readonly fWait?: boolean;
  /** Receives the flags; a send has none. */
  readonly lpdwFlags: LPDWORD;
}

/** The profiles that read the SAN reference. */
const SAN = new Set<Profile>(["documented", "strict", "san"]);

/**
 * A provider, without what this runtime does not use of the C prototypes; `loadProvider` has them
 * in full.
 */
export class SpiProvider implements Pick<
  WSPPROC_TABLE,
  "WSPSend" | "WSPSendTo" | "WSPSendDisconnect"
> {
  /** Sends on a connected socket. See the contract of WSPSend. */
  readonly WSPSend: LPWSPSEND;
  /** Sends to an address; on a connection-oriented socket that is not looked at. */
  readonly WSPSendTo: LPWSPSENDTO;
  /** Ends sending; what is outstanding is still sent. TCP carries no disconnect data. */
  readonly WSPSendDisconnect: LPWSPSENDDISCONNECT;
  readonly #around: Surroundings;
  readonly #catalogEntryId: number;
  readonly #sockets = new Map<number, SpiSocket>();
  #nextDescriptor = 0x104;

  constructor(options: ProviderOptions) {
    requireNames("SpiProvider", options, PROVIDER_OPTIONS);
    const { upcalls, profile = "san", maxMessageSize, network = nodeNetwork } = options;
    const { faults = null } = options;
    const isSan = SAN.has(profile);
    const operations = new Operations({ upcalls, signalsEvents: !isSan });
    this.#around = { network, upcalls, operations, isSan, maxMessageSize, faults };
    this.#catalogEntryId = options.catalogEntryId ?? 0;
    const sends = makeSends(this.#around, profile, (s) => this.#find(s));
    this.WSPSend = observedCall("WSPSend", sends.WSPSend);
    this.WSPSendTo = observedCall("WSPSendTo", sends.WSPSendTo);
    this.WSPSendDisconnect = observedCall("WSPSendDisconnect", sends.WSPSendDisconnect);
    observeMethods(this, OBSERVED);
  }

  /**
   * Creates a socket of AF_INET or AF_INET6, and returns its descriptor, or SOCKET_ERROR. SAN
   * providers have streams only.
   */
  WSPSocket(af: number, dwFlags: number, lpErrno: LPINT, type: number = SOCK_STREAM): SOCKET {
    requireErrno("WSPSocket", lpErrno);
    requireUlongs("WSPSocket", { dwFlags });
    if (af !== AF_INET && af !== AF_INET6) return failed(lpErrno, WSAEAFNOSUPPORT);
    const isDatagram = type === SOCK_DGRAM && !this.#around.isSan;
    if (type !== SOCK_STREAM && !isDatagram) return failed(lpErrno, WSAESOCKTNOSUPPORT);
    const s = this.#nextDescriptor;
    this.#nextDescriptor += 4;
    const { upcalls } = this.#around;
    const handle = upcalls.WPUCreateSocketHandle(this.#catalogEntryId, s, lpErrno);
    if (handle === INVALID_SOCKET.x64) return SOCKET_ERROR;
    const isOverlapped = (dwFlags & WSA_FLAG_OVERLAPPED) !== 0;
    const options = { ...this.#around, s, family: af, isOverlapped, handle };
    this.#sockets.set(
      s,
      isDatagram ? new SpiDatagramSocket(options) : new SpiStreamSocket(options),
    );
    return s;
  }

  /** Binds to a local address, once. `bound` tells whether a datagram socket has got it. */
  WSPBind(s: SOCKET, name: PSOCKADDR, lpErrno: LPINT): number {
    const socket = this.#socketOf("WSPBind", s, lpErrno);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    if (!isAddress(name) || name.sa_family !== socket.options.family) {
      return failed(lpErrno, WSAEFAULT);
    }
    const at = endpointOf(name);
    return answer(lpErrno, isMapped(at.host) ? WSAEADDRNOTAVAIL : socket.bind(at));
  }

  /**
   * Starts to connect; a socket that is not bound is bound by it. JavaScript cannot block, so this
   * is a nonblocking connect: a stream returns SOCKET_ERROR with WSAEWOULDBLOCK, and `connected`
   * tells how it ended. After a failure it may be tried again. A datagram socket has its default
   * destination at once.
   */
  WSPConnect(s: SOCKET, name: PSOCKADDR, lpErrno: LPINT): number {
    const socket = this.#socketOf("WSPConnect", s, lpErrno);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    if (!isAddress(name)) return failed(lpErrno, WSAEFAULT);
    if (socket.type === SOCK_DGRAM && isZeros(name))
      return answer(lpErrno, socket.connect(ANYWHERE));
    if (name.sa_family !== socket.options.family) return failed(lpErrno, WSAEAFNOSUPPORT);
    return answer(lpErrno, socket.connect(endpointOf(name)));
  }

  /**
   * How the connection attempt of a socket ended: NO_ERROR, or the code; WSA_OPERATION_ABORTED
   * where the socket was closed meanwhile.
   */
  connected(s: SOCKET): Promise<WSAERROR> {
    return this.#find(s)?.connecting ?? Promise.resolve(WSAENOTSOCK);
  }

  /** Whether a datagram socket has got its local address: NO_ERROR, or the code. */
  bound(s: SOCKET): Promise<WSAERROR> {
    return this.#find(s)?.binding ?? Promise.resolve(WSAENOTSOCK);
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
    return answer(lpErrno, socket.memory.deregister(handle) ? NO_ERROR : WSAEINVAL);
  }

  /**
   * Tells how an overlapped operation of the socket ended: TRUE with its byte count, or FALSE with
   * the code, and nothing else is written. While it is outstanding the code is WSA_IO_INCOMPLETE,
   * whatever fWait says: JavaScript cannot wait, so await `completed` first. Of a socket that is
   * closed only the structure tells, and the notification.
   */
  WSPGetOverlappedResult(args: OverlappedResultArgs, lpErrno: LPINT): boolean {
    const { s, lpOverlapped, lpcbTransfer, lpdwFlags, fWait = false } = args;
    const socket = this.#socketOf("WSPGetOverlappedResult", s, lpErrno);
    requireWritable("WSPGetOverlappedResult", { lpcbTransfer, lpdwFlags }, CELL);
    const operation = this.#around.operations.of(lpOverlapped);
    if (socket === undefined || operation?.owner !== socket) {
      failed(lpErrno, socket === undefined ? WSAENOTSOCK : WSAEINVAL);
      return false;
    }
    const { state, bytes } = operation;
    if (state < 0) {
      // There is no event to wait for.
      const cannotWait = fWait && Number(eventOf(lpOverlapped.hEvent)) === 0;
      failed(lpErrno, cannotWait ? WSA_INVALID_HANDLE : WSA_IO_INCOMPLETE);
      return false;
    }
    if (state !== NO_ERROR) {
      failed(lpErrno, state);
      return false;
    }
    observing()?.result(lpOverlapped, bytes);
    lpcbTransfer.value = bytes;
    lpdwFlags.value = 0;
    return true;
  }

  /** Resolves when the operation of this structure is done. */
  completed(lpOverlapped: LPWSAOVERLAPPED): Promise<void> {
    return this.#around.operations.whenDone(lpOverlapped);
  }

  /** Reads an option that sends depend on: SO_MAX_MSG_SIZE, SO_SNDBUF, SO_BROADCAST and others. */
  WSPGetSockOpt(args: GetSockOptArgs, lpErrno: LPINT): number {
    const socket = this.#socketOf("WSPGetSockOpt", args.s, lpErrno);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    requireWritable("WSPGetSockOpt", { optlen: args.optlen }, CELL);
    return answer(lpErrno, readOption(socket, args, args));
  }

  /** Sets such an option. */
  WSPSetSockOpt(args: SetSockOptArgs, lpErrno: LPINT): number {
    const socket = this.#socketOf("WSPSetSockOpt", args.s, lpErrno);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    return answer(lpErrno, setOption(socket, args, args));
  }

  /** Shuts down sending, unless `how` is SD_RECEIVE; what is outstanding is still sent. */
  WSPShutdown(s: SOCKET, lpErrno: LPINT, how: number = SD_SEND): number {
    const socket = this.#socketOf("WSPShutdown", s, lpErrno);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    if (!isInteger(how, SD_RECEIVE, SD_BOTH)) return failed(lpErrno, WSAEINVAL);
    if (how !== SD_RECEIVE) return answer(lpErrno, socket.shutdown());
    const isOpen = socket.type === SOCK_DGRAM || socket.isConnected;
    return answer(lpErrno, isOpen ? NO_ERROR : WSAENOTCONN);
  }

  /** Closes a socket: each outstanding operation ends once, with WSA_OPERATION_ABORTED. */
  WSPCloseSocket(s: SOCKET, lpErrno: LPINT): number {
    const socket = this.#socketOf("WSPCloseSocket", s, lpErrno);
    if (socket === undefined) return failed(lpErrno, WSAENOTSOCK);
    this.#sockets.delete(socket.s);
    socket.close();
    return 0;
  }

  /** True for a descriptor of this provider. */
  isSocket(s: SOCKET): boolean {
    return this.#find(s) !== undefined;
  }

  /** Closes every socket, and tells nobody how operations ended: WSPCleanup is to be silent. */
  cleanUp(): void {
    this.#around.operations.hush();
    for (const socket of this.#sockets.values()) socket.close();
    this.#sockets.clear();
  }

  #socketOf(call: Method, s: SOCKET, lpErrno: LPINT): SpiSocket | undefined {
    requireErrno(call, lpErrno);
    return this.#find(s);
  }

  #find(s: SOCKET): SpiSocket | undefined {
    return this.#sockets.get(numberOf(s));
  }
}

/** The methods, besides the sends, of which a trace tells. */
const OBSERVED = [
  "WSPBind", "WSPConnect", "WSPShutdown", "WSPCloseSocket", "WSPDeregisterMemory",
] as const; // prettier-ignore

/** The parameters of WSPGetSockOpt, besides lpErrno. */
export interface GetSockOptArgs extends OptionName {
  readonly s: SOCKET;
  readonly optval: Uint8Array;
  /** The room in `optval`, in bytes; receives what was written. */
  readonly optlen: LPINT;
}

/** The parameters of WSPSetSockOpt, besides lpErrno. */
export interface SetSockOptArgs extends OptionName {
  readonly s: SOCKET;
  readonly optval: Uint8Array | null;
  readonly optlen: number;
}

/** A descriptor is a number, or a bigint; all else is none. */
const numberOf = (s: SOCKET): number =>
  typeof s === "number" || typeof s === "bigint" ? Number(s) : Number.NaN;

const ANYWHERE = { host: "0.0.0.0", port: 0 };

/** True for an address of zeros, its family included: it ends what a connect has begun. */
const isZeros = ({ sa_family, sa_data }: PSOCKADDR): boolean =>
  sa_family === 0 && sa_data.every((byte) => byte === 0);

const answer = (lpErrno: LPINT, error: WSAERROR): number =>
  error === NO_ERROR ? 0 : failed(lpErrno, error);
