/** `wskit/monitor`: judges what programs do over time, event by event; and what an event is. */
export { isTraceEvent, wrongWith } from "../trace/check-event.js";
export type { BadEvent } from "../trace/check-event.js";
export { EVENTS, TRACE_VERSION } from "../trace/format.js";
export type { EventName, EventOf, TraceEvent } from "../trace/format.js";
export { eventLine, formatEvent } from "../trace/write.js";
export { BadTrace } from "./bad-trace.js";
export type { Breach, BreachedCall, Earlier } from "./breach.js";
export { Monitor } from "./monitor.js";
export type { MonitorOptions } from "./monitor.js";
export { Recorder } from "./recorder.js";
export type { Told } from "./recorder.js";
