/** What must not compile, does not; what must, does. Checked by the oldest and newest TypeScript. */
import type {
  IRP,
  NTSTATUS,
  PFN_WSK_SEND_TO,
  WSAERROR,
  WSK_BUF,
  WskSendArgs,
  WskSendToArgs,
} from "../../index.js";
import {
  checkWskSend, isWskSendToArgs, STATUS_PENDING, WSAENOTCONN, WSK_FLAG_NODELAY,
} from "../../index.js"; // prettier-ignore
import type {
  WSK_PROVIDER_CONNECTION_DISPATCH,
  WSK_PROVIDER_DATAGRAM_DISPATCH,
  WSK_PROVIDER_STREAM_DISPATCH,
} from "../../index.js";

declare const irp: IRP;
declare const buffer: WSK_BUF;
declare const datagram: WSK_PROVIDER_DATAGRAM_DISPATCH;
declare const connection: WSK_PROVIDER_CONNECTION_DISPATCH;
declare const anything: unknown;

const socket = { Dispatch: {} };

export const plain: WskSendArgs = { Socket: socket, Buffer: buffer, Flags: 2, Irp: irp };
export const named: WskSendArgs = { ...plain, Flags: WSK_FLAG_NODELAY };
// @ts-expect-error an argument is missing
export const partial: WskSendArgs = { Socket: socket, Buffer: buffer, Flags: 0 };

export const exact: WskSendToArgs = {
  Socket: socket,
  Buffer: { ...buffer, Length: 5n },
  Flags: 0,
  RemoteAddress: null,
  ControlInfoLength: 0,
  ControlInfo: null,
  Irp: irp,
};
// @ts-expect-error reserved
export const reserved: WskSendToArgs = { ...exact, Flags: WSK_FLAG_NODELAY };
// @ts-expect-error Buffer is never NULL
export const absent: WskSendToArgs = { ...exact, Buffer: null };

export const pending: NTSTATUS = STATUS_PENDING;
// @ts-expect-error a Winsock code is no NTSTATUS
export const wrong: NTSTATUS = WSAENOTCONN;
// @ts-expect-error and the other way round
export const swapped: WSAERROR = STATUS_PENDING;

// @ts-expect-error a datagram socket has no WskSend
export const send: unknown = datagram.WskSend;
// @ts-expect-error a connection-oriented socket has no WskSendTo
export const sendTo: unknown = connection.WskSendTo;
export const prototype: PFN_WSK_SEND_TO = datagram.WskSendTo;

if (isWskSendToArgs(anything)) {
  const address: { sa_family: number } | null = anything.RemoteAddress;
  checkWskSend(address, { irql: 2 }, { profile: "strict", arch: "x86" });
  // @ts-expect-error no such profile
  checkWskSend(address, {}, { profile: "lenient" });
  // @ts-expect-error a profile of WSPSend
  checkWskSend(address, {}, { profile: "san" });
  // @ts-expect-error no such fact
  checkWskSend(address, { "socket.colour": true });
}

declare const stream: WSK_PROVIDER_STREAM_DISPATCH;
// @ts-expect-error a stream socket has another table, with other slots
export const throughConnection: WSK_PROVIDER_CONNECTION_DISPATCH = stream;
// @ts-expect-error and the other way round
export const throughStream: WSK_PROVIDER_STREAM_DISPATCH = connection;
// @ts-expect-error a datagram socket has no WskSendEx
export const sendEx: unknown = datagram.WskSendEx;
