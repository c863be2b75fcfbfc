/**
 * The sends of one connection, in order. A network completes bytes; this completes sends: each
 * once, with success only where its own bytes have come as far as they should.
 */
import type { Failure } from "../network/failure.js";
import { CANCELLED, FAULT } from "../network/failure.js";
import type { Connection } from "../network/network.js";
import { DONE, FULL, TAKEN } from "../network/network.js";
import { reportError } from "../report.js";
import { ChunkList } from "./chunk-list.js";
import type { Transmission } from "./transmission.js";

/** What became of a send at once. Only one that is TAKEN is settled, later. */
export type Submitted = typeof DONE | typeof TAKEN | Failure;

// Bounds of what is handed over in one piece: what fails, fails together.
const GROUP_BYTES = 64 * 1024;
const GROUP_SENDS = 64;

/** The queue; it works on the connection that it is given. */
export class SendQueue {
  readonly #gathers: boolean;
  readonly #lost: (failure: Failure) => void;
  #connection: Connection | null = null;
  #failure: Failure | null = null;
  // From the oldest that is not complete to the youngest; `#waiting` is the first of those that
  // were not handed over.
  #head: Transmission | null = null;
  #tail: Transmission | null = null;
  #waiting: Transmission | null = null;
  #last: Transmission | null = null;
  #isEndSent = false;
  #credit = 0;
  #isFull = false;
  #isFlushing = false;
  #isTurn = false;
  #submitting: Transmission | null = null;
  #answer: Submitted = TAKEN;
  readonly #chunks = new ChunkList();

  /**
   * With `gathers`, sends of one turn of the event loop leave together, besides the first. `lost`
   * is told where a write finds the connection lost, which nobody else is told then.
   */
  constructor(gathers: boolean, lost: (failure: Failure) => void = () => undefined) {
    this.#gathers = gathers;
    this.#lost = lost;
  }

  /** Why nothing can be sent any more; null while it can. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** True while some send is not complete. */
  get isBusy(): boolean {
    return this.#head !== null;
  }

  /** True where a send may still be submitted. */
  get isOpen(): boolean {
    return this.#failure === null && !this.isEnded;
  }

  /** True behind the last send. */
  get isEnded(): boolean {
    return this.#last !== null || this.#isEndSent;
  }

  /** Goes to work on a connection. */
  open(connection: Connection): void {
    this.#connection = connection;
  }

