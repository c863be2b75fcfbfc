/** Times pairs of loops, one behind the other, so that what disturbs one disturbs both. */
import type { Verbs } from "./peers/subject.js";
import type { Scenario } from "./scenarios.js";

/** Runs a verb so many times over a pool of arguments; returns how often it did not say false. */
export type Loop = (times: number) => number;

/** A place in a table. */
export interface Pair {
  readonly row: string;
  readonly column: string;
  readonly of: Loop;
  readonly to: Loop;
}

/** A ratio over the rounds, and what a call took. */
export interface Ratio {
  readonly row: string;
  readonly column: string;
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  /** The median nanoseconds of a call of `of`. */
  readonly nanoseconds: number;
}

const SLOT_MS = 1;
const WARM_MS = 30;

/** Eight objects of one shape, so that nothing is constant and no shape is a surprise. */
export const poolOf = (scenario: Scenario): readonly unknown[] =>
  Array.from({ length: 8 }, (_, i) => scenario.make(i));

/**
 * Calls a subject again and again; the sum keeps the calls from being dropped.
 *
 * There is one loop for all subjects: it has seen so many of them that none is compiled into it. So
 * every subject pays the same for being called, and no luck of the compiler favours one side.
 */
function repeat(verb: (args: unknown) => unknown, pool: readonly unknown[], times: number): number {
  let sum = 0;
  for (let i = 0; i < times; i++) if (verb(pool[i & 7]) !== false) sum += 1;
  return sum;
}

/** A loop over the boolean of a subject. */
export const loopOfIs =
  ({ is }: Verbs, pool: readonly unknown[]): Loop =>
  (times) =>
    repeat(is, pool, times);

/** A loop over the issues of a subject. */
export function loopOfIssues({ issues }: Verbs, pool: readonly unknown[]): Loop {
  if (issues === undefined) throw new Error("A subject without issues has no loop over them.");
  return (times) => repeat(issues, pool, times);
}

let sink = 0;

/** Milliseconds that so many calls take. */
function time(loop: Loop, times: number): number {
  const start = performance.now();
  sink += loop(times);
  return performance.now() - start;
}

/** How many calls fill a slot, once the code is warm. */
function timesOf(loop: Loop): number {
  const end = performance.now() + WARM_MS;
  let times = 1;
  while (performance.now() < end) {
    if (time(loop, times) < SLOT_MS) times *= 2;
  }
  return Math.max(1, Math.round((times * SLOT_MS) / Math.max(time(loop, times), SLOT_MS / 100)));
}

/** The value below which a share of the sorted values lies. */
export const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;

/** The median. */
export const median = (values: readonly number[]): number =>
  at(
    [...values].sort((a, b) => a - b),
    0.5,
  );

/** An order of the pairs for one round, by chance. */
function shuffled<T>(items: readonly T[]): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    const [a, b] = [order[i], order[j]];
    if (a === undefined || b === undefined) continue;
    order[i] = b;
    order[j] = a;
  }
  return order;
}

/** Times all pairs in rounds; `to` and `of` take turns at being first. */
export function measure(pairs: readonly Pair[], rounds: number): Ratio[] {
  const runs = pairs.map((pair) => ({
    pair,
    timesOf: timesOf(pair.of),
    timesTo: timesOf(pair.to),
    ratios: [] as number[],
    each: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    for (const run of shuffled(runs)) {
      const { of, to } = run.pair;
      let base = round % 2 === 0 ? time(to, run.timesTo) : 0;
      const own = time(of, run.timesOf) / run.timesOf;
      if (round % 2 === 1) base = time(to, run.timesTo);
      run.ratios.push(own / (base / run.timesTo));
      run.each.push(own * 1e6);
    }
  }
  return runs.map(({ pair: { row, column }, ratios, each }) => {
    const sorted = ratios.sort((a, b) => a - b);
    const [p10, p90] = [at(sorted, 0.1), at(sorted, 0.9)];
    return { row, column, median: at(sorted, 0.5), p10, p90, nanoseconds: median(each) };
  });
}

/** What the loops have added up, to be printed, so that no compiler may take it for unused. */
export const sumOfLoops = (): number => sink;
