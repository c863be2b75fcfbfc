/** The part of an I/O request packet that a sender sees. */
import { defineStruct } from "../define.js";

export const IRP = defineStruct({
  name: "IRP",
  doc: "An I/O request packet: the caller owns it, WSK completes it.",
  subset: "A sender may rely on these members only; WSK fills the stack locations itself.",
  from: { header: "wdm.h" },
  fields: {
    IoStatus: { type: "IO_STATUS_BLOCK", doc: "How the request ended, once it has." },
    PendingReturned: { type: "BOOLEAN", doc: "A lower driver marked the IRP pending." },
    StackCount: { type: "CHAR", doc: "How many stack locations there are." },
    CurrentLocation: { type: "CHAR", doc: "The current one; StackCount + 1 when fresh." },
    Cancel: { type: "BOOLEAN", doc: "Somebody asked to cancel the request." },
  },
  rules: {
    "location-left": {
      says: "The IRP has a stack location left for WSK.",
      expects: "at least 2: a stack location of the IRP is left for WSK",
      advice: "Allocate the IRP with StackSize 1 or more; pass none down that is used up.",
      on: "CurrentLocation",
      strength: "must",
      class: "lifetime",
      from: [
        {
          docs: "using-irps-with-winsock-kernel-functions",
          about: "how many stack locations WSK needs",
        },
        { inferred: "a fresh IRP stands at StackCount + 1, and each driver takes one" },
      ],
      catalog: ["WSK-D9"],
      require: "CurrentLocation >= 2",
      accepts: [{ set: { StackCount: 3, CurrentLocation: 2 } }],
      rejects: [{ set: { StackCount: 1, CurrentLocation: 1 } }],
    },
  },
  example: {
    IoStatus: { Status: 0, Information: 0 },
    PendingReturned: false,
    StackCount: 1,
    CurrentLocation: 2,
    Cancel: false,
  },
});

export const IO_STATUS_BLOCK = defineStruct({
  name: "IO_STATUS_BLOCK",
  doc: "How a request ended.",
  from: { header: "wdm.h" },
  fields: {
    Status: { type: "NTSTATUS", doc: "The final status." },
    Information: { type: "ULONG_PTR", doc: "For a send that succeeded: the bytes sent." },
  },
  example: { Status: 0, Information: 0 },
});
