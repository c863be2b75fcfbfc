/** Transport addresses and control information, as they lie in memory. */
import { defineStruct } from "../define.js";

export const SOCKADDR = defineStruct({
  name: "SOCKADDR",
  doc: "A transport address: the family, then the bytes that follow it in memory.",
  from: { header: "ws2def.h" },
  fields: {
    sa_family: { type: "ADDRESS_FAMILY", doc: "The address family." },
    sa_data: {
      type: "UCHAR",
      count: "any",
      doc: "All that follows; 14 bytes for IPv4, 26 for IPv6.",
    },
  },
  layout: { members: { sa_family: "field", sa_data: { type: "CHAR", count: 14 } } },
  variants: { by: "sa_family", types: { AF_INET: "SOCKADDR_IN", AF_INET6: "SOCKADDR_IN6" } },
  rules: {
    "long-enough-for-ipv4": {
      says: "An AF_INET address has the 16 bytes of a SOCKADDR_IN.",
      expects: "at least 14 bytes behind the family, because it is AF_INET",
      advice: "Pass a whole SOCKADDR_IN: all of its 16 bytes are read.",
      on: "sa_data",
      strength: "must",
      from: [
        { page: "wsk-send-to", section: "Parameters/RemoteAddress", sentence: 2 },
        { header: "ws2def.h" },
      ],
      catalog: ["WSK-A11"],
      require: "sa_family != AF_INET || length(sa_data) >= 14",
      accepts: [{}, { set: { sa_data: { bytes: 126 } } }],
      rejects: [{ set: { sa_data: { bytes: 6 } } }],
    },
    "long-enough-for-ipv6": {
      says: "An AF_INET6 address has the 28 bytes of a SOCKADDR_IN6.",
      expects: "at least 26 bytes behind the family, because it is AF_INET6",
      advice: "Pass a whole SOCKADDR_IN6: all of its 28 bytes are read.",
      on: "sa_data",
      strength: "must",
      from: [
        { page: "wsk-send-to", section: "Parameters/RemoteAddress", sentence: 2 },
        { header: "ws2ipdef.h" },
      ],
      catalog: ["WSK-A11"],
      require: "sa_family != AF_INET6 || length(sa_data) >= 26",
      accepts: [{ set: { sa_family: 23, sa_data: { bytes: 26 } } }],
      rejects: [{ set: { sa_family: 23, sa_data: { bytes: 14 } } }],
    },
  },
  example: { sa_family: 2, sa_data: { hex: "1f907f0000010000000000000000" } },
});

export const SOCKADDR_IN = defineStruct({
  name: "SOCKADDR_IN",
  doc: "An IPv4 address with its port.",
  from: { header: "ws2def.h" },
  fields: {
    sin_family: { type: "ADDRESS_FAMILY", doc: "AF_INET." },
    sin_port: {
      type: "USHORT",
      order: "network",
      doc: "The port, in host order here, in network order in memory.",
    },
    sin_addr: { type: "UCHAR", count: 4, doc: "The address, in network order." },
    sin_zero: { type: "UCHAR", count: 8, doc: "Unused." },
  },
  layout: {
    members: {
      sin_family: "field",
      sin_port: "field",
      sin_addr: "IN_ADDR",
      sin_zero: { type: "CHAR", count: 8 },
    },
  },
  example: { sin_family: 2, sin_port: 8080, sin_addr: { hex: "7f000001" }, sin_zero: { bytes: 8 } },
});

export const SOCKADDR_IN6 = defineStruct({
  name: "SOCKADDR_IN6",
  doc: "An IPv6 address with its port.",
  from: { header: "ws2ipdef.h" },
  fields: {
    sin6_family: { type: "ADDRESS_FAMILY", doc: "AF_INET6." },
    sin6_port: {
      type: "USHORT",
      order: "network",
      doc: "The port, in host order here, in network order in memory.",
    },
    sin6_flowinfo: { type: "ULONG", doc: "The flow information." },
    sin6_addr: { type: "UCHAR", count: 16, doc: "The address, in network order." },
    sin6_scope_id: { type: "ULONG", doc: "The scope, for link-local addresses." },
  },
  layout: {
    members: {
      sin6_family: "field",
      sin6_port: "field",
      sin6_flowinfo: "field",
      sin6_addr: "IN6_ADDR",
      scope: {
        anonymous: true,
        union: { sin6_scope_id: "field", sin6_scope_struct: "SCOPE_ID" },
      },
    },
  },
  example: {
    sin6_family: 23,
    sin6_port: 8080,
    sin6_flowinfo: 0,
    sin6_addr: { hex: "00000000000000000000000000000001" },
    sin6_scope_id: 0,
  },
});

export const CMSGHDR = defineStruct({
  name: "CMSGHDR",
  doc: "The header of one control data object.",
  from: { header: "ws2def.h" },
  fields: {
    cmsg_len: { type: "SIZE_T", doc: "The length of header and data, in bytes." },
    cmsg_level: { type: "INT", doc: "The protocol, for instance IPPROTO_IP." },
    cmsg_type: { type: "INT", doc: "What the data is, for instance IP_PKTINFO." },
  },
  aliases: ["WSACMSGHDR"],
  example: { cmsg_len: 16, cmsg_level: 0, cmsg_type: 19 },
});
