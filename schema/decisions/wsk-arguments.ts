/** Decisions on the arguments of the WSK sends. */
import { defineDecision } from "../define.js";

export const wskArgumentDecisions = [
  defineDecision({
    name: "send-to-flags-direction",
    asks: "Which direction has Flags of WskSendTo?",
    sides: [
      {
        says: "the page prints none in the signature and none in the heading",
        from: { page: "wsk-send-to", section: "Syntax" },
      },
      { says: "the header has _Reserved_", from: { header: "wsk.h", line: 1091 } },
    ],
    decides: "reserved: a direction of its own, which must hold 0; its type is the literal 0",
    catalog: ["1"],
  }),
  defineDecision({
    name: "send-ex-unannotated",
    asks: "What are the directions of WskSendEx, and may ControlInfo be NULL?",
    sides: [
      {
        says: "the page prints no annotation and a prototype without commas",
        from: { page: "wsk-send-ex", section: "Syntax", sentence: 4 },
      },
      {
        says: "the header makes ControlInfo optional, of ControlInfoLength bytes",
        from: { header: "wsk.h", line: 1342 },
      },
    ],
    decides: "the header decides: in, except Irp; ControlInfo may be NULL exactly without a length",
    catalog: ["3"],
  }),
  defineDecision({
    name: "control-info-of-send-ex",
    asks: "Is the control information of WskSendEx laid out as that of WskSendTo?",
    sides: [
      {
        says: "WskSendTo: one or more objects, each behind a CMSGHDR",
        from: { page: "wsk-send-to", section: "Parameters/ControlInfo" },
      },
      {
        says: "WskSendEx: something for the remote side, no word on its form",
        from: { page: "wsk-send-ex", section: "Parameters/ControlInfo" },
      },
    ],
    decides: "yes: the C types are the same; the rules are marked as inferred",
    catalog: ["4"],
  }),
  defineDecision({
    name: "control-info-null-strength",
    asks: "Must ControlInfo be NULL where its length is 0, or should it?",
    sides: [
      {
        says: "the Portuguese page says must",
        from: { page: "wsk-send-to", section: "Parameters/ControlInfo" },
      },
      {
        says: "the English original says should",
        from: { docs: "nc-wsk-pfn_wsk_send_to", about: "ControlInfo without a length" },
      },
    ],
    decides: "should: a translation sharpens no word; an error in strict, a note in header",
    catalog: ["28"],
  }),
  defineDecision({
    name: "oob-undocumented",
    asks: "May WSK_FLAG_OOB be passed?",
    sides: [
      { says: "the header defines it for sends", from: { header: "wsk.h", line: 1308 } },
      {
        says: "no page names it",
        from: { page: "wsk-send", section: "Parameters/Flags" },
      },
    ],
    decides: "only in the header profile, with a warning: a bit without a described effect is none",
    catalog: ["5"],
  }),
  defineDecision({
    name: "null-mdl",
    asks: "May Mdl be NULL on a send?",
    sides: [
      {
        says: "the page of WSK_BUF allows it with length 0, and names only WskReceive",
        from: { docs: "ns-wsk-_wsk_buf", about: "when Mdl may be NULL" },
      },
      {
        says: "Wine and viosock refuse it with another length",
        from: { reference: "Wine netio.c, viosock wsk-utils.c" },
      },
    ],
    decides: "with length 0, on every send; Offset then means nothing",
    catalog: ["9"],
  }),
  defineDecision({
    name: "offset-at-end",
    asks: "May Offset be the ByteCount of the first MDL?",
    sides: [
      { says: "the header: entirely within the first MDL", from: { header: "wsk.h", line: 96 } },
      {
        says: "the page: within the buffer",
        from: { docs: "ns-wsk-_wsk_buf", about: "what Offset counts from" },
      },
      { says: "viosock lets it pass", from: { reference: "viosock wsk-utils.c" } },
    ],
    decides: "allowed, because an implementation takes it; refused in strict",
    catalog: ["9"],
  }),
  defineDecision({
    name: "length-beyond-chain",
    asks: "May Length go beyond the MDL chain?",
    sides: [
      {
        says: "no page forbids it in words",
        from: { docs: "ns-wsk-_wsk_buf", about: "what Length counts" },
      },
      {
        says: "a comment of Wine's test driver: Windows stops",
        from: { observed: "Wine driver_netio.c" },
      },
    ],
    decides: "no, in every profile: there is no memory to send from, and the price is a bug check",
    catalog: ["10"],
  }),
  defineDecision({
    name: "context-of-flags",
    asks: "Are flags of one number the same flag?",
    sides: [
      {
        says: "0x2 is NODELAY, WAITALL, RELEASE_ASAP and CONNECTION_SOCKET by turns",
        from: { header: "wsk.h" },
      },
    ],
    decides: "no: every context has a set of its own, and the types do not mix",
    catalog: ["30"],
  }),
  defineDecision({
    name: "control-info-order",
    asks: "Which comes first, the control information or its length?",
    sides: [
      {
        says: "sends and WskReceiveEx: the length; events and indications: the pointer",
        from: { header: "wsk.h" },
      },
      {
        says: "WskReceiveFrom calls the length ControlLength, its page ControlInfoLength too",
        from: { header: "wsk.h", line: 1170 },
      },
    ],
    decides: "as each prototype has it; arguments by name keep callers from mixing them up",
    catalog: ["31"],
  }),
  defineDecision({
    name: "cmsg-details",
    asks: "How wide is cmsg_len, and how are objects aligned?",
    sides: [
      {
        says: "SIZE_T; macros that align by the header type, for Windows Vista and later",
        from: { header: "ws2def.h" },
      },
      {
        says: "WSA_CMSG_LEN forgets the parentheses round its argument; a macro renames the tag",
        from: { header: "ws2def.h" },
      },
    ],
    decides: "as the macros compute it: a header of 16 or 12 bytes, aligned to 8 or 4",
    catalog: ["35"],
  }),
];
