/** A connection-oriented socket of a provider, over TCP. */
import {
  NO_ERROR, SOCK_STREAM, WSAEADDRNOTAVAIL, WSAEALREADY, WSAEINVAL, WSAEISCONN, WSAENOTCONN,
  WSAESHUTDOWN, WSAEWOULDBLOCK,
} from "../../generated/index.js"; // prettier-ignore
import type { LPWSAOVERLAPPED, WSAERROR } from "../../generated/index.js";
import { Stream } from "../engine/stream.js";
import { Transmission } from "../engine/transmission.js";
import { connectingCode, FAULT } from "../network/failure.js";
import type { Failure } from "../network/failure.js";
import type { Endpoint } from "../network/network.js";
import { DONE, TAKEN } from "../network/network.js";
import { isNobodys } from "./datagram-rules.js";
import { copied } from "./memory.js";
import { BufferedSend, OverlappedOperation } from "./operation.js";
import type { Routine } from "./operations.js";
import type { Send, SpiSocketOptions, Started } from "./socket.js";
import { SpiSocket } from "./socket.js";

/** A message may be of any size: a stream has none. */
const ANY_SIZE = 0xffff_ffff;
/** How long copies may take to leave a socket that is closed, in milliseconds. */
const LINGER = 30_000;
/** What is copied of a send in one piece. */
const PIECE = 64 * 1024;

/** Where a socket is bound. */
interface Local {
  readonly at?: Endpoint;
}

/** A socket of SOCK_STREAM. */
export class SpiStreamSocket extends SpiSocket {
  readonly stream: Stream;
  #local: Local | null = null;
  #isShutDown = false;

  constructor(options: SpiSocketOptions) {
    super(options);
    this.stream = new Stream({
      network: options.network,
      reach: "accepted",
      gathers: false,
      receiver: { received: () => undefined, ended: () => undefined, failed: () => undefined },
    });
  }

  get type(): number {
    return SOCK_STREAM;
  }

  get maxMessageSize(): number {
    return this.options.maxMessageSize ?? ANY_SIZE;
  }

  get isConnected(): boolean {
    return this.stream.state === "connected";
  }

  /** The SAN reference wants an overlapped socket that is bound; the SDK lets both go. */
  get obstacle(): WSAERROR {
    const { state, sends } = this.stream;
    if (this.options.isSan && (!this.options.isOverlapped || this.#local === null)) {
      return WSAEINVAL;
    }
    if (state !== "connected") return WSAENOTCONN;
    if (this.#isShutDown) return WSAESHUTDOWN;
    return sends.failure === null ? NO_ERROR : sends.failure.error;
  }

  /** The address is claimed when the socket connects. */
  bind(at: Endpoint): WSAERROR {
    if (this.#local !== null) return WSAEINVAL;
    this.#local = { at };
    return NO_ERROR;
  }

  /** An unbound socket is bound to any address. */
  connect(to: Endpoint): WSAERROR {
    const { state } = this.stream;
    if (state !== "unconnected") return state === "connecting" ? WSAEALREADY : WSAEISCONN;
    if (to.port === 0 || isNobodys(to)) return WSAEADDRNOTAVAIL;
    this.#local ??= {};
    const route = { to, from: this.#local.at };
    this.connecting = new Promise((resolve) => {
      this.stream.connect(route, (failure) => {
        this.lastError = failure === null ? NO_ERROR : connectingCode(failure);
        resolve(this.lastError);
      });
    });
    return WSAEWOULDBLOCK;
  }

  /** Whatever address is given: there is one peer. */
  destination(): null {
    return null;
  }

  start(send: Send, overlapped: LPWSAOVERLAPPED, routine: Routine | null): Started {
    const operation = new OverlappedOperation(this, { overlapped, ...send });
    const submitted = this.stream.send(operation, false);
    if (submitted === TAKEN) return this.takeOn(operation, routine);
    operation.letGo();
    if (submitted !== DONE) return { error: submitted.error };
    this.options.operations.doneAtOnce(operation, routine);
    return { bytes: operation.bytes };
  }

  /**
   * Sends as a nonblocking socket does: what the network takes at once, and a buffer more; behind a
   * send that waits, nothing. The caller's memory is its own again when the call returns, so this
   * works on copies.
   */
  sendNow({ captured }: Send): Started {
    if (this.stream.sends.isBusy) return { error: WSAEWOULDBLOCK };
    let taken = 0;
    while (taken < captured.bytes && this.buffered < Math.max(1, this.sendBuffer)) {
      const copy = copied(captured, taken, PIECE);
      const submitted =
        copy === null ? FAULT : this.stream.send(new BufferedSend(copy, null, this.#emptied), true);
      if (typeof submitted === "object") {
        // What was taken before counts; the failure meets the next call.
        return taken > 0 ? { bytes: taken } : { error: submitted.error };
      }
      const { length = 0 } = copy ?? {};
      if (submitted === TAKEN) this.buffered += length;
      taken += length;
    }
    return { bytes: taken };
  }

  /** A connection that is lost has nothing to end; that is no failure. */
  shutdown(): WSAERROR {
    if (this.stream.state !== "connected") return WSAENOTCONN;
    if (!this.#isShutDown) this.stream.end(new End());
    this.#isShutDown = true;
    return NO_ERROR;
  }

  /** What a call has returned 0 for still leaves, and the end behind it; SO_LINGER of 0 resets. */
  protected giveUp(): void {
    const isOn = (this.linger & 0xffff) !== 0;
    const seconds = this.linger >>> 16;
    if (isOn && seconds === 0) this.stream.close(false);
    else this.stream.leave(isOn ? seconds * 1000 : LINGER);
  }

  protected codeOf({ error }: Failure): WSAERROR {
    return error;
  }

  readonly #emptied = ({ bytes }: BufferedSend): void => {
    this.buffered -= bytes;
  };
}

/** The end of a connection: nothing to send, and nobody to tell. */
class End extends Transmission {
  override onePiece(): null {
    return null;
  }

  override gather(): boolean {
    return true;
  }

  override settle(): void {
    // WSPShutdown has returned.
  }
}
