/** A connectionless socket of a provider, over UDP. */
import {
  AF_INET6, NO_ERROR, SOCK_DGRAM, WSAEACCES, WSAEADDRNOTAVAIL, WSAEDESTADDRREQ, WSAEFAULT,
  WSAEINVAL, WSAENOTCONN, WSAESHUTDOWN, WSAEWOULDBLOCK,
} from "../../generated/index.js"; // prettier-ignore
import type { LPWSAOVERLAPPED, WSAERROR } from "../../generated/index.js";
import type { Transmission } from "../engine/transmission.js";
import { EndpointReader, isBroadcast, isMapped, longestDatagram } from "../network/addresses.js";
import { CANCELLED, FAULT } from "../network/failure.js";
import type { Failure } from "../network/failure.js";
import type { Endpoint, Port, PortEvents, PortRequest } from "../network/network.js";
import { DONE, isFailure, TAKEN } from "../network/network.js";
import { datagramCode, endpointFor, isAnywhere } from "./datagram-rules.js";
import { copied } from "./memory.js";
import type { OverlappedOperation } from "./operation.js";
import { BufferedSend, DatagramOperation } from "./operation.js";
import type { Routine } from "./operations.js";
import type { Destination, Send, Started } from "./socket.js";
import { SpiSocket } from "./socket.js";

type Datagram = DatagramOperation | BufferedSend;

/** A socket of SOCK_DGRAM. Where the network claims its address only later, sends wait for that. */
export class SpiDatagramSocket extends SpiSocket {
  #port: Port | null = null;
  #isBinding = false;
  #isGone = false;
  #isShutDown = false;
  #fixed: Endpoint | null = null;
  #bounce: Failure | null = null;
  readonly #addresses = new EndpointReader();
  /** All that is not settled; of that, what waits for the port. */
  readonly #unsettled = new Set<Transmission>();
  #waiting: Datagram[] = [];

  get type(): number {
    return SOCK_DGRAM;
  }

  get maxMessageSize(): number {
    const { maxMessageSize = Number.POSITIVE_INFINITY } = this.options;
    const most = this.#port?.maxDatagram ?? longestDatagram(this.#anywhere);
    return Math.min(most, maxMessageSize);
  }

  get isConnected(): boolean {
    return this.#fixed !== null;
  }

  get obstacle(): WSAERROR {
    return this.#isShutDown ? WSAESHUTDOWN : NO_ERROR;
  }

  /** Which addresses are broadcasts, beyond the few that all know, only the network can tell. */
  override setBroadcast(isAllowed: boolean): void {
    super.setBroadcast(isAllowed);
    this.#port?.setBroadcast(isAllowed);
  }

