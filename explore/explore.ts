/** Runs a program against every documented behaviour, and tells what went wrong. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { mersenne } from "pure-rand/generator/mersenne";
import type { Breach } from "../monitor/index.js";
import { formatEvent } from "../trace/write.js";
import { Draw, Given, Search, Swarm } from "./choices.js";
import type { CoverageReport } from "./coverage.js";
import { ProgramFailure } from "./failure.js";
import { formatReplay, parseReplay, sumOf, trimmed } from "./replay.js";
import type { RunOptions, Watched } from "./run.js";
import { Runner } from "./run.js";
import { faultOf, shrink } from "./shrink.js";
import { timelineOf } from "./timeline.js";
import type { Program } from "./world.js";

/** How a program is explored. */
export interface ExploreOptions extends RunOptions {
  /** How many runs there are at most; left out, 500,000, of which 100,000 are drawn by chance. */
  readonly runs?: number;
  /**
   * How many rare things a run has at most: calls that return a failure, and resets by the peer.
   * Left out, 1.
   */
  readonly faults?: number;
  /** What chance begins with, where there are too many runs for all of them; left out, 1. */
  readonly seed?: number;
  /**
   * Has the monitor judge every run. Left out, runs that differ only in what no rule can see are
   * judged once: it is the same, and many times quicker.
   */
  readonly judgeEach?: boolean;
  /** The `replay` of a counterexample: makes that run, and no other. */
  readonly replay?: string;
}

/** A run that broke a rule, or failed, as small as it could be made. */
export interface Counterexample {
  /** Makes this run again: `explore(program, { replay })`. */
  readonly replay: string;
  /** The rules that it breaks. */
  readonly breaches: readonly Breach[];
  /** What else is wrong; null where it is rules. */
  readonly failure: ProgramFailure | null;
  /** What happened, for people. */
  readonly timeline: string;
  /** What happened, for `wskit check`: a JSON object a line. */
  readonly trace: string;
}

/** What an exploration has found. */
export interface Exploration {
  /** How many runs were made. */
  readonly runs: number;
  /** True where every run with up to `faults` rare things was made. */
  readonly exhaustive: boolean;
  /** Up to how many rare things every run was made; -1 where there are too many without any. */
  readonly exhaustiveTo: number;
  readonly coverage: CoverageReport;
  readonly counterexample: Counterexample | null;
  /** For a replay, whether the program still makes those choices; otherwise null. */
  readonly hasDiverged: boolean | null;
}

const RUNS = 500_000;
/** By chance, fewer find what is to be found. */
const DRAWN = 100_000;
/** So many runs at random tell how many there are in all. */
const PROBES = 200;

/** Explores a program. It throws only where it is asked for what it cannot do. */
export function explore(program: Program, options: ExploreOptions = {}): Exploration {
  const { replay, runs = RUNS, faults = 1 } = options;
  const drawn = options.runs === undefined ? DRAWN : Number.POSITIVE_INFINITY;
  requireWhole("runs", runs);
  requireWhole("faults", faults);
  const exploring = new Exploring(program, options);
  if (replay !== undefined) return exploring.replay(replay);
  return exploring.all({ runs, faults, drawn });
}

function requireWhole(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new RangeError(`${name}: expected a whole number, received ${String(value)}`);
}

class Exploring {
  readonly #runner: Runner;
  readonly #below: (count: number) => number;
  /** Runs that the monitor has seen, by what rules can see of them. */
  readonly #judged = new Set<number>();
  readonly #isEach: boolean;
  #runs = 0;
  #found: Counterexample | null = null;

  constructor(program: Program, options: ExploreOptions) {
    this.#runner = new Runner(program, options);
    this.#isEach = options.judgeEach === true;
    const source = mersenne(options.seed ?? 1);
    this.#below = (count) => uniformInt(source, 0, count - 1);
  }

