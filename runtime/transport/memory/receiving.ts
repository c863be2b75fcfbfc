/** The receiving half of a connection: what has arrived, and what was told of it. */
import type { Clock } from "./clock.js";
import type { Owner } from "./sending.js";

/** The receiving half. */
export class Receiving {
  readonly #clock: Clock;
  readonly #owner: Owner;
  readonly #ack: (bytes: number, read: number) => void;
  readonly #unread: Uint8Array[] = [];
  #isPaused = false;
  #isScheduled = false;
  #end: "open" | "arrived" | "told" = "open";

  constructor(clock: Clock, owner: Owner, ack: (bytes: number, read: number) => void) {
    this.#clock = clock;
    this.#owner = owner;
    this.#ack = ack;
  }

  /** True while something has arrived that nobody was told of. */
  get isUnread(): boolean {
    return this.#unread.length > 0;
  }

  arrived(data: Uint8Array): void {
    if (this.#isPaused || this.isUnread) {
      this.#unread.push(data);
      this.#ack(data.length, 0);
    } else {
      this.#ack(data.length, data.length);
      this.#owner.events?.received(data);
    }
  }

  ended(): void {
    this.#end = "arrived";
    this.#deliver();
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#schedule();
  }

  /** Nobody wants it any more. */
  stop(): void {
    this.#unread.length = 0;
  }

  #schedule(): void {
    if (this.#isScheduled || (!this.isUnread && this.#end !== "arrived")) return;
    this.#isScheduled = true;
    this.#clock.after(0, () => {
      this.#isScheduled = false;
      this.#deliver();
    });
  }

  /** One thing at a time, since whoever is told may pause. */
  #deliver(): void {
    if (this.#isPaused || this.#owner.events === null) return;
    const data = this.#unread.shift();
    if (data !== undefined) {
      this.#schedule();
      this.#ack(0, data.length);
      this.#owner.events.received(data);
    } else if (this.#end === "arrived") {
      this.#end = "told";
      this.#owner.events.ended();
    }
  }
}
