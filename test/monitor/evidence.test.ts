/**
 * What stands for a completion that nobody tells of, and what does not: each pair is alike but for
 * the event that makes the difference.
 */
import { describe, expect, test } from "vitest";
import type { TraceEvent } from "../../trace/format.js";
import {
  breachesOf, call, done, ended, linesOf, on, pended, post, returned, routine, send, touch, WORLD,
} from "./events.js"; // prettier-ignore

/** What a trace is to be told of: nothing, if it is right. */
type Case = readonly [events: readonly TraceEvent[], ...says: string[]];

const says = (cases: Readonly<Record<string, Case>>): void => {
  test.each(Object.entries(cases))("%s", (_, [events, ...lines]) => {
    expect(linesOf(breachesOf(events))).toEqual(lines);
  });
};

const gone: readonly TraceEvent[] = [on("unlock", "mdl:1"), on("free", "irp:1")];
const result = (overlapped = "ov:1"): TraceEvent => ({ event: "result", overlapped });
const notify = (error: string | number = 0, overlapped = "ov:1"): TraceEvent => ({
  event: "notify",
  overlapped,
  error,
  information: 10,
});
const other = { Buffer: { Mdl: "mdl:2", Offset: 0, Length: 1 }, Irp: "irp:2" };
const second = (status: string): readonly TraceEvent[] => [
  send(2, other),
  returned(2, status),
  done("STATUS_SUCCESS", 1, "irp:2"),
  on("free", "irp:2"),
];

describe("a send that returned at once", () => {
  says({
    "success is a completion, whoever tells of it": [
      [...WORLD, send(1), returned(1, "STATUS_SUCCESS"), ...gone],
    ],
    "success and nothing else, in a trace without completions": [
      [...WORLD, send(1), returned(1, "STATUS_SUCCESS")],
    ],
    "success and nothing else, where other completions are told": [
      [...WORLD, send(1), returned(1, "STATUS_SUCCESS"), ...second("STATUS_PENDING")],
      "9 WskSend/completed-at-all irp:1",
    ],
    "success, IoReuseIrp, and a send that is completed": [
      [
        ...WORLD,
        send(1),
        returned(1, "STATUS_SUCCESS"),
        on("reuse", "irp:1"),
        send(2),
        returned(2, "STATUS_PENDING"),
        done(),
      ],
    ],
    "success, and a send without IoReuseIrp": [
      [...WORLD, send(1), returned(1, "STATUS_SUCCESS"), send(2), done()],
      "6 WskSend/irp-reused-properly irp:1",
    ],
    "success, and a completion with a failure": [
      [...WORLD, send(1), returned(1, "STATUS_SUCCESS"), done("STATUS_CANCELLED")],
      "6 WskSend/success-is-success irp:1",
    ],
    "success, and two completions": [
      [...WORLD, send(1), returned(1, "STATUS_SUCCESS"), done(), done()],
      "7 WskSend/completed-once irp:1",
    ],
    "a failure, after which the caller frees all": [
      [...WORLD, send(1), returned(1, "STATUS_INSUFFICIENT_RESOURCES"), ...gone],
    ],
    "a failure, and all is freed before the completion that is still to come": [
      [
        ...WORLD,
        send(1),
        returned(1, "STATUS_INSUFFICIENT_RESOURCES"),
        ...gone,
        done("STATUS_INSUFFICIENT_RESOURCES"),
      ],
      "6 WskSend/mdl-stays-locked mdl:1",
      "7 WskSend/irp-of-one-send irp:1",
    ],
    "a failure, and the next send with the IRP is completed": [
      [
        ...WORLD,
        send(1),
        returned(1, "STATUS_INVALID_DEVICE_STATE"),
        on("reuse", "irp:1"),
        send(2),
        returned(2, "STATUS_PENDING"),
        done(),
      ],
    ],
  });
});

