/** A send on its way: an IRP of WSK, or an overlapped operation of a provider. */
import type { Failure } from "../network/failure.js";

/** What takes memory, in order. */
export interface Chunks {
  push(chunk: Uint8Array): unknown;
}

/** Where something waits that may be withdrawn. */
export interface Withdrawable<T> {
  /** Withdraws it, and settles it as cancelled. False where it is too late for that. */
  cancel(waiting: T): boolean;
}

/**
 * One send, and at the same time its link in the queue of its connection: a send that waits costs
 * no memory besides itself.
 */
export abstract class Transmission {
  /** Who waits before it, and behind it. The queue's own. */
  previous: Transmission | null = null;
  next: Transmission | null = null;
  /** Where it waits; null once its bytes were handed over. The queue's own. */
  queue: Withdrawable<Transmission> | null = null;
  /** How many bytes it is about. */
  bytes = 0;

  /** True where its owner has been told of success already: it is sent though the owner leaves. */
  get isPromised(): boolean {
    return false;
  }

  /** Its memory where that is in one piece; null where it is not, or is gone. */
  abstract onePiece(): Uint8Array | null;

  /** Adds its memory, in order. False where some of it is gone; then what it added is no use. */
  abstract gather(chunks: Chunks): boolean;

  /** Ends it. Called once, and never while it is being submitted. */
  abstract settle(failure: Failure | null): void;
}
