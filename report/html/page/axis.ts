/** The axis: where lines are on it, and what is written at it. */
import type { Moments } from "./model.js";
import type { View } from "./view.js";

/** What the axis counts: lines of the trace, or time. */
export type Axis = "line" | "time";

/** Where a line is on the axis. */
export const positionOf = (axis: Axis, moments: Moments): ((line: number) => number) =>
  axis === "line" ? (line) => line : (line) => moments.at(line);

const STEPS = [1, 2, 5];
const UNITS: readonly (readonly [number, string])[] = [
  [1e9, "s"],
  [1e6, "ms"],
  [1e3, "µs"],
  [1, "ns"],
];

/** A duration as people read it: `1.5 ms`. */
export function timeText(nanoseconds: number): string {
  const [size, unit] = UNITS.find(([size]) => Math.abs(nanoseconds) >= size) ?? [1, "ns"];
  return `${Number((nanoseconds / size).toPrecision(6))} ${unit}`;
}

/** The distance of ticks: 1, 2 or 5 times a power of ten, so that their texts do not touch. */
export function tickStep(span: number, width: number): number {
  const least = (span / Math.max(width, 1)) * 90;
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-9)));
  const step = [...STEPS, 10].map((n) => n * power).find((step) => step >= least) ?? power * 10;
  return Math.max(step, 1);
}

/** How many calls begin in each part of the axis, for an overview. */
export function densityOf(
  positions: readonly number[],
  { begin, end }: Pick<View, "begin" | "end">,
): number[] {
  const parts = Array.from({ length: 400 }, () => 0);
  for (const at of positions) {
    const part = Math.min(
      parts.length - 1,
      Math.floor(((at - begin) / (end - begin)) * parts.length),
    );
    parts[part] = (parts[part] ?? 0) + 1;
  }
  const most = Math.max(1, ...parts);
  return parts.map((n) => n / most);
}

/** What the overview shows. */
export interface Overview {
  readonly density: readonly number[];
  readonly at: (line: number) => number;
}
