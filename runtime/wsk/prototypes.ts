/**
 * The functions of WSK besides the sends, as wsk.h declares them: C names, C parameter order. What
 * a pointer to a number is in C is an object with a `value` here.
 */
import type {
  NTSTATUS, PCMSGHDR, PIRP, PSOCKADDR, PWSK_BUF, PWSK_SOCKET, WSK_CONTROL_REQUESTS,
  WSK_DISCONNECT_FLAGS, WSK_RECEIVE_FLAGS,
} from "../../generated/index.js"; // prettier-ignore
import type {
  PWSK_DATA_INDICATION, PWSK_DATAGRAM_INDICATION, WSK_CLIENT_CONNECTION_DISPATCH,
  WSK_INSPECT_ACTION, WSK_INSPECT_ID,
} from "./client-dispatch.js"; // prettier-ignore
import type { NumberCell } from "./number-cell.js";

/** Binds a socket to a local address. */
export type PFN_WSK_BIND = (
  Socket: PWSK_SOCKET,
  LocalAddress: PSOCKADDR,
  Flags: 0,
  Irp: PIRP,
) => NTSTATUS;

/** Connects a bound socket to a remote address; the IRP completes when it is connected. */
export type PFN_WSK_CONNECT = (
  Socket: PWSK_SOCKET,
  RemoteAddress: PSOCKADDR,
  Flags: 0,
  Irp: PIRP,
) => NTSTATUS;

/** The same, with up to 65,535 bytes to send; the IRP completes when these are sent as well. */
export type PFN_WSK_CONNECT_EX = (
  Socket: PWSK_SOCKET,
  RemoteAddress: PSOCKADDR,
  Buffer: PWSK_BUF | null,
  Flags: number,
  Irp: PIRP,
) => NTSTATUS;

/** Lets a bound stream socket listen. */
export type PFN_WSK_LISTEN = (Socket: PWSK_SOCKET, Irp: PIRP) => NTSTATUS;

/**
 * Accepts a connection; the IRP waits for one. Information is the new socket, which `wskSocketOf`
 * looks up.
 */
export type PFN_WSK_ACCEPT = (
  ListenSocket: PWSK_SOCKET,
  Flags: 0,
  AcceptSocketContext: unknown,
  AcceptSocketDispatch: WSK_CLIENT_CONNECTION_DISPATCH | null,
  LocalAddress: PSOCKADDR | null,
  RemoteAddress: PSOCKADDR | null,
  Irp: PIRP,
) => NTSTATUS;

/** Ends an inspection for which WskInspectEvent has returned WskInspectPend. */
export type PFN_WSK_INSPECT_COMPLETE = (
  ListenSocket: PWSK_SOCKET,
  InspectID: WSK_INSPECT_ID,
  Action: WSK_INSPECT_ACTION,
  Irp: PIRP,
) => NTSTATUS;

/** Receives bytes; Information says how many, and is 0 where the peer has ended. */
export type PFN_WSK_RECEIVE = (
  Socket: PWSK_SOCKET,
  Buffer: PWSK_BUF,
  Flags: WSK_RECEIVE_FLAGS,
  Irp: PIRP,
) => NTSTATUS;

/** The same with control information, of which TCP has none. */
export type PFN_WSK_RECEIVE_EX = (
  Socket: PWSK_SOCKET,
  Buffer: PWSK_BUF,
  Flags: WSK_RECEIVE_FLAGS,
  ControlInfoLength: NumberCell | null,
  ControlInfo: PCMSGHDR | null,
  ControlFlags: null,
  Irp: PIRP,
) => NTSTATUS;

/** Receives one datagram; Information says how long it is, as far as there was room. */
export type PFN_WSK_RECEIVE_FROM = (
  Socket: PWSK_SOCKET,
  Buffer: PWSK_BUF,
  Flags: 0,
  RemoteAddress: PSOCKADDR | null,
  ControlLength: NumberCell | null,
  ControlInfo: PCMSGHDR | null,
  ControlFlags: NumberCell | null,
  Irp: PIRP,
) => NTSTATUS;

