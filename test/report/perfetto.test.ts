/** The trace for Perfetto: as expected, and sound whatever the events are. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { traceReportFor } from "../../report/index.js";
import type { TraceEvent } from "../../trace/format.js";
import { anyEvents } from "./arbitrary.js";
import { BREACHES, EVENTS, HOSTILE_BREACH, HOSTILE_EVENTS, HOSTILE_SUMMARY } from "./sample.js";
import { breachOf, SUMMARY, traced } from "./sample.js";

interface ChromeEvent {
  readonly ph: string;
  readonly cat?: string;
  readonly id?: string | number;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
}

async function written(of: Parameters<typeof traced>[1]): Promise<string> {
  return traced(await traceReportFor("perfetto", { file: of?.summary?.file ?? "a" }), of);
}

const eventsOf = (text: string): ChromeEvent[] => JSON.parse(text).traceEvents;

/** Everything that would not open as it is meant. */
function faults(events: readonly ChromeEvent[]): string[] {
  const open = new Map<string, ChromeEvent[]>();
  const wrong: string[] = [];
  for (const event of events) {
    const key = `${event.pid} ${event.cat} ${event.id}`;
    const stack = open.get(key) ?? [];
    open.set(key, stack);
    if (event.ph === "b") stack.push(event);
    if (event.ph === "n" && stack.length === 0) wrong.push(`outside: ${JSON.stringify(event)}`);
    if (event.ph !== "e") continue;
    const begin = stack.pop();
    if (begin === undefined || begin.name !== event.name || begin.ts > event.ts)
      wrong.push(`no pair: ${JSON.stringify(event)}`);
  }
  for (const [key, { length }] of open) if (length > 0) wrong.push(`open: ${key}`);
  return [...wrong, ...faultsOfThreads(events), ...faultsOfArrows(events)];
}

/** Slices of a thread follow one another, and none takes less than nothing. */
function faultsOfThreads(events: readonly ChromeEvent[]): string[] {
  const ends = new Map<string, number>();
  const slices = events.filter(({ ph }) => ph === "X").toSorted((a, b) => a.ts - b.ts);
  return slices.flatMap((slice) => {
    const [key, { ts, dur = -1 }] = [`${slice.pid} ${slice.tid}`, slice];
    const isFine = dur > 0 && (ends.get(key) ?? -1) <= ts + 1e-6;
    ends.set(key, ts + dur);
    return isFine ? [] : [`slice: ${JSON.stringify(slice)}`];
  });
}

/** Each arrow has two ends, and each end a slice that is written before it. */
function faultsOfArrows(events: readonly ChromeEvent[]): string[] {
  const arrows = new Map<string | number, string>();
  const wrong: string[] = [];
  events.forEach((end, i) => {
    if (end.ph !== "s" && end.ph !== "f") return;
    arrows.set(end.id ?? "", (arrows.get(end.id ?? "") ?? "") + end.ph);
    const isBound = events
      .slice(0, i)
      .some(
        ({ ph, pid, tid, ts, dur = 0 }) =>
          ph === "X" && pid === end.pid && tid === end.tid && ts <= end.ts && end.ts <= ts + dur,
      );
    if (!isBound) wrong.push(`unbound: ${JSON.stringify(end)}`);
  });
  for (const [id, ends] of arrows) if (ends !== "sf") wrong.push(`arrow ${id}: ${ends}`);
  return wrong;
}

test("of a trace with breaches is as expected", async () => {
  const text = await written({ events: EVENTS, breaches: BREACHES });
  await expect(text).toMatchFileSnapshot("expected/sample.perfetto.txt");
  expect(faults(eventsOf(text))).toEqual([]);
});

test("of a hostile trace is as expected", async () => {
  const text = await written({
    events: HOSTILE_EVENTS,
    breaches: [HOSTILE_BREACH],
    summary: HOSTILE_SUMMARY,
  });
  await expect(text).toMatchFileSnapshot("expected/hostile.perfetto.txt");
  expect(faults(eventsOf(text))).toEqual([]);
});

test("of an empty trace is a trace", async () => {
  expect(eventsOf(await written({ events: [], breaches: [] }))).toEqual([]);
});

test("lines are microseconds where the trace has no times", async () => {
  const events = EVENTS.map(({ time: _, ...event }): TraceEvent => event);
  const sends = eventsOf(await written({ events, breaches: [] })).filter(({ ph }) => ph === "X");
  expect(sends.map(({ name, ts, dur }) => [name, ts, dur])).toEqual([
    ["WskSend", 8, 1],
    ["WskSend", 12, 1],
    ["complete irp:1", 14, 0.5],
    ["WSPSend", 15, 1],
  ]);
});

test("whatever the order of events is, pairs match and nothing takes less than nothing", async () => {
  await fc.assert(
    fc.asyncProperty(anyEvents, async (events) => {
      const text = await written({
        events,
        breaches: [breachOf({ line: 9 })],
      });
      expect(faults(eventsOf(text))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("a trace of any length leaves little behind", async () => {
  const report = await traceReportFor("perfetto", { file: "a" });
  let bytes = 0;
  for (let i = 0; i < 30_000; i++) {
    const [id, irp] = [i, `irp:${i}`];
    bytes += report.see(3 * i + 1, {
      event: "call",
      id,
      function: "F",
      args: { s: 1, Irp: irp },
    }).length;
    bytes += report.see(3 * i + 2, { event: "return", id, status: 259 }).length;
    bytes += report.see(3 * i + 3, { event: "complete", irp, status: 0 }).length;
  }
  expect(bytes).toBeGreaterThan(1_000_000);
  // What is written at the end is what was still open.
  expect(report.end(SUMMARY).length).toBeLessThan(300);
});