  bind(at: Endpoint): WSAERROR {
    if (this.#isBinding || this.#port !== null) return WSAEINVAL;
    return this.#bind(at)?.error ?? NO_ERROR;
  }

  /** Fixes where datagrams go; an address of zeros takes that back. */
  connect(to: Endpoint): WSAERROR {
    if (isMapped(to.host)) return WSAEADDRNOTAVAIL;
    if (isBroadcast(to.host) && !this.isBroadcasting) return WSAEACCES;
    const unbound = this.#bindAnywhere();
    if (unbound !== null) return unbound.error;
    this.#fixed = to.port === 0 || isAnywhere(to) ? null : to;
    this.connecting = Promise.resolve(NO_ERROR);
    return NO_ERROR;
  }

  destination(to: Destination | undefined): Endpoint | null | { error: WSAERROR } {
    const { family } = this.options;
    const { isBroadcasting } = this;
    if (to) return endpointFor(to, { family, isBroadcasting, addresses: this.#addresses });
    if (this.#fixed !== null) return this.#fixed;
    // WSPSend has no address to ask for.
    return { error: to === null ? WSAEDESTADDRREQ : WSAENOTCONN };
  }

  start(send: Send, overlapped: LPWSAOVERLAPPED, routine: Routine | null): Started {
    const { to } = send;
    if (to === null) return { error: WSAENOTCONN };
    const operation = new DatagramOperation(this, { overlapped, ...send }, to);
    const sent = this.#send(operation);
    if (sent === TAKEN) return this.takeOn(operation, routine);
    operation.letGo();
    if (sent !== DONE) return { error: this.codeOf(sent) };
    this.options.operations.doneAtOnce(operation, routine);
    return { bytes: operation.bytes };
  }

  /** The caller's memory is its own again when the call returns, so a copy is sent. */
  sendNow({ to, captured }: Send): Started {
    if (to === null) return { error: WSAENOTCONN };
    if (this.buffered >= Math.max(1, this.sendBuffer)) return { error: WSAEWOULDBLOCK };
    const copy = copied(captured, 0, captured.bytes);
    if (copy === null) return { error: WSAEFAULT };
    const sent = this.#send(new BufferedSend(copy, to, this.#emptied));
    if (typeof sent === "object") return { error: this.codeOf(sent) };
    if (sent === TAKEN) this.buffered += captured.bytes;
    return { bytes: captured.bytes };
  }

  shutdown(): WSAERROR {
    this.#isShutDown = true;
    return NO_ERROR;
  }

  override ended(operation: OverlappedOperation, failure: Failure | null): void {
    this.#unsettled.delete(operation);
    super.ended(operation, failure);
  }

  /**
   * What the network is sending may leave yet, but nobody is told so any more. Copies leave in any
   * case: their calls have returned 0.
   */
  protected giveUp(): void {
    this.#isGone = true;
    this.#waiting = this.#waiting.filter((datagram) => datagram instanceof BufferedSend);
    for (const datagram of this.#unsettled) {
      if (!(datagram instanceof BufferedSend)) datagram.settle(CANCELLED);
    }
    this.#letGo();
  }

  /** Lets go of the port once nothing is to leave by it. */
  #letGo(): void {
    if (!this.#isGone || this.#unsettled.size > 0) return;
    const port = this.#port;
    this.#port = null;
    port?.close(() => undefined);
  }

  protected codeOf(failure: Failure): WSAERROR {
    return datagramCode(failure);
  }

  #bindAnywhere(): Failure | null {
    if (this.#isBinding || this.#port !== null) return null;
    return this.#bind({ host: this.#anywhere, port: 0 });
  }

  get #anywhere(): string {
    return this.options.family === AF_INET6 ? "::" : "0.0.0.0";
  }

  /** Binds, at once where the network can; the failure where that has failed. */
  #bind(at: Endpoint): Failure | null {
    const { network } = this.options;
    const events: PortEvents = { received: () => undefined, bounced: this.#bounced };
    const request: PortRequest = { at, broadcast: this.isBroadcasting, events };
    const now = network.bindNow?.(request);
    if (now !== undefined) {
      this.binding = Promise.resolve(this.#bound(now));
      return isFailure(now) ? now : null;
    }
    this.#isBinding = true;
    this.binding = new Promise((resolve) => {
      network.bind({ ...request, bound: (result) => resolve(this.#bound(result)) });
    });
    return null;
  }

  /** A failure that no call was told of meets the next send, where there is one peer only. */
  readonly #bounced = (failure: Failure): void => {
    this.lastError = datagramCode(failure);
    this.#bounce = this.#fixed === null ? null : failure;
  };

  #bound(result: Port | Failure): WSAERROR {
    this.#isBinding = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (isFailure(result)) {
      for (const datagram of waiting) datagram.settle(result);
      return result.error;
    }
    this.#port = result;
    // It may have been set since it was asked for.
    result.setBroadcast(this.isBroadcasting);
    // All leave before any is told: who is told may send, and comes behind them.
    const open = waiting.filter((datagram) => this.#unsettled.has(datagram));
    const handed = open.map((datagram) => [datagram, this.#handOver(datagram, result)] as const);
    for (const [datagram, sent] of handed) {
      if (sent !== TAKEN) datagram.settle(sent === DONE ? null : sent);
    }
    this.#letGo();
    return this.#isGone ? CANCELLED.error : NO_ERROR;
  }

  #send(datagram: Datagram): typeof DONE | typeof TAKEN | Failure {
    const failure = this.#takeBounce() ?? this.#bindAnywhere();
    if (failure !== null) return failure;
    const port = this.#port;
    if (port === null) this.#waiting.push(datagram);
    const sent = port === null ? TAKEN : this.#handOver(datagram, port);
    if (sent === TAKEN) this.#unsettled.add(datagram);
    return sent;
  }

  /** What SO_ERROR has told is not told again. */
  #takeBounce(): Failure | null {
    const bounce = this.lastError === NO_ERROR ? null : this.#bounce;
    this.#bounce = null;
    if (bounce !== null) this.lastError = NO_ERROR;
    return bounce;
  }

  #handOver(datagram: Datagram, port: Port): typeof DONE | typeof TAKEN | Failure {
    const chunks: Uint8Array[] = [];
    if (datagram.to === null || !datagram.gather(chunks)) return FAULT;
    return port.send({ chunks, to: datagram.to, control: null }, datagram);
  }

  readonly #emptied = (send: BufferedSend, failure: Failure | null): void => {
    this.#unsettled.delete(send);
    this.buffered -= send.bytes;
    if (failure !== null && failure !== CANCELLED) this.#bounced(failure);
    this.#letGo();
  };
}