/** Gives data back that WskReceiveEvent has retained. */
export type PFN_WSK_RELEASE_DATA_INDICATION_LIST = (
  Socket: PWSK_SOCKET,
  DataIndication: PWSK_DATA_INDICATION,
) => NTSTATUS;

/** Gives datagrams back that WskReceiveFromEvent has retained. */
export type PFN_WSK_RELEASE_DATAGRAM_INDICATION_LIST = (
  Socket: PWSK_SOCKET,
  DatagramIndication: PWSK_DATAGRAM_INDICATION,
) => NTSTATUS;

/**
 * Sends Buffer, if there is one, and nothing more; the IRP completes when everything has left.
 * With WSK_FLAG_ABORTIVE it cancels what is pending, and resets the connection.
 */
export type PFN_WSK_DISCONNECT = (
  Socket: PWSK_SOCKET,
  Buffer: PWSK_BUF | null,
  Flags: WSK_DISCONNECT_FLAGS,
  Irp: PIRP,
) => NTSTATUS;

/** Writes the local address of a bound socket. */
export type PFN_WSK_GET_LOCAL_ADDRESS = (
  Socket: PWSK_SOCKET,
  LocalAddress: PSOCKADDR,
  Irp: PIRP,
) => NTSTATUS;

/** Writes the address of the peer of a connected socket. */
export type PFN_WSK_GET_REMOTE_ADDRESS = (
  Socket: PWSK_SOCKET,
  RemoteAddress: PSOCKADDR,
  Irp: PIRP,
) => NTSTATUS;

/**
 * Sets or reads an option, or runs a control code. InputBuffer and OutputBuffer are what their
 * pointers point to: a SOCKADDR, a WSK_EVENT_CALLBACK_CONTROL, a WSK_INSPECT_ID, a NumberCell.
 * Sizes are in bytes, as they are on x64.
 */
export type PFN_WSK_CONTROL_SOCKET = (
  Socket: PWSK_SOCKET,
  RequestType: WSK_CONTROL_REQUESTS,
  ControlCode: number,
  Level: number,
  InputSize: number,
  InputBuffer: object | null,
  OutputSize: number,
  OutputBuffer: object | null,
  OutputSizeReturned: NumberCell | null,
  Irp: PIRP | null,
) => NTSTATUS;

/** Cancels and completes everything that is pending, then closes. No further call is allowed. */
export type PFN_WSK_CLOSE_SOCKET = (Socket: PWSK_SOCKET, Irp: PIRP) => NTSTATUS;

/** The functions by the names of their slots; WskRelease is not the same in all tables. */
export interface WskFunctions {
  readonly WskControlSocket: PFN_WSK_CONTROL_SOCKET;
  readonly WskCloseSocket: PFN_WSK_CLOSE_SOCKET;
  readonly WskBind: PFN_WSK_BIND;
  readonly WskConnect: PFN_WSK_CONNECT;
  readonly WskConnectEx: PFN_WSK_CONNECT_EX;
  readonly WskListen: PFN_WSK_LISTEN;
  readonly WskAccept: PFN_WSK_ACCEPT;
  readonly WskInspectComplete: PFN_WSK_INSPECT_COMPLETE;
  readonly WskReceive: PFN_WSK_RECEIVE;
  readonly WskReceiveEx: PFN_WSK_RECEIVE_EX;
  readonly WskReceiveFrom: PFN_WSK_RECEIVE_FROM;
  readonly WskRelease: PFN_WSK_RELEASE_DATA_INDICATION_LIST;
  readonly WskDisconnect: PFN_WSK_DISCONNECT;
  readonly WskGetLocalAddress: PFN_WSK_GET_LOCAL_ADDRESS;
  readonly WskGetRemoteAddress: PFN_WSK_GET_REMOTE_ADDRESS;
}

/** A dispatch table of the schema with all slots typed: those of the sends are already. */
export type Filled<Table> = {
  readonly [Slot in string & keyof Table]: Slot extends keyof WskFunctions
    ? WskFunctions[Slot]
    : Table[Slot];
};
