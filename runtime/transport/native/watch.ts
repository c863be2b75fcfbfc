/**
 * Watches a descriptor. The event loop tells from outside of JavaScript's own turns, where
 * promises and ticks would have to wait; so what it tells is passed on in the same round of the
 * loop, behind it, and what is thrown there stops nothing.
 */
import { attempt } from "../../report.js";
import type { PollHandle } from "./koffi.js";
import type { Libc } from "./libc.js";

/** There is something to read. */
export const READABLE = 1;
/** There is room to write. */
export const WRITABLE = 2;
/** Something is wrong with the descriptor; watching has stopped. */
export const BROKEN = 4;

const queue: Watch[] = [];

function tellAll(): void {
  for (const watch of queue.splice(0)) watch.pass();
}

/** Watches one descriptor, and keeps the process alive while there is something to watch for. */
export class Watch {
  /** Called with what is the case. */
  told: (what: number) => void = () => undefined;
  readonly #libc: Libc;
  readonly #fd: number;
  #handle: PollHandle | null = null;
  #wanted = 0;
  #ready = 0;
  #isClosed = false;

  constructor(libc: Libc, fd: number) {
    this.#libc = libc;
    this.#fd = fd;
  }

  /** Watches for these from now on, and for nothing else; 0 is for nothing. */
  want(what: number): void {
    if (what === this.#wanted || this.#isClosed) return;
    this.#wanted = what;
    this.#ready &= what | BROKEN;
    if (what === 0) {
      this.#handle?.stop();
      return;
    }
    const events = { readable: (what & READABLE) !== 0, writable: (what & WRITABLE) !== 0 };
    if (this.#handle !== null) this.#handle.start(events, this.#polled);
    else this.#handle = this.#libc.poll(this.#fd, events, this.#polled);
  }

  /** From now on it keeps no process alive. */
  unref(): void {
    this.#handle?.unref();
  }

  /** Stops for good; the descriptor may be closed then. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#handle?.close();
    this.#handle = null;
  }

  /** Tells what the event loop has told. */
  pass(): void {
    const ready = this.#ready & (this.#wanted | BROKEN);
    this.#ready = 0;
    if (this.#isClosed || ready === 0) return;
    if ((ready & BROKEN) !== 0) this.#wanted = 0;
    attempt(() => this.told(ready));
  }

  readonly #polled = (
    status: number,
    events: { readonly readable: boolean; readonly writable: boolean },
  ): void => {
    if (this.#ready === 0) {
      if (queue.length === 0) setImmediate(tellAll);
      queue.push(this);
    }
    if (status < 0) this.#ready |= BROKEN;
    if (events.readable) this.#ready |= READABLE;
    if (events.writable) this.#ready |= WRITABLE;
  };
}
