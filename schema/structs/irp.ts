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
    "location-in-stack": {
      says: "The IRP stands at most one location behind its stack, where a fresh one begins.",
      expects: "at most StackCount + 1: an IRP that is fresh, reused, or passed down",
      advice: "Call IoReuseIrp before an IRP is sent again; completing it has moved it on.",
      on: "CurrentLocation",
      strength: "must",
      class: "lifetime",
      from: [
        { inferred: "a fresh IRP stands at StackCount + 1, and each driver takes one" },
        { reference: "ReactOS stops with a bug check where such an IRP is completed" },
      ],
      catalog: [],
      require: "CurrentLocation <= StackCount + 1",
      accepts: [
        { set: { StackCount: 1, CurrentLocation: 2 } },
        { set: { StackCount: 127, CurrentLocation: 127 } },
      ],
      rejects: [
        { set: { StackCount: 1, CurrentLocation: 3 } },
        { set: { StackCount: -1, CurrentLocation: 2 } },
      ],
    },
  },
  layout: {
    align: { x64: 16, x86: 8, arm64: 16 },
    members: {
      Type: "CSHORT",
      Size: "USHORT",
      AllocationProcessorNumber: { type: "USHORT", only: ["x64", "arm64"] },
      Reserved1: { type: "USHORT", only: ["x64", "arm64"] },
      MdlAddress: "PMDL",
      Flags: "ULONG",
      AssociatedIrp: {
        union: { MasterIrp: "PIRP", IrpCount: "LONG", SystemBuffer: "PVOID" },
      },
      ThreadListEntry: "LIST_ENTRY",
      IoStatus: "field",
      RequestorMode: "CHAR",
      PendingReturned: "field",
      StackCount: "field",
      CurrentLocation: "field",
      Cancel: "field",
      CancelIrql: "KIRQL",
      ApcEnvironment: "CHAR",
      AllocationFlags: "UCHAR",
      status: {
        anonymous: true,
        union: { UserIosb: { pointer: "IO_STATUS_BLOCK" }, IoRingContext: "PVOID" },
      },
      UserEvent: { pointer: "KEVENT" },
      Overlay: {
        union: {
          AsynchronousParameters: {
            struct: {
              origin: {
                anonymous: true,
                union: {
                  UserApcRoutine: { pointer: "IO_APC_ROUTINE" },
                  IssuingProcess: "PVOID",
                },
              },
              UserApcContext: "PVOID",
            },
          },
          AllocationSize: "LARGE_INTEGER",
        },
      },
      CancelRoutine: { pointer: "DRIVER_CANCEL" },
      UserBuffer: "PVOID",
      Tail: {
        union: {
          Overlay: {
            struct: {
              queue: {
                anonymous: true,
                union: {
                  DeviceQueueEntry: "KDEVICE_QUEUE_ENTRY",
                  DriverContext: { type: "PVOID", count: 4 },
                },
              },
              Thread: { pointer: "ETHREAD" },
              AuxiliaryBuffer: { pointer: "CHAR" },
              ListEntry: "LIST_ENTRY",
              stack: {
                anonymous: true,
                union: {
                  CurrentStackLocation: { pointer: "IO_STACK_LOCATION" },
                  PacketType: "ULONG",
                },
              },
              OriginalFileObject: { pointer: "FILE_OBJECT" },
            },
          },
          Apc: "KAPC",
          CompletionKey: "PVOID",
        },
      },
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
  layout: {
    members: {
      result: { anonymous: true, union: { Status: "field", Pointer: "PVOID" } },
      Information: "field",
    },
  },
  example: { Status: 0, Information: 0 },
});
