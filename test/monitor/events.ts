/** Traces in few words, for tests. */
import type { Breach } from "../../monitor/breach.js";
import type { MonitorOptions } from "../../monitor/monitor.js";
import { Monitor } from "../../monitor/monitor.js";
import type { TraceEvent } from "../../trace/format.js";
import { wrongWith } from "../../trace/check-event.js";

/** What a monitor says of events; each is held against the format first. */
export function breachesOf(
  events: readonly TraceEvent[],
  options: MonitorOptions = {},
): readonly Breach[] {
  const breaches: Breach[] = [];
  const monitor = new Monitor(options, (breach) => breaches.push(breach));
  events.forEach((event, index) => {
    const wrong = wrongWith(event);
    if (wrong !== null) throw new Error(`event ${index + 1}: ${wrong.field} ${wrong.expected}`);
    monitor.see(index + 1, event);
  });
  monitor.end(events.length);
  return breaches;
}

/** `4 WskSend/irp-of-one-send irp:1`, a line each. */
export const linesOf = (breaches: readonly Breach[]): string[] =>
  breaches.map(({ line, rule, ref }) => [line, rule, ref ?? "-"].join(" "));

/** A connected stream socket, a locked MDL of 1024 bytes, an IRP of the program's own. */
export const WORLD: readonly TraceEvent[] = [
  {
    event: "object",
    ref: "sock:1",
    type: "WSK_SOCKET",
    state: { category: "stream", bound: true, connected: true },
  },
  { event: "object", ref: "mdl:1", type: "MDL", state: { ByteCount: 1024, MdlFlags: 2 } },
  {
    event: "object",
    ref: "irp:1",
    type: "IRP",
    state: { "passed-down": false, "invoked-always": true },
  },
];

/** WskSend of the 1024 bytes. */
export const send = (id: number, changes: Readonly<Record<string, unknown>> = {}): TraceEvent => ({
  event: "call",
  id,
  function: "WskSend",
  irql: "PASSIVE_LEVEL",
  args: {
    Socket: "sock:1",
    Buffer: { Mdl: "mdl:1", Offset: 0, Length: 1024 },
    Flags: 0,
    Irp: "irp:1",
    ...changes,
  },
});

/** WSPSend of 10 bytes with an overlapped structure. */
export const post = (id: number, changes: Readonly<Record<string, unknown>> = {}): TraceEvent => ({
  event: "call",
  id,
  function: "WSPSend",
  args: {
    s: 260,
    lpBuffers: [{ len: 10, buf: "mem:1" }],
    dwBufferCount: 1,
    lpNumberOfBytesSent: "count:1",
    dwFlags: 0,
    lpOverlapped: "ov:1",
    lpCompletionRoutine: null,
    lpThreadId: null,
    lpErrno: "errno:1",
    ...changes,
  },
});

/** Any other function. */
export const call = (
  id: number,
  name: string,
  args: Readonly<Record<string, unknown>>,
): TraceEvent => ({ event: "call", id, function: name, args });

/** A return. */
export const returned = (id: number, status: string | number, error?: string): TraceEvent =>
  error === undefined ? { event: "return", id, status } : { event: "return", id, status, error };

/** SOCKET_ERROR with WSA_IO_PENDING. */
export const pended = (id: number): TraceEvent => returned(id, -1, "WSA_IO_PENDING");

/** The completion of an IRP. */
export const done = (
  status = "STATUS_SUCCESS",
  information = status === "STATUS_SUCCESS" ? 1024 : 0,
  irp = "irp:1",
): TraceEvent => ({ event: "complete", irp, status, information });

/** The completion of an overlapped operation. */
export const ended = (
  error: string | number = 0,
  information = 10,
  overlapped = "ov:1",
): TraceEvent => ({
  event: "complete",
  overlapped,
  error,
  information,
});

/** The completion routine has returned. */
export const routine = (returnedCode = "STATUS_MORE_PROCESSING_REQUIRED"): TraceEvent => ({
  event: "routine",
  irp: "irp:1",
  returned: returnedCode,
});

/** Something that happens to an object. */
export const on = (
  event:
    | "free"
    | "unlock"
    | "reuse"
    | "deregister"
    | "leave-frame"
    | "cancel"
    | "mark-pending"
    | "pass-on",
  ref: string,
): TraceEvent => ({ event, ref });

/** A read or a write. */
export const touch = (
  ref: string,
  field?: string,
  access: "read" | "write" = "read",
): TraceEvent =>
  field === undefined ? { event: "touch", ref, access } : { event: "touch", ref, field, access };
