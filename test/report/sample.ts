/** Traces and breaches as the tests of reports use them. */
import type { Breach } from "../../monitor/breach.js";
import type { Report, Summary, TraceReport } from "../../report/report.js";
import type { TraceEvent } from "../../trace/format.js";

/** A breach, with what matters to a test. */
export const breachOf = (parts: Partial<Breach> = {}): Breach => ({
  line: 12,
  rule: "WskSend/irp-owned",
  aliases: [],
  strength: "must",
  call: { id: 2, function: "WskSend", line: 12 },
  ref: "irp:1",
  path: "Irp",
  expected: "an IRP that no other operation holds",
  received: "irp:1, which call 1 holds",
  earlier: { line: 8, text: "irp:1 is pending since" },
  message:
    "Irp: expected an IRP that no other operation holds, received irp:1, which call 1 holds [WskSend/irp-owned]",
  advice: "Wait for the completion, or take another IRP.",
  sources: ['page "PFN_WSK_SEND callback function (wsk.h)", Remarks, sentence 4'],
  suppressed: null,
  ...parts,
});

/** A trace of two sockets, with the lines on which its events stand. */
export const EVENTS: readonly TraceEvent[] = [
  { event: "trace", version: 1, producer: "a test", profile: "documented" },
  { event: "object", ref: "sock:1", type: "WSK_SOCKET", state: { connected: true } },
  { event: "object", ref: "irp:1", type: "IRP" },
  { event: "object", ref: "irp:2", type: "IRP" },
  { event: "object", ref: "mdl:1", type: "MDL", state: { ByteCount: 64 } },
  { event: "object", ref: "frame:1", type: "frame" },
  { event: "object", ref: "ov:1", type: "WSAOVERLAPPED", in: "frame:1" },
  {
    event: "call",
    id: 1,
    function: "WskSend",
    args: {
      Socket: "sock:1",
      Buffer: { Mdl: "mdl:1", Offset: 0, Length: 64 },
      Flags: 0,
      Irp: "irp:1",
    },
    time: 1_000,
  },
  { event: "return", id: 1, status: "STATUS_PENDING", time: 3_500 },
  { event: "transmit", id: 1, bytes: 64, time: 4_000 },
  { event: "touch", ref: "mdl:1", access: "write", time: 4_500 },
  {
    event: "call",
    id: 2,
    function: "WskSend",
    args: {
      Socket: "sock:1",
      Buffer: { Mdl: "mdl:1", Offset: 0, Length: 8 },
      Flags: 0,
      Irp: "irp:1",
    },
    time: 5_000,
  },
  { event: "return", id: 2, status: -1073741811, time: 5_250 },
  { event: "complete", irp: "irp:1", status: "STATUS_SUCCESS", information: 64, time: 9_000 },
  {
    event: "call",
    id: "three",
    function: "WSPSend",
    args: { s: 7, lpBuffers: [{ len: 4, buf: "mem:1" }], dwFlags: 2, lpOverlapped: "ov:1" },
    time: "10000",
  },
  { event: "return", id: "three", status: -1, error: "WSA_IO_PENDING", time: 10_750 },
  { event: "leave-frame", ref: "frame:1", time: 11_000 },
  { event: "note", text: "the end" },
];

/** What a checker finds in it. */
export const BREACHES: readonly Breach[] = [
  breachOf({
    line: 11,
    rule: "WskSend/buffer-stays-valid",
    aliases: ["DV: NdisTimedDataSend"],
    strength: "should",
    call: { id: 1, function: "WskSend", line: 8 },
    ref: "mdl:1",
    path: "Buffer.Mdl",
    expected: "memory that nobody writes while the send is pending",
    received: "a write",
    message:
      "Buffer.Mdl: expected memory that nobody writes while the send is pending, received a write [WskSend/buffer-stays-valid]",
    advice: "Write again once the IRP is completed.",
    suppressed: "a test of the driver",
  }),
  breachOf(),
  breachOf({
    line: 17,
    rule: "WSPSend/overlapped-stays-valid",
    call: { id: "three", function: "WSPSend", line: 15 },
    ref: "ov:1",
    path: "lpOverlapped",
    expected: "memory that stays until the completion",
    received: "a frame that is left",
    earlier: { line: 16, text: "ov:1 is pending since" },
    message:
      "lpOverlapped: expected memory that stays until the completion, received a frame that is left [WSPSend/overlapped-stays-valid]",
    advice: "Keep it in memory that outlives the function.",
    aliases: ["SDV: WsIrpLifetime", "DV: WskPending"],
    sources: [],
  }),
];

/** What is said at its end. */
export const SUMMARY: Summary = {
  file: "traces/a b.ndjson",
  lines: 18,
  calls: 3,
  profile: "documented",
  errors: 2,
  warnings: 0,
  notes: 0,
  suppressed: 1,
  notJudged: ["IRQL: the trace does not say at which IRQL calls are made."],
};

/** Everything that is dangerous somewhere: markup, commands, controls, ends of comments. */
export const HOSTILE =
  "</script><!-- --> ]]> %0A\r\n::error::x ##[add-mask]y \u001b[31m\u009b1m\u0000\u202e\u2028\ud800\uffff {0} [a](b) \"'`${1}&amp;";

/** A breach whose every text is dangerous. */
export const HOSTILE_BREACH: Breach = {
  line: 3,
  rule: "WskSend/irp-owned",
  aliases: [HOSTILE],
  strength: "must",
  call: { id: HOSTILE, function: HOSTILE, line: 2 },
  ref: HOSTILE,
  path: HOSTILE,
  expected: HOSTILE,
  received: HOSTILE,
  earlier: { line: 2, text: HOSTILE },
  message: HOSTILE,
  advice: HOSTILE,
  sources: [HOSTILE],
  suppressed: null,
};

/** A trace whose every text is dangerous. */
export const HOSTILE_EVENTS: readonly TraceEvent[] = [
  { event: "object", ref: HOSTILE, type: HOSTILE },
  {
    event: "call",
    id: HOSTILE,
    function: HOSTILE,
    args: { Socket: HOSTILE, Irp: `i${HOSTILE}`, Buffer: { Mdl: `m${HOSTILE}` } },
    time: "9".repeat(40),
  },
  { event: "touch", ref: `m${HOSTILE}`, field: HOSTILE, time: -5 },
  { event: "return", id: HOSTILE, status: HOSTILE },
  { event: "complete", irp: `i${HOSTILE}`, status: HOSTILE, information: 1 },
];

/** What is said at the end of it. */
export const HOSTILE_SUMMARY: Summary = {
  ...SUMMARY,
  file: HOSTILE,
  profile: HOSTILE,
  notJudged: [HOSTILE],
};

/** A report of breaches, as a whole. */
export function reported(report: Report, { breaches = BREACHES, summary = SUMMARY } = {}): string {
  return breaches.map((breach) => report.breach(breach)).join("") + report.end(summary);
}

/** A report of a trace, as a whole: each event, then the breaches that show at it. */
export function traced(
  report: TraceReport,
  { events = EVENTS, breaches = BREACHES, summary = SUMMARY } = {},
): string {
  const parts = events.map((event, i) => {
    const found = breaches.filter(({ line }) => line === i + 1);
    return report.see(i + 1, event) + found.map((breach) => report.breach(breach)).join("");
  });
  return parts.join("") + report.end(summary);
}
