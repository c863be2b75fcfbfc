/**
 * A connection of TCP by Node. A socket with a high-water mark of 0 shows what the kernel takes at
 * once: what it did not take is buffered when the write returns, and 'drain' tells when it has
 * been taken.
 *
 * Node's own write callbacks are not asked: version 20 reports success for writes that were under
 * way when a socket was destroyed or reset.
 */
import type { Socket } from "node:net";
import { lengthOf } from "../../../support/index.js";
import type { Failure } from "../../network/failure.js";
import { CANCELLED, failureOf, FAULT, RESET, SHUT_DOWN } from "../../network/failure.js";
import type { Connection, ConnectionEvents, Endpoint, Handed } from "../../network/network.js";
import { DONE, FULL } from "../../network/network.js";

/** Up to so many bytes are copied together, because that is less work than to write them apart. */
const GATHERED = 64 * 1024;

const NOTHING = new Uint8Array(0);

/** A connection over a socket of Node. */
export class NodeConnection implements Connection {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly #socket: Socket;
  #events: ConnectionEvents | null = null;
  #underWay = 0;
  /** The memory of what is under way; null where that is a copy. */
  #lent: readonly Uint8Array[] | null = null;
  #isEnding = false;
  #hasEnded = false;
  #isEnded = false;
  #isPaused = false;
  #isReadingSlowly = false;
  /** Why nothing may be written any more. */
  #over: Failure | null = null;
  #copy: Uint8Array | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.local = { host: socket.localAddress ?? "", port: socket.localPort ?? 0 };
    this.remote = { host: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 };
  }

  /** Begins to tell. */
  open(events: ConnectionEvents): void {
    const socket = this.#socket;
    this.#events = events;
    socket.setNoDelay(true);
    resetWhereTorn(socket);
    socket.on("drain", () => this.#drained());
    socket.on("data", (data) => this.#events?.received(data));
    socket.on("end", () => {
      this.#hasEnded = true;
      // What is under way is about to fail, where this is no end.
      if (socket.writableLength > 0) setImmediate(() => this.#peerEnded());
      else this.#peerEnded();
    });
    socket.on("error", (error) => this.#fail(failureOf(error)));
    // A connection that both sides have ended is no failure; one that is gone before is.
    socket.on("close", () => {
      if (!this.#hasEnded || !this.#isEnded) this.#fail(RESET);
    });
    // Reading is also how a reset of the peer is noticed.
    socket.resume();
  }

  writeOne(chunk: Uint8Array): Handed {
    if (this.#over !== null) return this.#over;
    this.#socket.write(chunk);
    const left = this.#socket.writableLength;
    return left === 0 && this.#isWell ? DONE : this.#handed(chunk.length, [chunk]);
  }

  write(chunks: readonly Uint8Array[]): Handed {
    if (this.#over !== null) return this.#over;
    let bytes = 0;
    for (const chunk of chunks) bytes += chunk.length;
    if (bytes <= GATHERED) {
      this.#socket.write(this.#gathered(chunks, bytes));
      return this.#handed(bytes, null);
    }
    this.#socket.cork();
    for (const chunk of chunks) this.#socket.write(chunk);
    this.#socket.uncork();
    return this.#handed(bytes, chunks);
  }

  end(): void {
    this.#over = SHUT_DOWN;
    this.#readSlowly();
    this.#isEnding = true;
    if (this.#underWay === 0) this.#sendEnd();
  }

  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#socket.resume();
    if (this.#isReadingSlowly) setImmediate(this.#read);
  }

  /** The peer must not take for read what was not: then it is a reset. */
  close(): void {
    this.#over = CANCELLED;
    this.#events = null;
    if (this.#socket.readableLength > 0) reset(this.#socket);
    else this.#socket.destroy();
  }

  /** Behind an end that was handed over, Node closes without a reset. */
  abort(): void {
    this.#over = CANCELLED;
    this.#events = null;
    reset(this.#socket);
  }

  /** One write of a copy is several times faster than many small writes. It is free again when
   * the kernel has taken it: until then nothing more is written. */
  #gathered(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
    const copy = (this.#copy ??= new Uint8Array(GATHERED));
    let at = 0;
    for (const chunk of chunks) {
      copy.set(chunk, at);
      at += chunk.length;
    }
    return copy.subarray(0, bytes);
  }

  get #isWell(): boolean {
    return this.#socket.errored === null && !this.#socket.destroyed;
  }

  #handed(bytes: number, lent: readonly Uint8Array[] | null): Handed {
    if (!this.#isWell) return this.#lost(failureOf(this.#socket.errored));
    if (this.#socket.writableLength === 0) return DONE;
    this.#underWay = bytes;
    // The array is the caller's again.
    this.#lent = lent === null ? null : [...lent];
    return FULL;
  }

  #sendEnd(): void {
    this.#socket.end(() => {
      if (!this.#isWell) return;
      this.#isEnded = true;
      this.#events?.endSent();
    });
  }

  #peerEnded(): void {
    if (this.#isReset()) this.#fail(RESET);
    else this.#events?.ended();
  }

  /**
   * From now on each piece is taken in a turn of its own: Node takes a reset for an end where data
   * came just before it, unless it has stopped reading meanwhile.
   */
  #readSlowly(): void {
    this.#isReadingSlowly = true;
    this.#socket.on("readable", () => setImmediate(this.#read));
  }

  readonly #read = (): void => {
    // Each piece that is read is told of by 'data'.
    while (!this.#isPaused && this.#socket.read() !== null);
  };

  /**
   * Node takes a reset for an end where data came just before it. A write of nothing sends nothing
   * and is free, but fails where the connection is gone.
   */
  #isReset(): boolean {
    if (this.#over !== null || this.#socket.writableLength > 0) return false;
    this.#socket.write(NOTHING);
    return !this.#isWell;
  }

  /** The answer of a write is all that is told of this failure. */
  #lost(failure: Failure): Failure {
    this.#over = failure;
    this.#events = null;
    return failure;
  }

  #drained(): void {
    const bytes = this.#underWay;
    if (bytes === 0 || this.#socket.writableLength > 0 || !this.#isWell) return;
    const isWhole = this.#lent === null || bytes === sizeOf(this.#lent);
    this.#underWay = 0;
    this.#lent = null;
    if (!isWhole) return this.#torn();
    this.#events?.reached(bytes);
    if (this.#isEnding) this.#sendEnd();
    else this.#events?.writable();
  }

  /** Memory was taken away while it was under way: nobody knows what the peer has got of it. */
  #torn(): void {
    reset(this.#socket);
    this.#fail(FAULT);
  }

  #fail(failure: Failure): void {
    this.#over = failure;
    const events = this.#events;
    this.#events = null;
    events?.failed(failure);
  }
}

/**
 * By itself Node would send what waits, then an end, and only then the reset: the peer would take
 * the connection for ended. Destroyed at once, nothing but the reset is sent. Once the end is on
 * its way a reset is refused, and the handle would stay open for ever.
 */
function reset(socket: Socket): void {
  const hasEnded = socket.writableEnded && socket.writableLength === 0;
  if (!hasEnded) socket.resetAndDestroy();
  socket.destroy();
}

const sizeOf = (chunks: readonly Uint8Array[]): number =>
  chunks.reduce((sum, chunk) => sum + lengthOf(chunk), 0);

/**
 * Node closes a socket of which a write has failed, and the peer would take what it has got for
 * all. The failure of the write is told later: then it is too late for a reset.
 */
function resetWhereTorn(socket: Socket): void {
  const destroy = socket.destroy.bind(socket);
  let cause: Error | undefined;
  socket.destroy = (error?: Error) => {
    const isTorn = error !== undefined && failureOf(error) !== RESET && !socket.destroyed;
    if (isTorn && cause === undefined) {
      cause = error;
      // It destroys the socket, and has no cause for that.
      socket.resetAndDestroy();
    }
    return destroy(error ?? cause);
  };
}
