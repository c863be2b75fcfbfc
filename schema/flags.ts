/**
 * Named numbers. Values collide between contexts (2 is NODELAY and WAITALL), so each set is a
 * type.
 */
import { defineConstants } from "./define.js";

export const WSK_SEND_FLAGS = defineConstants({
  name: "WSK_SEND_FLAGS",
  doc: "Flags of WskSend and WskSendEx.",
  use: "flags",
  from: { header: "wsk.h", line: 1308 },
  values: {
    WSK_FLAG_OOB: {
      value: 0x1,
      doc: "Send as out-of-band data. The header has it, no page mentions it.",
    },
    WSK_FLAG_NODELAY: { value: 0x2, doc: "Send this and all queued data at once." },
  },
});

export const WSK_SOCKET_FLAGS = defineConstants({
  name: "WSK_SOCKET_FLAGS",
  doc: "Categories of WSK sockets, as WskSocket takes them.",
  use: "numbers",
  from: { header: "wsk.h", line: 459 },
  values: {
    WSK_FLAG_BASIC_SOCKET: { value: 0x0, doc: "A socket with control functions only." },
    WSK_FLAG_LISTEN_SOCKET: { value: 0x1, doc: "A socket that listens." },
    WSK_FLAG_CONNECTION_SOCKET: { value: 0x2, doc: "A connection-oriented socket." },
    WSK_FLAG_DATAGRAM_SOCKET: { value: 0x4, doc: "A datagram socket." },
    WSK_FLAG_STREAM_SOCKET: { value: 0x8, doc: "A socket that connects or listens." },
  },
});

export const WSK_RECEIVE_FLAGS = defineConstants({
  name: "WSK_RECEIVE_FLAGS",
  doc: "Flags of WskReceive; their numbers mean something else to a send function.",
  use: "flags",
  from: { header: "wsk.h", line: 1361 },
  values: {
    WSK_FLAG_WAITALL: { value: 0x2, doc: "Complete only when the buffer is full." },
    WSK_FLAG_DRAIN: { value: 0x4, doc: "Throw the received data away." },
  },
});

export const MDL_FLAGS = defineConstants({
  name: "MDL_FLAGS",
  doc: "Bits of MDL.MdlFlags that say how its pages are held.",
  use: "flags",
  from: { header: "wdm.h", line: 17736 },
  values: {
    MDL_MAPPED_TO_SYSTEM_VA: { value: 0x1, doc: "The pages are mapped into system space." },
    MDL_PAGES_LOCKED: { value: 0x2, doc: "The pages are locked in memory." },
    MDL_SOURCE_IS_NONPAGED_POOL: {
      value: 0x4,
      doc: "The memory is nonpaged pool, which never moves.",
    },
    MDL_PARTIAL: { value: 0x10, doc: "The MDL describes a part of another one." },
  },
});

export const ADDRESS_FAMILIES = defineConstants({
  name: "ADDRESS_FAMILIES",
  doc: "Address families of sockets and addresses.",
  use: "numbers",
  from: { header: "ws2def.h", line: 98 },
  values: {
    AF_UNSPEC: { value: 0, doc: "No family." },
    AF_INET: { value: 2, doc: "IPv4." },
    AF_INET6: { value: 23, doc: "IPv6." },
  },
});

export const IRQLS = defineConstants({
  name: "IRQLS",
  doc: "Interrupt request levels at which send functions may run.",
  use: "numbers",
  from: { header: "wdm.h" },
  values: {
    PASSIVE_LEVEL: { value: 0, doc: "Ordinary thread execution." },
    APC_LEVEL: { value: 1, doc: "Kernel APCs are held off." },
    DISPATCH_LEVEL: { value: 2, doc: "The highest level at which WSK may be called." },
  },
});

export const WSK_IOCTLS = defineConstants({
  name: "WSK_IOCTLS",
  doc: "Control codes of WskControlSocket that decide where datagrams go.",
  use: "numbers",
  from: { header: "wsk.h", line: 906 },
  values: {
    SIO_WSK_SET_REMOTE_ADDRESS: {
      value: 0x8f00_0001,
      doc: "Fixes the remote address: the default destination, and the only sender listened to.",
    },
    SIO_WSK_SET_SENDTO_ADDRESS: {
      value: 0x8f00_0006,
      doc: "Fixes the destination; datagrams are still received from everybody.",
    },
  },
});

export const WSA_SOCKET_FLAGS = defineConstants({
  name: "WSA_SOCKET_FLAGS",
  doc: "Flags of WSPSocket.",
  use: "flags",
  from: { header: "winsock2.h", line: 1044 },
  values: {
    WSA_FLAG_OVERLAPPED: { value: 0x1, doc: "The socket supports overlapped operations." },
  },
});

export const WSP_MEMORY_ACCESS = defineConstants({
  name: "WSP_MEMORY_ACCESS",
  doc: "Access for which WSPRegisterMemory registers memory.",
  use: "flags",
  from: { header: "ws2san.h", line: 124 },
  values: {
    MEM_READ: { value: 0x1, doc: "The provider reads: enough for sending." },
    MEM_WRITE: { value: 0x2, doc: "The provider writes." },
  },
});

export const MSG_FLAGS = defineConstants({
  name: "MSG_FLAGS",
  doc: "Flags of WSPSend for layered providers; a SAN provider never sees one.",
  use: "flags",
  from: { header: "winsock2.h", line: 520 },
  values: {
    MSG_OOB: { value: 0x1, doc: "Send as out-of-band data." },
    MSG_DONTROUTE: { value: 0x4, doc: "Do not route; the provider may ignore it." },
    MSG_PARTIAL: { value: 0x8000, doc: "This is only a part of the message." },
  },
});

export const WSP_RESULTS = defineConstants({
  name: "WSP_RESULTS",
  doc: "Return values and marks of the provider interface.",
  use: "numbers",
  from: { header: "winsock2.h" },
  values: {
    SOCKET_ERROR: { value: -1, doc: "The call failed or is pending; the code is at lpErrno." },
    WSS_OPERATION_IN_PROGRESS: {
      value: 0x103,
      doc: "WSAOVERLAPPED.Internal while the operation is outstanding.",
    },
  },
});
