/** What programs and providers do wrongly: named by the right rule, at the right event. */
import { expect, test } from "vitest";
import type { TraceEvent } from "../../trace/format.js";
import {
  breachesOf, call, done, ended, linesOf, on, pended, post, returned, routine, send, touch, WORLD,
} from "./events.js"; // prettier-ignore

/** A trace, and what is to be said of it. */
type Wrong = readonly [events: readonly TraceEvent[], ...says: string[]];

const pendingSend: readonly TraceEvent[] = [...WORLD, send(1), returned(1, "STATUS_PENDING")];
const doneSend: readonly TraceEvent[] = [...pendingSend, done()];

const CMSG = { ControlInfoLength: 24, ControlInfo: "cmsg:1" };
const sendTo: readonly TraceEvent[] = [
  { event: "object", ref: "cmsg:1", type: "CMSGHDR", in: "frame:1" },
  call(1, "WskSendTo", {
    Socket: "sock:2",
    Buffer: { Mdl: "mdl:1", Offset: 0, Length: 9 },
    Flags: 0,
    RemoteAddress: "addr:1",
    Irp: "irp:1",
    ...CMSG,
  }),
  returned(1, "STATUS_PENDING"),
];

const WSK: Readonly<Record<string, Wrong>> = {
  "an IRP is completed twice": [[...doneSend, done()], "7 WskSend/completed-once irp:1"],
  "an IRP is never completed": [pendingSend, "5 WskSend/completed-at-all irp:1"],
  "an IRP is never completed after a failure": [
    [...WORLD, send(1), returned(1, "STATUS_INVALID_DEVICE_REQUEST")],
    "5 WskSend/completed-at-all irp:1",
  ],
  "an IRP is used again while it is pending": [
    [...pendingSend, send(2), returned(2, "STATUS_PENDING"), done(), done()],
    "6 WskSend/irp-of-one-send irp:1",
  ],
  "an IRP is prepared again while it is pending": [
    [...pendingSend, on("reuse", "irp:1"), done()],
    "6 WskSend/irp-of-one-send irp:1",
  ],
  "an IRP is freed while it is pending": [
    [...pendingSend, on("free", "irp:1"), done()],
    "6 WskSend/irp-of-one-send irp:1",
  ],
  "an IRP is used again without IoReuseIrp": [
    [...doneSend, send(2), returned(2, "STATUS_PENDING"), done()],
    "7 WskSend/irp-reused-properly irp:1",
  ],
  "a connect takes over an IRP that is pending": [
    [...pendingSend, call(2, "WskConnect", { Socket: "sock:2", Irp: "irp:1" }), done(), done()],
    "6 WskSend/irp-of-one-send irp:1",
  ],
  "an IRP is freed twice": [
    [...doneSend, on("free", "irp:1"), on("free", "irp:1")],
    "8 WskSend/irp-gone-after-free irp:1",
  ],
  "an IRP is read after its routine has freed it": [
    [...doneSend, on("free", "irp:1"), routine(), touch("irp:1", "IoStatus.Status")],
    "9 WskSend/irp-gone-after-free irp:1",
  ],
  "an IRP without a completion routine": [
    [
      ...WORLD.slice(0, 2),
      {
        event: "object",
        ref: "irp:1",
        type: "IRP",
        state: { "passed-down": false, "invoked-always": false },
      },
      send(1),
      done(),
      returned(1, "STATUS_SUCCESS"),
    ],
    "4 WskSend/irp-routine-always irp:1",
  ],
  "the routine of an own IRP lets it go": [
    [...doneSend, routine("STATUS_SUCCESS")],
    "7 WskSend/irp-kept-by-routine irp:1",
  ],
  "the routine lets an IRP go that the program frees later": [
    [
      send(1),
      returned(1, "STATUS_PENDING"),
      { event: "object", ref: "irp:1", type: "IRP" },
      done(),
      routine("STATUS_SUCCESS"),
      on("free", "irp:1"),
    ],
    "6 WskSend/irp-kept-by-routine irp:1",
  ],
  "an IRP of another driver is freed": [
    [
      ...WORLD.slice(0, 2),
      { event: "object", ref: "irp:1", type: "IRP", state: { "passed-down": true } },
      send(1),
      returned(1, "STATUS_PENDING"),
      done(),
      on("free", "irp:1"),
    ],
    "7 WskSend/irp-passed-down-not-freed irp:1",
  ],
  "an IRP of another driver is kept for ever": [
    [
      ...WORLD.slice(0, 2),
      { event: "object", ref: "irp:1", type: "IRP", state: { "passed-down": true } },
      send(1),
      returned(1, "STATUS_PENDING"),
      done(),
      routine("STATUS_MORE_PROCESSING_REQUIRED"),
    ],
    "7 WskSend/irp-passed-down-completed irp:1",
  ],
  "the routine of another driver's IRP does not mark what was pending": [
    [
      ...WORLD.slice(0, 2),
      { event: "object", ref: "irp:1", type: "IRP", state: { "passed-down": true } },
      send(1),
      returned(1, "STATUS_PENDING"),
      done(),
      { event: "object", ref: "irp:1", type: "IRP", state: { PendingReturned: true } },
      routine("STATUS_SUCCESS"),
    ],
    "8 WskSend/irp-passed-down-pending irp:1",
  ],
  "STATUS_PENDING is taken for success, and IoStatus read": [
    [...pendingSend, touch("irp:1", "IoStatus.Information"), done()],
    "6 WskSend/pending-is-open irp:1",
  ],
  "STATUS_PENDING is taken for success, and the pages unlocked": [
    [...pendingSend, on("unlock", "mdl:1"), done()],
    "6 WskSend/mdl-stays-locked mdl:1",
  ],
  "the second MDL of a chain is freed while the send is pending": [
    [
      { event: "object", ref: "mdl:2", type: "MDL", state: { ByteCount: 24, MdlFlags: 2 } },
      {
        event: "object",
        ref: "mdl:1",
        type: "MDL",
        state: { ByteCount: 1000, MdlFlags: 2, Next: "mdl:2" },
      },
      send(1),
      returned(1, "STATUS_PENDING"),
      on("free", "mdl:2"),
      done(),
    ],
    "5 WskSend/mdl-stays-locked mdl:2",
  ],
  "the memory of the MDL is freed while the send is pending": [
    [
      { event: "object", ref: "pool:1", type: "POOL" },
      { event: "object", ref: "mem:1", type: "MEMORY", in: "pool:1", state: { bytes: 1024 } },
      {
        event: "object",
        ref: "mdl:1",
        type: "MDL",
        state: { ByteCount: 1024, MappedSystemVa: "mem:1" },
      },
      send(1),
      returned(1, "STATUS_PENDING"),
      call(2, "ExFreePoolWithTag", { P: "pool:1", Tag: 0 }),
      returned(2, 0),
      done(),
    ],
    "6 WskSend/mdl-stays-locked mem:1",
  ],
  "control information is freed while the send is pending": [
    [...sendTo, on("free", "cmsg:1"), done("STATUS_SUCCESS", 9)],
    "4 WskSendTo/control-info-stays-valid cmsg:1",
  ],
  "the frame of control information is left while the send is pending": [
    [...sendTo, on("leave-frame", "frame:1"), done("STATUS_SUCCESS", 9)],
    "4 WskSendTo/control-info-stays-valid cmsg:1",
  ],
  "fewer bytes than asked for, with success": [
    [...pendingSend, done("STATUS_SUCCESS", 1000)],
    "6 WskSend/information-is-length irp:1",
  ],
  "bytes with a failure": [
    [...pendingSend, done("STATUS_CANCELLED", 10)],
    "6 WskSend/failure-sent-nothing irp:1",
  ],
  "completed with STATUS_PENDING": [
    [...pendingSend, done("STATUS_PENDING", 0)],
    "6 WskSend/completion-is-final irp:1",
  ],
  "success is returned, a failure completed": [
    [...WORLD, send(1), done("STATUS_CANCELLED"), returned(1, "STATUS_SUCCESS")],
    "6 WskSend/success-is-success irp:1",
  ],
  "a send after the socket was closed": [
    [
      ...doneSend,
      call(2, "WskCloseSocket", { Socket: "sock:1", Irp: "irp:9" }),
      send(3, { Irp: "irp:3" }),
      done("STATUS_SUCCESS", 1024, "irp:3"),
      returned(3, "STATUS_SUCCESS"),
    ],
    "8 WskSend/no-call-after-close sock:1",
  ],
  "the first send of a trace after a close": [
    [
      call(1, "WskCloseSocket", { Socket: "sock:1", Irp: "irp:9" }),
      send(2),
      done(),
      returned(2, "STATUS_SUCCESS"),
    ],
    "2 WskSend/no-call-after-close sock:1",
  ],
  "a send after the close that found another pending": [
    [
      ...pendingSend,
      call(2, "WskCloseSocket", { Socket: "sock:1", Irp: "irp:9" }),
      send(3, { Irp: "irp:3" }),
      done("STATUS_CANCELLED"),
      done("STATUS_CANCELLED", 0, "irp:3"),
      returned(3, "STATUS_PENDING"),
    ],
    "7 WskSend/no-call-after-close sock:1",
  ],
  "a close while a send has not returned": [
    [
      ...WORLD,
      send(1),
      call(2, "WskCloseSocket", { Socket: "sock:1", Irp: "irp:9" }),
      done("STATUS_CANCELLED"),
      returned(1, "STATUS_PENDING"),
    ],
    "5 WskSend/no-close-within-call sock:1",
  ],
  "pending sends that a close does not complete": [
    [...pendingSend, call(2, "WskCloseSocket", { Socket: "sock:1", Irp: "irp:9" })],
    "6 WskSend/close-completes irp:1",
  ],
  "another send after the socket was found closed by force": [
    [
      ...WORLD,
      send(1),
      done("STATUS_FILE_FORCED_CLOSED"),
      returned(1, "STATUS_FILE_FORCED_CLOSED"),
      send(2, { Irp: "irp:2" }),
      done("STATUS_FILE_FORCED_CLOSED", 0, "irp:2"),
      returned(2, "STATUS_FILE_FORCED_CLOSED"),
    ],
    "7 WskSend/closed-after-forced-close sock:1",
  ],
  "the time is over while the send is pending, and everything is torn down": [
    [
      ...pendingSend,
      { event: "wait", irp: "irp:1" },
      on("unlock", "mdl:1"),
      on("free", "irp:1"),
      done(),
    ],
    "7 WskSend/mdl-stays-locked mdl:1",
    "8 WskSend/irp-of-one-send irp:1",
  ],
  "the routine sends again before it returns, and the second send is torn down": [
    [
      ...WORLD,
      send(1),
      returned(1, "STATUS_PENDING"),
      done(),
      on("reuse", "irp:1"),
      send(2),
      returned(2, "STATUS_PENDING"),
      routine(),
      on("free", "irp:1"),
      done(),
    ],
    "11 WskSend/irp-of-one-send irp:1",
  ],
  "a graceful disconnect that is done before a send that was under way": [
    [
      ...pendingSend,
      call(2, "WskDisconnect", { Socket: "sock:1", Buffer: null, Flags: 0, Irp: "irp:2" }),
      returned(2, "STATUS_PENDING"),
      done("STATUS_SUCCESS", 0, "irp:2"),
      done(),
    ],
    "8 WskSend/graceful-disconnect-waits irp:1",
  ],
  "the IRP of a pending send is given to the close": [
    [
      ...pendingSend,
      call(2, "WskCloseSocket", { Socket: "sock:1", Irp: "irp:1" }),
      done("STATUS_CANCELLED"),
      done("STATUS_SUCCESS", 0),
    ],
    "6 WskSend/irp-of-one-send irp:1",
  ],
  "an IRP in a frame that is left": [
    [
      { event: "object", ref: "irp:1", type: "IRP", in: "frame:1" },
      send(1),
      returned(1, "STATUS_PENDING"),
      on("leave-frame", "frame:1"),
      done(),
    ],
    "4 WskSend/irp-of-one-send irp:1",
  ],
  "a routine that is set for two outcomes of three": [
    [
      ...WORLD.slice(0, 2),
      { event: "object", ref: "irp:1", type: "IRP", state: { "passed-down": false } },
      call(9, "IoSetCompletionRoutine", {
        Irp: "irp:1",
        CompletionRoutine: "0xf800",
        InvokeOnSuccess: true,
        InvokeOnError: true,
        InvokeOnCancel: false,
      }),
      send(1),
      done(),
      returned(1, "STATUS_SUCCESS"),
    ],
    "5 WskSend/irp-routine-always irp:1",
  ],
  "an IRP that was let go is read": [
    [
      send(1),
      returned(1, "STATUS_PENDING"),
      done(),
      routine("STATUS_SUCCESS"),
      touch("irp:1", "IoStatus.Status"),
    ],
    "5 WskSend/irp-kept-by-routine irp:1",
  ],
  "a part of IoStatus is read while the send is pending": [
    [...pendingSend, touch("irp:1", "IoStatus.Status.Low"), done()],
    "6 WskSend/pending-is-open irp:1",
  ],
  "forced closed, as the completion tells": [
    [
      ...pendingSend,
      done("STATUS_FILE_FORCED_CLOSED"),
      send(2, { Irp: "irp:2" }),
      done("STATUS_FILE_FORCED_CLOSED", 0, "irp:2"),
      returned(2, "STATUS_FILE_FORCED_CLOSED"),
    ],
    "7 WskSend/not-forced-closed sock:1",
  ],
  "the table of datagram sockets for a stream": [
    [
      ...WORLD,
      {
        ...send(1),
        event: "call",
        id: 1,
        function: "WskSend",
        args: {
          Socket: "sock:1",
          Buffer: { Mdl: "mdl:1", Offset: 0, Length: 9 },
          Flags: 0,
          Irp: "irp:1",
        },
        table: "WSK_PROVIDER_DATAGRAM_DISPATCH",
      },
      done("STATUS_SUCCESS", 9),
      returned(1, "STATUS_SUCCESS"),
    ],
    "4 WskSend/table-connected sock:1",
  ],
  "a send on a socket that is not connected": [
    [
      { event: "object", ref: "sock:1", type: "WSK_SOCKET", state: { connected: false } },
      send(1),
      done("STATUS_INVALID_DEVICE_STATE", 0),
      returned(1, "STATUS_INVALID_DEVICE_STATE"),
    ],
    "2 WskSend/connected sock:1",
  ],
  "above DISPATCH_LEVEL": [
    [
      {
        event: "call",
        id: 1,
        function: "WskSend",
        irql: 5,
        args: { Socket: "sock:1", Irp: "irp:1" },
      },
      done("STATUS_SUCCESS", 16),
      returned(1, 0),
    ],
    "1 WskSend/irql -",
  ],
};