  /** Sends behind everything that was sent before; with `now`, together with it, and at once. */
  submit(send: Transmission, now: boolean): Submitted {
    if (this.#failure !== null) return this.#failure;
    const mayWrite = send.bytes === 0 || (!this.#isTurn && !this.#isFull);
    if (this.#head === null && mayWrite && this.#connection !== null) {
      const handed = this.#first(send, this.#connection);
      if (this.#gathers && !now && send.bytes > 0) this.#beginTurn();
      return handed;
    }
    this.#link(send);
    if (this.#isFull || (this.#isTurn && !now)) return TAKEN;
    const answer = this.#flushWith(send);
    if (this.#gathers && !now && !this.#isTurn) this.#beginTurn();
    return answer;
  }

  /** Ends sending behind everything that was sent before, with one more send. */
  end(last: Transmission): Submitted {
    if (this.#failure !== null) return this.#failure;
    this.#last = last;
    this.#link(last);
    return this.#flushWith(last);
  }

  /** Withdraws a send. False where its bytes were handed over: they are on their way. */
  cancel(send: Transmission): boolean {
    if (send.queue !== this || send === this.#last) return false;
    this.#unlink(send);
    this.#settle(send, CANCELLED);
    return true;
  }

  /** Ends all sends, the oldest first; whoever is told may send again, and is refused. */
  fail(failure: Failure): void {
    this.#failure ??= failure;
    for (let send = this.#head; send !== null; send = this.#head) {
      this.#unlink(send);
      this.#settle(send, this.#failure);
    }
  }

  /**
   * Withdraws what nobody was promised; whoever is told may send no more. What was promised goes
   * on; where nothing was, this is the end of all sends.
   */
  withdraw(): void {
    const withdrawn: Transmission[] = [];
    for (let send = this.#head; send !== null;) {
      const { next } = send;
      if (!send.isPromised) {
        this.#unlink(send);
        withdrawn.push(send);
      }
      send = next;
    }
    for (const send of withdrawn) this.#settle(send, this.#failure ?? CANCELLED);
  }

  /** So many more bytes have come as far as they should. */
  reached(bytes: number): void {
    this.#credit += bytes;
    for (let send = this.#head; send !== null; send = this.#head) {
      if (send.queue !== null || send.bytes > this.#credit) return;
      if (send === this.#last && !this.#isEndSent) return;
      this.#credit -= send.bytes;
      this.#unlink(send);
      this.#settle(send, null);
    }
  }

  /** More may be handed over. */
  writable(): void {
    this.#isFull = false;
    this.#flush();
  }

  /** The end was handed over. */
  endSent(): void {
    this.#isEndSent = true;
    this.reached(0);
  }

  /** A send that finds nothing before it. */
  #first(send: Transmission, connection: Connection): Submitted {
    if (send.bytes === 0) return DONE;
    const only = send.onePiece();
    let handed;
    if (only !== null) {
      handed = connection.writeOne(only);
    } else {
      const chunks = this.#chunks;
      handed = send.gather(chunks) ? connection.write(chunks.array()) : FAULT;
      chunks.cut(0);
    }
    if (handed === DONE || handed === FAULT) return handed;
    if (typeof handed === "object") {
      this.#lose(handed);
      return handed;
    }
    if (handed === FULL) this.#isFull = true;
    this.#link(send);
    this.#waiting = null;
    send.queue = null;
    return TAKEN;
  }

  /** Hands over what waits, and tells what became of one of them meanwhile. */
  #flushWith(send: Transmission): Submitted {
    // Whoever is told of an end may submit another one before this has returned.
    const [outer, outerAnswer] = [this.#submitting, this.#answer];
    this.#submitting = send;
    this.#answer = TAKEN;
    this.#flush();
    const answer = this.#answer;
    this.#submitting = outer;
    this.#answer = outerAnswer;
    return answer;
  }

  /** Hands over what waits, group by group, as far as the connection takes it. */
  #flush(): void {
    if (this.#isFlushing || this.#connection === null) return;
    this.#isFlushing = true;
    while (this.#waiting !== null && !this.#isFull && this.#failure === null) {
      this.#handGroup(this.#connection);
    }
    this.#isFlushing = false;
  }

  #handGroup(connection: Connection): void {
    const chunks = this.#chunks;
    let bytes = 0;
    let isLast = false;
    let isPromised = false;
    for (let sends = 0; sends < GROUP_SENDS && bytes < GROUP_BYTES; sends++) {
      const send: Transmission | null = this.#waiting;
      if (send === null || isLast) break;
      // What may be withdrawn is not handed over together with what was promised.
      if (sends === 0) isPromised = send.isPromised;
      else if (send.isPromised !== isPromised) break;
      const before = chunks.length;
      if (!send.gather(chunks)) {
        chunks.cut(before);
        // An end that was not sent is none.
        if (send === this.#last) this.#last = null;
        this.#unlink(send);
        this.#settle(send, FAULT);
        continue;
      }
      this.#waiting = send.next;
      send.queue = null;
      bytes += send.bytes;
      isLast = send === this.#last;
    }
    const handed = bytes === 0 ? DONE : handOver(connection, chunks.array());
    chunks.cut(0);
    if (typeof handed === "object") return this.#lose(handed);
    if (handed === FULL) this.#isFull = true;
    if (isLast) connection.end();
    if (handed === DONE) this.reached(bytes);
  }

  #lose(failure: Failure): void {
    this.fail(failure);
    this.#lost(failure);
  }

  #beginTurn(): void {
    this.#isTurn = true;
    queueMicrotask(this.#endTurn);
  }

  readonly #endTurn = (): void => {
    this.#isTurn = false;
    this.#flush();
  };

  #link(send: Transmission): void {
    const tail = this.#tail;
    send.previous = tail;
    send.next = null;
    send.queue = this;
    this.#tail = send;
    this.#waiting ??= send;
    if (tail === null) this.#head = send;
    else tail.next = send;
  }

  #unlink(send: Transmission): void {
    const { previous, next } = send;
    if (this.#waiting === send) this.#waiting = next;
    if (previous === null) this.#head = next;
    else previous.next = next;
    if (next === null) this.#tail = previous;
    else next.previous = previous;
    send.previous = null;
    send.next = null;
    send.queue = null;
  }

  /** The one that is being submitted is answered instead. Whatever one throws stops no other. */
  #settle(send: Transmission, failure: Failure | null): void {
    if (send === this.#submitting) {
      this.#answer = failure ?? DONE;
      return;
    }
    try {
      send.settle(failure);
    } catch (error) {
      reportError(error);
    }
  }
}

const handOver = (connection: Connection, chunks: readonly Uint8Array[]) => {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined
    ? connection.writeOne(only)
    : connection.write(chunks);
};
