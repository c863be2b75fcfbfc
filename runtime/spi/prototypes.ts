/**
 * C prototypes of the functions around the sends, in the order of their parameters: those of a
 * provider, and the upcalls. Of what JavaScript has no use for, only the place is kept.
 */
import type {
  DWORD, INT, LPDWORD, LPINT, LPCSOCKADDR, LPWSABUF, LPWSAOVERLAPPED,
  LPWSAOVERLAPPED_COMPLETION_ROUTINE, LPWSATHREADID, SOCKET, WSAOVERLAPPED, WSPPROC_TABLE,
  WSPUPCALLTABLE, WSPUPCALLTABLEEX,
} from "../../generated/index.js"; // prettier-ignore
import type { TableOf } from "../../support/index.js";

/** A handle: of an event, of registered memory. */
export type Handle = WSAOVERLAPPED["hEvent"];

/** What a provider says of itself at its start: versions as MAKEWORD(major, minor), and a text. */
export interface WSPDATA {
  wVersion: number;
  wHighVersion: number;
  szDescription: string;
}

/** What a provider reads of the WSAPROTOCOL_INFOW that it is started with, or asked for. */
export interface WSAPROTOCOL_INFOW {
  readonly dwCatalogEntryId?: number;
  readonly iAddressFamily?: number;
  readonly iSocketType?: number;
  readonly iProtocol?: number;
}

/** Starts the use of a provider; answers with a code, 0 for success. The table is filled. */
export type LPWSPSTARTUP = (
  wVersionRequested: number,
  lpWSPData: WSPDATA,
  lpProtocolInfo: WSAPROTOCOL_INFOW | null,
  UpcallTable: WSPUPCALLTABLE | WSPUPCALLTABLEEX,
  lpProcTable: Partial<SpiProcTable>,
) => INT;

/** Ends one use of a provider, and with the last one all of its sockets. */
export type LPWSPCLEANUP = (lpErrno: LPINT) => INT;

/** Creates a socket; INVALID_SOCKET where it fails. */
export type LPWSPSOCKET = (
  af: INT,
  type: INT,
  protocol: INT,
  lpProtocolInfo: WSAPROTOCOL_INFOW | null,
  g: DWORD,
  dwFlags: DWORD,
  lpErrno: LPINT,
) => SOCKET;

/** Binds a socket to a local address. */
export type LPWSPBIND = (s: SOCKET, name: LPCSOCKADDR, namelen: INT, lpErrno: LPINT) => INT;

/** Connects a socket. */
export type LPWSPCONNECT = (
  s: SOCKET,
  name: LPCSOCKADDR,
  namelen: INT,
  lpCallerData: LPWSABUF | null,
  lpCalleeData: LPWSABUF | null,
  lpSQOS: object | null,
  lpGQOS: object | null,
  lpErrno: LPINT,
) => INT;

/** Ends sending, receiving, or both: SD_SEND, SD_RECEIVE, SD_BOTH. */
export type LPWSPSHUTDOWN = (s: SOCKET, how: INT, lpErrno: LPINT) => INT;

/** Closes a socket. */
export type LPWSPCLOSESOCKET = (s: SOCKET, lpErrno: LPINT) => INT;

/** Tells how an overlapped operation ended. */
export type LPWSPGETOVERLAPPEDRESULT = (
  s: SOCKET,
  lpOverlapped: LPWSAOVERLAPPED,
  lpcbTransfer: LPDWORD,
  fWait: boolean,
  lpdwFlags: LPDWORD,
  lpErrno: LPINT,
) => boolean;

/** Reads an option: the value into `optval`, its length into `optlen`. */
export type LPWSPGETSOCKOPT = (
  s: SOCKET,
  level: INT,
  optname: INT,
  optval: Uint8Array,
  optlen: LPINT,
  lpErrno: LPINT,
) => INT;

/** Sets an option. */
export type LPWSPSETSOCKOPT = (
  s: SOCKET,
  level: INT,
  optname: INT,
  optval: Uint8Array | null,
  optlen: INT,
  lpErrno: LPINT,
) => INT;