describe("routines and results", () => {
  const routineOf = (irp: string): TraceEvent => ({
    event: "routine",
    irp,
    returned: "STATUS_MORE_PROCESSING_REQUIRED",
  });
  const first: readonly TraceEvent[] = [
    ...WORLD,
    send(1),
    returned(1, "STATUS_PENDING"),
    done(),
    on("free", "irp:1"),
  ];
  says({
    "the completion of one IRP is told, of another one only its routine": [
      [
        ...first,
        send(2, other),
        returned(2, "STATUS_PENDING"),
        routineOf("irp:2"),
        on("unlock", "mdl:2"),
        on("free", "irp:2"),
      ],
    ],
    "a routine that runs twice": [
      [...WORLD, send(1), returned(1, "STATUS_PENDING"), routine(), routine()],
      "7 WskSend/completed-once irp:1",
    ],
    "a routine that sends again with its IRP, and returns behind that": [
      [
        ...WORLD,
        send(1),
        returned(1, "STATUS_PENDING"),
        done(),
        on("reuse", "irp:1"),
        send(2),
        returned(2, "STATUS_PENDING"),
        routine(),
        done(),
        routine(),
      ],
    ],
    "routines that send again, each inside the one before": [
      [
        ...WORLD,
        ...[1, 2, 3, 4, 5, 6].flatMap((id) => [send(id), done(), on("reuse", "irp:1")]),
        ...Array.from({ length: 6 }, () => routine()),
        ...[6, 5, 4, 3, 2, 1].map((id) => returned(id, "STATUS_PENDING")),
      ],
    ],
    "a result is all that is seen of the end": [[post(1), pended(1), result(), on("free", "ov:1")]],
    "a result before the notification was wrong": [
      [post(1), pended(1), result(), notify()],
      "3 WSPSend/result-after-completion ov:1",
    ],
    "a structure is used again behind its result": [
      [post(1), pended(1), result(), post(2), pended(2), notify()],
    ],
    "one operation is told as completed, of another one only its result": [
      [
        post(1),
        pended(1),
        ended(),
        post(2, { lpOverlapped: "ov:2" }),
        pended(2),
        result("ov:2"),
        on("free", "ov:2"),
      ],
    ],
    "a structure that is used twice at a time is named, and nothing else": [
      [post(1), pended(1), post(2), pended(2), notify()],
      "3 WSPSend/overlapped-stays-valid ov:1",
    ],
  });
});

describe("IoCompleteRequest", () => {
  const passed: readonly TraceEvent[] = [
    { event: "object", ref: "irp:1", type: "IRP", state: { "passed-down": true } },
    send(1),
    returned(1, "STATUS_PENDING"),
  ];
  const kept = [done(), routine()];
  const completes = (id: number): TraceEvent => call(id, "IoCompleteRequest", { Irp: "irp:1" });
  says({
    "of an IRP that the routine has kept": [[...passed, ...kept, on("pass-on", "irp:1")]],
    twice: [
      [...passed, ...kept, on("pass-on", "irp:1"), completes(2)],
      "7 WskSend/completed-once irp:1",
    ],
    "of an IRP that the routine has let go": [
      [...passed, done(), routine("STATUS_SUCCESS"), on("pass-on", "irp:1")],
      "6 WskSend/completed-once irp:1",
    ],
    "of an own IRP that is completed": [
      [...WORLD, send(1), returned(1, "STATUS_PENDING"), ...kept, completes(2)],
      "8 WskSend/completed-once irp:1",
    ],
    "while the IRP is pending": [
      [...passed, on("pass-on", "irp:1"), done()],
      "4 WskSend/irp-of-one-send irp:1",
    ],
    "of an IRP of whose completion nobody tells": [[...passed, on("pass-on", "irp:1")]],
    "of an IRP that comes down again, and is kept again": [
      [
        ...passed,
        ...kept,
        on("pass-on", "irp:1"),
        send(2),
        returned(2, "STATUS_PENDING"),
        ...kept,
        on("pass-on", "irp:1"),
      ],
    ],
  });
});

