/** A socket of the provider: its state, its connection, and the operations that are outstanding. */
import {
  NO_ERROR, WSA_IO_PENDING, WSAEINVAL, WSAENOTCONN, WSAESHUTDOWN,
} from "../../generated/index.js"; // prettier-ignore
import type { SOCKET, WSAERROR } from "../../generated/index.js";
import type { Endpoint, Network } from "../network/network.js";
import { attempt } from "../report.js";
import { Stream } from "../engine/stream.js";
import { Transmission } from "../engine/transmission.js";
import { DONE, TAKEN } from "../network/network.js";
import { nodeNetwork } from "../transport/node/index.js";
import { RegisteredMemory } from "./memory.js";
import type { OverlappedOperation } from "./operation.js";
import type { Upcalls } from "./upcalls.js";

/** How a socket is made. */
export interface SpiSocketOptions {
  readonly family: number;
  readonly isOverlapped: boolean;
  /** The handle by which the switch knows the socket. */
  readonly handle: SOCKET;
  readonly upcalls: Upcalls;
  readonly network?: Network | undefined;
}

/** What a send came to at once: bytes that were handed over, or a code, WSA_IO_PENDING too. */
export type Started = { readonly bytes: number } | { readonly error: WSAERROR };

/** Where a socket is bound. */
export interface Local {
  readonly at?: Endpoint;
}

/** A socket. */
export class SpiSocket {
  readonly options: SpiSocketOptions;
  readonly stream: Stream;
  readonly memory = new RegisteredMemory();
  readonly #outstanding = new Set<OverlappedOperation>();
  #isClosed = false;
  local: Local | null = null;
  /** Settles when a connection attempt has ended. */
  connecting: Promise<WSAERROR> = Promise.resolve(WSAENOTCONN);

  constructor(options: SpiSocketOptions) {
    this.options = options;
    const { network = nodeNetwork } = options;
    this.stream = new Stream({
      network,
      reach: "accepted",
      gathers: false,
      receiver: { received: () => undefined, ended: () => undefined, failed: () => undefined },
    });
  }

  /** Why a send cannot even begin; NO_ERROR where it can. */
  get obstacle(): WSAERROR {
    const { state, sends } = this.stream;
    if (!this.options.isOverlapped || this.local === null) return WSAEINVAL;
    if (state !== "connected") return WSAENOTCONN;
    if (sends.failure !== null) return sends.failure.error;
    return sends.isEnded ? WSAESHUTDOWN : NO_ERROR;
  }

  /** Starts connecting; the outcome is a code. An unbound socket is bound to any address. */
  connect(to: Endpoint): void {
    this.local ??= {};
    const route = { to, from: this.local.at };
    this.connecting = new Promise((resolve) => {
      this.stream.connect(route, (failure) => resolve(failure?.error ?? NO_ERROR));
    });
  }

  /** Sends in order; an operation that is not done at once is finished later. */
  send(operation: OverlappedOperation): Started {
    const submitted = this.stream.send(operation, false);
    if (submitted === TAKEN) {
      this.#outstanding.add(operation);
      operation.ended = (result) => {
        operation.finishLater(result, this.options.handle, this.options.upcalls);
        this.#outstanding.delete(operation);
        this.#giveBack();
      };
      operation.begin();
      return { error: WSA_IO_PENDING };
    }
    operation.letGo();
    if (submitted !== DONE) return { error: submitted.error };
    operation.finishAtOnce();
    return { bytes: operation.bytes };
  }

  /** Sends nothing more; what is outstanding is still sent. */
  shutdown(): WSAERROR {
    if (this.stream.sends.isEnded) return NO_ERROR;
    const ended = this.stream.end(new End());
    return typeof ended === "object" ? ended.error : NO_ERROR;
  }

  /** Ends everything: outstanding operations are aborted first, then the handle is given back. */
  close(): void {
    this.stream.close(this.stream.hasEnded);
    this.#isClosed = true;
    this.#giveBack();
  }

  /** The last upcall: whoever closes the socket inside another one has that to end first. */
  #giveBack(): void {
    if (!this.#isClosed || this.#outstanding.size > 0) return;
    const { upcalls, handle } = this.options;
    attempt(() => upcalls.WPUCloseSocketHandle(handle, { value: 0 }));
  }
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
