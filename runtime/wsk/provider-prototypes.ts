/** The functions of WSK that belong to no socket, as wsk.h declares them. */
import type {
  NTSTATUS, PCVOID, PIRP, PSOCKADDR, WSK_CLIENT_IOCTLS, WSK_PROVIDER_DISPATCH,
  WSK_SOCKET_CATEGORIES,
} from "../../generated/index.js"; // prettier-ignore
import type {
  WSK_CLIENT_CONNECTION_DISPATCH, WSK_CLIENT_DATAGRAM_DISPATCH, WSK_CLIENT_LISTEN_DISPATCH,
  WSK_CLIENT_STREAM_DISPATCH,
} from "./client-dispatch.js"; // prettier-ignore
import type { NumberCell } from "./number-cell.js";

/** A client as WSK knows it, from WskCaptureProviderNPI. */
export interface WSK_CLIENT {
  /** What it was registered with. */
  readonly ClientContext: unknown;
}

/** The event callbacks of a new socket, as its category wants them. */
export type ClientSocketDispatch =
  | WSK_CLIENT_LISTEN_DISPATCH
  | WSK_CLIENT_CONNECTION_DISPATCH
  | WSK_CLIENT_DATAGRAM_DISPATCH
  | WSK_CLIENT_STREAM_DISPATCH;

/** Creates a socket. Information is the new one, which `wskSocketOf` looks up. */
export type PFN_WSK_SOCKET = (
  Client: WSK_CLIENT,
  AddressFamily: number,
  SocketType: number,
  Protocol: number,
  Flags: WSK_SOCKET_CATEGORIES,
  SocketContext: unknown,
  Dispatch: ClientSocketDispatch | null,
  OwningProcess: PCVOID | null,
  OwningThread: PCVOID | null,
  SecurityDescriptor: PCVOID | null,
  Irp: PIRP,
) => NTSTATUS;

/** Creates a connection-oriented socket, binds and connects it. Information is the new one. */
export type PFN_WSK_SOCKET_CONNECT = (
  Client: WSK_CLIENT,
  SocketType: number,
  Protocol: number,
  LocalAddress: PSOCKADDR,
  RemoteAddress: PSOCKADDR,
  Flags: 0,
  SocketContext: unknown,
  Dispatch: WSK_CLIENT_CONNECTION_DISPATCH | null,
  OwningProcess: PCVOID | null,
  OwningThread: PCVOID | null,
  SecurityDescriptor: PCVOID | null,
  Irp: PIRP,
) => NTSTATUS;

/** Runs a control operation of a client. An array of WSK_TRANSPORT is an array here too. */
export type PFN_WSK_CONTROL_CLIENT = (
  Client: WSK_CLIENT,
  ControlCode: WSK_CLIENT_IOCTLS,
  InputSize: number,
  InputBuffer: object | null,
  OutputSize: number,
  OutputBuffer: object | null,
  OutputSizeReturned: NumberCell | null,
  Irp: PIRP | null,
) => NTSTATUS;

/** Would look up a name; here the IRP completes with STATUS_NOT_IMPLEMENTED. */
export type PFN_WSK_GET_ADDRESS_INFO = (
  Client: WSK_CLIENT,
  NodeName: string | null,
  ServiceName: string | null,
  NameSpace: number,
  Provider: string | null,
  Hints: object | null,
  Result: { value: object | null },
  OwningProcess: PCVOID | null,
  OwningThread: PCVOID | null,
  Irp: PIRP,
) => NTSTATUS;

/** Would free what a look-up has found. */
export type PFN_WSK_FREE_ADDRESS_INFO = (Client: WSK_CLIENT, AddrInfo: object) => void;

/** Would look up an address; here the IRP completes with STATUS_NOT_IMPLEMENTED. */
export type PFN_WSK_GET_NAME_INFO = (
  Client: WSK_CLIENT,
  SockAddr: PSOCKADDR,
  SockAddrLength: number,
  NodeName: { value: string } | null,
  ServiceName: { value: string } | null,
  Flags: number,
  OwningProcess: PCVOID | null,
  OwningThread: PCVOID | null,
  Irp: PIRP,
) => NTSTATUS;

interface ProviderFunctions {
  readonly WskSocket: PFN_WSK_SOCKET;
  readonly WskSocketConnect: PFN_WSK_SOCKET_CONNECT;
  readonly WskControlClient: PFN_WSK_CONTROL_CLIENT;
  readonly WskGetAddressInfo: PFN_WSK_GET_ADDRESS_INFO;
  readonly WskFreeAddressInfo: PFN_WSK_FREE_ADDRESS_INFO;
  readonly WskGetNameInfo: PFN_WSK_GET_NAME_INFO;
}

/** The provider's table, with the version that was asked for. */
export type ProviderDispatch = {
  readonly [Slot in string & keyof WSK_PROVIDER_DISPATCH]: Slot extends keyof ProviderFunctions
    ? ProviderFunctions[Slot]
    : never;
} & { readonly Version: number; readonly Reserved: 0 };

/** A transport that sockets may be made for. */
export interface WSK_TRANSPORT {
  readonly Version: number;
  readonly SocketType: number;
  readonly Protocol: number;
  readonly AddressFamily: number;
  /** A GUID. */
  readonly ProviderId: string;
}
