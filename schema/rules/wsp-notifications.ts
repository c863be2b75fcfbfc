/** How the switch learns that a provider's operation is over. */
import type { From, Rules } from "./shared.js";

/** A completion routine is told instead, through WPUQueueApc. */
const NO_ROUTINE = "lpOverlapped == NULL || lpCompletionRoutine != NULL || ";

/** One notification, or none, with the right handle. */
export function notificationRules(from: {
  readonly notified: From;
  readonly notNotified: From;
}): Rules<"lpOverlapped" | "lpCompletionRoutine"> {
  return {
    "notified-once": {
      says: "With the low bit of hEvent clear and no routine, an operation has one notification.",
      expects: "one call of WPUCompleteOverlappedRequest",
      advice: "As a provider, call it once for each operation, in any thread.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: from.notified,
      catalog: ["WSP-D5", "WSP-B4"],
      require:
        `${NO_ROUTINE}(lpOverlapped.hEvent & 1) != 0 || ` +
        "fact(error) != WSA_IO_PENDING || fact(notifications) == 1",
      accepts: [{ facts: { error: "WSA_IO_PENDING", notifications: 1 } }],
      rejects: [
        { facts: { error: "WSA_IO_PENDING", notifications: 0 } },
        { facts: { error: "WSA_IO_PENDING", notifications: 2 } },
      ],
    },
    "not-notified-if-polled": {
      says: "With the low bit of hEvent set, and no routine, there is no notification at all.",
      expects: "no call of WPUCompleteOverlappedRequest, because the low bit of hEvent is set",
      advice: "As a provider, look at the bit; the switch polls with WSPGetOverlappedResult.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: from.notNotified,
      catalog: ["WSP-D5", "WSP-B4"],
      require: "lpOverlapped == NULL || (lpOverlapped.hEvent & 1) == 0 || fact(notifications) == 0",
      accepts: [{ set: { "lpOverlapped.hEvent": 0x41 }, facts: { notifications: 0 } }],
      rejects: [{ set: { "lpOverlapped.hEvent": 0x41 }, facts: { notifications: 1 } }],
    },
    "notified-with-switch-handle": {
      says: "The notification names the socket by the switch's handle, not by the descriptor.",
      expects: "the handle that WPUCreateSocketHandle gave",
      advice: "As a provider, keep both handles of a socket apart: the descriptor is only yours.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: from.notified,
      catalog: ["WSP-D5"],
      require: "fact(notifications) == 0 || fact(notification.of-switch)",
      accepts: [
        { facts: { notifications: 1, "notification.of-switch": true } },
        { facts: { notifications: 0, "notification.of-switch": false } },
      ],
      rejects: [{ facts: { notifications: 1, "notification.of-switch": false } }],
    },
  };
}

/** What WSPGetOverlappedResult says, and when. */
export function resultRules(result: From): Rules<"lpOverlapped"> {
  return {
    "result-after-completion": {
      says: "WSPGetOverlappedResult says TRUE only once the operation is over, else 996.",
      expects: "FALSE and WSA_IO_INCOMPLETE while the operation is pending",
      advice: "As a provider, answer FALSE with WSA_IO_INCOMPLETE, or wait where fWait is TRUE.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: result,
      catalog: ["WSP-D4"],
      lifetime: {
        after: "WSA_IO_PENDING",
        until: "completion",
        of: ["lpOverlapped"],
        forbids: ["result"],
      },
      accepts: [{ events: ["return WSA_IO_PENDING", "completion", "result lpOverlapped"] }],
      rejects: [{ events: ["return WSA_IO_PENDING", "result lpOverlapped", "completion"] }],
    },
    "result-tells-bytes": {
      says: "WSPGetOverlappedResult tells the byte count with which the operation was completed.",
      expects: "the byte count of the completion",
      advice: "As a provider, keep the count until the result has been asked for.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: result,
      catalog: ["WSP-D4"],
      require: "fact(result.bytes) == fact(completion.information)",
      accepts: [{ facts: { "result.bytes": 8, "completion.information": 8 } }],
      rejects: [{ facts: { "result.bytes": 0, "completion.information": 8 } }],
    },
  };
}
