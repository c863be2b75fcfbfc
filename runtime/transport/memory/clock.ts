/** Virtual time, in whole microseconds. */
import type { Due } from "./heap.js";
import { DueHeap } from "./heap.js";

/** A clock that jumps from one thing that is due to the next. */
export class Clock {
  readonly #due = new DueHeap();
  readonly #isAuto: boolean;
  #now = 0;
  #sequence = 0;
  #isArmed = false;
  #isRunning = false;

  constructor(isAuto: boolean) {
    this.#isAuto = isAuto;
  }

  /** Microseconds since the clock was made. */
  get now(): number {
    return this.#now;
  }

  /** Runs something after so many microseconds, later than the caller in any case. */
  after(microseconds: number, run: () => void): Due {
    return this.at(this.#now + microseconds, run);
  }

  /** Runs something at that time, at once where it has passed, but later than the caller. */
  at(microseconds: number, run: () => void): Due {
    this.#sequence += 1;
    const due = { at: Math.max(this.#now, microseconds), sequence: this.#sequence, run };
    this.#due.push(due);
    this.#arm();
    return due;
  }

  /** Runs the next thing that is due, time jumping there; false where nothing is. */
  step(): boolean {
    return this.#running(() => this.#step(Infinity));
  }

  /** Runs everything, also what becomes due by that, until nothing is. */
  run(): void {
    this.#running(() => {
      while (this.#step(Infinity));
    });
  }

  /** Runs everything that is due in so many microseconds, and then it is that much later. */
  advance(microseconds: number): void {
    const end = this.#now + microseconds;
    this.#running(() => {
      while (this.#step(end));
      this.#now = end;
    });
  }

  /** The first that was not called off. */
  #next(): Due | undefined {
    let first = this.#due.first;
    while (first !== undefined && first.run === null) {
      this.#due.pop();
      first = this.#due.first;
    }
    return first;
  }

  #step(end: number): boolean {
    const next = this.#next();
    if (next === undefined || next.at > end) return false;
    this.#due.pop();
    this.#now = next.at;
    const { run } = next;
    next.run = null;
    run?.();
    return true;
  }

  #running<T>(work: () => T): T {
    if (this.#isRunning) throw new Error("time passes already: not to be asked for in an event");
    this.#isRunning = true;
    try {
      return work();
    } finally {
      this.#isRunning = false;
      this.#arm();
    }
  }

  /** One instant a turn of the event loop, so that whoever awaits is not overtaken by time. */
  #arm(): void {
    if (!this.#isAuto || this.#isArmed || this.#isRunning || this.#next() === undefined) return;
    this.#isArmed = true;
    setImmediate(() => {
      this.#isArmed = false;
      this.#running(() => {
        const instant = this.#next()?.at ?? 0;
        while (this.#step(instant));
      });
    });
  }
}
