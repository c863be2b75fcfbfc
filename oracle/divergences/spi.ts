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
    keys: ["Internal", "InternalHigh", "ok", "error", "bytes", "flags", "calls"],
    wine: /./,
    ours: /./,
    follows: "ours",
    why:
      "Structure and routine are ignored on a socket that is not overlapped, says the page; " +
      "Wine fills the one and runs the other.",
  },
  {
    in: /peer resets/,
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
    in: /datagram to another family/,
    keys: ["error"],
    wine: /^WSAEOPNOTSUPP$/,
    ours: /^WSAEAFNOSUPPORT$/,
    follows: "ours",
    why: "The page has WSAEAFNOSUPPORT for an address of another family.",
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
    keys: ["Internal", "InternalHigh", "packets", "error", "bytes", "flags"],
    wine: /^(?:failed|0|1|WSAEMSGSIZE)$/,
    ours: /^(?:untouched|0|WSAEINVAL|WSA_IO_PENDING)$/,
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
    in: /datagram of 1025 buffers/,
    keys: ["returned", "error", "sent", "Internal", "InternalHigh", "bytes", "digest", "datagrams"],
    wine: /^(?:SOCKET_ERROR|WSAEMSGSIZE|untouched|failed|0|e3b0c442|–)$/,
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
