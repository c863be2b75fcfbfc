/** The table of a provider: the functions of SpiProvider by their C prototypes, and all others. */
import {
  AF_INET, AF_INET6, INVALID_SOCKET, IPPROTO_TCP, IPPROTO_UDP, NO_ERROR, SOCK_DGRAM, SOCK_STREAM,
  SOCKET_ERROR, WSAEAFNOSUPPORT, WSAEFAULT, WSAENOPROTOOPT, WSANOTINITIALISED,
  WSAEOPNOTSUPP, WSAEPROTONOSUPPORT, WSAEPROTOTYPE, WSAESOCKTNOSUPPORT, WSAID_DEREGISTERMEMORY,
  WSAID_REGISTERMEMORY, WSPPROC_TABLE_SLOTS,
} from "../../generated/index.js"; // prettier-ignore
import type { INT, LPINT, PSOCKADDR, SOCKET, WSAERROR } from "../../generated/index.js";
import { isRecord } from "../../support/index.js";
import { isWhole } from "./datagram-rules.js";
import { ioctl } from "./ioctl.js";
import type {
  LPFN_WSPDEREGISTERMEMORY, LPFN_WSPREGISTERMEMORY, LPWSPBIND, LPWSPCLEANUP, LPWSPCONNECT,
  LPWSPIOCTL, LPWSPSOCKET, SpiProcTable, WSAPROTOCOL_INFOW,
} from "./prototypes.js"; // prettier-ignore
import type { SpiProvider } from "./provider.js";
import { failed } from "./result.js";

/** What the slots of a table call. */
export interface Library {
  /** The provider that was started last. */
  readonly current: () => SpiProvider;
  readonly isStarted: () => boolean;
  readonly WSPCleanup: LPWSPCLEANUP;
}

/** Slots whose functions return a SOCKET. */
const RETURN_SOCKETS = new Set(["WSPAccept", "WSPJoinLeaf"]);

/**
 * Makes the table. What this runtime has not, receiving for one, answers WSAEOPNOTSUPP; a call
 * without lpErrno has nowhere for that and throws.
 */
export function procTable(library: Library): SpiProcTable {
  const { current } = library;
  const own = {
    WSPBind: bindBy(current),
    WSPCleanup: library.WSPCleanup,
    WSPCloseSocket: (s, lpErrno) => current().WSPCloseSocket(s, lpErrno),
    WSPConnect: connectBy(current),
    WSPGetOverlappedResult: (s, lpOverlapped, lpcbTransfer, fWait, lpdwFlags, lpErrno) =>
      current().WSPGetOverlappedResult(
        { s, lpOverlapped, lpcbTransfer, fWait, lpdwFlags },
        lpErrno,
      ),
    WSPGetSockOpt: (s, level, optname, optval, optlen, lpErrno) =>
      current().WSPGetSockOpt({ s, level, optname, optval, optlen }, lpErrno),
    WSPIoctl: ioctlBy(current),
    WSPSend: (...args) => current().WSPSend(...args),
    WSPSendDisconnect: (...args) => current().WSPSendDisconnect(...args),
    WSPSendTo: (...args) => current().WSPSendTo(...args),
    WSPSetSockOpt: (s, level, optname, optval, optlen, lpErrno) =>
      current().WSPSetSockOpt({ s, level, optname, optval, optlen }, lpErrno),
    WSPShutdown: (s, how, lpErrno) => current().WSPShutdown(s, lpErrno, how),
    WSPSocket: socketBy(library),
  } satisfies Partial<SpiProcTable>;
  const all = WSPPROC_TABLE_SLOTS.slots.map(({ name }): [string, unknown] => [
    name,
    Object.hasOwn(own, name) ? own[name as keyof typeof own] : unsupported(name),
  ]);
  return Object.fromEntries(all) as unknown as SpiProcTable;
}

function bindBy(current: () => SpiProvider): LPWSPBIND {
  return (s, name, namelen, lpErrno) => {
    if (isShort(name, namelen)) return failed(lpErrno, WSAEFAULT);
    return current().WSPBind(s, name, lpErrno);
  };
}

/** TCP carries no data with a connection, and nobody here keeps to a flow specification. */
function connectBy(current: () => SpiProvider): LPWSPCONNECT {
  return (s, name, namelen, lpCallerData, _lpCalleeData, lpSQOS, lpGQOS, lpErrno) => {
    if (isShort(name, namelen)) return failed(lpErrno, WSAEFAULT);
    if (lpCallerData !== null) return failed(lpErrno, WSAENOPROTOOPT);
    if (lpSQOS !== null || lpGQOS !== null) return failed(lpErrno, WSAEOPNOTSUPP);
    return current().WSPConnect(s, name, lpErrno);
  };
}