describe("functions of WSK that are no sends", () => {
  const connect = call(1, "WskConnect", { Socket: "sock:1", Flags: 0, Irp: "irp:1" });
  const own: TraceEvent = {
    event: "object",
    ref: "irp:1",
    type: "IRP",
    state: { "passed-down": false, "invoked-always": true },
  };
  const close = (id: number): TraceEvent => call(id, "WskCloseSocket", { Socket: "sock:1" });
  const pending = returned(1, "STATUS_PENDING");
  says({
    "an IRP is freed while a connect is pending": [
      [own, connect, pending, on("cancel", "irp:1"), on("free", "irp:1"), done("STATUS_CANCELLED")],
      "5 WskSend/irp-of-one-send irp:1",
    ],
    "an IRP is waited for, and freed": [
      [own, connect, pending, { event: "wait", irp: "irp:1" }, on("free", "irp:1")],
    ],
    "the IRP of a connect is sent with, and was not prepared for it": [
      [own, connect, pending, done("STATUS_SUCCESS", 0), send(2), done()],
      "5 WskSend/irp-reused-properly irp:1",
    ],
    "the IRP of a pending connect is sent with": [
      [own, connect, pending, send(2), returned(2, "STATUS_PENDING"), done("STATUS_SUCCESS", 0)],
      "4 WskSend/irp-of-one-send irp:1",
    ],
    "the routine of a connect lets its own IRP go": [
      [own, connect, pending, done("STATUS_SUCCESS", 0), routine("STATUS_CONTINUE_COMPLETION")],
      "5 WskSend/irp-kept-by-routine irp:1",
    ],
    "an accept that is pending when the trace ends": [
      [call(1, "WskAccept", { ListenSocket: "sock:9", Flags: 0, Irp: "irp:1" }), pending],
    ],
    "the data of a disconnect is unlocked while it is pending": [
      [
        ...WORLD,
        call(1, "WskDisconnect", { Socket: "sock:1", Buffer: { Mdl: "mdl:1" }, Irp: "irp:1" }),
        pending,
        on("unlock", "mdl:1"),
        done("STATUS_SUCCESS", 0),
      ],
      "6 WskSend/mdl-stays-locked mdl:1",
    ],
    "a socket is closed twice": [
      [close(1), returned(1, "STATUS_SUCCESS"), close(2)],
      "3 WskSend/no-call-after-close sock:1",
    ],
    "a disconnect of a socket that is closed": [
      [close(1), call(2, "WskDisconnect", { Socket: "sock:1", Flags: 0, Irp: "irp:2" })],
      "2 WskSend/no-call-after-close sock:1",
    ],
    "a send behind a graceful disconnect is told once": [
      [
        ...WORLD,
        call(1, "WskDisconnect", {
          Socket: "sock:1",
          Flags: 0,
          Irp: "irp:2",
        }),
        pending,
        send(2),
        returned(2, "STATUS_PENDING"),
        done("STATUS_SUCCESS", 0, "irp:2"),
        done("STATUS_CANCELLED"),
      ],
      "6 WskSend/not-disconnected sock:1",
    ],
    "a connect that was refused leaves the socket as it was": [
      [
        { event: "object", ref: "sock:1", type: "WSK_SOCKET", state: { connected: false } },
        connect,
        pending,
        done("STATUS_CONNECTION_REFUSED"),
        send(2, { Irp: "irp:2" }),
        returned(2, "STATUS_SUCCESS"),
        done("STATUS_SUCCESS", 1024, "irp:2"),
      ],
      "5 WskSend/connected sock:1",
    ],
  });
});

