/** Events as lines. */
import { describe } from "../support/index.js";
import { isTraceEvent, wrongWith } from "./check-event.js";
import type { TraceEvent } from "./format.js";
import { TRACE_VERSION } from "./format.js";

/** One event as its line, without the line's end; bigints become decimal text. */
export function formatEvent(event: TraceEvent): string {
  return JSON.stringify(event, (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}

/** The first line of a trace. */
export const headerOf = (producer: string): TraceEvent => ({
  event: "trace",
  version: TRACE_VERSION,
  producer,
});

/** The same, for events that are made at run time: throws where one is not of the format. */
export function eventLine(event: unknown): string {
  if (isTraceEvent(event)) return formatEvent(event);
  const { field = "", expected = "", received = "" } = wrongWith(event) ?? {};
  const problem = `${field || "event"}: expected ${expected}, received ${received}`;
  throw new TypeError(`not an event of a trace (${describe(event)}): ${problem}`);
}