/** True where a length says that there is less than an address of its family. */
function isShort(name: PSOCKADDR, namelen: INT): boolean {
  return !isRecord(name) || namelen < 2 || !isWhole(Number(name["sa_family"]), namelen);
}

function ioctlBy(current: () => SpiProvider): LPWSPIOCTL {
  const extensions = {
    [WSAID_REGISTERMEMORY]: registerBy(current),
    [WSAID_DEREGISTERMEMORY]: deregisterBy(current),
  };
  return (s, dwIoControlCode, lpvInBuffer, _cbIn, lpvOutBuffer, _cbOut, ...rest) => {
    const [lpcbBytesReturned, , , , lpErrno] = rest;
    const isSocket = current().isSocket(s);
    const args = { isSocket, dwIoControlCode, lpvInBuffer, lpvOutBuffer, lpcbBytesReturned };
    const error = ioctl(args, extensions);
    return error === NO_ERROR ? 0 : failed(lpErrno, error);
  };
}

function registerBy(current: () => SpiProvider): LPFN_WSPREGISTERMEMORY {
  return (s, lpBuffer, dwBufferLength, dwFlags, lpErrno) =>
    current().WSPRegisterMemory({ s, lpBuffer, dwBufferLength, dwFlags }, lpErrno);
}

function deregisterBy(current: () => SpiProvider): LPFN_WSPDEREGISTERMEMORY {
  return (s, handle, lpErrno) => current().WSPDeregisterMemory(s, Number(handle), lpErrno);
}

function socketBy({ current, isStarted }: Library): LPWSPSOCKET {
  return (af, type, protocol, lpProtocolInfo, _g, dwFlags, lpErrno) => {
    const refuse = (error: WSAERROR): SOCKET => {
      lpErrno.value = error;
      return INVALID_SOCKET.x64;
    };
    if (!isStarted()) return refuse(WSANOTINITIALISED);
    const wanted = wantedOf([af, type, protocol], lpProtocolInfo);
    const error = wrongWith(wanted);
    if (error !== NO_ERROR) return refuse(error);
    const s = current().WSPSocket(wanted.af, dwFlags, lpErrno, wanted.type);
    return s === SOCKET_ERROR ? INVALID_SOCKET.x64 : s;
  };
}

/** What FROM_PROTOCOL_INFO stands for: the member of WSAPROTOCOL_INFOW. */
const FROM_PROTOCOL_INFO = -1;

interface Wanted {
  readonly af: number;
  readonly type: number;
  readonly protocol: number;
}

function wantedOf(
  [af, type, protocol]: readonly [number, number, number],
  info: WSAPROTOCOL_INFOW | null,
): Wanted {
  const pick = (value: number, member: number | undefined): number =>
    value === FROM_PROTOCOL_INFO ? (member ?? 0) : value;
  return {
    af: pick(af, info?.iAddressFamily),
    type: pick(type, info?.iSocketType),
    protocol: pick(protocol, info?.iProtocol),
  };
}

/** A family and a type that TCP or UDP has, and no other protocol than that; 0 for any. */
function wrongWith({ af, type, protocol }: Wanted): WSAERROR {
  if (af !== AF_INET && af !== AF_INET6) return WSAEAFNOSUPPORT;
  if (type !== SOCK_STREAM && type !== SOCK_DGRAM) return WSAESOCKTNOSUPPORT;
  if (protocol === 0) return NO_ERROR;
  if (protocol !== IPPROTO_TCP && protocol !== IPPROTO_UDP) return WSAEPROTONOSUPPORT;
  const isItsOwn = (protocol === IPPROTO_TCP) === (type === SOCK_STREAM);
  return isItsOwn ? NO_ERROR : WSAEPROTOTYPE;
}

/** A slot without a function behind it. */
function unsupported(name: string): (...args: readonly unknown[]) => unknown {
  return (...args) => {
    const lpErrno = args.at(-1);
    if (!isRecord(lpErrno) || typeof lpErrno["value"] !== "number") {
      throw new TypeError(`${name} is not in this runtime, and needs lpErrno to say so`);
    }
    failed(lpErrno as unknown as LPINT, WSAEOPNOTSUPP);
    return RETURN_SOCKETS.has(name) ? INVALID_SOCKET.x64 : SOCKET_ERROR;
  };
}
