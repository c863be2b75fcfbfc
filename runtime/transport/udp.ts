/** A UDP socket. Node tells of a datagram's fate only later, so every send is settled later. */
import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import type { Failure } from "../network/failure.js";
import { CANCELLED, failureOf } from "../network/failure.js";
import type { Endpoint } from "../network/network.js";
import { attempt } from "../report.js";

type Done = (failure: Failure | null) => void;

/** A socket that sends datagrams. */
export class UdpTransport {
  readonly #socket: Socket;
  readonly #owed = new Set<Done>();
  #closed: (() => void) | null = null;

  constructor(family: 4 | 6) {
    this.#socket = createSocket({
      type: family === 4 ? "udp4" : "udp6",
      ipv6Only: family === 6,
      // Addresses are literals: looking them up at once keeps sends in their order.
      lookup: (host, _options, done) => done(null, host, family),
    });
    // A datagram that bounces is reported here, and belongs to no send in particular.
    this.#socket.on("error", () => undefined);
  }

  /** Binds to a local address; calls back once. After a failure it may be tried again. */
  bind(at: Endpoint, done: Done): void {
    const settle = this.#owe(done);
    this.#socket.once("error", (error) => settle(failureOf(error)));
    this.#socket.bind({ address: at.host, port: at.port }, () => settle(null));
  }

  /** The port that the socket is bound to. */
  get port(): number {
    return this.#socket.address().port;
  }

  /** Sends one datagram; calls back once, later. */
  send(chunks: readonly Uint8Array[], to: Endpoint, done: Done): void {
    const settle = this.#owe(done);
    const told = (error: unknown): void => settle(error ? failureOf(error) : null);
    const pieces = chunks.length === 0 ? [new Uint8Array(0)] : [...chunks];
    try {
      this.#socket.send(pieces, to.port, to.host, told);
    } catch (error) {
      process.nextTick(told, error);
    }
  }

  /**
   * Closes the socket. What the kernel has taken before is sent, and Node is about to tell so; the
   * rest is cancelled. Calls back once, when all has been told: at once where nothing is owed.
   */
  close(done: () => void): void {
    this.#closed = done;
    this.#socket.close(() => {
      for (const settle of this.#owed) settle(CANCELLED);
    });
    this.#checkClosed();
  }

  #owe(done: Done): Done {
    const settle = (failure: Failure | null): void => {
      if (!this.#owed.delete(settle)) return;
      attempt(() => done(failure));
      this.#checkClosed();
    };
    this.#owed.add(settle);
    return settle;
  }

  #checkClosed(): void {
    if (this.#owed.size > 0) return;
    const closed = this.#closed;
    this.#closed = null;
    closed?.();
  }
}
