/** Differences in which Wine does otherwise than the page says, or has no such thing. */
import type { Divergence } from "../differ.js";

const NOT_CONNECTED =
  /not connected|no connection|refused|two sockets|without being bound|not bound/;
const WSK_STATE =
  /^wsk: (?:not bound|bound, not|refused|connected (?:without|to port 0)|two sockets)/;

/** Here the reference runtime follows the page. */
export const OF_WINE: readonly Divergence[] = [
  {
    in: NOT_CONNECTED,
    keys: ["error"],
    wine: /^WSAECONNRESET$/,
    ours: /^WSAENOTCONN$/,
    follows: "ours",
    why:
      "The page of WSPSend has WSAENOTCONN for a socket that is not connected; Wine passes on " +
      "that a pipe is broken.",
  },
  {
    in: WSK_STATE,
    keys: ["Status"],
    wine: /^STATUS_CONNECTION_RESET$/,
    ours: /^STATUS_INVALID_DEVICE_STATE$/,
    follows: "ours",
    why:
      "Nothing was connected that could be reset; Windows was observed to answer sibling calls " +
      "in a wrong state like this.",
  },
  {
    in: /refused, then connected/,
    keys: [
      "returned", "error", "sent", "Internal", "InternalHigh", "event", "Status", "Information",
      "bytes", "digest",
    ], // prettier-ignore
    wine: /./,
    ours: /./,
    follows: "ours",
    why:
      "After a refusal the same socket may try again, says the page of connect; Wine's has the " +
      "failed attempt in its way.",
  },
  {
    in: /^wsk: the peer closes, nothing/,
    keys: ["Status"],
    wine: /^STATUS_CONNECTION_RESET$/,
    ours: /^STATUS_SUCCESS$/,
    follows: "neither",
    why:
      "Node notices a reset behind an end only when it writes. What the page has is " +
      "STATUS_FILE_FORCED_CLOSED.",
  },
  {
    in: /^winsock:/,
    keys: ["Internal"],
    wine: /^0x103$/,
    ours: /^untouched$/,
    follows: "ours",
    why:
      "Wine marks the structure before it tries, and leaves the mark where the call fails at " +
      "once; a call that fails starts no operation.",
  },
  {
    in: /not connected|failed send/,
    keys: ["error"],
    wine: /^WSA_IO_INCOMPLETE$/,
    ours: /^WSAEINVAL$/,
    follows: "ours",
    why:
      "That mark makes Wine say that a send that failed at once is still under way; there is " +
      "no operation.",
  },
  {
    in: /^winsock: pending, .*closed/,
    keys: ["blocks"],
    wine: /^yes$/,
    ours: /^$/,
    follows: "ours",
    why:
      "The page ends each outstanding operation with WSA_OPERATION_ABORTED when its socket " +
      "closes; under Wine 8 they never end.",
  },
  {
    in: /^winsock: disconnected with data/,
    keys: ["returned"],
    wine: /^0$/,
    ours: /^SOCKET_ERROR$/,
    follows: "ours",
    why:
      "TCP carries no disconnect data: WSAENOPROTOOPT. Wine drops the data in silence, and " +
      "disconnects.",
  },
  {
    in: /^winsock: disconnected with data/,
    keys: ["error"],
    wine: /./,
    ours: /./,
    follows: "ours",
    why:
      "The same: WSAENOPROTOOPT, and nothing was disconnected. Which is looked at first on a " +
      "socket that is not connected is open.",
  },
  {
    in: /^winsock: disconnected with data$/,
    keys: [
      "returned",
      "sent",
      "Internal",
      "InternalHigh",
      "event",
      "bytes",
      "digest",
      "connection",
    ],
    wine: /./,
    ours: /./,
    follows: "ours",
    why: "So the connection still sends.",
  },
  {
    in: /^winsock: sendto with a short address$/,
    keys: ["returned", "error", "sent", "Internal", "InternalHigh", "event", "bytes", "digest"],
    wine: /./,
    ours: /./,
    follows: "ours",
    why:
      "On a connection lpTo and iTolen are ignored, says the page of WSPSendTo; Wine wants a " +
      "whole address if any.",
  },
  {
    in: /^wsk: (?:the peer|pending, the peer|receiving, the peer)/,
    keys: ["Status"],
    wine: /^STATUS_CONNECTION_RESET$/,
    ours: /^STATUS_FILE_FORCED_CLOSED$/,
    follows: "ours",
    why:
      "The page has STATUS_FILE_FORCED_CLOSED for a socket that no longer works; what was " +
      "pending ends with STATUS_CONNECTION_RESET on both sides.",
  },
  {
    in: /^wsk: (?:flags|WSK_FLAG_OOB|.*with flags)/,
    keys: ["refused"],
    wine: /STATUS_SUCCESS/,
    ours: /Flags/,
    follows: "ours",
    why:
      "Wine looks at no flag; the page has WSK_FLAG_NODELAY alone, STATUS_NOT_SUPPORTED for " +
      "others, and reserved flags must be 0.",
  },
  {
    in: /flags 0x/,
    keys: ["bytes", "digest"],
    wine: /./,
    ours: /./,
    follows: "ours",
    why: "So nothing was sent with them.",
  },
  {
    in: /^wsk: disconnected$/,
    keys: ["returned", "completed", "Status", "Information", "bytes", "digest", "connection"],
    wine: /./,
    ours: /./,
    follows: "ours",
    why:
      "Wine's WskDisconnect is not implemented: it completes no IRP, and the connection goes " +
      "on.",
  },
];
