/** Differences of our service provider: what the page has otherwise, and what Node can tell. */
import type { Divergence } from "../differ.js";

const WITHOUT = /no structure|without a structure|no overlapped|without WSA_FLAG_OVERLAPPED/;

/** How a datagram is told of that has left under Wine, and is under way over Node. */
const UNDER_WAY: readonly (readonly [key: string, wine: RegExp, ours: RegExp])[] = [
  ["returned", /^0$/, /^SOCKET_ERROR$/],
  ["error", /^–$/, /^(?:WSA_IO_PENDING|WSA_IO_INCOMPLETE)$/],
  ["sent", /^\d+$/, /^untouched$/],
  ["Internal", /^0$/, /^0x103$/],
  ["InternalHigh", /^\d+$/, /^untouched$/],
  ["ok", /^TRUE$/, /^FALSE$/],
  ["event", /^TRUE$/, /^FALSE$/],
  ["bytes", /^\d+$/, /^untouched$/],
  ["flags", /^0$/, /^untouched$/],
];

/** All of them are meant to be. */
export const OF_THE_PROVIDER: readonly Divergence[] = [
  {
    in: WITHOUT,
    keys: ["blocks"],
    wine: /^yes$/,
    ours: /^(?:0|SOCKET_ERROR WSAEWOULDBLOCK)$/,
    follows: "both",
    why:
      "JavaScript cannot wait. Without a structure our provider sends as a nonblocking socket " +
      "does: what is taken at once, and WSAEWOULDBLOCK behind what waits.",
  },
  {
    in: /without WSA_FLAG_OVERLAPPED/,
    keys: ["Internal", "InternalHigh", "event", "ok", "error", "bytes", "flags", "calls"],
    wine: /./,
    ours: /./,
    follows: "ours",
    why:
      "Structure and routine are ignored on a socket that is not overlapped, says the page; " +
      "Wine fills the one and runs the other.",
  },
  {
    in: /peer (?:resets|closes)/,
    keys: ["bytes", "flags"],
    wine: /^(?:some|0)$/,
    ours: /^untouched$/,
    follows: "ours",
    why: "With FALSE, lpcbTransfer is not updated, says the page; Wine updates it.",
  },
  {
    in: /a buffer at NULL behind a pending one/,
    keys: ["error"],
    wine: /^WSA_IO_PENDING$/,
    ours: /^WSAEFAULT$/,
    follows: "ours",
    why: "Wine looks at memory when its turn comes; the row of WSAEFAULT is about the call.",
  },
  {
    in: /a routine and a port/,
    keys: ["returned", "error", "sent", "Internal", "InternalHigh", "calls", "bytes"],
    wine: /./,
    ours: /./,
    follows: "both",
    why: "Completion ports are the switch's: the provider does not know of one.",
  },
  {
    in: /datagram/,
    keys: ["error"],
    wine: /^WSAEINVAL$/,
    ours: /^(?:WSAENOTCONN|WSAEDESTADDRREQ|WSAEADDRNOTAVAIL)$/,
    follows: "ours",
    why:
      "The page has WSAEDESTADDRREQ where an address is needed and WSAEADDRNOTAVAIL for one that " +
      "is none; Windows answers WSAENOTCONN to WSPSend.",
  },
  {
    in: /to another family|cannot go anywhere|too long for nobody|to IPv4$/,
    keys: ["error"],
    wine: /^WSAE(?:OPNOTSUPP|NETUNREACH|INVAL)$/,
    ours: /^WSAEAFNOSUPPORT$/,
    follows: "ours",
    why: "The page has WSAEAFNOSUPPORT for an address of another family.",
  },
  {
    in: /mapped IPv4/,
    keys: ["error"],
    wine: /^WSAE(?:NETUNREACH|INVAL)$/,
    ours: /^WSAEADDRNOTAVAIL$/,
    follows: "ours",
    why:
      "Sockets of IPv6 are for nothing else unless IPV6_V6ONLY is taken back. Windows was seen " +
      "to answer WSAEADDRNOTAVAIL then; Wine passes on what Linux says.",
  },
  {
    in: /datagram to any$/,
    keys: [
      "returned", "error", "sent", "Internal", "InternalHigh", "event", "bytes", "digest",
      "datagrams",
    ], // prettier-ignore
    wine: /./,
    ours: /./,
    follows: "ours",
    why: "The page has WSAEADDRNOTAVAIL for the wildcard; to Linux it is loopback.",
  },
  {
    in: /datagram at NULL, too long/,
    keys: ["error", "Internal", "InternalHigh", "event"],
    wine: /^(?:WSAEMSGSIZE|failed|0|TRUE)$/,
    ours: /^(?:WSAEFAULT|untouched|FALSE)$/,
    follows: "both",
    why: "Both is wrong with it. Here memory is looked at before its length, by Linux after it.",
  },
  {
    in: /SO_ERROR after/,
    keys: ["value"],
    wine: /^10061$/,
    ours: /^0$/,
    follows: "ours",
    why: "Who reads SO_ERROR resets it, says the page of getsockopt; Wine tells it again.",
  },
  {
    in: /^winsock: the peer closes, nothing/,
    keys: ["returned", "error", "sent", "Internal", "InternalHigh", "event"],
    wine: /./,
    ours: /./,
    follows: "wine",
    why:
      "Node notices a reset behind an end only when it writes, and nothing is written here; " +
      "natively it is as under Wine.",
  },
  {
    in: /datagram.* flags/,
    keys: ["refused", "returned", "error", "sent", "Internal", "InternalHigh", "datagrams"],
    wine: /./,
    ours: /dwFlags\.flags|^SOCKET_ERROR$|^WSAEOPNOTSUPP$|^untouched$|^–$/,
    follows: "ours",
    why: "Flags that no send has are refused, MSG_PARTIAL is WSAEOPNOTSUPP; Wine drops them.",
  },
  {
    in: /datagram.* 65508|datagram of 100000|datagram too large/,
    keys: ["Internal", "InternalHigh", "event", "packets", "calls", "error", "bytes", "flags"],
    wine: /^(?:failed|0|1|WSAEMSGSIZE|TRUE)$/,
    ours: /^(?:untouched|0|WSAEINVAL|WSA_IO_PENDING|FALSE|–)$/,
    follows: "ours",
    why: "A call that fails at once has started nothing; Wine ends it by the structure as well.",
  },
  {
    in: /connected datagram to nobody/,
    keys: ["error"],
    wine: /^WSAECONNREFUSED$/,
    ours: /^WSA_IO_PENDING$/,
    follows: "neither",
    why: "Windows answers WSAECONNRESET, as ours does in memory; Node learns of no bounce.",
  },
  {
    in: /1025 buffers/,
    keys: [
      "returned", "error", "sent", "Internal", "InternalHigh", "event", "ok", "bytes", "digest",
      "datagrams",
    ], // prettier-ignore
    wine: /^(?:TRUE|FALSE|SOCKET_ERROR|WSAEMSGSIZE|untouched|failed|0|e3b0c442|–)$/,
    ours: /./,
    follows: "ours",
    why: "No page bounds the number of buffers; Wine passes all of them to one sendmsg of Linux.",
  },
  ...UNDER_WAY.map(([key, wine, ours]) => ({
    in: /datagram/,
    keys: [key],
    wine,
    ours,
    follows: "both" as const,
    why: `Node tells of a datagram's fate only later: each is pending for a while (${key}).`,
  })),
];
