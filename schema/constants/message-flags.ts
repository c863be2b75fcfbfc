/**
 * MSG_ flags. A send takes those of MSG_FLAGS only; the others belong to receives, or come back
 * from them.
 */
import { defineConstants } from "../define.js";

export const MSG_FLAGS = defineConstants({
  name: "MSG_FLAGS",
  doc: "Flags of WSPSend for layered providers; a SAN provider never sees one.",
  use: "flags",
  from: { header: "WinSock2.h", line: 520 },
  values: {
    MSG_OOB: { value: 0x1, doc: "Send as out-of-band data." },
    MSG_DONTROUTE: { value: 0x4, doc: "Do not route; the provider may ignore it." },
    MSG_PARTIAL: { value: 0x8000, doc: "This is only a part of the message." },
  },
});

export const MSG_RECEIVE_FLAGS = defineConstants({
  name: "MSG_RECEIVE_FLAGS",
  doc: "Flags of WSPRecv and WSPRecvFrom that mean nothing to a send.",
  use: "flags",
  from: { header: "WinSock2.h", line: 521 },
  values: {
    MSG_PEEK: { value: 0x2, doc: "Look at the data and leave it where it is." },
    MSG_WAITALL: { value: 0x8, doc: "Complete only when the buffers are full." },
    MSG_PUSH_IMMEDIATE: {
      value: 0x20,
      doc: "Complete with what is there, rather than wait for more.",
    },
  },
});

export const MSG_UNDOCUMENTED_FLAGS = defineConstants({
  name: "MSG_UNDOCUMENTED_FLAGS",
  doc: "MSG_ flags that the header has and no page of a send or receive function lists.",
  use: "flags",
  from: { header: "WinSock2.h", line: 538 },
  values: {
    MSG_INTERRUPT: { value: 0x10, doc: "The call comes from an interrupt, in 16-bit Windows." },
  },
});

export const WSAMSG_FLAGS = defineConstants({
  name: "WSAMSG_FLAGS",
  doc: "What WSAMSG.dwFlags says about a message that was received.",
  use: "flags",
  from: { header: "ws2def.h", line: 862 },
  values: {
    MSG_TRUNC: { value: 0x100, doc: "The message was longer than the buffers." },
    MSG_CTRUNC: { value: 0x200, doc: "The control information was longer than its buffer." },
    MSG_BCAST: { value: 0x400, doc: "The message came as a broadcast." },
    MSG_MCAST: { value: 0x800, doc: "The message came as a multicast." },
    MSG_ERRQUEUE: { value: 0x1000, doc: "This is an error about an earlier send, no message." },
  },
});