describe("what is gone", () => {
  const freed: readonly TraceEvent[] = [
    ...WORLD,
    send(1),
    returned(1, "STATUS_PENDING"),
    done(),
    on("free", "irp:1"),
  ];
  const sent: readonly TraceEvent[] = [
    ...WORLD,
    send(1),
    returned(1, "STATUS_PENDING"),
    done(),
    on("reuse", "irp:1"),
  ];
  const again = [send(2), returned(2, "STATUS_PENDING"), done()];
  const locked = (id: number): TraceEvent =>
    call(id, "MmProbeAndLockPages", { MemoryDescriptorList: "mdl:1" });
  says({
    "a freed IRP is cancelled": [
      [...freed, on("cancel", "irp:1")],
      "8 WskSend/irp-gone-after-free irp:1",
    ],
    "a freed IRP is cancelled, as a call": [
      [...freed, call(9, "IoCancelIrp", { Irp: "irp:1" })],
      "8 WskSend/irp-gone-after-free irp:1",
    ],
    "a part of a freed IRP is written": [
      [...freed, touch("irp:1", "Cancel", "write")],
      "8 WskSend/irp-gone-after-free irp:1",
    ],
    "a freed IRP is completed": [
      [...freed, on("pass-on", "irp:1")],
      "8 WskSend/irp-gone-after-free irp:1",
    ],
    "an IRP is cancelled while it is pending": [
      [
        ...WORLD,
        send(1),
        returned(1, "STATUS_PENDING"),
        on("cancel", "irp:1"),
        done("STATUS_CANCELLED"),
      ],
    ],
    "an MDL that was freed is sent": [
      [...sent, on("free", "mdl:1"), ...again],
      "9 WskSend/mdl-stays-locked mdl:1",
    ],
    "an IRP is allocated where a freed one was": [
      [
        ...freed,
        call(8, "IoAllocateIrp", { StackSize: 1 }),
        { event: "return", id: 8, status: 0, out: { Irp: "irp:1" } },
        send(2),
        returned(2, "STATUS_PENDING"),
        done(),
      ],
    ],
    "a routine lets an IRP go that IoAllocateIrp has made": [
      [
        call(8, "IoAllocateIrp", { StackSize: 1 }),
        { event: "return", id: 8, status: 0, out: { Irp: "irp:1" } },
        send(2),
        returned(2, "STATUS_PENDING"),
        done(),
        routine("STATUS_SUCCESS"),
      ],
      "6 WskSend/irp-kept-by-routine irp:1",
    ],
    "IoAllocateIrp has made another one than the IRP that is marked pending": [
      [
        call(8, "IoAllocateIrp", { StackSize: 1 }),
        returned(8, 0),
        send(2),
        returned(2, "STATUS_PENDING"),
        done(),
        call(9, "IoMarkIrpPending", { Irp: "irp:1" }),
        routine("STATUS_SUCCESS"),
      ],
    ],
    "an MDL whose flags nobody tells was unlocked, and is sent": [
      [
        send(1, other),
        done("STATUS_SUCCESS", 1, "irp:2"),
        returned(1, "STATUS_SUCCESS"),
        on("unlock", "mdl:2"),
        on("reuse", "irp:2"),
        send(2, other),
        done("STATUS_SUCCESS", 1, "irp:2"),
        returned(2, "STATUS_SUCCESS"),
      ],
      "6 WskSend/mdl-stays-locked mdl:2",
    ],
    "the memory that IoAllocateMdl was given is freed while it is sent": [
      [
        call(8, "IoAllocateMdl", { VirtualAddress: "0xa000", Length: 100 }),
        { event: "return", id: 8, status: 0, out: { Mdl: "mdl:1" } },
        send(1),
        returned(1, "STATUS_PENDING"),
        call(9, "ExFreePool", { P: "0xa000" }),
        done(),
      ],
      "5 WskSend/mdl-stays-locked 0xa000",
    ],
    "memory comes again where some was freed": [
      [1, 2].flatMap((id) => [
        call(10 * id, "IoAllocateMdl", { VirtualAddress: "0xa000", Length: 100 }),
        { event: "return" as const, id: 10 * id, status: 0, out: { Mdl: "mdl:1" } },
        send(id, { Irp: `irp:${id}` }),
        returned(id, "STATUS_PENDING"),

        done("STATUS_SUCCESS", 1024, `irp:${id}`),
        call(11 * id, "ExFreePool", { P: "0xa000" }),
        call(12 * id, "IoFreeMdl", { Mdl: "mdl:1" }),
      ]),
    ],
    "a raw IRP is initialised where a freed one was": [
      [
        ...freed,
        call(8, "IoInitializeIrp", { Irp: "irp:1" }),
        send(2),
        returned(2, "STATUS_PENDING"),
        done(),
      ],
    ],
    "an MDL that is not mapped is there all the same": [
      [
        {
          event: "object",
          ref: "mdl:1",
          type: "MDL",
          state: {
            ByteCount: 1024,
            MdlFlags: "MDL_PAGES_LOCKED",
            MappedSystemVa: null,
            Next: null,
          },
        },
        send(1),
        returned(1, "STATUS_PENDING"),
        done(),
      ],
    ],
    "events by name, and none": [
      ["event:1", null, 64, "0x40"].flatMap((hEvent, id): TraceEvent[] => [
        { event: "object", ref: `ov:${id}`, type: "WSAOVERLAPPED", state: { hEvent } },
        post(id, { lpOverlapped: `ov:${id}` }),
        pended(id),
        ended(0, 10, `ov:${id}`),
      ]),
    ],
    "a descriptor that was closed is introduced for the first time": [
      [
        post(1),
        pended(1),
        ended(),
        call(2, "WSPCloseSocket", { s: 260 }),
        returned(2, 0),
        { event: "object", ref: 260, type: "SOCKET", state: { connected: true } },
        post(3),
        pended(3),
        ended(),
      ],
    ],
    "a descriptor that was closed is made again": [
      [
        post(1),
        pended(1),
        ended(),
        call(2, "WSPCloseSocket", { s: 260 }),
        returned(2, 0),
        call(3, "WSPSocket", {}),
        returned(3, 260),
        post(4),
        pended(4),
        ended(),
      ],
    ],
    "a socket comes where a closed one was": [
      [
        call(1, "WskCloseSocket", { Socket: "0x10" }),
        returned(1, "STATUS_SUCCESS"),
        call(2, "WskSocketConnect", { Irp: "irp:2" }),
        { event: "return", id: 2, status: "STATUS_SUCCESS", out: { Socket: "0x10" } },
        send(3, { Socket: "0x10" }),
        returned(3, "STATUS_PENDING"),
        done(),
      ],
    ],
    "a structure is freed behind a send that was done at once, and completed after all": [
      [post(1), returned(1, 0), on("free", "ov:1"), ended()],
      "3 WSPSend/overlapped-stays-valid ov:1",
    ],
    "a structure is freed behind a send that was done at once, and nothing else": [
      [post(1), returned(1, 0), on("free", "ov:1")],
    ],
    "an MDL is unlocked and freed while it is pending: that is one mistake": [
      [
        ...WORLD,
        send(1),
        returned(1, "STATUS_PENDING"),
        on("unlock", "mdl:1"),
        on("free", "mdl:1"),
        done(),
      ],
      "6 WskSend/mdl-stays-locked mdl:1",
    ],
    "an MDL that was unlocked is sent": [
      [...sent, on("unlock", "mdl:1"), ...again],
      "9 MDL/locked mdl:1",
    ],
    "an MDL that was unlocked and locked again is sent": [
      [...sent, on("unlock", "mdl:1"), locked(9), ...again],
    ],
    "frames in frames in frames": [
      [
        ...Array.from({ length: 20_000 }, (_, i): TraceEvent => ({
          event: "object",
          ref: `f:${i}`,
          type: "FRAME",
          in: `f:${i + 1}`,
        })),
        on("leave-frame", "f:20000"),
      ],
    ],
    "a structure is overwritten as a whole while it is outstanding": [
      [post(1), pended(1), touch("ov:1", undefined, "write"), notify()],
      "3 WSPSend/overlapped-owners ov:1",
    ],
  });
});