/** Controls a socket; what an extension is asked for by, and where its function goes. */
export type LPWSPIOCTL = (
  s: SOCKET,
  dwIoControlCode: DWORD,
  lpvInBuffer: Uint8Array | null,
  cbInBuffer: DWORD,
  lpvOutBuffer: { value: unknown } | null,
  cbOutBuffer: DWORD,
  lpcbBytesReturned: LPDWORD,
  lpOverlapped: LPWSAOVERLAPPED | null,
  lpCompletionRoutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE | null,
  lpThreadId: LPWSATHREADID | null,
  lpErrno: LPINT,
) => INT;

/** Registers memory of a SAN provider's client; NULL, which is 0, where it fails. */
export type LPFN_WSPREGISTERMEMORY = (
  s: SOCKET,
  lpBuffer: Uint8Array,
  dwBufferLength: DWORD,
  dwFlags: DWORD,
  lpErrno: LPINT,
) => Handle;

/** Ends a registration of memory. */
export type LPFN_WSPDEREGISTERMEMORY = (s: SOCKET, handle: Handle, lpErrno: LPINT) => INT;

/** What runs in a thread that waits and lets itself be alerted. */
export type LPWSAUSERAPC = (dwContext: number | bigint) => void;

/** Makes the handle by which the switch knows a socket; INVALID_SOCKET where it fails. */
export type LPWPUCREATESOCKETHANDLE = (
  dwCatalogEntryId: DWORD,
  dwContext: number,
  lpErrno: LPINT,
) => SOCKET;

/** Ends the use of such a handle. */
export type LPWPUCLOSESOCKETHANDLE = (s: SOCKET, lpErrno: LPINT) => INT;

/** Reports the completion of an overlapped operation: sets the structure, signals its event. */
export type LPWPUCOMPLETEOVERLAPPEDREQUEST = (
  s: SOCKET,
  lpOverlapped: LPWSAOVERLAPPED,
  dwError: DWORD,
  cbTransferred: DWORD,
  lpErrno: LPINT,
) => INT;

/** Has a function run in a thread, once that waits and lets itself be alerted. */
export type LPWPUQUEUEAPC = (
  lpThreadId: LPWSATHREADID,
  lpfnUserApc: LPWSAUSERAPC,
  dwContext: number | bigint,
  lpErrno: LPINT,
) => INT;

/** Names the thread that calls. */
export type LPWPUOPENCURRENTTHREAD = (lpThreadId: LPWSATHREADID, lpErrno: LPINT) => INT;

/** Signals an event, or takes the signal back. */
export type LPWPUSETEVENT = (hEvent: Handle, lpErrno: LPINT) => boolean;

/** The table of a provider: what it implements, by prototype; all else as WSPPROC_TABLE has it. */
export interface SpiProcTable extends TableOf<"WSPPROC_TABLE">, Omit<WSPPROC_TABLE, Implemented> {
  readonly WSPBind: LPWSPBIND;
  readonly WSPCleanup: LPWSPCLEANUP;
  readonly WSPCloseSocket: LPWSPCLOSESOCKET;
  readonly WSPConnect: LPWSPCONNECT;
  readonly WSPGetOverlappedResult: LPWSPGETOVERLAPPEDRESULT;
  readonly WSPGetSockOpt: LPWSPGETSOCKOPT;
  readonly WSPIoctl: LPWSPIOCTL;
  readonly WSPSetSockOpt: LPWSPSETSOCKOPT;
  readonly WSPShutdown: LPWSPSHUTDOWN;
  readonly WSPSocket: LPWSPSOCKET;
}

type Implemented =
  | "WSPBind"
  | "WSPCleanup"
  | "WSPCloseSocket"
  | "WSPConnect"
  | "WSPGetOverlappedResult"
  | "WSPGetSockOpt"
  | "WSPIoctl"
  | "WSPSetSockOpt"
  | "WSPShutdown"
  | "WSPSocket";
