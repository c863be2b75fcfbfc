import { defineCall } from "../define-call.js";

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
  summary: "Sends data and control information over a connection-oriented or stream socket.",

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
      from: { page: "wsk-send-ex", section: "Return value/STATUS_SUCCESS" },
    },
    STATUS_PENDING: {
      completes: "later",
      result: "open",
      information: "bytes-sent",
      doc: "The data could not be sent at once; the IRP is completed when it has been.",
      from: { page: "wsk-send-ex", section: "Return value/STATUS_PENDING" },
    },
    STATUS_FILE_FORCED_CLOSED: {
      completes: "already",
      result: "failure",
      then: "WskCloseSocket",
      doc: "The socket no longer works, and the IRP is completed with failure.",
      from: { page: "wsk-send-ex", section: "Return value/STATUS_FILE_FORCED_CLOSED" },
    },
    STATUS_NOT_SUPPORTED: {
      completes: "already",
      result: "failure",
      doc: "The transport does not support a flag; the IRP is completed with failure.",
      from: { policy: "its row alone is silent on the IRP; every other row completes it" },
    },
  },
  otherwise: {
    completes: "already",
    result: "failure",
    doc: "An error occurred, and the IRP is completed with failure.",
    from: { page: "wsk-send-ex", section: "Return value/Other status codes" },
  },

  rules: {
    "Flags.flags": {
      says: "Flags combines send flags only.",
      expects: "a combination of WSK_FLAG_NODELAY",
      advice: "Pass 0 or WSK_FLAG_NODELAY; other bits mean nothing to a send.",
      on: ["Flags"],
      strength: "must",
      seenBy: "arguments",
      from: { page: "wsk-send-ex", section: "Parameters/Flags", sentence: 1 },
      catalog: ["WSK-A6"],
      accepts: [{ set: { Flags: 0 } }, { set: { Flags: 2 } }],
      rejects: [{ set: { Flags: 0x8000_0002 } }, { set: { Flags: 4 } }],
    },
    "Flags.undocumented": {
      says: "Flags leaves out WSK_FLAG_OOB, which the header has and no page describes.",
      expects: "no WSK_FLAG_OOB, which no page describes",
      advice: "Do without out-of-band data, or judge by the header profile to allow it.",
      on: ["Flags"],
      strength: { documented: "must", header: "should", strict: "must" },
      seenBy: "arguments",
      from: [
        { header: "wsk.h", line: 1308 },
        { policy: "a bit without a documented effect is refused where pages are the contract" },
      ],
      catalog: ["WSK-A6"],
      accepts: [{ set: { Flags: 2 } }],
      rejects: [{ set: { Flags: 1 } }, { set: { Flags: 3 }, profile: "header" }],
    },
    "ControlInfoLength.bytes-of": {
      says: "ControlInfo points to at least ControlInfoLength bytes.",
      expects: "at most the bytes that ControlInfo points to",
      advice: "Correct the length: the rest would be read from beyond the buffer.",
      on: ["ControlInfoLength", "ControlInfo"],
      strength: "must",
      seenBy: "arguments",
      from: [
        { page: "wsk-send-ex", section: "Parameters/ControlInfoLength", sentence: 1 },
        { header: "wsk.h", line: 1342 },
      ],
      catalog: ["WSK-A9", "WSK-A10"],
      accepts: [
        {
          set: { ControlInfoLength: 16, ControlInfo: { hex: "10000000000000000000000013000000" } },
        },
      ],
      rejects: [
        {
          set: { ControlInfoLength: 24, ControlInfo: { hex: "10000000000000000000000013000000" } },
        },
      ],
    },
    "ControlInfo.required": {
      says: "ControlInfo is not NULL where ControlInfoLength is not 0.",
      expects: "a pointer to control information, because ControlInfoLength is not 0",
      advice: "Pass the control information, or set ControlInfoLength to 0.",
      on: ["ControlInfo", "ControlInfoLength"],
      strength: "must",
      seenBy: "arguments",
      from: { inferred: "the page is silent; the rule of WskSendTo for the same two parameters" },
      catalog: ["WSK-B7"],
      accepts: [{ set: { ControlInfoLength: 0, ControlInfo: null } }],
      rejects: [{ set: { ControlInfoLength: 16, ControlInfo: null } }],
    },
    "ControlInfo.null": {
      says: "ControlInfo is NULL where ControlInfoLength is 0.",
      expects: "NULL, because ControlInfoLength is 0",
      advice: "Pass NULL where there is no control information, or tell its length.",
      on: ["ControlInfo", "ControlInfoLength"],
      strength: { documented: "should", header: "note", strict: "must" },
      seenBy: "arguments",
      from: { inferred: "the page is silent; the rule of WskSendTo for the same two parameters" },
      catalog: ["WSK-B7"],
      accepts: [{ set: { ControlInfoLength: 0, ControlInfo: null } }],
      rejects: [
        { set: { ControlInfoLength: 0, ControlInfo: { bytes: 16 } } },
        { set: { ControlInfoLength: 0, ControlInfo: { bytes: 16 } }, profile: "strict" },
      ],
    },
    "control-info-well-formed": {
      says: "ControlInfo holds one or more control data objects, each whole and at its alignment.",
      expects: "control data objects that fill ControlInfoLength, each beginning with a CMSGHDR",
      advice: "Lay the objects out with WSA_CMSG_SPACE, and set cmsg_len with WSA_CMSG_LEN.",
      on: ["ControlInfo", "ControlInfoLength"],
      strength: "must",
      seenBy: "arguments",
      from: [
        { header: "ws2def.h" },
        {
          inferred:
            "the page only speaks of additional information; the C type is that of WskSendTo",
        },
      ],
      catalog: ["WSK-B8", "WSK-B9"],
      require:
        "ControlInfo == NULL || ControlInfoLength == 0 || " +
        "wellFormed(ControlInfo, ControlInfoLength)",
      accepts: [
        {
          set: { ControlInfoLength: 16, ControlInfo: { hex: "10000000000000000000000013000000" } },
        },
        {
          set: {
            ControlInfoLength: 48,
            ControlInfo: {
              hex:
                "11000000000000000000000003000000" +
                "0100000000000000" +
                "18000000000000000000000013000000" +
                "0000000000000000",
            },
          },
        },
      ],
      rejects: [
        { set: { ControlInfoLength: 8, ControlInfo: { bytes: 8 } } },
        { set: { ControlInfoLength: 16, ControlInfo: { bytes: 16 } } },
        {
          set: { ControlInfoLength: 16, ControlInfo: { hex: "11000000000000000000000013000000" } },
        },
        {
          set: {
            ControlInfoLength: 44,
            ControlInfo: {
              hex:
                "14000000000000000000000003000000" +
                "01000000" +
                "18000000000000000000000013000000" +
                "0000000000000000",
            },
          },
        },
      ],
    },
    irql: {
      says: "The call is made at DISPATCH_LEVEL or below.",
      expects: "an IRQL of at most DISPATCH_LEVEL",
      advice: "Queue the send to a DPC or a work item; above DISPATCH_LEVEL Windows stops.",
      on: [],
      strength: "must",
      seenBy: "state",
      from: { page: "wsk-send-ex", section: "Requirements/IRQL" },
      catalog: ["WSK-A12"],
      require: "fact(irql) <= DISPATCH_LEVEL",
      accepts: [{ facts: { irql: 2 } }],
      rejects: [{ facts: { irql: 3 } }],
    },
  },
});
