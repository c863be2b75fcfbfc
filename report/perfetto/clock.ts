/** When events happened, in the microseconds of Chrome's traces. */

/** Times of a trace; where it has none, its lines are microseconds. They never run back. */
export class Clock {
  #start: bigint | undefined;
  #usesLines: boolean | undefined;
  #now = 0;

  /** The microsecond of an event. The first one decides whether the trace has times. */
  at(line: number, time: number | string | undefined): number {
    this.#usesLines ??= time === undefined;
    if (this.#usesLines) this.#now = line;
    else if (time !== undefined) this.#now = Math.max(this.#now, this.#since(BigInt(time)));
    return this.#now;
  }

  /** The last microsecond. */
  get now(): number {
    return this.#now;
  }

  /** How long something is drawn that takes no time. */
  get moment(): number {
    return this.#usesLines === true ? 0.5 : 0.001;
  }

  #since(time: bigint): number {
    this.#start ??= time;
    const nanoseconds = Math.min(Number(time - this.#start), Number.MAX_SAFE_INTEGER);
    return nanoseconds / 1000;
  }
}
