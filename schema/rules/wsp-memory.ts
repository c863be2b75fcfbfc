/** Whose memory is whose while a provider sends. */
import type { From, Rules } from "./shared.js";

/** The array of WSABUFs is captured at the call; the data it points to is not copied. */
export function arrayRules(from: {
  readonly captured: From;
  readonly valid: From;
}): Rules<"lpBuffers"> {
  return {
    "array-captured": {
      says: "The provider captures the WSABUF array before it returns, and reads it no more.",
      expects: "no read of the WSABUF array after the call has returned",
      advice: "As a provider, copy the WSABUF structures; the switch may have them on its stack.",
      on: ["lpBuffers"],
      strength: "must",
      seenBy: "protocol",
      from: from.captured,
      catalog: ["WSP-D8"],
      lifetime: {
        after: "return",
        until: "call",
        of: ["lpBuffers", "lpBuffers.len"],
        forbids: ["callee-read"],
      },
      accepts: [
        { events: ["callee-read lpBuffers", "return WSA_IO_PENDING", "completion"] },
        { events: ["return WSA_IO_PENDING", "read lpBuffers", "completion"] },
      ],
      rejects: [
        { events: ["return WSA_IO_PENDING", "callee-read lpBuffers", "completion"] },
        { events: ["return WSA_IO_PENDING", "callee-read lpBuffers.len", "completion"] },
      ],
    },
    "array-lasts-the-call": {
      says: "The WSABUF array stays as it is until the call has returned.",
      expects: "the WSABUF array in place until the call has returned",
      advice: "Change or free the array behind the call, not from another thread during it.",
      on: ["lpBuffers"],
      strength: "must",
      seenBy: "protocol",
      from: from.captured,
      catalog: ["WSP-D8"],
      lifetime: {
        after: "call",
        until: "return",
        of: ["lpBuffers", "lpBuffers.len"],
        forbids: ["free", "write", "leave-frame"],
      },
      accepts: [{ events: ["return WSA_IO_PENDING", "write lpBuffers", "completion"] }],
      rejects: [
        { events: ["write lpBuffers", "return WSA_IO_PENDING"] },
        { events: ["write lpBuffers.len", "return WSA_IO_PENDING"] },
      ],
    },
    "array-kept": {
      says: "One sentence wants the array valid for the whole operation; it is a note only.",
      expects: "the WSABUF array in place until the operation is over",
      advice: "A provider that captures the array, as it must, does not need this.",
      on: ["lpBuffers"],
      strength: "note",
      seenBy: "protocol",
      from: from.valid,
      catalog: ["WSP-D8"],
      lifetime: {
        after: "WSA_IO_PENDING",
        until: "completion",
        of: ["lpBuffers", "lpBuffers.len"],
        forbids: ["free", "write", "leave-frame"],
      },
      accepts: [{ events: ["return WSA_IO_PENDING", "completion", "free lpBuffers"] }],
      rejects: [{ events: ["return WSA_IO_PENDING", "free lpBuffers", "completion"] }],
    },
    "data-stays": {
      says: "The data that the buffers describe stays in place until the operation is over.",
      expects: "the data in place until the operation is over",
      advice: "Free or change the data when the notification has come.",
      on: ["lpBuffers"],
      strength: "must",
      seenBy: "protocol",
      from: { docs: "nc-ws2spi-lpwspsend", about: "how long the data must stay" },
      catalog: ["WSP-D9"],
      lifetime: {
        after: "call",
        until: ["completion", "failure", "NO_ERROR"],
        of: ["lpBuffers.buf"],
        forbids: ["free", "write", "leave-frame"],
      },
      accepts: [{ events: ["return WSA_IO_PENDING", "completion", "free lpBuffers.buf"] }],
      rejects: [
        { events: ["return WSA_IO_PENDING", "free lpBuffers.buf", "completion"] },
        { events: ["free lpBuffers.buf", "return WSA_IO_PENDING", "completion"] },
      ],
    },
  };
}
