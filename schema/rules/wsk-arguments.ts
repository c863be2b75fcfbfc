/** Arguments that several WSK sends take: flags, control information, the IRQL of the call. */
import type { From, Rules } from "./shared.js";

/** The flags of WskSend and WskSendEx; `from` is where their page lists them. */
export function sendFlagRules(from: From): Rules<"Flags"> {
  return {
    "Flags.flags": {
      says: "Flags combines send flags only.",
      expects: "a combination of WSK_FLAG_NODELAY",
      advice: "Pass 0 or WSK_FLAG_NODELAY; other bits mean nothing to a send.",
      on: ["Flags"],
      strength: "must",
      seenBy: "arguments",
      from,
      catalog: ["WSK-A6"],
      accepts: [{ set: { Flags: 0 } }, { set: { Flags: 2 } }],
      rejects: [{ set: { Flags: 0x8000_0002 } }, { set: { Flags: 4 } }],
    },
    "Flags.undocumented": {
      says: "Flags leaves out WSK_FLAG_OOB, which the header has and no page describes.",
      expects: "no WSK_FLAG_OOB, which no page describes",
      advice: "Do without out-of-band data: only the header profile lets the flag pass.",
      on: ["Flags"],
      strength: { documented: "must", header: "should", strict: "must" },
      seenBy: "arguments",
      from: [{ header: "wsk.h", line: 1308 }, { decision: "oob-undocumented" }],
      catalog: ["WSK-A6"],
      accepts: [{ set: { Flags: 2 } }],
      rejects: [{ set: { Flags: 1 } }, { set: { Flags: 3 }, profile: "header" }],
    },
  };
}

/** The flags of WskSendTo and WskSendMessages. */
export function reservedFlagRules(from: From): Rules<"Flags"> {
  return {
    "Flags.must-be": {
      says: "Flags is reserved and must be 0.",
      expects: "0, because it is reserved",
      advice: "Pass 0. The flags of WskSend mean nothing to a datagram.",
      on: ["Flags"],
      strength: "must",
      seenBy: "arguments",
      from,
      catalog: ["WSK-A7"],
      answers: "STATUS_INVALID_PARAMETER",
      accepts: [{ set: { Flags: 0 } }],
      rejects: [{ set: { Flags: 2 } }],
    },
  };
}

/** The address of a datagram. */
export function remoteAddressRules(from: {
  readonly fits: From;
  readonly optional: From;
}): Rules<"RemoteAddress"> {
  return {
    "RemoteAddress.null-only-if": {
      says: "RemoteAddress is NULL only on a socket with a fixed remote address or destination.",
      expects: "an address, because none is fixed on the socket",
      advice:
        "Pass an address, or fix one: SIO_WSK_SET_REMOTE_ADDRESS, SIO_WSK_SET_SENDTO_ADDRESS.",
      on: ["RemoteAddress"],
      strength: "must",
      seenBy: "state",
      class: "cross-argument",
      from: from.optional,
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
      class: "cross-argument",
      from: from.fits,
      catalog: ["WSK-B10"],
      require: "RemoteAddress == NULL || RemoteAddress.sa_family == fact(socket.address-family)",
      accepts: [{ facts: { "socket.address-family": "AF_INET" } }],
      rejects: [{ facts: { "socket.address-family": "AF_INET6" } }],
    },
  };
}

/** Where the control information of a call is described. */
export interface ControlInfoSources {
  readonly length: From;
  readonly required: From;
  readonly absent: From;
  readonly wellFormed: From;
  readonly supported: From;
}

/** One object: IP_PKTINFO without data, 16 bytes on 64-bit Windows. */
const ONE = { hex: "10000000000000000000000013000000" };

