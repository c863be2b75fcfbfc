import { defineCall } from "../define-call.js";
import {
  controlInfoRules, irqlRules, remoteAddressRules, reservedFlagRules,
} from "../rules/wsk-arguments.js"; // prettier-ignore
import { completionRules } from "../rules/wsk-completion.js";
import { irpRules } from "../rules/wsk-irp.js";
import { addressRules, bufferRules, controlInfoLifetime } from "../rules/wsk-memory.js";
import { readerRules } from "../rules/wsk-reader.js";
import { datagramSocketRules } from "../rules/wsk-socket.js";

const page = {
  docs: "nc-wsk-pfn_wsk_send_messages",
  about: "parameters and return codes",
} as const;
const sibling = { inferred: "as WskSendTo has it for one datagram" } as const;
const header = { header: "wsk.h", line: 1135 } as const;

/** WskSendMessages: several datagrams to one address. */
export const WskSendMessages = defineCall({
  name: "WskSendMessages",
  typedef: "PFN_WSK_SEND_MESSAGES",
  header: "wsk.h",
  describedFrom:
    "its signature in wsk.h, its public page, and that of WskSendTo for what the two share",
  tables: ["WSK_PROVIDER_DATAGRAM_DISPATCH"],
  irql: "<= DISPATCH_LEVEL",
  since: "Windows 8",
  returns: "NTSTATUS",
  profiles: ["documented", "header", "strict"],
  summary: "Sends a list of datagrams, all to one remote transport address.",

  params: {
    Socket: {
      type: "PWSK_SOCKET",
      dir: "in",
      printed: "none",
      sal: "_In_",
      doc: "The datagram socket to send over.",
      catalog: [],
    },
    BufferList: {
      type: "PWSK_BUF_LIST",
      dir: "in",
      printed: "none",
      sal: "_In_",
      doc: "The datagrams: one WSK_BUF each, in the order in which they are sent.",
      catalog: [],
    },
    Flags: {
      type: "ULONG",
      dir: "reserved",
      printed: "none",
      sal: "_Reserved_",
      mustBe: 0,
      doc: "Reserved for the system.",
      catalog: [],
    },
    RemoteAddress: {
      type: "PSOCKADDR",
      dir: "in",
      printed: "none",
      sal: "_In_opt_",
      nullOnlyIf: { any: ["socket.remote-address-fixed", "socket.destination-fixed"] },
      doc: "Where to send all of them; NULL sends to the address fixed on the socket.",
      catalog: [],
    },
    ControlInfoLength: {
      type: "ULONG",
      dir: "in",
      printed: "none",
      sal: "_In_",
      bytesOf: "ControlInfo",
      doc: "The length of the control information, in bytes; 0 without any.",
      catalog: [],
    },
    ControlInfo: {
      type: "PCMSGHDR",
      dir: "in",
      printed: "none",
      sal: "_In_reads_bytes_opt_(ControlInfoLength)",
      nullIff: { param: "ControlInfoLength", is: 0 },
      doc: "Control data objects to send along with each datagram.",
      catalog: [],
    },
    Irp: {
      type: "PIRP",
      dir: "inout",
      printed: "none",
      sal: "_Inout_",
      doc: "The IRP, allocated by the caller, that WSK completes when all datagrams are sent.",
      catalog: [],
    },
  },

  outcomes: {
    STATUS_SUCCESS: {
      completes: "already",
      result: "success",
      information: "bytes-sent",
      doc: "The datagrams were sent, and the IRP is completed with success.",
      from: page,
    },
    STATUS_PENDING: {
      completes: "later",
      result: "open",
      information: "bytes-sent",
      doc: "The datagrams could not be sent at once; the IRP is completed when they have been.",
      from: page,
    },
    STATUS_FILE_FORCED_CLOSED: {
      completes: "anytime",
      result: "failure",
      then: "WskCloseSocket",
      doc: "The socket no longer works, and the IRP is completed with failure.",
      from: sibling,
    },
  },
  otherwise: {
    completes: "anytime",
    result: "failure",
    doc: "An error occurred, and the IRP is completed with failure.",
    from: page,
  },

  rules: {
    // Flags: reserved, 0.
    ...reservedFlagRules([header, page]),
    // RemoteAddress: of the socket's family; NULL only where an address is fixed on the socket.
    ...remoteAddressRules({ fits: sibling, optional: [header, sibling] }),
    // ControlInfo: control data objects of ControlInfoLength bytes; NULL without a length.
    ...controlInfoRules({
      length: header,
      required: page,
      absent: page,
      wellFormed: [{ header: "ws2def.h" }, page],
      supported: sibling,
    }),
    // At DISPATCH_LEVEL or below.
    ...irqlRules(sibling),
    // A datagram socket, bound, not closed.
    ...datagramSocketRules({
      category: { header: "wsk.h", line: 1530 },
      bound: [header, { decision: "send-to-bound" }],
      forcedClosed: sibling,
    }),
    "slot-exists": {
      says: "The provider's table is long enough to have the function: older ones are shorter.",
      expects: "a dispatch table with a slot for WskSendMessages",
      advice: "Ask for the provider's version, or send each datagram with WskSendTo.",
      on: ["Socket"],
      strength: "must",
      seenBy: "state",
      from: [{ header: "wsk.h", line: 1530 }, { decision: "send-ex-availability" }],
      catalog: [],
      require: "fact(dispatch.category) == WSK_FLAG_DATAGRAM_SOCKET && fact(dispatch.slots) > 7",
      accepts: [
        { facts: { "dispatch.category": "WSK_FLAG_DATAGRAM_SOCKET", "dispatch.slots": 8 } },
      ],
      rejects: [
        { facts: { "dispatch.category": "WSK_FLAG_DATAGRAM_SOCKET", "dispatch.slots": 7 } },
        { facts: { "dispatch.category": "WSK_FLAG_STREAM_SOCKET", "dispatch.slots": 15 } },
      ],
    },
    // An IRP with a completion routine, for this send alone until it is completed and reused.
    ...irpRules,
    // The IRP is completed once, on every path; success means all bytes of all datagrams.
    ...completionRules(
      { success: page, pending: page, otherwise: page, unbuffered: sibling },
      {
        bytes: "total(BufferList, Buffer.Length)",
        short: { "BufferList.Buffer.Length": 20 },
      },
    ),
    // After STATUS_PENDING the MDL chains stay locked, and ControlInfo valid, until the completion.
    ...bufferRules({ locked: sibling }, { param: "BufferList", mdl: "BufferList.Buffer.Mdl" }),
    ...addressRules,
    // No page says so of this function, and msquic, a client in every Windows, keeps its control
    // information on the stack: breaches are notes, save for the careful reading.
    ...controlInfoLifetime(sibling, {
      catalog: "WSK-D6",
      strength: { documented: "note", header: "note", strict: "must" },
    }),
    // No promise of delivery; the ideal backlog; availability; no calls from completion routines.
    ...readerRules,
  },
});
