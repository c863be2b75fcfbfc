/** Requests that wait for something to arrive, in order; each may be withdrawn while it waits. */
import type { Failure } from "../network/failure.js";
import { CANCELLED } from "../network/failure.js";
import { attempt } from "../report.js";
import type { Transmission, Withdrawable } from "./transmission.js";

/** A queue. A note is what is kept with each request that waits. */
export class WaitQueue<Note> implements Withdrawable<Transmission> {
  readonly #notes = new Map<Transmission, Note>();
  readonly #withdrawn: ((note: Note) => void) | undefined;
  #head: Transmission | null = null;
  #tail: Transmission | null = null;

  /** With `withdrawn`, somebody is told before a request ends that is cancelled. */
  constructor(withdrawn?: (note: Note) => void) {
    this.#withdrawn = withdrawn;
  }

  /** How many wait. */
  get length(): number {
    return this.#notes.size;
  }

  /** The note of the one that has waited longest. */
  get first(): Note | undefined {
    return this.#head === null ? undefined : this.#notes.get(this.#head);
  }

  /** Lets a request wait behind all others. */
  add(waiting: Transmission, note: Note): void {
    this.#notes.set(waiting, note);
    waiting.previous = this.#tail;
    waiting.next = null;
    waiting.queue = this;
    if (this.#tail === null) this.#head = waiting;
    else this.#tail.next = waiting;
    this.#tail = waiting;
  }

  /** Takes the one out that has waited longest. */
  shift(): Note | undefined {
    return this.#head === null ? undefined : this.#remove(this.#head);
  }

  /** Ends a request with STATUS_CANCELLED, wherever it waits in the queue. */
  cancel(waiting: Transmission): boolean {
    if (waiting.queue !== this) return false;
    const note = this.#remove(waiting);
    if (note !== undefined) this.#withdrawn?.(note);
    attempt(() => void waiting.settle(CANCELLED));
    return true;
  }

  /** Ends all, the oldest first. */
  fail(failure: Failure): void {
    for (let waiting = this.#head; waiting !== null; waiting = this.#head) {
      this.#remove(waiting);
      const ended = waiting;
      attempt(() => void ended.settle(failure));
    }
  }

  #remove(waiting: Transmission): Note | undefined {
    const { previous, next } = waiting;
    if (previous === null) this.#head = next;
    else previous.next = next;
    if (next === null) this.#tail = previous;
    else next.previous = previous;
    waiting.previous = null;
    waiting.next = null;
    waiting.queue = null;
    const note = this.#notes.get(waiting);
    this.#notes.delete(waiting);
    return note;
  }
}