/** The length and the bytes of control information. */
export function controlInfoRules(
  from: ControlInfoSources,
): Rules<"ControlInfoLength" | "ControlInfo"> {
  return {
    "ControlInfoLength.bytes-of": {
      says: "ControlInfo points to at least ControlInfoLength bytes.",
      expects: "at most the bytes that ControlInfo points to",
      advice: "Correct the length: the rest would be read from beyond the buffer.",
      on: ["ControlInfoLength", "ControlInfo"],
      strength: "must",
      seenBy: "arguments",
      from: from.length,
      catalog: ["WSK-A9", "WSK-A10"],
      accepts: [{ set: { ControlInfoLength: 16, ControlInfo: ONE } }],
      rejects: [{ set: { ControlInfoLength: 24, ControlInfo: ONE } }],
    },
    "ControlInfo.required": {
      says: "ControlInfo is not NULL where ControlInfoLength is not 0.",
      expects: "a pointer to control information, because ControlInfoLength is not 0",
      advice: "Pass the control information, or set ControlInfoLength to 0.",
      on: ["ControlInfo", "ControlInfoLength"],
      strength: "must",
      seenBy: "arguments",
      from: from.required,
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
      from: from.absent,
      catalog: ["WSK-B7"],
      accepts: [{ set: { ControlInfoLength: 0, ControlInfo: null } }],
      rejects: [
        { set: { ControlInfoLength: 0, ControlInfo: { bytes: 16 } } },
        { set: { ControlInfoLength: 0, ControlInfo: { bytes: 16 } }, profile: "strict" },
      ],
    },
    "control-info-well-formed": wellFormed(from.wellFormed),
    "control-info-supported": {
      says: "Not every transport carries control information.",
      expects: "no control information, because the transport does not support it",
      advice: "Ask the transport's documentation, and be ready for STATUS_NOT_SUPPORTED.",
      on: ["ControlInfoLength"],
      strength: "should",
      seenBy: "state",
      from: from.supported,
      catalog: ["WSK-C9"],
      answers: "STATUS_NOT_SUPPORTED",
      require: "ControlInfoLength == 0 || fact(transport.supports-control-info)",
      accepts: [
        { set: { ControlInfoLength: 16, ControlInfo: ONE }, facts: supportsControlInfo(true) },
        { facts: supportsControlInfo(false) },
      ],
      rejects: [
        { set: { ControlInfoLength: 16, ControlInfo: ONE }, facts: supportsControlInfo(false) },
      ],
    },
  };
}

const supportsControlInfo = (does: boolean): { readonly [fact: string]: boolean } => ({
  "transport.supports-control-info": does,
});

function wellFormed(
  from: From,
): Rules<"ControlInfoLength" | "ControlInfo">["control-info-well-formed"] & object {
  return {
    says: "ControlInfo holds one or more control data objects, each whole and at its alignment.",
    expects: "control data objects that fill ControlInfoLength, each beginning with a CMSGHDR",
    advice: "Lay the objects out with WSA_CMSG_SPACE, and set cmsg_len with WSA_CMSG_LEN.",
    on: ["ControlInfo", "ControlInfoLength"],
    strength: "must",
    seenBy: "arguments",
    from,
    catalog: ["WSK-B8", "WSK-B9"],
    require:
      "ControlInfo == NULL || ControlInfoLength == 0 || " +
      "wellFormed(ControlInfo, ControlInfoLength)",
    accepts: [
      { set: { ControlInfoLength: 16, ControlInfo: ONE } },
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
      { set: { ControlInfoLength: 16, ControlInfo: { hex: `11${ONE.hex.slice(2)}` } } },
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
  };
}

/** At which IRQL a send may be called. */
export function irqlRules(from: From): Rules<never> {
  return {
    irql: {
      says: "The call is made at DISPATCH_LEVEL or below.",
      expects: "an IRQL of at most DISPATCH_LEVEL",
      advice: "Queue the send to a DPC or a work item; above DISPATCH_LEVEL Windows stops.",
      on: [],
      strength: "must",
      seenBy: "state",
      class: "argument",
      from,
      catalog: ["WSK-A12"],
      require: "fact(irql) <= DISPATCH_LEVEL",
      accepts: [{ facts: { irql: 2 } }],
      rejects: [{ facts: { irql: 3 } }],
    },
  };
}
