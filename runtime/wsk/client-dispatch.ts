/** What a client gives to WSK: tables of event callbacks, and what these are called with. */
import type { NTSTATUS, PCMSGHDR, PSOCKADDR, PWSK_SOCKET, WSK_BUF } from "../../generated/index.js";
import type { NumberCell } from "./number-cell.js";

/** Data that has arrived at a connection: a piece, and the next one. */
export interface WSK_DATA_INDICATION {
  readonly Next: PWSK_DATA_INDICATION | null;
  readonly Buffer: WSK_BUF;
}

/** Such data, the first piece of a list. */
export type PWSK_DATA_INDICATION = WSK_DATA_INDICATION;

/** A datagram that has arrived, and the next one. */
export interface WSK_DATAGRAM_INDICATION {
  readonly Next: PWSK_DATAGRAM_INDICATION | null;
  readonly Buffer: WSK_BUF;
  readonly ControlInfo: PCMSGHDR | null;
  /** The length of the control information, in bytes. */
  readonly ControlInfoLength: number;
  readonly RemoteAddress: PSOCKADDR;
}

/** Such datagrams, the first of a list. */
export type PWSK_DATAGRAM_INDICATION = WSK_DATAGRAM_INDICATION;

/** What identifies a connection request that is inspected; compare the members, not the object. */
export interface WSK_INSPECT_ID {
  Key: number;
  SerialNumber: number;
}

/** What WskInspectEvent and WskInspectComplete decide on. */
export type WSK_INSPECT_ACTION = 0 | 1 | 2;

/** Turn the request away. */
export const WskInspectReject = 0;
/** Go on with the connection. */
export const WskInspectAccept = 1;
/** Decide later, by WskInspectComplete. */
export const WskInspectPend = 2;

/**
 * Data has arrived. STATUS_SUCCESS takes it, all or BytesAccepted; STATUS_PENDING keeps it until
 * WskRelease; STATUS_DATA_NOT_ACCEPTED leaves it until WskReceive.
 */
export type PFN_WSK_RECEIVE_EVENT = (
  SocketContext: unknown,
  Flags: number,
  DataIndication: PWSK_DATA_INDICATION | null,
  BytesIndicated: number,
  BytesAccepted: NumberCell,
) => NTSTATUS;

/** The peer has ended the connection; with WSK_FLAG_ABORTIVE, by a reset. */
export type PFN_WSK_DISCONNECT_EVENT = (SocketContext: unknown, Flags: number) => NTSTATUS;

/** The ideal amount of outstanding sends has changed, in bytes. */
export type PFN_WSK_SEND_BACKLOG_EVENT = (
  SocketContext: unknown,
  IdealBacklogSize: number,
) => NTSTATUS;

/** A connection was accepted. STATUS_REQUEST_NOT_ACCEPTED turns it away. */
export type PFN_WSK_ACCEPT_EVENT = (
  SocketContext: unknown,
  Flags: number,
  LocalAddress: PSOCKADDR,
  RemoteAddress: PSOCKADDR,
  AcceptSocket: PWSK_SOCKET | null,
  AcceptSocketContext: { value: unknown },
  AcceptSocketDispatch: { value: WSK_CLIENT_CONNECTION_DISPATCH | null },
) => NTSTATUS;

/** Somebody wants to connect. */
export type PFN_WSK_INSPECT_EVENT = (
  SocketContext: unknown,
  LocalAddress: PSOCKADDR,
  RemoteAddress: PSOCKADDR,
  InspectID: WSK_INSPECT_ID | null,
) => WSK_INSPECT_ACTION;

/** A request that was inspected, or still is, is gone. */
export type PFN_WSK_ABORT_EVENT = (SocketContext: unknown, InspectID: WSK_INSPECT_ID) => NTSTATUS;

/** Datagrams have arrived; the statuses are those of PFN_WSK_RECEIVE_EVENT. */
export type PFN_WSK_RECEIVE_FROM_EVENT = (
  SocketContext: unknown,
  Flags: number,
  DataIndication: PWSK_DATAGRAM_INDICATION | null,
) => NTSTATUS;

/** Callbacks of a connection-oriented socket. */
export interface WSK_CLIENT_CONNECTION_DISPATCH {
  readonly WskReceiveEvent: PFN_WSK_RECEIVE_EVENT | null;
  readonly WskDisconnectEvent: PFN_WSK_DISCONNECT_EVENT | null;
  readonly WskSendBacklogEvent: PFN_WSK_SEND_BACKLOG_EVENT | null;
}

/** Callbacks of a listening socket. */
export interface WSK_CLIENT_LISTEN_DISPATCH {
  readonly WskAcceptEvent: PFN_WSK_ACCEPT_EVENT | null;
  readonly WskInspectEvent: PFN_WSK_INSPECT_EVENT | null;
  readonly WskAbortEvent: PFN_WSK_ABORT_EVENT | null;
}

/** Callbacks of a datagram socket. */
export interface WSK_CLIENT_DATAGRAM_DISPATCH {
  readonly WskReceiveFromEvent: PFN_WSK_RECEIVE_FROM_EVENT | null;
}

/** Callbacks of a stream socket, which becomes one or the other. */
export interface WSK_CLIENT_STREAM_DISPATCH {
  readonly Listen: WSK_CLIENT_LISTEN_DISPATCH | null;
  readonly Connect: WSK_CLIENT_CONNECTION_DISPATCH | null;
}

/** An event that concerns no socket; there is none yet. */
export type PFN_WSK_CLIENT_EVENT = (
  ClientContext: unknown,
  EventType: number,
  Information: object | null,
  InformationLength: number,
) => NTSTATUS;

/** The version that a client wants, and its callback. */
export interface WSK_CLIENT_DISPATCH {
  /** Made by MAKE_WSK_VERSION. */
  readonly Version: number;
  readonly Reserved: 0;
  readonly WskClientEvent: PFN_WSK_CLIENT_EVENT | null;
}

/** What a client registers. */
export interface WSK_CLIENT_NPI {
  readonly ClientContext: unknown;
  readonly Dispatch: WSK_CLIENT_DISPATCH;
}

/** Which event callbacks to switch: WSK_EVENT_MASKS. */
export interface WSK_EVENT_CALLBACK_CONTROL {
  /** NPI_WSK_INTERFACE_ID. */
  readonly NpiId: string;
  readonly EventMask: number;
}

/** The interface that standard event callbacks belong to. */
export const NPI_WSK_INTERFACE_ID = "2227e803-8d8b-11d4-abad-009027719e09";
