/**
 * The bytes that arrive at one connection, and who waits for them. What nobody takes is kept as
 * far as the window goes; then the connection is told to wait, and the peer with it.
 */
import type { Failure } from "../network/failure.js";
import { FAULT } from "../network/failure.js";
import { DONE, TAKEN } from "../network/network.js";
import { attempt } from "../report.js";
import { ByteQueue } from "./byte-queue.js";
import type { Submitted } from "./send-queue.js";
import type { Transmission } from "./transmission.js";
import { WaitQueue } from "./wait-queue.js";

/** How many bytes a queue keeps before the connection has to wait, unless it is told otherwise. */
export const DEFAULT_WINDOW = 64 * 1024;

/** Whose queue it is. */
export interface ReceiveOwner {
  /** Stops and goes on telling of bytes that arrive. */
  pause(): void;
  resume(): void;
  /** Bytes lie there, and nobody waits for them. Returns how many of them were taken. */
  offered(chunks: readonly Uint8Array[], bytes: number): number;
  /** The peer sends nothing more, and all that it has sent was taken. */
  drained(): void;
}

/** When a receive is complete: with the first bytes, with a full buffer, or at the end. */
export type ReceiveMode = "some" | "all" | "drain";

interface Reader {
  readonly request: Transmission;
  readonly mode: ReceiveMode;
  readonly views: readonly Uint8Array[];
  readonly capacity: number;
  /** What it has got while it waits for more; its own memory may be taken away meanwhile. */
  readonly got: Uint8Array[];
  filled: number;
}

/** The queue. */
export class ReceiveQueue {
  readonly #owner: ReceiveOwner;
  readonly #bytes = new ByteQueue();
  readonly #readers = new WaitQueue<Reader>((reader) => this.#giveBack(reader));
  #window = DEFAULT_WINDOW;
  #retained = 0;
  #isPaused = false;
  #isOffering = false;
  #hasEnded = false;
  #hasDrained = false;
  #isPumpDue = false;
  #failure: Failure | null = null;

  constructor(owner: ReceiveOwner) {
    this.#owner = owner;
  }

  /** How many bytes have arrived that nobody has taken. */
  get backlog(): number {
    return this.#bytes.length;
  }

  /** Why nothing more is received; null while it may be. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** How many bytes are kept before the connection has to wait. */
  get window(): number {
    return this.#window;
  }

  set window(bytes: number) {
    this.#window = bytes;
    this.#regulate();
  }

