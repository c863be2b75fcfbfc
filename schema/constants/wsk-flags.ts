/**
 * Flags of WSK functions and event callbacks. 1, 2, 4 and 8 mean something else in each of these
 * sets: 2 is NODELAY to a send, WAITALL to a receive, RELEASE_ASAP to an event.
 */
import { defineConstants } from "../define.js";

export const WSK_SEND_FLAGS = defineConstants({
  name: "WSK_SEND_FLAGS",
  doc: "Flags of WskSend and WskSendEx.",
  use: "flags",
  from: { header: "wsk.h", line: 1308 },
  values: {
    WSK_FLAG_OOB: {
      value: 0x1,
      doc: "Send as out-of-band data. The header has it, no page mentions it.",
    },
    WSK_FLAG_NODELAY: { value: 0x2, doc: "Send this and all queued data at once." },
  },
});

export const WSK_RECEIVE_FLAGS = defineConstants({
  name: "WSK_RECEIVE_FLAGS",
  doc: "Flags of WskReceive; their numbers mean something else to a send function.",
  use: "flags",
  from: { header: "wsk.h", line: 1361 },
  values: {
    WSK_FLAG_WAITALL: { value: 0x2, doc: "Complete only when the buffer is full." },
    WSK_FLAG_DRAIN: { value: 0x4, doc: "Throw the received data away." },
  },
});

export const WSK_DISCONNECT_FLAGS = defineConstants({
  name: "WSK_DISCONNECT_FLAGS",
  doc: "Flags of WskDisconnect.",
  use: "flags",
  from: { header: "wsk.h", line: 435 },
  values: {
    WSK_FLAG_ABORTIVE: {
      value: 0x1,
      doc: "Break the connection at once; sends that are still outstanding are cancelled.",
    },
  },
});

export const WSK_EVENT_FLAGS = defineConstants({
  name: "WSK_EVENT_FLAGS",
  doc: "Flags with which WSK calls the event callbacks of its client.",
  use: "flags",
  from: { header: "wsk.h", line: 357 },
  values: {
    WSK_FLAG_RELEASE_ASAP: {
      value: 0x2,
      doc: "The provider wants its data back soon: copy it rather than keep it.",
    },
    WSK_FLAG_ENTIRE_MESSAGE: { value: 0x4, doc: "The data indicated is a whole message." },
    WSK_FLAG_AT_DISPATCH_LEVEL: {
      value: 0x8,
      doc: "The callback runs at DISPATCH_LEVEL; without it, at any level up to that.",
    },
  },
});

export const WSK_SOCKET_CATEGORIES = defineConstants({
  name: "WSK_SOCKET_CATEGORIES",
  doc: "Flags of WskSocket that choose the category of the socket, and with it the dispatch table.",
  use: "flags",
  from: { header: "wsk.h", line: 459 },
  values: {
    WSK_FLAG_BASIC_SOCKET: { value: 0x0, doc: "Control requests only; it sends nothing." },
    WSK_FLAG_LISTEN_SOCKET: { value: 0x1, doc: "Accepts connections; it sends nothing itself." },
    WSK_FLAG_CONNECTION_SOCKET: { value: 0x2, doc: "Sends over a connection that it makes." },
    WSK_FLAG_DATAGRAM_SOCKET: { value: 0x4, doc: "Sends datagrams, with WskSendTo." },
    WSK_FLAG_STREAM_SOCKET: {
      value: 0x8,
      doc: "Decides later whether it listens or connects, and then sends like a connection.",
    },
  },
});
