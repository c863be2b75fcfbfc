/** Rounds in which subjects take turns, so that what disturbs one disturbs its neighbours too. */
import { setTimeout } from "node:timers/promises";
import { at, median } from "../measure.js";

/** One row of `--json`. */
export interface Row {
  /** What is measured, for instance `irp`. */
  readonly topic: string;
  /** On what, for instance `64 B, one at a time`. */
  readonly case: string;
  /** By whom, for instance `WSK`. */
  readonly subject: string;
  /** The median of the rounds. */
  readonly value: number;
  readonly unit: string;
  /** How many times as fast as the base of the case it is, median of the rounds; null for none. */
  readonly ratio: number | null;
}

/** A row with the 10th and the 90th percentile of its value. */
export interface Figure extends Row {
  readonly p10: number;
  readonly p90: number;
}

/** Whoever does the same thing as others. */
export interface Subject {
  readonly name: string;
  /** Does it so many times; answers the nanoseconds where it has its own clock. */
  run(times: number): unknown;
  /** Called before each turn. */
  next?(): void;
  /** How many of the things it has done at each time; 1 where left out. */
  readonly each?: number;
}

/** Subjects that are compared; the first is the base of the ratios. */
export interface Contest {
  readonly topic: string;
  readonly case: string;
  readonly subjects: readonly Subject[];
  /** How long each turn is, in milliseconds: shorter than what a scheduler gives to others. */
  readonly slot: number;
  /** How many things there are in a turn at most. */
  readonly most?: number;
  /** True where there is no base. */
  readonly single?: boolean;
}

/** Has so many do it, turn by turn: where their memory lies makes some slower than others. */
export async function inTurns(
  name: string,
  make: () => Promise<Subject["run"]> | Subject["run"],
): Promise<Subject> {
  const runs: Subject["run"][] = [];
  for (let i = 0; i < SOCKETS; i++) runs.push(await make());
  let turn = 0;
  return {
    name,
    run: (times) => runs[turn % SOCKETS]?.(times),
    next: () => (turn += 1),
  };
}

interface Taken {
  readonly subject: Subject;
  readonly times: number;
  /** Nanoseconds of each round, a thing. */
  readonly each: number[];
}

const WARM_MS = 150;
/** After so many milliseconds all that was sent has been read. */
const READ_MS = 1;
const NS = 1e6;
const SOCKETS = 4;

async function time({ run }: Subject, times: number): Promise<number> {
  const start = performance.now();
  const answer = run(times);
  const own: unknown = answer instanceof Promise ? await answer : undefined;
  return typeof own === "number" ? own : (performance.now() - start) * NS;
}

/** How often fills a slot, once the code is warm. */
async function timesOf(subject: Subject, slot: number): Promise<number> {
  const end = performance.now() + WARM_MS;
  let times = 1;
  let best = Infinity;
  while (performance.now() < end) {
    const each = (await time(subject, times)) / times;
    best = Math.min(best, each);
    if (each * times < slot * NS) times *= 2;
  }
  return Math.max(1, Math.round((slot * NS) / best));
}

/** Every other round backwards: who is behind whom changes. */
const turned = <T>(items: readonly T[], round: number): readonly T[] =>
  round % 2 === 0 ? items : items.toReversed();

/** Measures the subjects of a contest. */
export async function compete(contest: Contest, rounds: number): Promise<Figure[]> {
  const taken: Taken[] = [];
  for (const subject of contest.subjects) {
    const times = Math.min(contest.most ?? Infinity, await timesOf(subject, contest.slot));
    taken.push({ subject, times, each: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { subject, times, each } of turned(taken, round)) {
      subject.next?.();
      // The caches are those of whoever came before.
      await time(subject, contest.most === undefined ? Math.ceil(times / 8) : times);
      if (contest.most !== undefined) await setTimeout(READ_MS);
      each.push((await time(subject, times)) / times / (subject.each ?? 1));
    }
  }
  return taken.map(({ subject, each }) => ({
    topic: contest.topic,
    case: contest.case,
    subject: subject.name,
    ...spread(each),
    unit: "ns",
    ratio: contest.single === true ? null : ratio(taken[0]?.each ?? [], each),
  }));
}

/** The median and the percentiles of what the rounds came to. */
export function spread(values: readonly number[]): Pick<Figure, "value" | "p10" | "p90"> {
  const sorted = [...values].sort((a, b) => a - b);
  return { value: at(sorted, 0.5), p10: at(sorted, 0.1), p90: at(sorted, 0.9) };
}

/** How many times as fast it is, round by round. */
const ratio = (base: readonly number[], own: readonly number[]): number =>
  median(base.map((value, round) => value / (own[round] ?? NaN)));
