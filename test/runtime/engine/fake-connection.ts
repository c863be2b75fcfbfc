/** A connection whose answers are chosen by a test, and sends that note how they ended. */
import type { Chunks } from "../../../runtime/engine/transmission.js";
import { Transmission } from "../../../runtime/engine/transmission.js";
import type { Failure } from "../../../runtime/network/failure.js";
import type { Connection, Handed } from "../../../runtime/network/network.js";
import { DONE, FULL, TAKEN } from "../../../runtime/network/network.js";

/** A send whose bytes all carry its number. */
export class NumberedSend extends Transmission {
  readonly id: number;
  /** How it ended: null for success. Several entries are several ends. */
  readonly ends: (Failure | null)[] = [];
  readonly #memory: Uint8Array;
  /** With true its memory is gone. */
  isGone = false;
  /** Called when it ends. */
  onEnd: (() => void) | null = null;

  constructor(id: number, bytes: number) {
    super();
    this.id = id;
    this.bytes = bytes;
    this.#memory = new Uint8Array(bytes).fill(id);
  }

  override onePiece(): Uint8Array | null {
    return this.isGone ? null : this.#memory;
  }

  override gather(chunks: Chunks): boolean {
    if (this.isGone) return this.bytes === 0;
    if (this.bytes > 0) chunks.push(this.#memory);
    return true;
  }

  override settle(failure: Failure | null): void {
    this.ends.push(failure);
    this.onEnd?.();
  }
}

/** A send of which success was told when it was taken. */
export class PromisedSend extends NumberedSend {
  override get isPromised(): boolean {
    return true;
  }
}

/** A connection that answers what it is told to. */
export class FakeConnection implements Connection {
  readonly local = { host: "192.0.2.1", port: 1 };
  readonly remote = { host: "192.0.2.2", port: 2 };
  /** What the next writes answer; DONE when empty. */
  readonly answers: Handed[] = [];
  /** Every byte that was handed over and taken. */
  readonly written: number[] = [];
  /** How many bytes were answered with TAKEN or FULL and have not been told as reached. */
  owed = 0;
  isFull = false;
  isEnding = false;
  /** How many writes there were. */
  writes = 0;

  writeOne(chunk: Uint8Array): Handed {
    return this.write([chunk]);
  }

  write(chunks: readonly Uint8Array[]): Handed {
    if (this.isFull) throw new Error("written to while full");
    if (this.isEnding) throw new Error("written to behind the end");
    this.writes += 1;
    const bytes = chunks.flatMap((chunk) => [...chunk]);
    if (bytes.length === 0) throw new Error("nothing was written");
    const wanted = this.answers.shift() ?? DONE;
    if (typeof wanted === "object") return wanted;
    // What is behind bytes that are owed cannot have come further than those.
    const answer = this.owed > 0 && wanted === DONE ? TAKEN : wanted;
    this.written.push(...bytes);
    if (answer !== DONE) this.owed += bytes.length;
    this.isFull = answer === FULL;
    return answer;
  }

  end(): void {
    this.isEnding = true;
  }

  pause(): void {
    throw new Error("a send queue does not receive");
  }

  resume(): void {
    throw new Error("a send queue does not receive");
  }

  close(): void {
    throw new Error("a send queue does not close");
  }

  abort(): void {
    throw new Error("a send queue does not close");
  }
}
