/**
 * Socket options of level SOL_SOCKET. All share one space of numbers; a set is the range of one
 * header or one kind of socket.
 */
import { defineConstants } from "../define.js";

export const SOCKET_LEVELS = defineConstants({
  name: "SOCKET_LEVELS",
  doc: "The level of options that belong to no protocol; for the others see IP_PROTOCOLS.",
  use: "numbers",
  from: { header: "ws2def.h", line: 169 },
  values: {
    SOL_SOCKET: { value: 0xffff, doc: "Options of the socket itself." },
  },
});

export const SOCKET_OPTIONS = defineConstants({
  name: "SOCKET_OPTIONS",
  doc: "Options that come from Berkeley sockets, 0x0001 to 0x1009, and complements of two of them.",
  use: "numbers",
  from: { header: "ws2def.h", line: 177 },
  values: {
    SO_DEBUG: { value: 0x1, doc: "Record what the socket does." },
    SO_ACCEPTCONN: { value: 0x2, doc: "The socket is listening; it can only be read." },
    SO_REUSEADDR: { value: 0x4, doc: "Bind to an address that another socket has." },
    SO_KEEPALIVE: { value: 0x8, doc: "Probe a silent peer, so that a dead one is noticed." },
    SO_DONTROUTE: { value: 0x10, doc: "Send to neighbours only, past the routing table." },
    SO_BROADCAST: { value: 0x20, doc: "Datagrams may be sent to broadcast addresses." },
    SO_USELOOPBACK: { value: 0x40, doc: "Send past the hardware where that is possible." },
    SO_LINGER: { value: 0x80, doc: "How long a close waits for data that is not sent yet." },
    SO_OOBINLINE: { value: 0x100, doc: "Urgent data is received among the other data." },
    SO_DONTLINGER: { value: -129, doc: "A close does not wait: SO_LINGER complemented." },
    SO_EXCLUSIVEADDRUSE: {
      value: -5,
      doc: "Nobody else binds to the address: SO_REUSEADDR complemented.",
    },
    SO_SNDBUF: { value: 0x1001, doc: "Bytes of sends that the provider buffers." },
    SO_RCVBUF: { value: 0x1002, doc: "Bytes that wait to be received." },
    SO_SNDLOWAT: { value: 0x1003, doc: "Free bytes from which on a socket counts as writable." },
    SO_RCVLOWAT: { value: 0x1004, doc: "Bytes from which on a socket counts as readable." },
    SO_SNDTIMEO: { value: 0x1005, doc: "Milliseconds after which a blocking send gives up." },
    SO_RCVTIMEO: { value: 0x1006, doc: "Milliseconds after which a blocking receive gives up." },
    SO_ERROR: { value: 0x1007, doc: "The last error of the socket; reading it clears it." },
    SO_TYPE: { value: 0x1008, doc: "The type that the socket was made with." },
    SO_BSP_STATE: { value: 0x1009, doc: "Addresses, type and protocol of the socket at once." },
  },
});

export const WINSOCK_OPTIONS = defineConstants({
  name: "WINSOCK_OPTIONS",
  doc: "Options that Windows Sockets 2 added, 0x2001 to 0x300F.",
  use: "numbers",
  from: { header: "ws2def.h", line: 201 },
  values: {
    SO_GROUP_ID: { value: 0x2001, doc: "The group of sockets that this one belongs to." },
    SO_GROUP_PRIORITY: { value: 0x2002, doc: "Its rank among the sockets of the group." },
    SO_MAX_MSG_SIZE: { value: 0x2003, doc: "The longest message that can be sent at once." },
    SO_PROTOCOL_INFOA: { value: 0x2004, doc: "WSAPROTOCOL_INFO of the socket, in ANSI." },
    SO_PROTOCOL_INFO: {
      aliasOf: "SO_PROTOCOL_INFOA",
      doc: "The same for programs that are not built for Unicode.",
    },
    SO_PROTOCOL_INFOW: { value: 0x2005, doc: "WSAPROTOCOL_INFO of the socket, in Unicode." },
    SO_CONDITIONAL_ACCEPT: {
      value: 0x3002,
      doc: "The program decides on a connection before the peer hears of it.",
    },
    SO_PAUSE_ACCEPT: { value: 0x3003, doc: "Accept no further connections for now." },
    SO_COMPARTMENT_ID: { value: 0x3004, doc: "The network compartment that the socket is in." },
    SO_RANDOMIZE_PORT: { value: 0x3005, doc: "Choose local ports at random." },
    SO_PORT_SCALABILITY: {
      value: 0x3006,
      doc: "Let each local address have ports of its own.",
    },
    SO_REUSE_UNICASTPORT: { value: 0x3007, doc: "Share a local port among connections." },
    SO_REUSE_MULTICASTPORT: { value: 0x3008, doc: "Share a local port for multicasts." },
    SO_ORIGINAL_DST: { value: 0x300f, doc: "Where a redirected connection was going to." },
  },
});

