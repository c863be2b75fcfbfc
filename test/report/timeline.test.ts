/** The model of a trace: lanes, bars, marks. */
import { expect, test } from "vitest";
import { Timeline } from "../../report/timeline.js";
import type { TimelineLimits } from "../../report/timeline.js";
import type { TraceEvent } from "../../trace/format.js";
import { BREACHES, EVENTS, HOSTILE_EVENTS } from "./sample.js";

function timelineOf(events: readonly TraceEvent[], limits?: Partial<TimelineLimits>): Timeline {
  const timeline = new Timeline(limits);
  events.forEach((event, i) => timeline.see(i + 1, event));
  return timeline;
}

const call = (id: number, Irp: string, more: object = {}): TraceEvent => ({
  event: "call",
  id,
  function: "WskSend",
  args: { Socket: "sock:1", Irp, ...more },
});

test("the sample is as expected", () => {
  const { lanes, calls, marks, moments } = timelineOf(EVENTS);
  expect(lanes.all).toEqual([
    { name: "sock:1", type: "WSK_SOCKET", kind: "socket", socket: 0 },
    { name: "irp:1", type: "IRP", kind: "operation", socket: 0 },
    { name: "mdl:1", type: "MDL", kind: "memory", socket: 0 },
    { name: "7", type: "", kind: "socket", socket: 3 },
    { name: "ov:1", type: "WSAOVERLAPPED", kind: "operation", socket: 3 },
  ]);
  const send = { function: "WskSend", socket: 0, operation: 1, memory: [2] };
  const [success, invalid] = ["STATUS_SUCCESS, 64 bytes", "0xC000000D"];
  const pending = { answer: "STATUS_PENDING", isPending: true };
  expect(calls).toEqual([
    { ...send, ...pending, id: "1", line: 8, returned: 9, completed: 14, outcome: success },
    {
      ...send,
      id: "2",
      line: 12,
      returned: 13,
      answer: invalid,
      isPending: false,
      completed: 0,
      outcome: "",
    },
    {
      id: "three",
      function: "WSPSend",
      socket: 3,
      operation: 4,
      memory: [],
      line: 15,
      returned: 16,
      answer: "SOCKET_ERROR, WSA_IO_PENDING",
      isPending: true,
      completed: 0,
      outcome: "",
    },
  ]);
  expect(marks).toEqual([
    { line: 10, lane: 1, what: "transmit 64 bytes" },
    { line: 11, lane: 2, what: "write" },
    { line: 17, lane: 4, what: "leave-frame of frame:1" },
  ]);
  expect(moments.map(({ time }) => time)).toEqual([
    0, 2500, 3000, 3500, 4000, 4250, 8000, 9000, 9750, 10000,
  ]);
});

test("a breach is drawn in the lane of its object, or else of its call", () => {
  const timeline = timelineOf(EVENTS);
  const [first] = BREACHES;
  if (first === undefined) throw new Error("there are breaches");
  timeline.breach(first);
  timeline.breach({ ...first, ref: null });
  timeline.breach({ ...first, ref: "nothing", call: null });
  expect(timeline.breaches.map(({ lane, call }) => [lane, call])).toEqual([
    [2, 0],
    [1, 0],
    [-1, -1],
  ]);
});

test("a ref that was freed begins anew, in another lane", () => {
  const irp: TraceEvent = { event: "object", ref: "irp:1", type: "IRP" };
  const { lanes, marks } = timelineOf([
    irp,
    call(1, "irp:1"),
    { event: "free", ref: "irp:1" },
    { event: "touch", ref: "irp:1", field: "IoStatus.Status" },
    irp,
    call(2, "irp:1"),
    irp,
    call(3, "irp:1"),
  ]);
  expect(lanes.all.map(({ name }) => name)).toEqual(["sock:1", "irp:1", "irp:1"]);
  expect(marks.map(({ lane, what }) => [lane, what])).toEqual([
    [1, "free"],
    [1, "read IoStatus.Status"],
  ]);
});

test("memory is what arguments mention at any depth; flags and lengths are no refs", () => {
  const nested = {
    lpBuffers: [
      { buf: "mem:1", len: 8 },
      { buf: "other", len: 7 },
    ],
  };
  const { lanes } = timelineOf([
    { event: "object", ref: "mem:1", type: "memory" },
    { event: "object", ref: 7, type: "memory" },
    call(1, "irp:1", { ...nested, Buffer: { Mdl: "mdl:1", Length: 7 }, Flags: 7 }),
  ]);
  expect(lanes.all.map(({ name }) => name)).toEqual(["sock:1", "irp:1", "mem:1", "mdl:1"]);
});

test("what is beyond its limits is counted", () => {
  const events = [1, 2, 3].map((id) => call(id, "irp:1"));
  const touch: TraceEvent = { event: "touch", ref: "irp:1" };
  const timeline = timelineOf([...events, touch, touch], { calls: 2, marks: 1, breaches: 1 });
  for (const breach of BREACHES) timeline.breach(breach);
  expect(timeline.calls.map(({ id }) => id)).toEqual(["1", "2"]);
  expect(timeline.left).toEqual({ calls: 1, marks: 1, breaches: 2 });
  expect(timeline.lines).toBe(5);
});

test("objects that lie in one another are gone through once", () => {
  const { marks } = timelineOf([
    { event: "object", ref: "a", type: "frame", in: "b" },
    { event: "object", ref: "b", type: "frame", in: "a" },
    call(1, "b"),
    { event: "leave-frame", ref: "a" },
  ]);
  expect(marks.map(({ what }) => what)).toEqual(["leave-frame of a"]);
});

test("a hostile trace has lanes as any other", () => {
  expect(timelineOf(HOSTILE_EVENTS).lanes.all.length).toBe(3);
});
