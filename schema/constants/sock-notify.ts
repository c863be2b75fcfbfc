/** Notifications of sockets through a completion port: what to ask for, and what is told. */
import { defineConstants } from "../define.js";

export const SOCK_NOTIFY_REGISTER_EVENTS = defineConstants({
  name: "SOCK_NOTIFY_REGISTER_EVENTS",
  doc: "Events that a registration asks for.",
  use: "flags",
  from: { header: "WinSock2.h", line: 4159 },
  values: {
    SOCK_NOTIFY_REGISTER_EVENT_NONE: { value: 0x0, doc: "No event." },
    SOCK_NOTIFY_REGISTER_EVENT_IN: { value: 0x1, doc: "Tell when there is something to receive." },
    SOCK_NOTIFY_REGISTER_EVENT_OUT: { value: 0x2, doc: "Tell when a send would not wait." },
    SOCK_NOTIFY_REGISTER_EVENT_HANGUP: { value: 0x4, doc: "Tell when the peer has hung up." },
    SOCK_NOTIFY_REGISTER_EVENTS_ALL: { value: 0x7, doc: "Every event that can be asked for." },
  },
});

export const SOCK_NOTIFY_EVENTS = defineConstants({
  name: "SOCK_NOTIFY_EVENTS",
  doc: "Events that a notification tells of; errors and removals come unasked.",
  use: "flags",
  from: { header: "WinSock2.h", line: 4177 },
  values: {
    SOCK_NOTIFY_EVENT_IN: { value: 0x1, doc: "There is something to receive." },
    SOCK_NOTIFY_EVENT_OUT: { value: 0x2, doc: "A send would not wait." },
    SOCK_NOTIFY_EVENT_HANGUP: { value: 0x4, doc: "The peer has hung up." },
    SOCK_NOTIFY_EVENT_ERR: { value: 0x40, doc: "The socket failed." },
    SOCK_NOTIFY_EVENT_REMOVE: { value: 0x80, doc: "The registration is gone." },
    SOCK_NOTIFY_EVENTS_ALL: { value: 0xc7, doc: "Every event that can be told of." },
  },
});

export const SOCK_NOTIFY_OPERATIONS = defineConstants({
  name: "SOCK_NOTIFY_OPERATIONS",
  doc: "What to do with a registration.",
  use: "flags",
  from: { header: "WinSock2.h", line: 4195 },
  values: {
    SOCK_NOTIFY_OP_NONE: { value: 0x0, doc: "Nothing." },
    SOCK_NOTIFY_OP_ENABLE: { value: 0x1, doc: "Make it, change it, or let it notify again." },
    SOCK_NOTIFY_OP_DISABLE: { value: 0x2, doc: "Keep it, and do not notify for now." },
    SOCK_NOTIFY_OP_REMOVE: { value: 0x4, doc: "End it; a last notification tells when it is." },
  },
});

export const SOCK_NOTIFY_TRIGGERS = defineConstants({
  name: "SOCK_NOTIFY_TRIGGERS",
  doc: "When a registration notifies, and how often.",
  use: "flags",
  from: { header: "WinSock2.h", line: 4210 },
  values: {
    SOCK_NOTIFY_TRIGGER_ONESHOT: { value: 0x1, doc: "Once, until it is enabled again." },
    SOCK_NOTIFY_TRIGGER_PERSISTENT: { value: 0x2, doc: "Every time." },
    SOCK_NOTIFY_TRIGGER_LEVEL: { value: 0x4, doc: "While the condition holds." },
    SOCK_NOTIFY_TRIGGER_EDGE: { value: 0x8, doc: "When the condition begins to hold." },
    SOCK_NOTIFY_TRIGGER_ALL: { value: 0xf, doc: "All four bits, to test for unknown ones." },
  },
});
