/** How a provider's send starts and ends. */
import type { From, Rules } from "./shared.js";

/** Where an operation is described. */
export interface OperationSources {
  readonly immediate: From;
  readonly pending: From;
  readonly failure: From;
  readonly result: From;
  readonly notified: From;
  readonly notNotified: From;
  readonly dataOrder: From;
  readonly anyOrder: From;
  readonly overlappedValid: From;
}

/** The operation from its start to the notification. */
export function operationRules(
  from: OperationSources,
): Rules<"lpNumberOfBytesSent" | "lpBuffers" | "lpOverlapped"> {
  return {
    ...countRules(from),
    ...notificationRules(from),
    "failure-starts-nothing": {
      says: "After any error but WSA_IO_PENDING nothing was started, and nothing will complete.",
      expects: "neither completion nor notification, because the call failed",
      advice: "As a provider, report a failure once: by the return, or by a completion.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: from.failure,
      catalog: ["WSP-D3"],
      lifetime: {
        after: "failure",
        until: "call",
        of: ["lpOverlapped"],
        forbids: ["completion", "notification"],
      },
      accepts: [{ events: ["return WSAENOTCONN"] }],
      rejects: [
        { events: ["return WSAENOTCONN", "completion"] },
        { events: ["return WSAENOBUFS", "notification"] },
      ],
    },
    "result-after-completion": {
      says: "WSPGetOverlappedResult says TRUE only once the operation is over, else 996.",
      expects: "FALSE and WSA_IO_INCOMPLETE while the operation is pending",
      advice: "As a provider, answer FALSE with WSA_IO_INCOMPLETE, or wait where fWait is TRUE.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: from.result,
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
    "data-in-order": {
      says: "The bytes go out in the order of the buffers, and call after call.",
      expects: "the bytes at the peer in the order of buffers and calls",
      advice: "As a provider, queue operations; only their notifications may overtake each other.",
      on: ["lpBuffers"],
      strength: "must",
      seenBy: "protocol",
      from: from.dataOrder,
      catalog: ["WSP-D6"],
      require: "fact(data.in-order)",
      accepts: [{ facts: { "data.in-order": true } }],
      rejects: [{ facts: { "data.in-order": false } }],
    },
    "any-notification-order": {
      says: "Notifications come in any order; nobody may count on the order of the operations.",
      expects: "a caller that goes by the overlapped structure of each notification",
      advice: "Find the operation by its WSAOVERLAPPED, not by its turn.",
      on: ["lpOverlapped"],
      strength: "note",
      seenBy: "reader",
      class: "lifetime",
      unchecked: "it grants the provider a freedom: every order keeps it",
      from: from.anyOrder,
      catalog: ["WSP-D7"],
      accepts: [],
      rejects: [],
    },
    "overlapped-stays-valid": {
      says: "lpOverlapped stays in place, and is used for nothing else, until the completion.",
      expects: "an overlapped structure that stays until its operation is over",
      advice: "Free or reuse it when the notification has come, or the result is TRUE.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: from.overlappedValid,
      catalog: ["WSP-D10", "WSP-B3"],
      lifetime: {
        after: "WSA_IO_PENDING",
        until: "completion",
        of: ["lpOverlapped"],
        forbids: ["free", "leave-frame", "call"],
      },
      accepts: [{ events: ["return WSA_IO_PENDING", "completion", "free lpOverlapped"] }],
      rejects: [
        { events: ["return WSA_IO_PENDING", "free lpOverlapped", "completion"] },
        { events: ["return WSA_IO_PENDING", "call lpOverlapped", "completion"] },
      ],
    },
    "overlapped-owners": {
      says: "Of WSAOVERLAPPED the provider writes Offset and OffsetHigh only, and never the rest.",
      expects: "Internal, InternalHigh and hEvent untouched by the provider",
      advice: "Call WPUCompleteOverlappedRequest: it sets InternalHigh, then Internal.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: { docs: "wsaoverlapped (SAN)", about: "which members belong to whom" },
      catalog: ["WSP-D11"],
      lifetime: {
        after: "WSA_IO_PENDING",
        until: "completion",
        of: ["lpOverlapped.Internal", "lpOverlapped.InternalHigh", "lpOverlapped.hEvent"],
        forbids: ["write"],
      },
      accepts: [{ events: ["return WSA_IO_PENDING", "write lpOverlapped.Offset", "completion"] }],
      rejects: [{ events: ["return WSA_IO_PENDING", "write lpOverlapped.Internal", "completion"] }],
    },
    "close-aborts": {
      says: "Closing the socket ends each pending operation with WSA_OPERATION_ABORTED.",
      expects: "a completion of the operation after the socket was closed",
      advice: "As a provider, complete all operations, then call WPUCloseSocketHandle last.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: { docs: "closing-a-socket (SAN)", about: "what becomes of pending operations" },
      catalog: ["WSP-D12"],
      answers: "WSA_OPERATION_ABORTED",
      lifetime: { after: "close", of: ["lpOverlapped"], owes: ["completion"] },
      accepts: [{ events: ["return WSA_IO_PENDING", "close", "completion WSA_OPERATION_ABORTED"] }],
      rejects: [{ events: ["return WSA_IO_PENDING", "close"] }],
    },
  };
}

function countRules(from: OperationSources): Rules<"lpNumberOfBytesSent"> {
  return {
    "count-of-immediate": {
      says: "Where the function returns 0, lpNumberOfBytesSent holds the bytes transmitted.",
      expects: "the bytes transmitted at lpNumberOfBytesSent, because 0 was returned",
      advice: "As a provider, store the count before you return 0.",
      on: ["lpNumberOfBytesSent"],
      strength: "must",
      seenBy: "protocol",
      from: from.immediate,
      catalog: ["WSP-D1"],
      require:
        "lpNumberOfBytesSent == NULL || fact(returned) != 0 || " +
        "fact(bytes-sent) == fact(completion.information)",
      accepts: [{ facts: { returned: 0, "bytes-sent": 8, "completion.information": 8 } }],
      rejects: [{ facts: { returned: 0, "bytes-sent": 0, "completion.information": 8 } }],
    },
    "count-untouched-if-pending": {
      says: "With WSA_IO_PENDING nothing is written to lpNumberOfBytesSent.",
      expects: "lpNumberOfBytesSent untouched, because the operation is pending",
      advice: "As a provider, store no count; as a caller, ask WSPGetOverlappedResult for it.",
      on: ["lpNumberOfBytesSent"],
      strength: "must",
      seenBy: "protocol",
      from: from.pending,
      catalog: ["WSP-D2"],
      require: "fact(error) != WSA_IO_PENDING || !fact(bytes-sent.written)",
      accepts: [{ facts: { error: "WSA_IO_PENDING", "bytes-sent.written": false } }],
      rejects: [{ facts: { error: "WSA_IO_PENDING", "bytes-sent.written": true } }],
    },
    "count-not-read-if-pending": {
      says: "While the operation is pending, nobody reads a count from lpNumberOfBytesSent.",
      expects: "no read of lpNumberOfBytesSent, because the operation is pending",
      advice: "Take the count from WSPGetOverlappedResult or from the notification.",
      on: ["lpNumberOfBytesSent"],
      strength: "must",
      seenBy: "protocol",
      from: from.pending,
      catalog: ["WSP-D2"],
      lifetime: {
        after: "WSA_IO_PENDING",
        of: ["lpNumberOfBytesSent"],
        forbids: ["read"],
      },
      accepts: [{ events: ["return NO_ERROR", "read lpNumberOfBytesSent"] }],
      rejects: [{ events: ["return WSA_IO_PENDING", "read lpNumberOfBytesSent"] }],
    },
  };
}

function notificationRules(from: OperationSources): Rules<"lpOverlapped"> {
  return {
    "notified-once": {
      says: "With the low bit of hEvent clear, a started operation has one notification.",
      expects: "one call of WPUCompleteOverlappedRequest",
      advice: "As a provider, call it once for each operation, in any thread.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: from.notified,
      catalog: ["WSP-D5", "WSP-B4"],
      require:
        "lpOverlapped == NULL || (lpOverlapped.hEvent & 1) != 0 || " +
        "fact(error) != WSA_IO_PENDING || fact(notifications) == 1",
      accepts: [{ facts: { error: "WSA_IO_PENDING", notifications: 1 } }],
      rejects: [
        { facts: { error: "WSA_IO_PENDING", notifications: 0 } },
        { facts: { error: "WSA_IO_PENDING", notifications: 2 } },
      ],
    },
    "not-notified-if-polled": {
      says: "With the low bit of hEvent set, there is no notification at all.",
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
      require: "fact(notification.of-switch)",
      accepts: [{ facts: { "notification.of-switch": true } }],
      rejects: [{ facts: { "notification.of-switch": false } }],
    },
  };
}
