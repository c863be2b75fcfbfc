/**
 * Types of control information, cmsg_type, by their level, cmsg_level. The same number is another
 * type on another level.
 */
import { defineConstants } from "../define.js";

export const SOCKET_ANCILLARY_TYPES = defineConstants({
  name: "SOCKET_ANCILLARY_TYPES",
  doc: "Control information of level SOL_SOCKET.",
  use: "numbers",
  from: { header: "mstcpip.h", line: 250 },
  values: {
    SO_TIMESTAMP: { value: 0x300a, doc: "When the message was received, a UINT64." },
    SO_TIMESTAMP_ID: {
      value: 0x300b,
      doc: "The number by which the timestamp of a send is asked for later, a UINT32.",
    },
  },
});

export const IP_ANCILLARY_TYPES = defineConstants({
  name: "IP_ANCILLARY_TYPES",
  doc: "Control information of level IPPROTO_IP.",
  use: "numbers",
  from: { header: "ws2ipdef.h", line: 147 },
  values: {
    IP_TOS: { value: 3, doc: "The type-of-service byte of the datagram, an INT." },
    IP_TTL: { value: 4, doc: "How many hops the datagram may take, an INT." },
    IP_PKTINFO: { value: 19, doc: "Local address and interface to send from, an IN_PKTINFO." },
    IP_ECN: { value: 50, doc: "The congestion bits of the datagram, an INT." },
  },
});

export const IPV6_ANCILLARY_TYPES = defineConstants({
  name: "IPV6_ANCILLARY_TYPES",
  doc: "Control information of level IPPROTO_IPV6.",
  use: "numbers",
  from: { header: "ws2ipdef.h", line: 786 },
  values: {
    IPV6_PKTINFO: { value: 19, doc: "Local address and interface to send from, an IN6_PKTINFO." },
    IPV6_TCLASS: { value: 39, doc: "The traffic class of the datagram, an INT." },
    IPV6_ECN: { value: 50, doc: "The congestion bits of the datagram, an INT." },
  },
});

export const UDP_ANCILLARY_TYPES = defineConstants({
  name: "UDP_ANCILLARY_TYPES",
  doc: "Control information of level IPPROTO_UDP.",
  use: "numbers",
  from: { header: "ws2ipdef.h" },
  values: {
    UDP_SEND_MSG_SIZE: {
      value: 2,
      doc: "Cut the buffer into datagrams of this many bytes, a DWORD.",
    },
  },
});
