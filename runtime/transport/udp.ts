/** A UDP socket. Node tells of a datagram's fate only later, so every send is settled later. */
import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import type { Failure } from "../errors.js";
import { CANCELLED, failureOf } from "../errors.js";

/** An address as text and number. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** A socket that sends datagrams. */
export class UdpTransport {
  readonly #socket: Socket;
  readonly #pending = new Set<(failure: Failure | null) => void>();
  #closed = false;

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

  /** Binds to a local address; calls back once. */
  bind(at: Endpoint, done: (failure: Failure | null) => void): void {
    const settle = (error?: unknown): void => {
      this.#socket.off("listening", settle);
      this.#socket.off("error", settle);
      done(error === undefined ? null : failureOf(error));
    };
    this.#socket.once("listening", () => settle());
    this.#socket.once("error", settle);
    this.#socket.bind({ address: at.host, port: at.port });
  }

  /** The port that the socket is bound to. */
  get port(): number {
    return this.#socket.address().port;
  }

  /** Sends one datagram; calls back once, later. */
  send(chunks: readonly Uint8Array[], to: Endpoint, done: (failure: Failure | null) => void): void {
    const settle = (failure: Failure | null): void => {
      if (this.#pending.delete(settle)) done(failure);
    };
    this.#pending.add(settle);
    const pieces = chunks.length === 0 ? [new Uint8Array(0)] : [...chunks];
    try {
      this.#socket.send(pieces, to.port, to.host, (error) =>
        settle(error ? failureOf(error) : null),
      );
    } catch (error) {
      queueMicrotask(() => settle(failureOf(error)));
    }
  }

  /** Closes the socket; every send that has not been told of is cancelled. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const settle of this.#pending) settle(CANCELLED);
    this.#socket.close();
  }
}
