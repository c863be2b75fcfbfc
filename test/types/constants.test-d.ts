/** The same number is something else in another set, and the compiler knows. */
import type {
  ADDRESS_FAMILIES, IP_ANCILLARY_TYPES, IRQLS, MSG_FLAGS, SAN_EXTENSIONS, SOCKET,
  SOCKET_HANDLES, SOCK_NOTIFY_EVENTS, WSAERROR, WSPSendArgs, WSK_EVENT_FLAGS,
  WSK_SEND_FLAGS, WskSendArgs,
} from "../../index.js"; // prettier-ignore
import {
  AF_IPX, AF_NS, DISPATCH_LEVEL, HIGH_LEVEL, INVALID_SOCKET, IP_PKTINFO, IPV6_PKTINFO,
  MSG_PARTIAL, MSG_PEEK, MSG_WAITALL, PAGE_SIZE, SD_BOTH, SOCK_DGRAM, SOCK_NOTIFY_OP_DISABLE,
  SOCK_NOTIFY_REGISTER_EVENT_OUT, WSABASEERR, WSAID_RDMAREAD, WSANO_ADDRESS,
  WSK_EVENT_SEND_BACKLOG, WSK_FLAG_ABORTIVE, WSK_FLAG_CONNECTION_SOCKET, WSK_FLAG_NODELAY,
  WSK_FLAG_RELEASE_ASAP, WSK_FLAG_WAITALL, WSK_TRANSPORT_LIST_QUERY, WskIoctl,
} from "../../index.js"; // prettier-ignore

declare const plain: WskSendArgs;
declare const layered: WSPSendArgs;

/** 2 is NODELAY to a send, and only there. */
export const named: WskSendArgs = { ...plain, Flags: WSK_FLAG_NODELAY };
// @ts-expect-error 2 means WAITALL to a receive
export const waitAll: WskSendArgs = { ...plain, Flags: WSK_FLAG_WAITALL };
// @ts-expect-error 2 means RELEASE_ASAP to an event callback
export const releaseAsap: WskSendArgs = { ...plain, Flags: WSK_FLAG_RELEASE_ASAP };
// @ts-expect-error 2 means CONNECTION_SOCKET to WskSocket
export const category: WskSendArgs = { ...plain, Flags: WSK_FLAG_CONNECTION_SOCKET };
// @ts-expect-error 1 means ABORTIVE to a disconnect
export const abortive: WskSendArgs = { ...plain, Flags: WSK_FLAG_ABORTIVE };
// @ts-expect-error an event to switch on is no flag of a call
export const mask: WskSendArgs = { ...plain, Flags: WSK_EVENT_SEND_BACKLOG };
// @ts-expect-error flags of WSPSend are not those of WskSend
export const message: WskSendArgs = { ...plain, Flags: MSG_PARTIAL };

export const partial: WSPSendArgs = { ...layered, dwFlags: MSG_PARTIAL };
// @ts-expect-error PEEK means nothing to a send
export const peek: WSPSendArgs = { ...layered, dwFlags: MSG_PEEK };
// @ts-expect-error nor does WAITALL
export const all: MSG_FLAGS = MSG_WAITALL;
// @ts-expect-error and WSK's own flags are not those of WSPSend
export const noDelay: WSPSendArgs = { ...layered, dwFlags: WSK_FLAG_NODELAY };

/** 2 has many more meanings. */
export const twos: [WSK_SEND_FLAGS, WSK_EVENT_FLAGS] = [WSK_FLAG_NODELAY, WSK_FLAG_RELEASE_ASAP];
// @ts-expect-error a socket type
export const type: WSK_SEND_FLAGS = SOCK_DGRAM;
// @ts-expect-error a kind of control request
export const request: WSK_SEND_FLAGS = WskIoctl;
// @ts-expect-error a control code of a client
export const client: WSK_SEND_FLAGS = WSK_TRANSPORT_LIST_QUERY;
// @ts-expect-error a direction of a shutdown
export const both: WSK_SEND_FLAGS = SD_BOTH;
// @ts-expect-error an interrupt request level
export const level: WSK_SEND_FLAGS = DISPATCH_LEVEL;
// @ts-expect-error an event asked for is not one that is told
export const asked: SOCK_NOTIFY_EVENTS = SOCK_NOTIFY_REGISTER_EVENT_OUT;
// @ts-expect-error nor is an operation
export const operation: SOCK_NOTIFY_EVENTS = SOCK_NOTIFY_OP_DISABLE;
export const v4: IP_ANCILLARY_TYPES = IP_PKTINFO;
// @ts-expect-error 19 is PKTINFO on both levels; the levels differ
export const v6: IP_ANCILLARY_TYPES = IPV6_PKTINFO;

/** Two names for one value are of one set. */
export const ipx: [ADDRESS_FAMILIES, ADDRESS_FAMILIES] = [AF_NS, AF_IPX];
export const noAddress: WSAERROR = WSANO_ADDRESS;
// @ts-expect-error where the codes begin is no code
export const base: WSAERROR = WSABASEERR;

/** What differs by architecture is asked of one. */
export const high: IRQLS = HIGH_LEVEL.x86;
// @ts-expect-error no architecture was named
export const anyHigh: IRQLS = HIGH_LEVEL;
// @ts-expect-error there is no such architecture
export const alpha: IRQLS = HIGH_LEVEL.alpha;
export const none: [SOCKET_HANDLES, SOCKET] = [INVALID_SOCKET.arm64, INVALID_SOCKET.x64];
// @ts-expect-error a size is no handle
export const size: SOCKET_HANDLES = PAGE_SIZE;

/** A GUID is text, of its set. */
export const plainText: SAN_EXTENSIONS = "00000000-0000-0000-0000-000000000000";
export const id: SAN_EXTENSIONS = WSAID_RDMAREAD;
// @ts-expect-error a GUID is no number
export const number: WSK_SEND_FLAGS = WSAID_RDMAREAD;
