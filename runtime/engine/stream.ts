/** A connection from its first attempt to its end, whatever language its owner speaks. */
import type { Failure } from "../network/failure.js";
import { CANCELLED } from "../network/failure.js";
import type { Connection, ConnectionEvents, Endpoint, Network, Reach } from "../network/network.js";
import { isFailure } from "../network/network.js";
import { attempt } from "../report.js";
import type { Submitted } from "./send-queue.js";
import { SendQueue } from "./send-queue.js";
import type { Transmission } from "./transmission.js";

/** Who is told of what arrives, and of the end. */
export interface Receiver {
  received(data: Uint8Array): void;
  /** The peer will send nothing more. */
  ended(): void;
  /** The connection is lost; sends that were pending have been told. */
  failed(failure: Failure): void;
  /** More may be sent than was there to be sent. */
  starved?(): void;
}

/** What a stream is made of. */
export interface StreamOptions {
  readonly network: Network;
  readonly reach: Reach;
  /** True where the sends of one turn of the event loop may leave together. */
  readonly gathers: boolean;
  readonly receiver: Receiver;
}

type Done = (failure: Failure | null) => void;

/** A connection; before that, as many attempts at one as it takes. */
export class Stream implements ConnectionEvents {
  readonly sends: SendQueue;
  readonly #options: StreamOptions;
  #giveUp: ((failure: Failure) => void) | null = null;
  #connection: Connection | null = null;
  #hasPeerEnded = false;
  #isClosed = false;
  /** Runs while it has been left, and has something to send. */
  #lingering: NodeJS.Timeout | undefined;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.sends = new SendQueue(options.gathers, (failure) => options.receiver.failed(failure));
  }

  /** How far it has come. A connection that was lost has been connected. */
  get state(): "unconnected" | "connecting" | "connected" {
    if (this.#giveUp !== null) return "connecting";
    return this.#connection === null ? "unconnected" : "connected";
  }

  /** True where a send may be submitted: connected, not lost, not ended. */
  get isOpen(): boolean {
    return this.#connection !== null && this.sends.isOpen;
  }

  /** The connection, once there is one. */
  get connection(): Connection | null {
    return this.#connection;
  }

  /** True once the peer has said that it sends nothing more. */
  get hasPeerEnded(): boolean {
    return this.#hasPeerEnded;
  }

  /** Connects; calls back once with the failure, if any. After a failure it may be tried again. */
  connect(
    route: { readonly to: Endpoint; readonly from?: Endpoint | undefined },
    done: Done,
  ): void {
    const { network, reach } = this.#options;
    const cancel = network.connect({
      ...route,
      reach,
      connected: (result) => {
        this.#giveUp = null;
        const failure = isFailure(result) ? result : null;
        if (!isFailure(result)) this.#open(result);
        attempt(() => done(failure));
        return failure === null && !this.#isClosed ? this : null;
      },
    });
    this.#giveUp = (failure) => {
      this.#giveUp = null;
      cancel();
      attempt(() => done(failure));
    };
  }

  /** Takes a connection that was accepted. */
  adopt(connection: Connection): void {
    this.#open(connection);
  }

  /** Who is to be told of that connection: nobody where it has been closed meanwhile. */
  get events(): ConnectionEvents | null {
    return this.#isClosed ? null : this;
  }

  /** Gives an attempt up, as cancelled. False where there is none. */
  giveUp(): boolean {
    const giveUp = this.#giveUp;
    giveUp?.(CANCELLED);
    return giveUp !== null;
  }

  /** Sends in order; with `now` nothing is held back. */
  send(send: Transmission, now: boolean): Submitted {
    return this.sends.submit(send, now);
  }

  /** Ends sending behind everything; `last` is settled when the end is on its way. */
  end(last: Transmission): Submitted {
    return this.sends.end(last);
  }

  /** True where nothing is left to send, and the peer has been told so. */
  get hasEnded(): boolean {
    return this.sends.isEnded && !this.sends.isBusy && this.sends.failure === null;
  }

  /**
   * Lets go of the connection, or of the attempt at one; everything that waits is settled first.
   * Unless the end `isClean` the peer is sent a reset: it would take what it has for all.
   */
  close(isClean: boolean): void {
    this.#isClosed = true;
    this.sends.fail(CANCELLED);
    this.giveUp();
    if (isClean) this.#connection?.close();
    else this.#connection?.abort();
  }

  /**
   * Lets go of it as `closesocket` does: what nobody was promised is withdrawn; the rest is sent,
   * then the end. A peer that does not take the rest in so many milliseconds is sent a reset.
   */
  leave(patience: number): void {
    this.#isClosed = true;
    this.sends.withdraw();
    this.giveUp();
    if (this.#connection === null) return;
    if (this.sends.failure !== null) return this.#connection.abort();
    if (!this.sends.isBusy) return this.#connection.close();
    this.#lingering = setTimeout(() => this.close(false), patience);
    this.#lingering.unref();
  }

  reached(bytes: number): void {
    this.sends.reached(bytes);
    this.#checkLeft();
  }

  writable(): void {
    const isStarved = !this.sends.isBusy;
    this.sends.writable();
    this.#checkLeft();
    if (isStarved) this.#options.receiver.starved?.();
  }

  endSent(): void {
    this.sends.endSent();
  }

  received(data: Uint8Array): void {
    this.#options.receiver.received(data);
  }

  ended(): void {
    this.#hasPeerEnded = true;
    this.#options.receiver.ended();
  }

  failed(failure: Failure): void {
    clearTimeout(this.#lingering);
    this.sends.fail(failure);
    this.#options.receiver.failed(failure);
  }

  /** The last of what was promised has left. */
  #checkLeft(): void {
    if (this.#lingering === undefined || this.sends.isBusy) return;
    clearTimeout(this.#lingering);
    this.#lingering = undefined;
    this.close(this.sends.failure === null);
  }

  #open(connection: Connection): void {
    this.#connection = connection;
    this.sends.open(connection);
  }
}