  /** Bytes have arrived; the memory is the queue's. */
  received(data: Uint8Array): void {
    if (this.#failure !== null) return;
    this.#bytes.push(data);
    this.pump();
  }

  /** The peer sends nothing more. */
  ended(): void {
    this.#hasEnded = true;
    this.pump();
  }

  /** Ends who waits, and drops what was not taken. */
  fail(failure: Failure): void {
    this.#failure ??= failure;
    this.#bytes.clear();
    this.#readers.fail(failure);
  }

  /**
   * Receives. DONE where that was possible at once: then `bytes` of the request says how many
   * there were; none means that the peer has ended.
   */
  receive(request: Transmission, mode: ReceiveMode): Submitted {
    if (this.#failure !== null) return this.#failure;
    const views: Uint8Array[] = [];
    if (!request.gather(views)) return FAULT;
    const reader: Reader = { request, mode, views, capacity: request.bytes, got: [], filled: 0 };
    const isNext = this.#readers.length === 0 && !this.#isOffering;
    const fed = isNext ? this.#feed(reader) : TAKEN;
    if (fed === DONE) request.bytes = reader.filled;
    if (fed === TAKEN) this.#readers.add(request, reader);
    if (this.#isMoreToTell) this.pumpLater();
    this.#regulate();
    return fed;
  }

  /** Takes bytes into account that were taken, but lie in the queue's memory until `release`. */
  retain(bytes: number): void {
    this.#retained += bytes;
  }

  release(bytes: number): void {
    this.#retained -= bytes;
    this.#regulate();
  }

  /** As `pump`, when the caller has returned. */
  pumpLater(): void {
    if (this.#isPumpDue) return;
    this.#isPumpDue = true;
    queueMicrotask(() => {
      this.#isPumpDue = false;
      this.pump();
    });
  }

  /** Hands out what there is: to who waits first, then to the owner. */
  pump(): void {
    if (this.#isOffering || this.#failure !== null) return;
    this.#serve();
    if (this.#readers.length === 0 && this.#bytes.length > 0) {
      this.#offer();
      this.#serve();
    }
    this.#tellDrained();
    this.#regulate();
  }

  get #isMoreToTell(): boolean {
    return this.#bytes.length > 0 || (this.#hasEnded && !this.#hasDrained);
  }

  #serve(): void {
    for (let reader = this.#readers.first; reader !== undefined; reader = this.#readers.first) {
      const fed = this.#feed(reader);
      if (fed === TAKEN) return;
      this.#readers.shift();
      const { request, filled } = reader;
      if (fed === DONE) request.bytes = filled;
      else this.#giveBack(reader);
      attempt(() => void request.settle(fed === DONE ? null : fed));
    }
  }

  #offer(): void {
    this.#isOffering = true;
    try {
      const taken = this.#owner.offered(this.#bytes.chunks, this.#bytes.length);
      if (this.#failure === null) this.#bytes.drop(taken);
    } finally {
      this.#isOffering = false;
    }
  }

  /** Gives a reader what it can take: DONE where it is served, TAKEN where it has to wait. */
  #feed(reader: Reader): typeof DONE | typeof TAKEN | Failure {
    if (reader.mode === "drain") {
      this.#bytes.clear();
      return this.#hasEnded ? DONE : TAKEN;
    }
    for (let chunk = this.#bytes.first; chunk !== undefined; chunk = this.#bytes.first) {
      const bytes = Math.min(chunk.length, reader.capacity - reader.filled);
      if (bytes === 0) break;
      // Memory that was taken away meanwhile takes nothing: then the bytes are the next reader's.
      const copied = copyInto(reader.views, reader.filled, chunk.subarray(0, bytes));
      if (copied < bytes) return FAULT;
      reader.filled += bytes;
      if (reader.mode === "all") reader.got.push(chunk.subarray(0, bytes));
      this.#bytes.drop(bytes);
    }
    if (isGone(reader)) return FAULT;
    if (reader.filled === reader.capacity || this.#hasEnded) return DONE;
    return reader.filled > 0 && reader.mode === "some" ? DONE : TAKEN;
  }

  /** What a receive has got before it was cancelled, or its memory was gone, is not lost. */
  #giveBack({ got, filled }: Reader): void {
    if (filled === 0) return;
    for (const chunk of got.toReversed()) this.#bytes.putBack(chunk);
    this.pumpLater();
  }

  #tellDrained(): void {
    if (!this.#hasEnded || this.#hasDrained || this.#failure !== null) return;
    if (this.#bytes.length > 0) return;
    this.#hasDrained = true;
    this.#owner.drained();
  }

  #regulate(): void {
    if (this.#failure !== null) return;
    const held = this.#bytes.length + this.#retained;
    if (!this.#isPaused && held >= this.#window) {
      this.#isPaused = true;
      this.#owner.pause();
    } else if (this.#isPaused && held * 2 <= this.#window) {
      this.#isPaused = false;
      this.#owner.resume();
    }
  }
}

/** True where memory was taken away of a receive that has got something and waits for more. */
function isGone({ got, views, capacity }: Reader): boolean {
  if (got.length === 0) return false;
  return views.reduce((room, view) => room + view.length, 0) < capacity;
}

/** Copies data into memory that lies in pieces, behind so many bytes; returns how many fitted. */
export function copyInto(views: readonly Uint8Array[], offset: number, data: Uint8Array): number {
  let skip = offset;
  let at = 0;
  for (const view of views) {
    const bytes = Math.max(0, Math.min(view.length - skip, data.length - at));
    if (bytes > 0) view.set(data.subarray(at, at + bytes), skip);
    skip = Math.max(0, skip - view.length);
    at += bytes;
    if (at === data.length) break;
  }
  return at;
}
