/** Differences that the pages allow, or that come of who is asked: a program or the switch. */
import type { Divergence } from "../differ.js";

/** Both sides are right. */
export const OPEN: readonly Divergence[] = [
  {
    in: /^wsk:/,
    keys: ["returned"],
    wine: /^STATUS_PENDING$/,
    ours: /^STATUS_(?:SUCCESS|INVALID_DEVICE_STATE|FILE_FORCED_CLOSED|CONNECTION_RESET)$/,
    follows: "both",
    why:
      "Wine leaves every request pending for a moment; ours completes at once what is done at " +
      "once. The page allows either.",
  },
  {
    in: /^wsk: bound (?:twice|after)|^wsk: connected twice/,
    keys: ["Status"],
    wine: /^STATUS_(?:INVALID_PARAMETER|UNSUCCESSFUL)$/,
    ours: /^STATUS_INVALID_DEVICE_STATE$/,
    follows: "both",
    why: "No page of ours says how a second bind or connect fails.",
  },
  {
    in: /^wsk: .*no IRP|without an IRP/i,
    keys: ["refused"],
    wine: /^STATUS_INVALID_PARAMETER$/,
    ours: /Irp|irp/,
    follows: "both",
    why:
      "Without an IRP nothing can be completed: Wine answers STATUS_INVALID_PARAMETER, the " +
      "contract refuses the call.",
  },
  {
    in: /^winsock: flags/,
    keys: ["refused"],
    wine: /./,
    ours: /dwFlags\.flags/,
    follows: "ours",
    why: "Flags that no send has are refused by the contract; Wine drops them in silence.",
  },
  {
    in: /^winsock: (?:MSG_OOB|flags 0x8000$)/,
    keys: ["returned", "error", "sent", "Internal", "InternalHigh", "event"],
    wine: /./,
    ours: /./,
    follows: "both",
    why:
      "MSG_OOB and MSG_PARTIAL are nothing that Node's TCP can send. Wine sends the first, and " +
      "ignores the second.",
  },
  {
    in: /peer (?:resets|closes)/,
    keys: ["InternalHigh"],
    wine: /^some$/,
    ours: /^0$/,
    follows: "both",
    why: "Wine tells how much of a send that failed had left; Node does not know that.",
  },
  {
    in: /peer resets/,
    keys: ["bytes"],
    wine: /^some$/,
    ours: /^0$/,
    follows: "both",
    why: "The same, as WSAGetOverlappedResult tells it.",
  },
  {
    in: /the result of no operation|result .*on another socket|no array and no count/,
    keys: ["ok", "error", "bytes", "flags"],
    wine: /./,
    ours: /./,
    follows: "both",
    why:
      "Winsock reads the structure and asks nobody; a provider knows its operations, and for " +
      "which socket each was.",
  },
  {
    in: /one structure twice/,
    keys: ["refused"],
    wine: /WSA_IO_PENDING/,
    ours: /overlapped-not-in-use/,
    follows: "ours",
    why: "Each operation has a structure of its own, says the page; Wine does not look.",
  },
  {
    in: /one structure twice/,
    keys: ["InternalHigh", "bytes", "digest"],
    wine: /./,
    ours: /./,
    follows: "ours",
    why: "So the second was not sent, and the first keeps its structure.",
  },
  {
    in: /a port, done at once|a datagram and a port/,
    keys: ["packets"],
    wine: /^1$/,
    ours: /^0$/,
    follows: "both",
    why: "A provider reports what was pending; what was done at once the switch queues itself.",
  },
  {
    in: /cancel/,
    keys: ["cannot"],
    wine: /./,
    ours: /^cancel$/,
    follows: "both",
    why: "The cancelling of requests is no part of the provider here.",
  },
];
