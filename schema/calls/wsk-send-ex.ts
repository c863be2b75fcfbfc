import { defineCall } from "../define-call.js";
import { citing } from "../rules/shared.js";
import { controlInfoRules, irqlRules, sendFlagRules } from "../rules/wsk-arguments.js";
import { completionRules, disconnectRules } from "../rules/wsk-completion.js";
import { irpRules } from "../rules/wsk-irp.js";
import { bufferRules, controlInfoLifetime } from "../rules/wsk-memory.js";
import { readerRules } from "../rules/wsk-reader.js";
import { connectedSocketRules } from "../rules/wsk-socket.js";

const at = citing("wsk-send-ex");

/** WskSendEx: data over a connection, with control information. */
export const WskSendEx = defineCall({
  name: "WskSendEx",
  typedef: "PFN_WSK_SEND_EX",
  header: "wsk.h",
  page: "wsk-send-ex",
  tables: ["WSK_PROVIDER_CONNECTION_DISPATCH", "WSK_PROVIDER_STREAM_DISPATCH"],
  irql: "<= DISPATCH_LEVEL",
  since: "not stated by its page",
  returns: "NTSTATUS",
  profiles: ["documented", "header", "strict"],
  summary: "Sends bytes and control information to the peer of a connected socket.",
  decided: ["callback-names", "withdrawn-pages"],

  params: {
    Socket: {
      type: "PWSK_SOCKET",
      dir: "in",
      printed: "none",
      sal: "_In_",
      doc: "The connected socket to send over.",
      catalog: ["WSK-A1"],
    },
    Buffer: {
      type: "PWSK_BUF",
      dir: "in",
      printed: "none",
      sal: "_In_",
      doc: "The data to send.",
      catalog: ["WSK-A2", "WSK-A3", "WSK-A4", "WSK-B6"],
    },
    Flags: {
      type: "ULONG",
      dir: "in",
      printed: "none",
      sal: "_In_",
      flags: "WSK_SEND_FLAGS",
      undocumented: ["WSK_FLAG_OOB"],
      doc: "0, or WSK_FLAG_NODELAY to send this and all queued data at once.",
      catalog: ["WSK-A5"],
    },
    ControlInfoLength: {
      type: "ULONG",
      dir: "in",
      printed: "none",
      sal: "_In_",
      bytesOf: "ControlInfo",
      doc: "The length of the control information, in bytes; 0 without any.",
      catalog: ["WSK-A9"],
    },
    ControlInfo: {
      type: "PCMSGHDR",
      dir: "in",
      printed: "none",
      sal: "_In_reads_bytes_opt_(ControlInfoLength)",
      nullIff: { param: "ControlInfoLength", is: 0 },
      doc: "Control data objects to send along, each beginning with a CMSGHDR.",
      catalog: ["WSK-A10"],
    },
    Irp: {
      type: "PIRP",
      dir: "inout",
      printed: "none",
      sal: "_Inout_",
      doc: "The IRP, allocated by the caller, that WSK completes when the send is done.",
      catalog: ["WSK-A8"],
    },
  },

  outcomes: {
    STATUS_SUCCESS: {
      completes: "already",
      result: "success",
      information: "bytes-sent",
      doc: "The data was sent, and the IRP is completed with success.",
      from: at("Return value/STATUS_SUCCESS"),
    },
    STATUS_PENDING: {
      completes: "later",
      result: "open",
      information: "bytes-sent",
      doc: "The data could not be sent at once; the IRP is completed when it has been.",
      from: at("Return value/STATUS_PENDING"),
    },
    STATUS_FILE_FORCED_CLOSED: {
      completes: "anytime",
      result: "failure",
      then: "WskCloseSocket",
      doc: "The socket no longer works, and the IRP is completed with failure.",
      from: at("Return value/STATUS_FILE_FORCED_CLOSED"),
    },
    STATUS_NOT_SUPPORTED: {
      completes: "anytime",
      result: "failure",
      doc: "The transport does not support a flag; the IRP is completed with failure.",
      from: { decision: "not-supported-completes" },
    },
  },
  otherwise: {
    completes: "anytime",
    result: "failure",
    doc: "An error occurred, and the IRP is completed with failure.",
    from: at("Return value/Other status codes"),
  },

  rules: {
    // Flags: 0 or WSK_FLAG_NODELAY. WSK_FLAG_OOB is in the header only.
    ...sendFlagRules([at("Parameters/Flags", 1), { decision: "context-of-flags" }]),
    // ControlInfo: control data objects of ControlInfoLength bytes; NULL without a length.
    ...controlInfoRules({
      length: [
        at("Parameters/ControlInfoLength", 1),
        { header: "wsk.h", line: 1342 },
        { decision: "control-info-order" },
      ],
      required: { decision: "send-ex-unannotated" },
      absent: { decision: "send-ex-unannotated" },
      wellFormed: [
        { header: "ws2def.h" },
        { inferred: "as WskSendTo, which takes the same C types" },
        { decision: "control-info-of-send-ex" },
        { decision: "cmsg-details" },
      ],
      supported: [at("Parameters/ControlInfo", 2), { reference: "viosock refuses all of it" }],
    }),
    // At DISPATCH_LEVEL or below.
    ...irqlRules(at("Requirements/IRQL")),
    // Socket: of category connection or stream, connected, neither disconnected nor closed.
    ...connectedSocketRules({
      category: [at("Remarks", 1), { header: "wsk.h", line: 1560 }],
      connected: [
        at("Remarks", 1),
        at("Remarks", 3),
        at("Remarks", 4),
        at("Remarks", 5),
        { decision: "connected-by" },
        { observed: "Wine driver_netio.c: the answer of WskConnect on an unbound socket" },
      ],
      notSupported: [
        at("Parameters/Flags/WSK_FLAG_NODELAY", 3),
        at("Return value/STATUS_NOT_SUPPORTED"),
      ],
      forcedClosed: at("Return value/STATUS_FILE_FORCED_CLOSED"),
      ownTable: "must",
    }),
    "slot-exists": {
      says: "The provider's table is long enough to have the function: older ones are shorter.",
      expects: "a dispatch table with a slot for WskSendEx",
      advice: "Ask for the provider's version or the length of its table, or call WskSend.",
      on: ["Socket"],
      strength: "must",
      seenBy: "state",
      from: [
        { header: "wsk.h", line: 1560 },
        { reference: "the table of ReactOS ends after ten functions" },
        { decision: "send-ex-availability" },
        { decision: "withdrawn-pages" },
      ],
      catalog: ["WSK-C11"],
      require:
        "(fact(dispatch.category) == WSK_FLAG_CONNECTION_SOCKET && fact(dispatch.slots) > 11) || " +
        "(fact(dispatch.category) == WSK_FLAG_STREAM_SOCKET && fact(dispatch.slots) > 13)",
      accepts: [
        { facts: { "dispatch.category": "WSK_FLAG_CONNECTION_SOCKET", "dispatch.slots": 13 } },
        { facts: { "dispatch.category": "WSK_FLAG_STREAM_SOCKET", "dispatch.slots": 15 } },
      ],
      rejects: [
        { facts: { "dispatch.category": "WSK_FLAG_CONNECTION_SOCKET", "dispatch.slots": 10 } },
        { facts: { "dispatch.category": "WSK_FLAG_STREAM_SOCKET", "dispatch.slots": 13 } },
      ],
    },
    // An IRP with a completion routine, for this send alone until it is completed and reused.
    ...irpRules,
    // The IRP is completed once, on every path; success means all bytes of Buffer.
    ...completionRules(
      {
        success: at("Return value/STATUS_SUCCESS"),
        pending: at("Return value/STATUS_PENDING"),
        otherwise: at("Return value/Other status codes"),
        unbuffered: [at("Remarks", 7), at("Remarks", 8), { decision: "sizes-and-order" }],
      },
      { bytes: "Buffer.Length", short: { "Buffer.Length": 20 } },
    ),
    // A graceful disconnect waits for the send, an abortive one cancels it.
    ...disconnectRules,
    // After STATUS_PENDING the MDL chain stays locked, and ControlInfo valid, until the completion.
    ...bufferRules({ locked: at("Remarks", 6) }, { param: "Buffer", mdl: "Buffer.Mdl" }),
    ...controlInfoLifetime({ decision: "description-lifetime" }, { catalog: "WSK-D7" }),
    // No promise of delivery; the ideal backlog; availability; no calls from completion routines.
    ...readerRules,
  },
});
