/** Arguments that WSPSend and WSPSendTo share. */
import type { From, Rules } from "./shared.js";

/** The descriptor. */
export function descriptorRules(from: From): Rules<"s"> {
  return {
    "valid-descriptor": {
      says: "s is not INVALID_SOCKET.",
      expects: "a descriptor other than INVALID_SOCKET",
      advice: "Check what WSPSocket returned; a provider answers WSAENOTSOCK.",
      on: ["s"],
      strength: "must",
      seenBy: "arguments",
      from,
      catalog: ["WSP-A1"],
      answers: "WSAENOTSOCK",
      require: "!allOnes(s)",
      accepts: [{ set: { s: 0x104 } }],
      rejects: [{ set: { s: 0xffff_ffff_ffff_ffffn } }],
    },
    "known-descriptor": {
      says: "s is a descriptor that this provider has given out and not closed.",
      expects: "a descriptor of this provider",
      advice: "Keep the descriptor that WSPSocket returned; the switch's handle is another one.",
      on: ["s"],
      strength: "must",
      seenBy: "state",
      class: "argument",
      from,
      catalog: ["WSP-A1"],
      answers: "WSAENOTSOCK",
      require: "fact(socket.known)",
      accepts: [{ facts: { "socket.known": true } }],
      rejects: [{ facts: { "socket.known": false } }],
    },
  };
}

/** The completion routine of a layered provider's caller, and its thread. */
export function threadRules(from: From): Rules<"lpThreadId" | "lpCompletionRoutine"> {
  return {
    "thread-of-routine": {
      says: "A completion routine comes with the thread in which it is to run.",
      expects: "a WSATHREADID, because there is a completion routine",
      advice: "Pass the thread that WPUGetCurrentThreadId or WPUOpenCurrentThread gave.",
      on: ["lpThreadId", "lpCompletionRoutine"],
      strength: { header: "should", spi: "should", strict: "should" },
      seenBy: "arguments",
      from,
      catalog: ["WSP-A8"],
      require: "lpCompletionRoutine == NULL || lpThreadId != NULL",
      accepts: [
        { set: { lpThreadId: null, lpCompletionRoutine: null } },
        {
          set: {
            lpThreadId: { ThreadHandle: 0x44, Reserved: 0 },
            lpCompletionRoutine: { routine: true },
          },
        },
      ],
      rejects: [{ set: { lpThreadId: null, lpCompletionRoutine: { routine: true } } }],
    },
  };
}

/** The array of buffers; each WSABUF has rules of its own. */
export function bufferArrayRules(from: From): Rules<"dwBufferCount" | "lpBuffers"> {
  return {
    "dwBufferCount.count-of": {
      says: "lpBuffers points to at least dwBufferCount buffers.",
      expects: "at most the buffers that lpBuffers points to",
      advice: "Correct the count: the rest would be read from beyond the array.",
      on: ["dwBufferCount", "lpBuffers"],
      strength: "must",
      seenBy: "arguments",
      class: "argument",
      from,
      catalog: ["WSP-A2", "WSP-A3"],
      answers: "WSAEFAULT",
      accepts: [{ set: { dwBufferCount: 0, lpBuffers: [] } }, { set: { dwBufferCount: 1 } }],
      rejects: [{ set: { dwBufferCount: 2 } }],
    },
  };
}

/** The overlapped structure. */
export function overlappedRules(from: {
  readonly separate: From;
  readonly eventBit: From;
}): Rules<"lpOverlapped" | "lpCompletionRoutine"> {
  return {
    "overlapped-not-in-use": {
      says: "Each outstanding operation has an overlapped structure of its own.",
      expects: "an overlapped structure that no outstanding operation uses",
      advice: "Take another WSAOVERLAPPED until this one's operation has completed.",
      on: ["lpOverlapped"],
      strength: "must",
      seenBy: "arguments",
      class: "cross-argument",
      from: from.separate,
      catalog: ["WSP-B3"],
      require: "lpOverlapped == NULL || lpOverlapped.Internal != WSS_OPERATION_IN_PROGRESS",
      accepts: [{}],
      rejects: [{ set: { "lpOverlapped.Internal": 0x103 } }],
    },
    "event-bit-0": {
      says: "With the low bit of hEvent set, and no routine, nobody is notified of the completion.",
      expects: "an event whose low bit is clear, if a notification is wanted",
      advice: "Poll with WSPGetOverlappedResult, or clear the bit to be notified.",
      on: ["lpOverlapped"],
      strength: "note",
      seenBy: "arguments",
      class: "cross-argument",
      from: from.eventBit,
      catalog: ["WSP-B4"],
      require:
        "lpOverlapped == NULL || lpCompletionRoutine != NULL || (lpOverlapped.hEvent & 1) == 0",
      accepts: [{}],
      rejects: [{ set: { "lpOverlapped.hEvent": 0x41 } }],
    },
  };
}
