/** An overlapped send: outstanding, then done. */
import type { LPWSAOVERLAPPED, WSAOVERLAPPED } from "../../generated/index.js";
import type { Chunks } from "../engine/transmission.js";
import { Transmission } from "../engine/transmission.js";
import type { Failure } from "../network/failure.js";
import type { Endpoint, Waiting } from "../network/network.js";
import type { Captured, Data, Held } from "./memory.js";
import { gather, release } from "./memory.js";

/** The socket of an operation. */
export interface OperationOwner {
  readonly s: number;
  /** Told once, when an outstanding operation is over. */
  ended(operation: OverlappedOperation, failure: Failure | null): void;
}

/** How an operation starts out. */
export interface Start {
  readonly overlapped: LPWSAOVERLAPPED;
  readonly captured: Captured;
  readonly held: Held;
}

const GONE: Data = new Uint8Array(0);

/**
 * An operation of a socket, and the structure that stands for it. There may be many of them, so
 * it keeps only what no other object knows.
 */
export class OverlappedOperation extends Transmission implements Waiting {
  readonly owner: OperationOwner;
  readonly overlapped: LPWSAOVERLAPPED;
  /** The event and its low bit, as they were at the call. */
  readonly hEvent: WSAOVERLAPPED["hEvent"];
  /** Below 0 before the end: where it stands among those outstanding. Then the code of its end. */
  state = -1;
  #data: Data;
  #held: Held;

  constructor(owner: OperationOwner, { overlapped, captured, held }: Start) {
    super();
    this.owner = owner;
    this.overlapped = overlapped;
    this.hEvent = overlapped.hEvent;
    this.bytes = captured.bytes;
    this.#data = captured.data;
    this.#held = held;
  }

  override onePiece(): Uint8Array | null {
    const data = this.#data;
    if (!(data instanceof Uint8Array) || data.length < this.bytes) return null;
    return data.length === this.bytes ? data : data.subarray(0, this.bytes);
  }

  override gather(chunks: Chunks): boolean {
    return gather(chunks, { data: this.#data, bytes: this.bytes });
  }

  /** Ends it. A network may tell of bytes later than the socket has given them up. */
  override settle(failure: Failure | null): void {
    if (this.state >= 0) return;
    this.letGo();
    this.owner.ended(this, failure);
  }

  /** Lets go of memory: it is over, or has never begun. */
  letGo(): void {
    release(this.#held);
    this.#held = null;
    this.#data = GONE;
  }
}

/** The same for a datagram. */
export class DatagramOperation extends OverlappedOperation {
  readonly to: Endpoint;

  constructor(owner: OperationOwner, start: Start, to: Endpoint) {
    super(owner, start);
    this.to = to;
  }
}

/** A copy of bytes that a call without a structure has handed to the provider. */
export class BufferedSend extends Transmission implements Waiting {
  readonly #data: Uint8Array;
  readonly #settled: (send: BufferedSend, failure: Failure | null) => void;
  readonly to: Endpoint | null;

  constructor(
    data: Uint8Array,
    to: Endpoint | null,
    settled: (send: BufferedSend, failure: Failure | null) => void,
  ) {
    super();
    this.bytes = data.length;
    this.#data = data;
    this.#settled = settled;
    this.to = to;
  }

  /** Its call has returned 0. */
  override get isPromised(): boolean {
    return true;
  }

  override onePiece(): Uint8Array {
    return this.#data;
  }

  override gather(chunks: Chunks): boolean {
    if (this.bytes > 0) chunks.push(this.#data);
    return true;
  }

  override settle(failure: Failure | null): void {
    this.#settled(this, failure);
  }
}
