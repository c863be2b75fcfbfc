/** What the runs have seen: outcomes, and orders of completions. */
import type { Alternative } from "./alternatives.js";
import { wordsOf } from "./alternatives.js";

/** What was seen, and what could have been. */
export interface Seen {
  /** How many runs had it, by name. */
  readonly counts: Readonly<Record<string, number>>;
  readonly seen: number;
  readonly possible: number;
}

/** What the runs have covered. */
export interface CoverageReport {
  /** Outcomes of the calls that the program makes: `WskSend: STATUS_PENDING, then success later`. */
  readonly outcomes: Seen;
  /** Orders of two operations: `1 before 2`, by the turn in which they were called. */
  readonly orders: Seen;
  /** What else has happened, and how often: resets, cancellations, waits that timed out. */
  readonly events: Readonly<Record<string, number>>;
}

interface Counted {
  readonly name: string;
  readonly alternatives: readonly Alternative[];
  readonly counts: number[];
}

/** Operations beyond this turn are not paired: the table would be larger than the run. */
const MOST_PAIRED = 32;

/** Counts. */
export class Coverage {
  readonly #calls = new Map<string, Counted>();
  readonly #orders = new Float64Array(MOST_PAIRED * MOST_PAIRED);
  readonly #events = new Map<string, number>();
  readonly #done: number[] = [];
  /** A run is made again, to be looked at: it was counted. */
  isResting = false;

  /** Begins a run. */
  begin(): void {
    this.#done.length = 0;
  }

  /** A call had this outcome. */
  outcome(name: string, alternatives: readonly Alternative[], of: Alternative): void {
    if (this.isResting) return;
    let counted = this.#calls.get(name);
    if (counted === undefined) {
      counted = { name, alternatives, counts: alternatives.map(() => 0) };
      this.#calls.set(name, counted);
    }
    const index = alternatives.indexOf(of);
    if (index >= 0) counted.counts[index] = (counted.counts[index] ?? 0) + 1;
  }

  /** Something else has happened. */
  event(name: string): void {
    if (!this.isResting) this.#events.set(name, (this.#events.get(name) ?? 0) + 1);
  }

  /** The operation of a turn, from 1, was completed. */
  completed(turn: number): void {
    if (turn > MOST_PAIRED || this.isResting) return;
    for (const earlier of this.#done) {
      const at = (earlier - 1) * MOST_PAIRED + turn - 1;
      this.#orders[at] = (this.#orders[at] ?? 0) + 1;
    }
    this.#done.push(turn);
  }

  /** All that was counted. */
  report(): CoverageReport {
    const outcomes = [...this.#calls.values()].flatMap(({ name, alternatives, counts }) =>
      alternatives.map((of, i) => [`${name}: ${wordsOf(of)}`, counts[i] ?? 0] as const),
    );
    const orders: (readonly [string, number])[] = [];
    for (let i = 1; i < MOST_PAIRED; i++) {
      for (let j = i + 1; j <= MOST_PAIRED; j++) {
        const [one, other] = [this.#count(i, j), this.#count(j, i)];
        if (one + other > 0) orders.push([`${i} before ${j}`, one], [`${j} before ${i}`, other]);
      }
    }
    const events = Object.fromEntries([...this.#events].sort());
    return { outcomes: seen(outcomes), orders: seen(orders), events };
  }

  #count(i: number, j: number): number {
    return this.#orders[(i - 1) * MOST_PAIRED + j - 1] ?? 0;
  }
}

function seen(counts: readonly (readonly [string, number])[]): Seen {
  return {
    counts: Object.fromEntries(counts),
    seen: counts.filter(([, count]) => count > 0).length,
    possible: counts.length,
  };
}