  all({ runs, faults, drawn }: { runs: number; faults: number; drawn: number }): Exploration {
    let exhaustiveTo = -1;
    for (let rare = faults; rare >= 0 && exhaustiveTo < 0 && this.#found === null; rare--) {
      const isLikely = this.#estimate(rare) <= runs;
      if (isLikely && this.#search(rare, runs)) exhaustiveTo = rare;
    }
    const isAll = exhaustiveTo === faults;
    if (!isAll && this.#found === null) {
      const left = Math.max(runs - this.#runs, Math.ceil(runs / 10));
      this.#sample(faults, Math.min(left, drawn));
    }
    return this.#report({ exhaustiveTo, isAll, hasDiverged: null });
  }

  replay(text: string): Exploration {
    const { rare, choices, sum } = parseReplay(text);
    const given = new Given(choices);
    const watched = this.#runner.watch(given, rare);
    this.#runs = 1;
    if (faultOf(watched) !== null) this.#found = this.#counterexample(given, rare, watched);
    const isSame = given.isExact && sumOf(given.counts.slice(0, choices.length)) === sum;
    return this.#report({ exhaustiveTo: -1, isAll: false, hasDiverged: !isSame });
  }

  #report(of: { exhaustiveTo: number; isAll: boolean; hasDiverged: boolean | null }): Exploration {
    const isAll = of.isAll && this.#found === null;
    return {
      runs: this.#runs,
      exhaustive: isAll,
      exhaustiveTo: this.#found === null ? of.exhaustiveTo : -1,
      coverage: this.#runner.coverage.report(),
      counterexample: this.#found,
      hasDiverged: of.hasDiverged,
    };
  }

  /** How many runs there are, by a few at random. */
  #estimate(rare: number): number {
    let sum = 0;
    this.#runner.coverage.isResting = true;
    for (let i = 0; i < PROBES; i++) {
      const draw = new Draw(this.#below);
      this.#runner.run(draw, rare);
      sum += draw.weight;
    }
    this.#runner.coverage.isResting = false;
    return sum / PROBES;
  }

  /** Makes all runs; false where there are more than `most`. */
  #search(rare: number, most: number): boolean {
    const search = new Search();
    for (let count = 0; count < most; count++) {
      const ran = this.#runner.run(search, rare);
      this.#runs += 1;
      const failure = ran.failure ?? search.strayed;
      if (!this.#judge(search.taken, rare, { ...ran, failure })) return true;
      if (!search.next()) return true;
    }
    return false;
  }

  #sample(rare: number, runs: number): void {
    for (let i = 0; i < runs; i++) {
      const draw = new Swarm(this.#below);
      const ran = this.#runner.run(draw, rare);
      this.#runs += 1;
      if (!this.#judge(draw.taken, rare, ran)) return;
    }
  }

  /** False for a run that fails: it is the counterexample. */
  #judge(
    taken: readonly number[],
    rare: number,
    { failure, total }: { failure: ProgramFailure | null; total: number },
  ): boolean {
    if (failure === null && !this.#isEach && this.#judged.has(total)) return true;
    this.#judged.add(total);
    const given = [...taken];
    const watched = this.#runner.watch(new Given(given), rare);
    if (faultOf(watched) === null) {
      if (failure === null) return true;
      const unstable = failure.kind === "unstable" ? failure : unstableBy(failure);
      this.#found = this.#counterexample(new Given(given), rare, { ...watched, failure: unstable });
      return false;
    }
    const small = new Given(shrink(this.#runner, given, rare));
    const again = this.#runner.watch(small, rare);
    this.#found = this.#counterexample(small, rare, again);
    return false;
  }

  #counterexample(given: Given, rare: number, watched: Watched): Counterexample {
    const { failure, breaches, events } = watched;
    const taken = trimmed(given.taken);
    return {
      replay: formatReplay(rare, { taken, sum: sumOf(given.counts.slice(0, taken.length)) }),
      breaches,
      failure: breaches.length > 0 ? null : failure,
      timeline: timelineOf(watched),
      trace: events.map((event) => `${formatEvent(event)}\n`).join(""),
    };
  }
}

/** A failure that does not come again. */
const unstableBy = ({ message }: ProgramFailure): ProgramFailure =>
  new ProgramFailure("unstable", `the same choices failed once, and not again: ${message}`);

/** Explores a program, and throws with everything that there is to know where it fails. */
export function assertExplored(program: Program, options: ExploreOptions = {}): Exploration {
  const exploration = explore(program, options);
  const { counterexample } = exploration;
  if (counterexample !== null) throw new CounterexampleFound(counterexample);
  return exploration;
}

/** A program has failed in a run that the contract allows. */
export class CounterexampleFound extends Error {
  override readonly name = "CounterexampleFound";
  readonly counterexample: Counterexample;

  constructor(counterexample: Counterexample) {
    const { replay, timeline, trace, failure } = counterexample;
    const again = `Make it again with explore(program, { replay: ${JSON.stringify(replay)} }).`;
    super(`${timeline}\n${again}\nFor wskit check:\n${trace}`, { cause: failure ?? undefined });
    this.counterexample = counterexample;
  }
}
