/**
 * A TCP connection that tells the truth about each send.
 *
 * Node merges writes that wait and, in version 20, reports success for writes that were still under
 * way when the socket was destroyed. So this class keeps its own queue, has one write in flight,
 * and settles everything itself before it lets go of the socket.
 */
import { Socket } from "node:net";
import type { SocketConstructorOpts } from "node:net";
import type { Failure } from "../errors.js";
import { Fifo } from "../fifo.js";
import { CANCELLED, failureOf, RESET } from "../errors.js";

/** One send on its way. */
export interface Send {
  readonly chunks: readonly Uint8Array[];
  /** Called once, later: without a failure where every byte was handed over. */
  readonly settle: (failure: Failure | null) => void;
}

/** Where to connect to, and from. */
export interface Route {
  readonly host: string;
  readonly port: number;
  readonly localAddress?: string;
  readonly localPort?: number;
}

/** What became of a send at once: all handed over, taken into the queue, or refused. */
export type Taken = "sent" | "queued" | Failure;

// With a high-water mark of 0, a write is buffered exactly where the kernel did not take it.
const OPTIONS: SocketConstructorOpts & { readonly writableHighWaterMark: number } = {
  writableHighWaterMark: 0,
  allowHalfOpen: true,
};

/** A connection. */
export class TcpTransport {
  readonly #socket = new Socket(OPTIONS);
  readonly #queue = new Fifo<Send>();
  #inFlight: Send | null = null;
  #failure: Failure | null = null;
  #ending = false;

  constructor() {
    this.#socket.setNoDelay(true);
    this.#socket.on("error", (error) => this.#fail(failureOf(error)));
    this.#socket.on("close", () => this.#closed());
    // Nothing is received yet, but reading is how a reset of the peer is noticed.
    this.#socket.resume();
  }

  /** Why the connection no longer works; null while it does. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** True after shutdown: nothing more can be sent. */
  get isShut(): boolean {
    return this.#ending;
  }

  /** Connects; calls back once with the failure, if any. */
  connect(route: Route, done: (failure: Failure | null) => void): void {
    const settle = (error?: unknown): void => {
      this.#socket.off("connect", settle);
      this.#socket.off("error", settle);
      done(error === undefined ? null : failureOf(error));
    };
    this.#socket.once("connect", () => settle());
    this.#socket.once("error", settle);
    this.#socket.connect(route);
  }

  /** Sends after everything that was sent before. `settle` is called only where this is "queued". */
  send(send: Send): Taken {
    if (this.#failure !== null) return this.#failure;
    if (!this.#isIdle) {
      this.#queue.push(send);
      return "queued";
    }
    return this.#write(send);
  }

  /** Sends nothing more; what is queued is still sent. Calls back once, when that is done. */
  shutdown(done: (failure: Failure | null) => void): void {
    this.#ending = true;
    const end = (failure: Failure | null): void => {
      if (failure === null) this.#socket.end(() => done(this.#failure));
      else done(failure);
    };
    if (this.#failure !== null || this.#isIdle) end(this.#failure);
    else this.#queue.push({ chunks: [], settle: end });
  }

  /** Cuts the connection; everything that waits is settled first. */
  close(failure: Failure = CANCELLED): void {
    this.#fail(failure);
    if (this.#socket.readyState === "open") this.#socket.resetAndDestroy();
    else this.#socket.destroy();
  }

  get #isIdle(): boolean {
    return this.#inFlight === null && this.#queue.length === 0;
  }

  /** A connection that both sides have ended is no failure; one that is gone before is. */
  #closed(): void {
    if (!this.#ending || !this.#isIdle) this.#fail(RESET);
  }

  /**
   * Hands a send to the kernel. What it does not take at once is in flight until Node calls back.
   */
  #write(send: Send): Taken {
    const { chunks } = send;
    if (chunks.length === 0) return "sent";
    let sync = true;
    this.#inFlight = send;
    const written = (error?: Error | null): void => {
      if (!sync) this.#written(send, error ?? null);
    };
    this.#socket.cork();
    chunks.forEach((chunk, i) =>
      this.#socket.write(chunk, i === chunks.length - 1 ? written : undefined),
    );
    this.#socket.uncork();
    if (this.#socket.errored !== null || this.#socket.destroyed) {
      this.#inFlight = null;
      this.#fail(failureOf(this.#socket.errored ?? undefined));
      return this.#failure ?? RESET;
    }
    if (this.#socket.writableLength === 0) {
      this.#inFlight = null;
      return "sent";
    }
    sync = false;
    return "queued";
  }

  #written(send: Send, error: Error | null): void {
    if (this.#inFlight !== send) return;
    if (error !== null || this.#socket.destroyed || this.#socket.errored !== null) {
      this.#fail(failureOf(error ?? this.#socket.errored ?? undefined));
      return;
    }
    this.#inFlight = null;
    send.settle(null);
    this.#drain();
  }

  #drain(): void {
    while (this.#inFlight === null && this.#failure === null) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      const taken = this.#write(next);
      if (taken === "sent") next.settle(null);
      else if (taken !== "queued") next.settle(taken);
    }
  }

  #fail(failure: Failure): void {
    this.#failure ??= failure;
    const lost = [...(this.#inFlight === null ? [] : [this.#inFlight]), ...this.#queue.clear()];
    this.#inFlight = null;
    for (const send of lost) send.settle(failure);
  }
}
