import { defineCall } from "../define-call.js";

/** WskSendTo: one datagram. */
export const WskSendTo = defineCall({
  name: "WskSendTo",
  typedef: "PFN_WSK_SEND_TO",
  header: "wsk.h",
  page: "wsk-send-to",
  tables: ["WSK_PROVIDER_DATAGRAM_DISPATCH"],
  irql: "<= DISPATCH_LEVEL",
  since: "Windows Vista",
  returns: "NTSTATUS",
  profiles: ["documented", "header", "strict"],
  summary: "Sends a datagram to a remote transport address.",

  params: {
    Socket: {
      type: "PWSK_SOCKET",
      dir: "in",
      printed: "[in]",
      sal: "_In_",
      doc: "The datagram socket to send over.",
      catalog: ["WSK-A1"],
    },
    Buffer: {
      type: "PWSK_BUF",
      dir: "in",
      printed: "[in]",
      sal: "_In_",
      doc: "The data of the datagram.",
      catalog: ["WSK-A2", "WSK-A3", "WSK-A4", "WSK-B6"],
    },
    Flags: {
      type: "ULONG",
      dir: "reserved",
      printed: "none",
      sal: "_Reserved_",
      mustBe: 0,
      doc: "Reserved for the system.",
      catalog: ["WSK-A5"],
    },
    RemoteAddress: {
      type: "PSOCKADDR",
      dir: "in",
      printed: "[in, optional]",
      sal: "_In_opt_",
      nullOnlyIf: { any: ["socket.remote-address-fixed", "socket.destination-fixed"] },
      doc: "Where to send it; NULL sends to the address fixed on the socket.",
      catalog: ["WSK-A11"],
    },
    ControlInfoLength: {
      type: "ULONG",
      dir: "in",
      printed: "[in]",
      sal: "_In_",
      bytesOf: "ControlInfo",
      doc: "The length of the control information, in bytes; 0 without any.",
      catalog: ["WSK-A9"],
    },
    ControlInfo: {
      type: "PCMSGHDR",
      dir: "in",
      printed: "[in, optional]",
      sal: "_In_reads_bytes_opt_(ControlInfoLength)",
      nullIff: { param: "ControlInfoLength", is: 0 },
      doc: "Control data objects to send along, each beginning with a CMSGHDR.",
      catalog: ["WSK-A10"],
    },
    Irp: {
      type: "PIRP",
      dir: "inout",
      printed: "[in, out]",
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
      doc: "The datagram was sent, and the IRP is completed with success.",
      from: { page: "wsk-send-to", section: "Return value/STATUS_SUCCESS" },
    },
    STATUS_PENDING: {
      completes: "later",
      result: "open",
      information: "bytes-sent",
      doc: "The datagram could not be sent at once; the IRP is completed when it has been.",
      from: { page: "wsk-send-to", section: "Return value/STATUS_PENDING" },
    },
    STATUS_FILE_FORCED_CLOSED: {
      completes: "already",
      result: "failure",
      then: "WskCloseSocket",
      doc: "The socket no longer works, and the IRP is completed with failure.",
      from: { page: "wsk-send-to", section: "Return value/STATUS_FILE_FORCED_CLOSED" },
    },
  },
  otherwise: {
    completes: "already",
    result: "failure",
    doc: "An error occurred, and the IRP is completed with failure.",
    from: { page: "wsk-send-to", section: "Return value/Other status codes" },
  },

  rules: {
    "Flags.must-be": {
      says: "Flags is reserved and must be 0.",
      expects: "0, because it is reserved",
      advice: "Pass 0. The flags of WskSend mean nothing to a datagram.",
      on: ["Flags"],
      strength: "must",
      seenBy: "arguments",
      from: [
        { page: "wsk-send-to", section: "Parameters/Flags", sentence: 2 },
        { header: "wsk.h", line: 1091 },
      ],
      catalog: ["WSK-A7"],
      accepts: [{ set: { Flags: 0 } }],
      rejects: [{ set: { Flags: 2 } }],
    },
    "RemoteAddress.null-only-if": {
      says: "RemoteAddress is NULL only on a socket with a fixed remote address or destination.",
      expects: "an address, because none is fixed on the socket",
      advice:
        "Pass an address, or fix one: SIO_WSK_SET_REMOTE_ADDRESS, SIO_WSK_SET_SENDTO_ADDRESS.",
      on: ["RemoteAddress"],
      strength: "must",
      seenBy: "state",
      from: { page: "wsk-send-to", section: "Parameters/RemoteAddress", sentence: 3 },
      catalog: ["WSK-B11", "WSK-B12"],
      accepts: [
        { set: { RemoteAddress: null }, facts: { "socket.destination-fixed": true } },
        { facts: { "socket.remote-address-fixed": true, "socket.destination-fixed": true } },
      ],
      rejects: [
        {
          set: { RemoteAddress: null },
          facts: { "socket.remote-address-fixed": false, "socket.destination-fixed": false },
        },
      ],
    },
    "remote-address-fits-socket": {
      says: "RemoteAddress is of the address family with which the socket was created.",
      expects: "an address of the socket's family",
      advice: "Pass SOCKADDR_IN on an AF_INET socket and SOCKADDR_IN6 on an AF_INET6 socket.",
      on: ["RemoteAddress"],
      strength: "must",
      seenBy: "state",
      from: { page: "wsk-send-to", section: "Parameters/RemoteAddress", sentence: 2 },
      catalog: ["WSK-B10"],
      require: "RemoteAddress == NULL || RemoteAddress.sa_family == fact(socket.address-family)",
      accepts: [{ facts: { "socket.address-family": 2 } }],
      rejects: [{ facts: { "socket.address-family": 23 } }],
    },
    "ControlInfoLength.bytes-of": {
      says: "ControlInfo points to at least ControlInfoLength bytes.",
      expects: "at most the bytes that ControlInfo points to",
      advice: "Correct the length: the rest would be read from beyond the buffer.",
      on: ["ControlInfoLength", "ControlInfo"],
      strength: "must",
      seenBy: "arguments",
      from: [
        { page: "wsk-send-to", section: "Parameters/ControlInfoLength", sentence: 1 },
        { header: "wsk.h", line: 1091 },
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
      from: { page: "wsk-send-to", section: "Parameters/ControlInfoLength", sentence: 2 },
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
      from: [
        { page: "wsk-send-to", section: "Parameters/ControlInfo", sentence: 3 },
        {
          policy: "the English page says should, its Portuguese translation must: English decides",
        },
      ],
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
        { page: "wsk-send-to", section: "Parameters/ControlInfo", sentence: 2 },
        { header: "ws2def.h" },
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
      from: { page: "wsk-send-to", section: "Requirements/IRQL" },
      catalog: ["WSK-A12"],
      require: "fact(irql) <= DISPATCH_LEVEL",
      accepts: [{ facts: { irql: 2 } }],
      rejects: [{ facts: { irql: 3 } }],
    },
  },
});
