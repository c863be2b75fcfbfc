/**
 * Functions that are no sends, and what they do to sockets, IRPs and memory: by their C names and
 * parameters, as wsk.h, wdm.h and ws2spi.h have them.
 */
import type { Happening } from "../support/index.js";

/** Events of a trace that may be told as calls. */
export type EventOfCall = "cancel" | "mark-pending" | "pass-on";

/** What a function does to one of its arguments. */
export interface Effect {
  readonly param: string;
  /** When: as soon as it is called, once it has been taken up, or once it has succeeded. */
  readonly at: "call" | "start" | "success";
  /** What that is to operations that the object has a part in. */
  readonly happening?: Happening;
  /** The event of a trace that it is. */
  readonly event?: EventOfCall;
  /** True where it makes a new object of memory that was freed. */
  readonly renews?: true;
  /** True where it locks the pages of an MDL. */
  readonly locks?: true;
  /** What is known of the object from then on. */
  readonly facts?: Readonly<Record<string, boolean>>;
  /** A fact that holds where all of these arguments are true. */
  readonly sets?: { readonly fact: string; readonly allOf: readonly string[] };
  /** Only where this argument has the bit, or has it not. */
  readonly when?: { readonly param: string; readonly bit: number; readonly is: boolean };
}

/** What a function allocates: the name for it in `out`, its C type, and what is known of it. */
export interface Allocates {
  readonly name: string;
  readonly type: string;
  readonly state: Readonly<Record<string, boolean>>;
  /** True where the number that is returned is its name as well. */
  readonly isReturned?: true;
}

/** Functions that return new objects. */
export const ALLOCATIONS: ReadonlyMap<string, Allocates> = new Map([
  ["IoAllocateIrp", { name: "Irp", type: "IRP", state: { "passed-down": false } }],
  ["IoAllocateMdl", { name: "Mdl", type: "MDL", state: {} }],
  ["WskSocket", { name: "Socket", type: "WSK_SOCKET", state: {} }],
  ["WskSocketConnect", { name: "Socket", type: "WSK_SOCKET", state: {} }],
  ["WskAccept", { name: "Socket", type: "WSK_SOCKET", state: {} }],
  ["WSPSocket", { name: "s", type: "SOCKET", state: { known: true }, isReturned: true }],
  ["WSPAccept", { name: "s", type: "SOCKET", state: { known: true }, isReturned: true }],
]);

/** Functions that are nobody's mistake, and do nothing to what sends are about. */
export const KNOWN_CALLS: readonly string[] = [
  "ExAllocatePool", "ExAllocatePool2", "ExAllocatePoolWithTag", "IoCallDriver", "IofCallDriver",
  "KeInitializeEvent", "KeSetEvent", "KeWaitForSingleObject", "MmGetSystemAddressForMdlSafe",
  "MmMapLockedPagesSpecifyCache", "WSAWaitForMultipleEvents", "GetQueuedCompletionStatus",
]; // prettier-ignore

const socket = (facts: Readonly<Record<string, boolean>>): Effect => ({
  param: "Socket",
  at: "success",
  facts,
});
const descriptor = (facts: Readonly<Record<string, boolean>>): Effect => ({
  param: "s",
  at: "success",
  facts,
});

/** WSK_FLAG_ABORTIVE. */
const ABORTIVE = 1;

/** The effects of each function. */
export const OTHER_CALLS: ReadonlyMap<string, readonly Effect[]> = new Map([
  ["WskBind", [socket({ bound: true })]],
  ["WskConnect", [socket({ connected: true })]],
  ["WskConnectEx", [socket({ connected: true })]],
  [
    "WskDisconnect",
    [
      { param: "Socket", at: "start", facts: { disconnected: true } },
      {
        param: "Socket",
        at: "start",
        happening: "abort",
        when: { param: "Flags", bit: ABORTIVE, is: true },
      },
      {
        param: "Socket",
        at: "success",
        happening: "disconnect",
        when: { param: "Flags", bit: ABORTIVE, is: false },
      },
    ],
  ],
  [
    "WskCloseSocket",
    [{ param: "Socket", at: "call", happening: "close", facts: { closed: true } }],
  ],
  ["WSPBind", [descriptor({ bound: true, known: true, closed: false, "shut-down": false })]],
  [
    "WSPConnect",
    [descriptor({ connected: true, bound: true, known: true, closed: false, "shut-down": false })],
  ],
  [
    "WSPShutdown",
    [
      {
        ...descriptor({ "shut-down": true }),
        // SD_RECEIVE is 0, SD_SEND 1, SD_BOTH 2.
        when: { param: "how", bit: 3, is: true },
      },
    ],
  ],
  [
    "WSPCloseSocket",
    [{ param: "s", at: "call", happening: "close", facts: { closed: true, known: false } }],
  ],
  ["WSPDeregisterMemory", [{ param: "handle", at: "call", happening: "deregister" }]],
  [
    "IoSetCompletionRoutine",
    [
      {
        param: "Irp",
        at: "call",
        sets: {
          fact: "invoked-always",
          allOf: ["CompletionRoutine", "InvokeOnSuccess", "InvokeOnError", "InvokeOnCancel"],
        },
      },
    ],
  ],
  ["IoCompleteRequest", [{ param: "Irp", at: "call", event: "pass-on" }]],
  ["IofCompleteRequest", [{ param: "Irp", at: "call", event: "pass-on" }]],
  ["IoMarkIrpPending", [{ param: "Irp", at: "call", event: "mark-pending" }]],
  ["IoCancelIrp", [{ param: "Irp", at: "call", event: "cancel" }]],
  ["IoInitializeIrp", [{ param: "Irp", at: "call", happening: "reuse", renews: true }]],
  ["IoReuseIrp", [{ param: "Irp", at: "call", happening: "reuse" }]],
  ["IoFreeIrp", [{ param: "Irp", at: "call", happening: "free" }]],
  ["IoFreeMdl", [{ param: "Mdl", at: "call", happening: "free" }]],
  ["MmBuildMdlForNonPagedPool", [{ param: "MemoryDescriptorList", at: "call", locks: true }]],
  ["MmProbeAndLockPages", [{ param: "MemoryDescriptorList", at: "call", locks: true }]],
  ["MmUnlockPages", [{ param: "MemoryDescriptorList", at: "call", happening: "unlock" }]],
  ["ExFreePool", [{ param: "P", at: "call", happening: "free" }]],
  ["ExFreePoolWithTag", [{ param: "P", at: "call", happening: "free" }]],
] satisfies readonly (readonly [string, readonly Effect[]])[]);

const CLOSES: ReadonlyMap<string, string> = new Map(
  [...OTHER_CALLS].flatMap(([name, effects]) =>
    effects.flatMap(({ happening, param }) => (happening === "close" ? [[name, param]] : [])),
  ),
);

/** The parameter of the socket that a function closes: a happening of its own, no other call. */
export const closedBy = (name: string): string | null => CLOSES.get(name) ?? null;

/** The function that an event stands for. */
export const functionOf = (event: EventOfCall): string =>
  [...OTHER_CALLS].find(([, effects]) => effects.some((of) => of.event === event))?.[0] ?? event;
