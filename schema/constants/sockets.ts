/** What sockets are made with, what stands for none, and how one is shut down. */
import { defineConstants } from "../define.js";

export const SOCKET_TYPES = defineConstants({
  name: "SOCKET_TYPES",
  doc: "Types of sockets.",
  use: "numbers",
  from: { header: "ws2def.h", line: 158 },
  values: {
    SOCK_STREAM: { value: 1, doc: "A reliable stream of bytes, over a connection." },
    SOCK_DGRAM: { value: 2, doc: "Datagrams, which may be lost, doubled or out of order." },
    SOCK_RAW: { value: 3, doc: "Packets with the header in the sender's hands." },
    SOCK_RDM: { value: 4, doc: "Messages that arrive, without a connection." },
    SOCK_SEQPACKET: { value: 5, doc: "Records that arrive in order, over a connection." },
  },
});

export const IP_PROTOCOLS = defineConstants({
  name: "IP_PROTOCOLS",
  doc: "Protocols of a socket; also the levels of their options and control information.",
  use: "numbers",
  from: { header: "ws2def.h", line: 433 },
  values: {
    IPPROTO_IP: { value: 0, doc: "IPv4 as a level; for a new socket, any protocol that fits." },
    IPPROTO_TCP: { value: 6, doc: "TCP." },
    IPPROTO_UDP: { value: 17, doc: "UDP." },
    IPPROTO_IPV6: { value: 41, doc: "IPv6." },
  },
});

export const SOCKET_HANDLES = defineConstants({
  name: "SOCKET_HANDLES",
  doc: "Values of SOCKET that are no socket.",
  use: "numbers",
  from: { header: "WinSock2.h", line: 391 },
  values: {
    INVALID_SOCKET: {
      value: { x64: 0xffff_ffff_ffff_ffffn, arm64: 0xffff_ffff_ffff_ffffn, x86: 0xffff_ffffn },
      doc: "No socket: all bits of the handle are set.",
    },
  },
});

export const WSA_SOCKET_FLAGS = defineConstants({
  name: "WSA_SOCKET_FLAGS",
  doc: "Flags of WSPSocket.",
  use: "flags",
  from: { header: "WinSock2.h", line: 1044 },
  values: {
    WSA_FLAG_OVERLAPPED: { value: 0x1, doc: "The socket supports overlapped operations." },
    WSA_FLAG_MULTIPOINT_C_ROOT: {
      value: 0x2,
      doc: "The socket is the root of a session whose members it controls.",
    },
    WSA_FLAG_MULTIPOINT_C_LEAF: {
      value: 0x4,
      doc: "The socket is a leaf as far as joining the session goes.",
    },
    WSA_FLAG_MULTIPOINT_D_ROOT: {
      value: 0x8,
      doc: "The socket is the root through which the session's data goes.",
    },
    WSA_FLAG_MULTIPOINT_D_LEAF: {
      value: 0x10,
      doc: "The socket is a leaf as far as the session's data goes.",
    },
    WSA_FLAG_ACCESS_SYSTEM_SECURITY: {
      value: 0x40,
      doc: "The socket's audit settings may be read and changed.",
    },
    WSA_FLAG_NO_HANDLE_INHERIT: { value: 0x80, doc: "Child processes do not get the handle." },
    WSA_FLAG_REGISTERED_IO: {
      value: 0x100,
      doc: "The socket takes its requests through queues of registered I/O.",
    },
  },
});

export const SHUTDOWN_DIRECTIONS = defineConstants({
  name: "SHUTDOWN_DIRECTIONS",
  doc: "Which side of a connection WSPShutdown closes.",
  use: "numbers",
  from: { header: "WinSock2.h", line: 903 },
  values: {
    SD_RECEIVE: { value: 0, doc: "Nothing more is received; sends go on." },
    SD_SEND: { value: 1, doc: "Nothing more is sent: further sends fail with WSAESHUTDOWN." },
    SD_BOTH: { value: 2, doc: "Nothing more is sent or received." },
  },
});
