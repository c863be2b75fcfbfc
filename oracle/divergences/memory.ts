/** Differences that only the network in memory has. */
import type { Divergence } from "../differ.js";

/** Looked at behind all others, where the cases are played in memory. */
export const OF_MEMORY: readonly Divergence[] = [
  {
    in: /connected datagram to nobody/,
    keys: ["returned", "error", "sent", "Internal", "InternalHigh", "event"],
    wine: /^(?:0|5|–|SOCKET_ERROR|WSAECONNREFUSED|untouched|0x103|TRUE|FALSE)$/,
    ours: /^(?:SOCKET_ERROR|WSAECONNRESET|untouched|–|0|5|TRUE|FALSE)$/,
    follows: "ours",
    why:
      "A bounce meets the next send, and Windows calls it WSAECONNRESET; Wine tries twice, and " +
      "tells the one after it.",
  },
  {
    in: /^wsk: closed after a send$|SO_LINGER of no time/,
    keys: ["bytes", "digest", "connection"],
    wine: /^(?:5|08bb5e5d|ended)$/,
    ours: /^(?:0|e3b0c442|reset)$/,
    follows: "ours",
    why:
      "WskCloseSocket resets unless both sides have ended, WSPCloseSocket where it is asked to. " +
      "What a peer in memory has not read by then is lost; one over Node still reads it, and " +
      "takes the reset for an end.",
  },
];
