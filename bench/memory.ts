/**
 * Counts the bytes that a call allocates, by the heap before and after many calls. A process of
 * its own, with a young generation so large that nothing is collected meanwhile; prints JSON.
 */
import type { Loop } from "./measure.js";
import { at, loopOfIs, loopOfIssues, poolOf } from "./measure.js";
import { SUBJECTS } from "./peers/index.js";
import { prove } from "./prove.js";
import { SCENARIOS } from "./scenarios.js";

/** The bytes of one place in a table. */
export interface Bytes {
  readonly row: string;
  readonly column: string;
  readonly bytes: number;
}

const TIMES = 1000;
const WINDOWS = 9;

const collect = (): void => {
  if (globalThis.gc === undefined) throw new Error("Run this with --expose-gc.");
  globalThis.gc();
};

function growth(loop: Loop): number {
  collect();
  const before = process.memoryUsage().heapUsed;
  loop(TIMES);
  return process.memoryUsage().heapUsed - before;
}

/** Compiling allocates as well, in some of the windows: one of the smaller figures counts. */
const smallOf = (loop: Loop): number =>
  at(
    Array.from({ length: WINDOWS }, () => growth(loop)).sort((a, b) => a - b),
    0.25,
  );

/** What measuring allocates by itself. */
const idle = smallOf(() => 0);

function bytesOf(loop: Loop): number {
  const end = performance.now() + 200;
  while (performance.now() < end) loop(TIMES / 10);
  return Math.max(0, Math.round((smallOf(loop) - idle) / TIMES));
}

function* counted(): Generator<Bytes> {
  for (const scenario of SCENARIOS) {
    const pool = poolOf(scenario);
    for (const { name, calls } of SUBJECTS) {
      const verbs = calls[scenario.call];
      if (scenario.valid) {
        yield { row: name, column: scenario.name, bytes: bytesOf(loopOfIs(verbs, pool)) };
      } else if (verbs.issues !== undefined) {
        yield { row: name, column: scenario.name, bytes: bytesOf(loopOfIssues(verbs, pool)) };
      }
    }
  }
}

prove(SUBJECTS);
process.stdout.write(JSON.stringify([...counted()]));
