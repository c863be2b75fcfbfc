/** Differences in which the reference runtime is to be mended. */
import type { Divergence } from "../differ.js";

const WITHOUT = /no structure|without a structure|no overlapped|without WSA_FLAG_OVERLAPPED/;

const NO_STRUCTURE =
  "Without a structure Winsock sends, and waits where it must; our provider answers " +
  "WSAEINVAL, because JavaScript cannot wait.";

/** Each with what the runtime should do. */
export const TO_BE_MENDED: readonly Divergence[] = [
  {
    in: /neither count nor structure/,
    keys: ["error"],
    wine: /^WSAEFAULT$/,
    ours: /^WSAEINVAL$/,
    follows: "wine",
    why:
      "With nowhere to put the count, the pointer is what is wrong; only a descriptor that is " +
      "none counts before that.",
    mend:
      "answer WSAEFAULT where lpNumberOfBytesSent and lpOverlapped are both NULL, behind " +
      "WSAENOTSOCK and before all else",
  },
  {
    in: WITHOUT,
    keys: ["blocks"],
    wine: /^yes$/,
    ours: /WSAEINVAL/,
    follows: "wine",
    why: NO_STRUCTURE,
    mend:
      "send what the kernel takes at once; where it does not take all, the program here must " +
      "be able to await the call",
  },
  {
    in: WITHOUT,
    keys: ["returned"],
    wine: /^0$/,
    ours: /^SOCKET_ERROR$/,
    follows: "wine",
    why: NO_STRUCTURE,
    mend: "send at once what the kernel takes at once, and return 0 with the count",
  },
  {
    in: WITHOUT,
    keys: ["error", "sent", "bytes", "digest", "Internal", "InternalHigh", "ok", "flags"],
    wine: /^(?!WSA_?E?NOTCONN)/,
    ours: /^(?:WSAEINVAL|untouched|0|e3b0c442|FALSE)$/,
    follows: "wine",
    why: NO_STRUCTURE,
    mend: "as above",
  },
  {
    in: /the peer (?:closes|resets)/,
    keys: ["returned"],
    wine: /^0$/,
    ours: /^SOCKET_ERROR$/,
    follows: "wine",
    why:
      "Ending what the peer has ended already succeeds. WSAECONNRESET is none of the codes of " +
      "the page of WSPSendDisconnect.",
    mend:
      "WSPShutdown and WSPSendDisconnect return 0 on a connection that was reset; later sends " +
      "answer WSAESHUTDOWN",
  },
  {
    in: /the peer (?:closes|resets)/,
    keys: ["error"],
    wine: /^(?:–|WSAESHUTDOWN)$/,
    ours: /^WSAECONNRESET$/,
    follows: "wine",
    why: "The same: the code of the shutdown, and of the sends after it.",
    mend: "as above",
  },
  {
    in: /./,
    keys: ["InternalHigh"],
    wine: /^untouched$/,
    ours: /^0$/,
    follows: "wine",
    why:
      "While an operation is pending, only Internal says so; our provider also writes 0 to " +
      "InternalHigh, which is the switch's.",
    mend: "write Internal alone when an operation begins",
  },
  {
    in: /datagram/,
    keys: ["cannot"],
    wine: /^0$/,
    ours: /^SOCK_DGRAM$/,
    follows: "wine",
    why: "SpiProvider makes TCP sockets only, so no case of datagrams can be played.",
    mend:
      "WSPSocket for SOCK_DGRAM, with WSPSendTo and connected WSPSend; 65508 bytes are " +
      "WSAEMSGSIZE, no destination WSAEINVAL (Wine) or WSAENOTCONN (Windows)",
  },
  {
    in: /routine/,
    keys: ["cannot"],
    wine: /./,
    ours: /^completion routines$/,
    follows: "wine",
    why:
      "A layered provider queues the routine to the thread of the caller; it runs in an " +
      "alertable wait, once, also for sends that were done at once.",
    mend:
      "WPUQueueApc among the upcalls, and the routine for each operation that returned 0 or " +
      "WSA_IO_PENDING",
  },
  {
    in: /shut down (?:both|in no way)|receiving shut down|shut down both/,
    keys: ["cannot"],
    wine: /./,
    ours: /^shutdown of receiving$/,
    follows: "wine",
    why: "WSPShutdown has no parameter that says which way.",
    mend: "`how`: receiving leaves sends alone, both is sending, anything else is WSAEINVAL",
  },
];
