/** Differences of our service provider: what the page has otherwise, and what Node can tell. */
import type { Divergence } from "../differ.js";

const WITHOUT = /no structure|without a structure|no overlapped|without WSA_FLAG_OVERLAPPED/;

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
    keys: ["refused", "returned", "error", "datagrams"],
    wine: /./,
    ours: /dwFlags\.flags|^SOCKET_ERROR$|^WSAEOPNOTSUPP$|^–$/,
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
    in: /datagram/,
    keys: ["returned", "error", "sent", "Internal", "InternalHigh", "ok", "bytes", "flags"],
    wine: /./,
    ours: /^(?:SOCKET_ERROR|WSA_IO_PENDING|untouched|0x103|FALSE|WSA_IO_INCOMPLETE)$/,
    follows: "both",
    why: "Node tells of a datagram's fate only later, so that each is pending for a while.",
  },
];
