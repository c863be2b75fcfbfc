/** Judges what programs do over time: recorded, live, or explored. */
export { BadTrace } from "./bad-trace.js";
export type { Breach, BreachedCall, Earlier } from "./breach.js";
export { Monitor } from "./monitor.js";
export type { MonitorOptions } from "./monitor.js";
export { Recorder } from "./recorder.js";
export type { Told } from "./recorder.js";
