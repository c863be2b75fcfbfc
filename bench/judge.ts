/** Says of the figures what is to be said plainly: targets that are missed, peers that win. */
import type { Ratio } from "./measure.js";
import type { Results } from "./run.js";
import { SCENARIOS } from "./scenarios.js";

/** One target, and what came out. */
export interface Verdict {
  readonly target: string;
  readonly measured: string;
  readonly met: boolean;
}

const PEER_OF_ALL = "zod";

/** The geometric mean. */
export const mean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** A ratio in three digits. */
export const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

const of = (ratios: readonly Ratio[], row: string): Ratio[] => ratios.filter((r) => r.row === row);
const worst = (values: readonly number[]): number => Math.max(...values);

/** How many times faster than zod wskit is, in each of these columns. */
function overZod({ booleans }: Results, columns: readonly string[]): number[] {
  return columns.map((column) => {
    const median = (row: string): number =>
      of(booleans, row).find((r) => r.column === column)?.median ?? NaN;
    return median(PEER_OF_ALL) / median("wskit");
  });
}

const atMost = (target: string, value: number, most: number): Verdict => ({
  target: `${target}: at most ${most}`,
  measured: digits(value),
  met: value <= most,
});

const atLeast = (target: string, value: number, least: number): Verdict => ({
  target: `${target}: at least ${least}`,
  measured: digits(value),
  met: value >= least,
});

/** Starts of processes differ by as much, in milliseconds. */
const LEAST_MS = 0.5;

/** All targets of speed. */
export function verdictsOf(results: Results): Verdict[] {
  const { booleans, checks, oneIssue, bytes, cold } = results;
  const own = of(booleans, "wskit").map((r) => r.median);
  const valid = SCENARIOS.filter((s) => s.valid).map((s) => s.name);
  const ownBytes = bytes.filter((b) => b.row === "wskit");
  const onValid = ownBytes.filter((b) => valid.includes(b.column)).map((b) => b.bytes);
  const onWrong = ownBytes.filter((b) => !valid.includes(b.column)).map((b) => b.bytes);
  const above = (name: string): number => cold.find((c) => c.name === name)?.above ?? NaN;
  // What cannot be told from an empty module counts as the least that can.
  const shown = (name: string): number => Math.max(above(name), LEAST_MS);
  return [
    atMost("is… to the floor, geometric mean", mean(own), 1),
    atMost("is… to the floor, worst scenario", worst(own), 1.05),
    atMost("bytes that is… allocates on a valid call, worst", worst(onValid), 0),
    atLeast(
      "times faster than zod, valid calls, geometric mean",
      mean(overZod(results, valid)),
      45,
    ),
    atLeast(
      "times faster than zod, first wrong",
      mean(overZod(results, ["WSPSend, first wrong"])),
      350,
    ),
    atMost("check… to is… on valid calls, worst", worst(checks.map((r) => r.median)), 1.1),
    atMost(
      "one issue to a valid call of the floor, worst",
      worst(of(oneIssue, "wskit").map((r) => r.median)),
      2.5,
    ),
    atMost("bytes of check… with one issue, worst", worst(onWrong), 300),
    atMost("milliseconds to import all booleans (wskit/is)", above("wskit/is"), 2),
    atLeast("import of zod to that of all booleans", above("zod") / shown("wskit/is"), 20),
    atMost("milliseconds to import all checks (wskit/checks)", above("wskit/checks"), 2),
    atLeast("import of zod to that of all checks", above("zod") / shown("wskit/checks"), 20),
  ];
}

/** The peers that are faster than wskit, by scenario; a line each. */
export function losses({ booleans, issues }: Results): string[] {
  const lines: string[] = [];
  for (const [what, ratios] of [
    ["is…", booleans],
    ["check…", issues],
  ] as const) {
    for (const own of of(ratios, "wskit")) {
      const faster = ratios.filter(
        (r) =>
          r.column === own.column && r.median < own.median && !["floor", "wskit"].includes(r.row),
      );
      if (faster.length === 0) continue;
      const names = faster.map((r) => `${r.row} (${digits(r.median)})`).join(", ");
      lines.push(`${what} on ${own.column} (${digits(own.median)}): ${names}`);
    }
  }
  return lines;
}

/** What is compared with the run before. */
export type Figures = Readonly<Record<string, number>>;

/** The figures of wskit by name, for the run after this one. */
export function figuresOf(results: Results): Figures {
  const figures: Record<string, number> = {};
  const own = <T extends { row: string }>(all: readonly T[]): T[] =>
    all.filter((r) => r.row === "wskit");
  for (const r of own(results.booleans)) figures[`is… to the floor: ${r.column}`] = r.median;
  for (const r of own(results.issues)) figures[`check… to the floor: ${r.column}`] = r.median;
  for (const r of own(results.checks)) figures[`check… to is…: ${r.column}`] = r.median;
  for (const b of own(results.bytes)) figures[`bytes: ${b.column}`] = b.bytes;
  return figures;
}

/** A tenth more is noise on a busy machine. */
const NOISE = 1.1;

/** The figures that are worse than those of the run before; a line each. */
export const worsened = (before: Figures, now: Figures): string[] =>
  Object.entries(now).flatMap(([name, value]) => {
    const was = before[name];
    const isWorse = was !== undefined && value > was * NOISE && value - was > 0.02;
    return isWorse ? [`${name}: ${digits(was)} before, ${digits(value)} now`] : [];
  });
