/** The datagrams that arrive at one port, and who waits for them. What does not fit is lost. */
import type { Failure } from "../network/failure.js";
import type { Endpoint } from "../network/network.js";
import { Fifo } from "../fifo.js";
import { WaitQueue } from "./wait-queue.js";
import { DEFAULT_WINDOW } from "./receive-queue.js";
import type { Transmission } from "./transmission.js";

/** A datagram that has arrived. */
export interface Arrived {
  readonly data: Uint8Array;
  readonly from: Endpoint;
  readonly control: Uint8Array | null;
}

/** Who takes datagrams that nobody waits for; false where it does not. */
export type Offer = (datagram: Arrived) => boolean;

/** The queue. A note is what a receive leaves, to be told of its datagram. */
export class DatagramQueue<Note> {
  readonly #waiting = new WaitQueue<Note>();
  readonly #datagrams = new Fifo<Arrived>();
  readonly #offer: Offer;
  readonly #serve: (note: Note, datagram: Arrived) => void;
  #bytes = 0;
  #retained = 0;
  #isPumpDue = false;
  #isOffering = false;
  /** How many bytes wait at most. */
  window = DEFAULT_WINDOW;

  /** `serve` ends a receive with a datagram; `offer` is asked where none waits. */
  constructor(serve: (note: Note, datagram: Arrived) => void, offer: Offer) {
    this.#serve = serve;
    this.#offer = offer;
  }

  /** A datagram has arrived. */
  received(datagram: Arrived): void {
    // One that waits behind none is kept however long it is.
    const held = this.#bytes + this.#retained;
    if (held > 0 && held + datagram.data.length > this.window) return;
    this.#datagrams.push(datagram);
    this.#bytes += datagram.data.length;
    this.#pump();
  }

  /** Lets a receive wait, or hands it what has waited longest. */
  receive(request: Transmission, note: Note): Arrived | null {
    const first = this.#waiting.length === 0 && !this.#isOffering ? this.#take() : undefined;
    if (first !== undefined) return first;
    this.#waiting.add(request, note);
    return null;
  }

  /** Takes bytes into account that were taken, but lie here until `release`. */
  retain(bytes: number): void {
    this.#retained += bytes;
  }

  release(bytes: number): void {
    this.#retained -= bytes;
  }

  /** Hands out what there is when the caller has returned. */
  pumpLater(): void {
    if (this.#isPumpDue) return;
    this.#isPumpDue = true;
    queueMicrotask(() => {
      this.#isPumpDue = false;
      this.#pump();
    });
  }

  /** Ends who waits, and drops what has arrived. */
  fail(failure: Failure): void {
    this.#datagrams.clear();
    this.#bytes = 0;
    this.#waiting.fail(failure);
  }

  #take(): Arrived | undefined {
    const first = this.#datagrams.shift();
    this.#bytes -= first?.data.length ?? 0;
    return first;
  }

  #pump(): void {
    if (this.#isOffering) return;
    while (this.#datagrams.length > 0) {
      if (this.#waiting.length > 0) {
        const datagram = this.#take();
        const note = this.#waiting.shift();
        if (datagram !== undefined && note !== undefined) this.#serve(note, datagram);
      } else if (!this.#indicate()) return;
    }
  }

  /** Asks the owner; true where the datagram is taken. */
  #indicate(): boolean {
    const { first } = this.#datagrams;
    if (first === undefined) return false;
    this.#isOffering = true;
    try {
      if (!this.#offer(first)) return this.#waiting.length > 0;
      if (this.#datagrams.first === first) this.#take();
      return true;
    } finally {
      this.#isOffering = false;
    }
  }
}
