/** Addresses, control data and buffers of Winsock that no send function takes as an object. */
import { defineLayout } from "../define-layout.js";

export const IN_ADDR = defineLayout({
  name: "IN_ADDR",
  doc: "An IPv4 address, in network order.",
  from: { header: "inaddr.h" },
  struct: {
    S_un: {
      union: {
        S_un_b: { struct: { s_b1: "UCHAR", s_b2: "UCHAR", s_b3: "UCHAR", s_b4: "UCHAR" } },
        S_un_w: { struct: { s_w1: "USHORT", s_w2: "USHORT" } },
        S_addr: "ULONG",
      },
    },
  },
});

export const IN6_ADDR = defineLayout({
  name: "IN6_ADDR",
  doc: "An IPv6 address, in network order.",
  from: { header: "in6addr.h" },
  struct: {
    u: {
      union: { Byte: { type: "UCHAR", count: 16 }, Word: { type: "USHORT", count: 8 } },
    },
  },
});

export const SCOPE_ID = defineLayout({
  name: "SCOPE_ID",
  doc: "In which scope an IPv6 address is meant.",
  from: { header: "ws2ipdef.h" },
  struct: {
    scope: {
      anonymous: true,
      union: {
        parts: {
          anonymous: true,
          struct: { Zone: { type: "ULONG", bits: 28 }, Level: { type: "ULONG", bits: 4 } },
        },
        Value: "ULONG",
      },
    },
  },
});

export const SOCKADDR_STORAGE = defineLayout({
  name: "SOCKADDR_STORAGE",
  doc: "Room for an address of any family.",
  from: { header: "ws2def.h" },
  struct: {
    ss_family: "ADDRESS_FAMILY",
    __ss_pad1: { type: "CHAR", count: 6 },
    __ss_align: "LONGLONG",
    __ss_pad2: { type: "CHAR", count: 112 },
  },
});

export const SOCKADDR_INET = defineLayout({
  name: "SOCKADDR_INET",
  doc: "An address of IPv4 or IPv6.",
  from: { header: "ws2ipdef.h" },
  union: { Ipv4: "SOCKADDR_IN", Ipv6: "SOCKADDR_IN6", si_family: "ADDRESS_FAMILY" },
});

export const IN_PKTINFO = defineLayout({
  name: "IN_PKTINFO",
  doc: "Control data: the local IPv4 address and interface of a datagram.",
  from: { header: "ws2ipdef.h" },
  struct: { ipi_addr: "IN_ADDR", ipi_ifindex: "ULONG" },
});

export const IN6_PKTINFO = defineLayout({
  name: "IN6_PKTINFO",
  doc: "Control data: the local IPv6 address and interface of a datagram.",
  from: { header: "ws2ipdef.h" },
  struct: { ipi6_addr: "IN6_ADDR", ipi6_ifindex: "ULONG" },
});

export const WSABUFEX = defineLayout({
  name: "WSABUFEX",
  doc: "A buffer in registered memory.",
  from: { header: "ws2san.h" },
  struct: { len: "ULONG", buf: "PVOID", handle: "HANDLE" },
});

export const WSAMSG = defineLayout({
  name: "WSAMSG",
  doc: "A message: address, buffers, control data and flags.",
  from: { header: "ws2def.h" },
  struct: {
    name: "PSOCKADDR",
    namelen: "INT",
    lpBuffers: "LPWSABUF",
    dwBufferCount: "ULONG",
    Control: "WSABUF",
    dwFlags: "ULONG",
  },
});

export const WSPDATA = defineLayout({
  name: "WSPDATA",
  doc: "What a provider says of itself at its start.",
  from: { header: "ws2spi.h" },
  struct: {
    wVersion: "USHORT",
    wHighVersion: "USHORT",
    szDescription: { type: "WCHAR", count: 256 },
  },
});