export const WSK_OPTIONS = defineConstants({
  name: "WSK_OPTIONS",
  doc: "Options that only WSK sockets have, from 0x4000 on.",
  use: "numbers",
  from: { header: "wsk.h", line: 874 },
  values: {
    WSK_SO_BASE: { value: 0x4000, doc: "Where their numbers begin; no option itself." },
    SO_WSK_SECURITY: { value: 0x4001, doc: "The security descriptor of the socket." },
    SO_WSK_EVENT_CALLBACK: {
      value: 0x4002,
      doc: "Which event callbacks are on; it takes WSK_EVENT_MASKS.",
    },
  },
});

export const MSWSOCK_OPTIONS = defineConstants({
  name: "MSWSOCK_OPTIONS",
  doc: "Options that Microsoft added, 0x7000 to 0x7010.",
  use: "numbers",
  from: { header: "MSWSock.h", line: 47 },
  values: {
    SO_CONNDATA: { value: 0x7000, doc: "Data to send along with a connection request." },
    SO_CONNOPT: { value: 0x7001, doc: "Options to send along with a connection request." },
    SO_DISCDATA: { value: 0x7002, doc: "Data to send along with a disconnect." },
    SO_DISCOPT: { value: 0x7003, doc: "Options to send along with a disconnect." },
    SO_CONNDATALEN: { value: 0x7004, doc: "Bytes of connect data." },
    SO_CONNOPTLEN: { value: 0x7005, doc: "Bytes of connect options." },
    SO_DISCDATALEN: { value: 0x7006, doc: "Bytes of disconnect data." },
    SO_DISCOPTLEN: { value: 0x7007, doc: "Bytes of disconnect options." },
    SO_OPENTYPE: { value: 0x7008, doc: "How new sockets are opened; see SOCKET_OPEN_TYPES." },
    SO_MAXDG: { value: 0x7009, doc: "The longest datagram that can be sent." },
    SO_MAXPATHDG: {
      value: 0x700a,
      doc: "The longest datagram that goes to its peer in one piece.",
    },
    SO_UPDATE_ACCEPT_CONTEXT: {
      value: 0x700b,
      doc: "Gives a socket from AcceptEx the properties of its listener.",
    },
    SO_CONNECT_TIME: { value: 0x700c, doc: "Seconds since the connection was made." },
    SO_UPDATE_CONNECT_CONTEXT: {
      value: 0x7010,
      doc: "Makes a socket from ConnectEx a connected one in every respect.",
    },
  },
});

export const SAN_OPTIONS = defineConstants({
  name: "SAN_OPTIONS",
  doc: "Options that the switch reads from a SAN provider.",
  use: "numbers",
  from: { header: "ws2san.h", line: 30 },
  values: {
    SO_MAX_RDMA_SIZE: { value: 0x700d, doc: "The most bytes that one RDMA transfer moves." },
    SO_RDMA_THRESHOLD_SIZE: { value: 0x700e, doc: "Bytes from which on RDMA is worth its setup." },
  },
});

export const SOCKET_OPEN_TYPES = defineConstants({
  name: "SOCKET_OPEN_TYPES",
  doc: "Values of the option SO_OPENTYPE for sockets that are not overlapped.",
  use: "numbers",
  from: { header: "MSWSock.h", line: 61 },
  values: {
    SO_SYNCHRONOUS_ALERT: { value: 0x10, doc: "Calls block, and can be alerted." },
    SO_SYNCHRONOUS_NONALERT: { value: 0x20, doc: "Calls block, and cannot be alerted." },
  },
});
