/** A run: what is due, what happens next, and when it is over. */
import type { Alternative } from "./alternatives.js";
import type { Choices } from "./choices.js";
import { Coverage } from "./coverage.js";
import { ProgramFailure, Stopped } from "./failure.js";
import { Journal } from "./journal.js";

/** Something that will happen, nobody knows when. */
export interface Due {
  /** What it is, for people. */
  readonly what: string;
  /** False as long as something else has to come first. */
  readonly isReady: boolean;
  happen(): void;
}

/** What may happen to the world from outside, once in a while. */
export interface Mishap {
  readonly what: string;
  /** True where it may happen now. */
  readonly isPossible: boolean;
  happen(): void;
}

/** So many steps are more than any program needs that ends. */
const MOST_STEPS = 100_000;

/** The world of one run after the other. */
export class Core {
  readonly journal = new Journal();
  readonly coverage = new Coverage();
  /** What is due, in the order in which it was begun. */
  readonly due: Due[] = [];
  readonly mishaps: Mishap[] = [];
  /** What is wrong with the run; the program may have caught it. */
  failure: ProgramFailure | null = null;
  /** How many completion routines and the like are running: above 0, nobody may wait. */
  depth = 0;
  /** Which run it is. */
  runs = 0;
  /** How often something has happened. */
  happened = 0;
  /** How many rare things may still happen. */
  rare = 0;
  #choices: Choices | null = null;
  #isStopped = false;
  #steps = 0;
  /** When an empty-handed look was last allowed. */
  #idleAt = -1;

  /** Begins a run. */
  begin(choices: Choices, rare: number): void {
    this.#choices = choices;
    this.runs += 1;
    this.rare = rare;
    this.due.length = this.mishaps.length = 0;
    this.depth = this.happened = this.#steps = 0;
    this.#isStopped = false;
    this.failure = null;
    this.#idleAt = -1;
    this.coverage.begin();
  }

  /** The run is over: whatever the program calls from here on throws. */
  stop(): void {
    this.#isStopped = true;
  }

  /** True once it is over. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** True where a call that fails may complete its IRP after its return. */
  hasLateFailures = false;

  /** Throws where the run is over. Every function of the world begins with it. */
  enter(): void {
    if (this.#isStopped) throw new Stopped();
    if (++this.#steps > MOST_STEPS) {
      this.#fail("endless", `the program has taken ${MOST_STEPS} steps, and does not end`);
    }
  }

  /** One of `count`; from `common` on they are rare. */
  choose(count: number, common = count): number {
    if (count < 2 || this.#choices === null) return 0;
    return this.#choices.choose(count, common);
  }

  /** What becomes of a call: rare things only while there may be some. */
  pick(alternatives: readonly Alternative[]): Alternative | undefined {
    const common = ordinary(alternatives);
    const count = this.rare > 0 || common === 0 ? alternatives.length : common;
    const chosen = alternatives[this.choose(count, common)];
    if (chosen?.isRare === true && this.rare > 0) this.rare -= 1;
    return chosen;
  }

  /** Here anything may happen that is due, and nothing needs to. */
  slot(): void {
    while (this.due.length > 0 && this.#one(1)) if (this.#isStopped) throw new Stopped();
  }

  /** The program looks whether something has happened. It does not look twice in vain. */
  look(): void {
    const isAgain = this.#idleAt === this.happened;
    if (!isAgain || this.#one(0)) this.slot();
    this.#idleAt = this.happened;
  }

  /** Waits; false where the time is over before. */
  wait(what: string, isOver: () => boolean, mayTimeOut: boolean): boolean {
    if (isOver()) return true;
    if (this.depth > 0) {
      const text = `${what} is waited for in a completion routine, which must not wait`;
      return this.#fail("irql", text);
    }
    this.journal.waited();
    while (!isOver()) {
      const mayNow = mayTimeOut && this.#idleAt !== this.happened;
      if (this.#one(mayNow ? 1 : 0)) continue;
      this.#idleAt = this.happened;
      if (mayTimeOut) return false;
      return this.#fail("deadlock", `${what} is waited for, and nothing can happen any more`);
    }
    return true;
  }

  /** Lets everything happen that is due, in some order. */
  settle(): void {
    while (this.#one(0)) if (this.#isStopped) throw new Stopped();
    const [left] = this.due;
    if (left !== undefined) this.#fail("deadlock", `${left.what} can never happen`);
  }

  /** Something of what is due; with `none` 1, perhaps nothing. False where nothing was chosen. */
  #one(none: 0 | 1): boolean {
    const ready = this.#ready();
    if (ready.length === 0) return false;
    // First whether, then what: among many that are due, nothing is not to be the rarest.
    if (none === 1 && this.choose(2) === 0) return false;
    const mishaps = this.rare > 0 ? this.mishaps.filter(({ isPossible }) => isPossible) : [];
    const chosen = this.choose(ready.length + mishaps.length, ready.length);
    this.happened += 1;
    const next = ready[chosen];
    if (next === undefined) {
      this.rare -= 1;
      const mishap = mishaps[chosen - ready.length];
      mishap?.happen();
      return true;
    }
    this.due.splice(this.due.indexOf(next), 1);
    next.happen();
    return true;
  }

  #ready(): readonly Due[] {
    const { due } = this;
    for (const { isReady } of due) if (!isReady) return due.filter((of) => of.isReady);
    return due;
  }

  #fail(kind: "deadlock" | "endless" | "irql", text: string): never {
    this.stop();
    this.failure = new ProgramFailure(kind, text);
    throw this.failure;
  }
}

function ordinary(alternatives: readonly Alternative[]): number {
  let count = 0;
  while (alternatives[count]?.isRare === false) count++;
  return count;
}
