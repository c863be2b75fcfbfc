/** A socket of the provider: its state, its connection, and the operations that are outstanding. */
import {
  NO_ERROR, WSA_IO_PENDING, WSAEINVAL, WSAENOTCONN, WSAESHUTDOWN,
} from "../../generated/index.js"; // prettier-ignore
import type { SOCKET, WSAERROR } from "../../generated/index.js";
import type { Endpoint } from "../network/network.js";
import { attempt } from "../report.js";
import { TcpTransport } from "../transport/tcp.js";
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
}

/** What a send came to at once: bytes that were handed over, or a code, WSA_IO_PENDING too. */
export type Started = { readonly bytes: number } | { readonly error: WSAERROR };

/** Where a socket is bound. */
export interface Local {
  readonly localAddress?: string;
  readonly localPort?: number;
}

/** A socket. */
export class SpiSocket {
  readonly options: SpiSocketOptions;
  readonly transport = new TcpTransport();
  readonly memory = new RegisteredMemory();
  readonly #outstanding = new Set<OverlappedOperation>();
  #isClosed = false;
  local: Local | null = null;
  /** Settles when a connection attempt has ended. */
  connecting: Promise<WSAERROR> = Promise.resolve(WSAENOTCONN);

  constructor(options: SpiSocketOptions) {
    this.options = options;
  }

  /** Why a send cannot even begin; NO_ERROR where it can. */
  get obstacle(): WSAERROR {
    const { state, failure, isShut } = this.transport;
    if (!this.options.isOverlapped || this.local === null) return WSAEINVAL;
    if (state !== "connected") return WSAENOTCONN;
    if (failure !== null) return failure.error;
    return isShut ? WSAESHUTDOWN : NO_ERROR;
  }

  /** Starts connecting; the outcome is a code. An unbound socket is bound to any address. */
  connect(to: Endpoint): void {
    this.local ??= {};
    const route = { ...to, ...this.local };
    this.connecting = new Promise((resolve) => {
      this.transport.connect(route, (failure) => resolve(failure?.error ?? NO_ERROR));
    });
  }

  /** Sends chunks in order; an operation that is not done at once is finished later. */
  send(chunks: readonly Uint8Array[], later: SendLater): Started {
    const { operation, release } = later;
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const taken = this.transport.send({
      chunks,
      bytes,
      settle: (failure) => {
        release();
        const result = failure === null ? { error: NO_ERROR, bytes } : { ...failure, bytes: 0 };
        operation.finishLater(result, this.options.handle, this.options.upcalls);
        this.#outstanding.delete(operation);
        this.#giveBack();
      },
    });
    if (taken === "queued") {
      this.#outstanding.add(operation);
      operation.begin();
      return { error: WSA_IO_PENDING };
    }
    release();
    if (taken !== "sent") return { error: taken.error };
    operation.finishAtOnce(bytes);
    return { bytes };
  }

  /** Sends nothing more; what is outstanding is still sent. */
  shutdown(): WSAERROR {
    if (this.transport.isShut) return NO_ERROR;
    const taken = this.transport.send({ ...NOTHING, settle: () => undefined, isLast: true });
    return typeof taken === "object" ? taken.error : NO_ERROR;
  }

  /** Ends everything: outstanding operations are aborted first, then the handle is given back. */
  close(): void {
    this.transport.close();
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

const NOTHING = { chunks: [], bytes: 0 } as const;

/** What a send that cannot finish at once leaves behind. */
export interface SendLater {
  readonly operation: OverlappedOperation;
  /** Lets go of the registered memory. */
  readonly release: () => void;
}
