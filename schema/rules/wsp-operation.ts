/** How a provider's send starts and ends. */
import type { From, Rules } from "./shared.js";
import { notificationRules, resultRules } from "./wsp-notifications.js";

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

type OperationParams =
  "lpNumberOfBytesSent" | "lpBuffers" | "lpOverlapped" | "lpErrno" | "lpCompletionRoutine";

/** The operation from its start to the notification. */
export function operationRules(from: OperationSources): Rules<OperationParams> {
  return {
    ...countRules(from),
    ...resultRules(from.result),
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
    "completed-once": {
      says: "A started operation is completed once only.",
      expects: "no second completion of the operation",
      advice: "As a provider, forget the overlapped structure when you complete it.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: from.notified,
      catalog: ["WSP-D5"],
      lifetime: {
        after: "completion",
        until: "call",
        of: ["lpOverlapped"],
        forbids: ["completion", "notification"],
      },
      accepts: [{ events: ["return WSA_IO_PENDING", "notification", "completion"] }],
      rejects: [{ events: ["return WSA_IO_PENDING", "completion", "completion"] }],
    },
    "completed-at-all": {
      says: "A started operation is completed one day.",
      expects: "a completion of the operation",
      advice: "As a provider, complete what you have answered with WSA_IO_PENDING.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: from.pending,
      catalog: ["WSP-D4", "WSP-D5"],
      lifetime: { after: "WSA_IO_PENDING", of: ["lpOverlapped"], owes: ["completion"] },
      accepts: [
        { events: ["return WSA_IO_PENDING", "completion"] },
        { events: ["return NO_ERROR"] },
      ],
      rejects: [{ events: ["return WSA_IO_PENDING"] }],
    },
    "out-parameters-last-the-call": {
      says: "What the call writes or reads through its other pointers stays until it has returned.",
      expects: "the memory in place until the call has returned",
      advice: "Let no other thread free it meanwhile.",
      on: ["lpErrno"],
      strength: "must",
      seenBy: "protocol",
      from: { inferred: "the call writes its error code and count before it returns" },
      catalog: [],
      class: "lifetime",
      lifetime: {
        after: "call",
        until: "return",
        of: ["lpErrno", "lpNumberOfBytesSent", "lpThreadId"],
        forbids: ["free", "leave-frame"],
      },
      accepts: [{ events: ["return WSA_IO_PENDING", "leave-frame lpErrno", "completion"] }],
      rejects: [{ events: ["free lpErrno", "return WSA_IO_PENDING"] }],
    },
    "result-and-code": {
      says: "The function returns 0 without a code, or SOCKET_ERROR with one.",
      expects: "0 and no code, or SOCKET_ERROR and a code",
      advice: "As a provider, set lpErrno exactly where you return SOCKET_ERROR.",
      on: ["lpErrno"],
      strength: "must",
      seenBy: "protocol",
      from: from.immediate,
      catalog: ["WSP-D1", "WSP-D2"],
      require:
        "(fact(returned) == 0 && fact(error) == NO_ERROR) || " +
        "(fact(returned) == SOCKET_ERROR && fact(error) != NO_ERROR)",
      accepts: [
        { facts: { returned: 0, error: "NO_ERROR" } },
        { facts: { returned: -1, error: "WSA_IO_PENDING" } },
      ],
      rejects: [
        { facts: { returned: -1, error: "NO_ERROR" } },
        { facts: { returned: 0, error: "WSA_IO_PENDING" } },
        { facts: { returned: 5, error: "NO_ERROR" } },
      ],
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
        after: "call",
        until: ["completion", "failure", "NO_ERROR"],
        of: ["lpOverlapped"],
        forbids: ["free", "leave-frame", "call"],
      },
      accepts: [{ events: ["return WSA_IO_PENDING", "completion", "free lpOverlapped"] }],
      rejects: [
        { events: ["return WSA_IO_PENDING", "free lpOverlapped", "completion"] },
        { events: ["free lpOverlapped", "return WSA_IO_PENDING", "completion"] },
        { events: ["return WSA_IO_PENDING", "call lpOverlapped", "completion"] },
      ],
    },
    "overlapped-owners": {
      says: "While the operation is pending, Offset and OffsetHigh are the provider's alone.",
      expects: "Offset and OffsetHigh as the provider has left them",
      advice: "Fill them before the call; read the result with WSPGetOverlappedResult.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: [
        { docs: "ff565952", about: "which members belong to the provider" },
        { decision: "overlapped-width" },
      ],
      catalog: ["WSP-D11"],
      lifetime: {
        after: "call",
        until: ["completion", "failure", "NO_ERROR"],
        of: ["lpOverlapped.Offset", "lpOverlapped.OffsetHigh"],
        forbids: ["write"],
      },
      accepts: [{ events: ["return WSA_IO_PENDING", "callee-write lpOverlapped.Offset"] }],
      rejects: [{ events: ["return WSA_IO_PENDING", "write lpOverlapped.Offset", "completion"] }],
    },
    "event-left-alone": {
      says: "The provider does not write hEvent.",
      expects: "hEvent as the caller has set it",
      advice: "As a provider, keep your state in Offset and OffsetHigh, and let the upcall end it.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: { docs: "ff565952", about: "which members belong to the provider" },
      catalog: ["WSP-D11"],
      lifetime: { after: "call", of: ["lpOverlapped.hEvent"], forbids: ["callee-write"] },
      accepts: [{ events: ["return WSA_IO_PENDING", "callee-write lpOverlapped.Internal"] }],
      rejects: [{ events: ["callee-write lpOverlapped.hEvent", "return WSA_IO_PENDING"] }],
    },
    "close-aborts": {
      says: "Closing the socket ends each operation that is still pending.",
      expects: "a completion of the operation after the socket was closed",
      advice: "As a provider, complete all operations, then call WPUCloseSocketHandle last.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "protocol",
      from: { docs: "closing-a-socket (SAN)", about: "what becomes of pending operations" },
      catalog: ["WSP-D12"],
      lifetime: {
        after: ["WSA_IO_PENDING", "close"],
        of: ["lpOverlapped"],
        owes: ["completion"],
      },
      accepts: [
        { events: ["return WSA_IO_PENDING", "close", "completion WSA_OPERATION_ABORTED"] },
        { events: ["return WSAENOTCONN", "close"] },
        { events: ["return NO_ERROR", "close"] },
      ],
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
      says: "Once WSA_IO_PENDING came back, lpNumberOfBytesSent holds no count, then or later.",
      expects: "no read of lpNumberOfBytesSent, because the operation is pending",
      advice: "Take the count from WSPGetOverlappedResult or from the notification.",
      on: ["lpNumberOfBytesSent"],
      strength: "must",
      seenBy: "protocol",
      from: from.pending,
      catalog: ["WSP-D2"],
      lifetime: {
        after: "WSA_IO_PENDING",
        until: ["call", "write"],
        of: ["lpNumberOfBytesSent"],
        forbids: ["read"],
      },
      accepts: [
        { events: ["return NO_ERROR", "read lpNumberOfBytesSent"] },
        {
          events: [
            "return WSA_IO_PENDING",
            "write lpNumberOfBytesSent",
            "read lpNumberOfBytesSent",
          ],
        },
      ],
      rejects: [{ events: ["return WSA_IO_PENDING", "read lpNumberOfBytesSent"] }],
    },
  };
}
