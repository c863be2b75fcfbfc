import { defineCall } from "../define-call.js";
import { citing } from "../rules/shared.js";
import {
  controlInfoRules, irqlRules, remoteAddressRules, reservedFlagRules,
} from "../rules/wsk-arguments.js"; // prettier-ignore
import { completionRules } from "../rules/wsk-completion.js";
import { irpRules } from "../rules/wsk-irp.js";
import { addressRules, bufferRules, controlInfoLifetime } from "../rules/wsk-memory.js";
import { readerRules } from "../rules/wsk-reader.js";
import { datagramSocketRules } from "../rules/wsk-socket.js";

const at = citing("wsk-send-to");

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
  decided: ["callback-names", "broadcast"],

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
      from: at("Return value/STATUS_SUCCESS"),
    },
    STATUS_PENDING: {
      completes: "later",
      result: "open",
      information: "bytes-sent",
      doc: "The datagram could not be sent at once; the IRP is completed when it has been.",
      from: at("Return value/STATUS_PENDING"),
    },
    STATUS_FILE_FORCED_CLOSED: {
      completes: "anytime",
      result: "failure",
      then: "WskCloseSocket",
      doc: "The socket no longer works, and the IRP is completed with failure.",
      from: at("Return value/STATUS_FILE_FORCED_CLOSED"),
    },
  },
  otherwise: {
    completes: "anytime",
    result: "failure",
    doc: "An error occurred, and the IRP is completed with failure.",
    from: at("Return value/Other status codes"),
  },

  rules: {
    // Flags: reserved, 0.
    ...reservedFlagRules([
      at("Parameters/Flags", 2),
      { header: "wsk.h", line: 1091 },
      { docs: "nc-wsk-pfn_wsk_connect_ex", about: "what it answers to a reserved flag" },
      { decision: "send-to-flags-direction" },
      { decision: "context-of-flags" },
    ]),
    // RemoteAddress: of the socket's family; NULL only where an address is fixed on the socket.
    ...remoteAddressRules({
      fits: at("Parameters/RemoteAddress", 2),
      optional: [
        at("Parameters/RemoteAddress", 3),
        at("Parameters/RemoteAddress", 4),
        at("Parameters/RemoteAddress", 5),
        { decision: "both-fixed-addresses" },
      ],
    }),
    // ControlInfo: control data objects of ControlInfoLength bytes; NULL without a length.
    ...controlInfoRules({
      length: [
        at("Parameters/ControlInfoLength", 1),
        { header: "wsk.h", line: 1091 },
        { decision: "control-info-order" },
      ],
      required: at("Parameters/ControlInfoLength", 2),
      absent: [at("Parameters/ControlInfo", 3), { decision: "control-info-null-strength" }],
      wellFormed: [
        at("Parameters/ControlInfo", 2),
        { header: "ws2def.h" },
        { decision: "cmsg-details" },
      ],
      supported: [{ header: "wsk.h", line: 1081 }, { reference: "viosock refuses all of it" }],
    }),
    // At DISPATCH_LEVEL or below.
    ...irqlRules(at("Requirements/IRQL")),
    // A datagram socket, bound, not closed.
    ...datagramSocketRules({
      category: [at("Parameters/Socket", 1), { header: "wsk.h", line: 1530 }],
      bound: [
        { header: "wsk.h", line: 1081 },
        { docs: "binding-a-socket-to-a-transport-address", about: "which sockets are bound" },
        { decision: "send-to-bound" },
        { observed: "Wine driver_netio.c: the answer of WskConnect on an unbound socket" },
      ],
      forcedClosed: at("Return value/STATUS_FILE_FORCED_CLOSED"),
    }),
    // An IRP with a completion routine, for this send alone until it is completed and reused.
    ...irpRules,
    // The IRP is completed once, on every path; success means all bytes of Buffer.
    ...completionRules(
      {
        success: at("Return value/STATUS_SUCCESS"),
        pending: at("Return value/STATUS_PENDING"),
        otherwise: at("Return value/Other status codes"),
        unbuffered: [at("Remarks", 5), at("Remarks", 6), { decision: "sizes-and-order" }],
      },
      { bytes: "Buffer.Length", short: { "Buffer.Length": 20 } },
    ),
    // After STATUS_PENDING the MDL chain stays locked, and ControlInfo valid, until the completion.
    ...bufferRules(
      { locked: [at("Remarks", 1), at("Remarks", 3), at("Remarks", 4)] },
      { param: "Buffer", mdl: "Buffer.Mdl" },
    ),
    ...addressRules,
    ...controlInfoLifetime([at("Remarks", 2), at("Remarks", 3), at("Remarks", 4)], {
      catalog: "WSK-D6",
    }),
    // No promise of delivery; the ideal backlog; availability; no calls from completion routines.
    ...readerRules,
  },
});
