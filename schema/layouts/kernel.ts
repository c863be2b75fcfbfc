/** Types of the I/O manager and the kernel that an IRP is made of. */
import { defineLayout } from "../define-layout.js";

const from = { header: "wdm.h" } as const;
/** POINTER_ALIGNMENT: the member begins where a pointer could. */
const likePointer = { x64: 8, arm64: 8 } as const;

export const LARGE_INTEGER = defineLayout({
  name: "LARGE_INTEGER",
  doc: "A signed 64-bit number, whole or in halves.",
  from: { header: "ntdef.h" },
  union: {
    halves: { anonymous: true, struct: { LowPart: "ULONG", HighPart: "LONG" } },
    u: { struct: { LowPart: "ULONG", HighPart: "LONG" } },
    QuadPart: "LONGLONG",
  },
});

export const LIST_ENTRY = defineLayout({
  name: "LIST_ENTRY",
  doc: "A link of a doubly linked list.",
  from: { header: "ntdef.h" },
  struct: { Flink: { pointer: "LIST_ENTRY" }, Blink: { pointer: "LIST_ENTRY" } },
});

export const GUID = defineLayout({
  name: "GUID",
  doc: "A name that nobody else has.",
  from: { header: "guiddef.h" },
  struct: {
    Data1: "ULONG",
    Data2: "USHORT",
    Data3: "USHORT",
    Data4: { type: "UCHAR", count: 8 },
  },
});

export const DISPATCHER_HEADER = defineLayout({
  name: "DISPATCHER_HEADER",
  doc: "The beginning of every object that a thread can wait for.",
  from,
  struct: {
    head: {
      anonymous: true,
      union: {
        Lock: "LONG",
        bytes: {
          anonymous: true,
          struct: { Type: "UCHAR", Signalling: "UCHAR", Size: "UCHAR", Reserved1: "UCHAR" },
        },
      },
    },
    SignalState: "LONG",
    WaitListHead: "LIST_ENTRY",
  },
});

export const KEVENT = defineLayout({
  name: "KEVENT",
  doc: "An event.",
  from,
  struct: { Header: "DISPATCHER_HEADER" },
});

export const KAPC = defineLayout({
  name: "KAPC",
  doc: "An asynchronous procedure call.",
  from,
  struct: {
    Type: "UCHAR",
    SpareByte0: "UCHAR",
    Size: "UCHAR",
    SpareByte1: "UCHAR",
    SpareLong0: "ULONG",
    Thread: { pointer: "KTHREAD" },
    ApcListEntry: "LIST_ENTRY",
    Reserved: { pointer: "VOID", count: 3 },
    NormalContext: "PVOID",
    SystemArgument1: "PVOID",
    SystemArgument2: "PVOID",
    ApcStateIndex: "CHAR",
    ApcMode: "CHAR",
    Inserted: "BOOLEAN",
  },
});

export const KDEVICE_QUEUE_ENTRY = defineLayout({
  name: "KDEVICE_QUEUE_ENTRY",
  doc: "An entry of a device queue.",
  from,
  struct: { DeviceListEntry: "LIST_ENTRY", SortKey: "ULONG", Inserted: "BOOLEAN" },
});

export const IO_STACK_LOCATION = defineLayout({
  name: "IO_STACK_LOCATION",
  doc: "What one driver of the stack is asked to do; only the parameters that sends use.",
  from,
  pack: { x86: 4 },
  struct: {
    MajorFunction: "UCHAR",
    MinorFunction: "UCHAR",
    Flags: "UCHAR",
    Control: "UCHAR",
    Parameters: {
      union: {
        Write: {
          struct: {
            Length: "ULONG",
            Key: { type: "ULONG", align: likePointer },
            ByteOffset: "LARGE_INTEGER",
          },
        },
        DeviceIoControl: {
          struct: {
            OutputBufferLength: "ULONG",
            InputBufferLength: { type: "ULONG", align: likePointer },
            IoControlCode: { type: "ULONG", align: likePointer },
            Type3InputBuffer: "PVOID",
          },
        },
        Others: {
          struct: {
            Argument1: "PVOID",
            Argument2: "PVOID",
            Argument3: "PVOID",
            Argument4: "PVOID",
          },
        },
      },
    },
    DeviceObject: { pointer: "DEVICE_OBJECT" },
    FileObject: { pointer: "FILE_OBJECT" },
    CompletionRoutine: { pointer: "IO_COMPLETION_ROUTINE" },
    Context: "PVOID",
  },
});