const SPI: Readonly<Record<string, Wrong>> = {
  "an overlapped structure is used again while it is outstanding": [
    [post(1), pended(1), post(2, { lpNumberOfBytesSent: "count:2" }), pended(2), ended(), ended()],
    "3 WSPSend/overlapped-stays-valid ov:1",
  ],
  "an overlapped structure is freed while it is outstanding": [
    [post(1), pended(1), on("free", "ov:1"), ended()],
    "3 WSPSend/overlapped-stays-valid ov:1",
  ],
  "data are written while they are sent": [
    [post(1), pended(1), touch("mem:1", undefined, "write"), ended()],
    "3 WSPSend/data-stays mem:1",
  ],
  "the count is read though the send is pending": [
    [post(1), pended(1), touch("count:1"), ended()],
    "3 WSPSend/count-not-read-if-pending count:1",
  ],
  "memory is deregistered while it is in use": [
    [post(1), pended(1), on("deregister", "mem:1"), ended()],
    "3 WSPSend/memory-stays-registered mem:1",
  ],
  "memory that is not registered": [
    [
      { event: "object", ref: "mem:1", type: "MEMORY", state: { registered: false } },
      post(1),
      pended(1),
      ended(),
    ],
    "2 WSPSend/buffers-registered -",
  ],
  "a notification though the low bit of hEvent is set": [
    [
      { event: "object", ref: "ov:1", type: "WSAOVERLAPPED", state: { hEvent: 65 } },
      post(1),
      pended(1),
      { event: "notify", overlapped: "ov:1", error: 0, information: 10 },
    ],
    "4 WSPSend/not-notified-if-polled ov:1",
  ],
  "two notifications": [
    [
      post(1),
      pended(1),
      { event: "notify", overlapped: "ov:1", error: 0, information: 10 },
      { event: "notify", overlapped: "ov:1", error: 0, information: 10 },
    ],
    "4 WSPSend/completed-once ov:1",
  ],
  "a completion after a failure": [
    [post(1), returned(1, -1, "WSAENOBUFS"), ended()],
    "3 WSPSend/failure-starts-nothing ov:1",
  ],
  "no completion": [[post(1), pended(1)], "2 WSPSend/completed-at-all ov:1"],
  "a code that the page excludes": [
    [post(1), returned(1, -1, "WSAEWOULDBLOCK")],
    "2 WSPSend/returns.listed -",
    "2 WSPSend/returns.never -",
  ],
  "the count is written though the send is pending": [
    [
      post(1, { lpNumberOfBytesSent: { value: 57_005 } }),
      {
        event: "return",
        id: 1,
        status: -1,
        error: "WSA_IO_PENDING",
        out: { lpNumberOfBytesSent: 10 },
      },
      ended(),
    ],
    "3 WSPSend/count-untouched-if-pending -",
  ],
  "a result before the completion": [
    [post(1), pended(1), { event: "result", overlapped: "ov:1", information: 10 }, ended()],
    "3 WSPSend/result-after-completion ov:1",
  ],
  "a close does not abort": [
    [post(1), pended(1), call(2, "WSPCloseSocket", { s: 260 }), ended("WSAECONNRESET", 0)],
    "4 WSPSend/cut-by-close 260",
  ],
  "the bytes of a later send leave first": [
    [
      post(1),
      pended(1),
      post(2, { lpOverlapped: "ov:2" }),
      pended(2),
      { event: "transmit", id: 2, bytes: 10 },
      { event: "transmit", id: 1, bytes: 10 },
      ended(),
      ended(0, 10, "ov:2"),
    ],
    "6 WSPSend/data-in-order -",
  ],
  "a send after the last one": [
    [
      call(1, "WSPSendDisconnect", { s: 260, lpErrno: "errno:1" }),
      returned(1, 0),
      post(2),
      returned(2, 0),
    ],
    "3 WSPSendDisconnect/nothing-sent-after 260",
  ],
};

test.each(Object.entries({ ...WSK, ...SPI }))("%s", (_, [events, ...says]) => {
  expect(linesOf(breachesOf(events))).toEqual(says);
});
