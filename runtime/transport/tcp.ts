/**
 * A TCP connection that tells the truth about each send.
 *
 * Node merges writes that wait and, in version 20, reports success for writes that were still under
 * way when the socket was destroyed. So this class keeps its own queue, has one write in flight,
 * and settles everything itself before it lets go of the socket.
 */
import { Socket } from "node:net";
import type { SocketConstructorOpts } from "node:net";
import type { Failure } from "../network/failure.js";
import { Fifo } from "../fifo.js";
import { CANCELLED, failureOf, FAULT, RESET } from "../network/failure.js";
import { attempt } from "../report.js";

/** One send on its way. */
export interface Send {
  readonly chunks: readonly Uint8Array[];
  /** The length of all chunks; memory that is gone when its turn comes is shorter. */
  readonly bytes: number;
  /** Called once, later: without a failure where every byte was handed over. */
  readonly settle: (failure: Failure | null) => void;
  /** With true the connection ends behind it. */
  readonly isLast?: boolean;
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

type Done = (failure: Failure | null) => void;

// With a high-water mark of 0, a write is buffered exactly where the kernel did not take it.
const OPTIONS: SocketConstructorOpts & { readonly writableHighWaterMark: number } = {
  writableHighWaterMark: 0,
  allowHalfOpen: true,
};

/** A connection; before that, as many attempts at one as it takes. */
export class TcpTransport {
  readonly #queue = new Fifo<Send>();
  #socket = new Socket(OPTIONS);
  #connecting: Done | null = null;
  #isConnected = false;
  #inFlight: Send | null = null;
  #failure: Failure | null = null;
  #isShut = false;

  /** How far it has come. A connection that was lost has been connected. */
  get state(): "unconnected" | "connecting" | "connected" {
    if (this.#connecting !== null) return "connecting";
    return this.#isConnected ? "connected" : "unconnected";
  }

  /** Why the connection no longer works; null while it does. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** True after shutdown: nothing more can be sent. */
  get isShut(): boolean {
    return this.#isShut;
  }

  /** Connects; calls back once with the failure, if any. After a failure it may be tried again. */
  connect(route: Route, done: Done): void {
    const ended = (failure: Failure | null): void => {
      if (this.#connecting !== ended) return;
      this.#connecting = null;
      if (failure === null) this.#connected();
      else this.#startOver();
      done(failure);
    };
    this.#connecting = ended;
    this.#socket.once("connect", () => ended(null));
    this.#socket.on("error", (error) => ended(failureOf(error)));
    this.#socket.connect(route);
  }

  /** Sends after everything that was sent before. `settle` is called only where this is "queued". */
  send(send: Send): Taken {
    if (this.#failure !== null) return this.#failure;
    if (send.isLast === true) this.#isShut = true;
    if (!this.#isIdle) {
      this.#queue.push(send);
      return "queued";
    }
    const taken = this.#write(send);
    if (typeof taken === "object") this.#fail(taken);
    return taken;
  }

  /** Cuts the connection, or the attempt at one; everything that waits is settled first. */
  close(): void {
    this.#fail(CANCELLED);
    this.#connecting?.(CANCELLED);
    // Without a reset the peer would take what it has for all.
    const { writableEnded, writableLength } = this.#socket;
    if (this.#isConnected && (!writableEnded || writableLength > 0)) {
      this.#socket.resetAndDestroy();
    } else {
      this.#socket.destroy();
    }
  }

  get #isIdle(): boolean {
    return this.#inFlight === null && this.#queue.length === 0;
  }

  /** A socket of Node that has failed to connect is of no use any more. */
  #startOver(): void {
    this.#socket.destroy();
    this.#socket = new Socket(OPTIONS);
  }

  #connected(): void {
    this.#isConnected = true;
    this.#socket.setNoDelay(true);
    this.#socket.on("error", (error) => this.#fail(failureOf(error)));
    // A connection that both sides have ended is no failure; one that is gone before is.
    this.#socket.on("close", () => {
      if (!this.#isShut || !this.#isIdle) this.#fail(RESET);
    });
    // Nothing is received yet, but reading is how a reset of the peer is noticed.
    this.#socket.resume();
  }

  /**
   * Hands a send to the kernel. What it does not take at once is in flight until Node calls back.
   */
  #write(send: Send): Taken {
    const socket = this.#socket;
    const { chunks, isLast = false } = send;
    if (chunks.length === 0 && !isLast) return "sent";
    let sync = true;
    this.#inFlight = send;
    const written = (error?: Error | null): void => {
      if (!sync) this.#written(send, error ?? null);
    };
    socket.cork();
    chunks.forEach((chunk, i) =>
      socket.write(chunk, i === chunks.length - 1 && !isLast ? written : undefined),
    );
    socket.uncork();
    if (isLast) socket.end(written);
    sync = false;
    const isGone = socket.errored !== null || socket.destroyed;
    if (!isGone && (isLast || socket.writableLength > 0)) return "queued";
    this.#inFlight = null;
    return isGone ? failureOf(socket.errored) : "sent";
  }

  #written(send: Send, error: Error | null): void {
    if (this.#inFlight !== send) return;
    const { errored, destroyed } = this.#socket;
    if (error !== null || errored !== null || destroyed) {
      this.#fail(failureOf(error ?? errored));
      return;
    }
    this.#inFlight = null;
    settle(send, null);
    this.#drain();
  }

  #drain(): void {
    while (this.#inFlight === null && this.#failure === null) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      const taken = isWhole(next) ? this.#write(next) : FAULT;
      if (taken === "sent") settle(next, null);
      else if (taken === FAULT) settle(next, FAULT);
      else if (taken !== "queued") {
        this.#inFlight = next;
        this.#fail(taken);
      }
    }
  }

  /** One at a time, so that whoever is told may close the socket: that settles the others. */
  #fail(failure: Failure): void {
    this.#failure ??= failure;
    for (let lost = this.#next(); lost !== undefined; lost = this.#next())
      settle(lost, this.#failure);
  }

  #next(): Send | undefined {
    const next = this.#inFlight ?? this.#queue.shift();
    this.#inFlight = null;
    return next;
  }
}

function isWhole({ chunks, bytes }: Send): boolean {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0) === bytes;
}

function settle(send: Send, failure: Failure | null): void {
  attempt(() => send.settle(failure));
}
