/** A socket of the provider: its state, its connection, and the operations that are outstanding. */
import { NO_ERROR, WSAEINVAL, WSAENOTCONN, WSAESHUTDOWN } from "../../generated/index.js";
import type { SOCKET, WSAERROR } from "../../generated/index.js";
import { CANCELLED } from "../errors.js";
import { TcpTransport } from "../transport/tcp.js";
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

/** What sending a set of chunks came to, at once. */
export type Started = { readonly error: WSAERROR } | "sent" | "pending";

/** A socket. */
export class SpiSocket {
  readonly options: SpiSocketOptions;
  readonly transport = new TcpTransport();
  local: { readonly localAddress: string; readonly localPort: number } | null = null;
  isConnected = false;
  /** Settles when a connection attempt has ended. */
  connecting: Promise<WSAERROR> = Promise.resolve(WSAENOTCONN);

  constructor(options: SpiSocketOptions) {
    this.options = options;
  }

  /** Why a send cannot even begin; NO_ERROR where it can. */
  get obstacle(): WSAERROR {
    const { failure, isShut } = this.transport;
    if (!this.options.isOverlapped || this.local === null) return WSAEINVAL;
    if (failure !== null && this.isConnected) return failure.error;
    if (!this.isConnected) return WSAENOTCONN;
    return isShut ? WSAESHUTDOWN : NO_ERROR;
  }

  /** Starts connecting; the outcome is a code. */
  connect(host: string, port: number): void {
    this.connecting = new Promise((resolve) => {
      this.transport.connect({ host, port, ...this.local }, (failure) => {
        this.isConnected = failure === null;
        resolve(failure === null ? NO_ERROR : failure.error);
      });
    });
  }

  /** Sends chunks in order; an operation that is not done at once is finished later. */
  send(chunks: readonly Uint8Array[], bytes: number, later: SendLater): Started {
    const taken = this.transport.send({
      chunks,
      settle: (failure) => {
        later.release();
        const result =
          failure === null ? { error: NO_ERROR, bytes } : { error: failure.error, bytes: 0 };
        later.operation.finishLater(result, this.options.handle, this.options.upcalls);
      },
    });
    if (taken === "queued") return "pending";
    later.release();
    return taken === "sent" ? "sent" : { error: taken.error };
  }

  /** Ends everything: outstanding operations are aborted first, then the handle is given back. */
  close(): void {
    this.transport.close(CANCELLED);
    this.options.upcalls.WPUCloseSocketHandle(this.options.handle, { value: 0 });
  }
}

/** What a send that cannot finish at once leaves behind. */
export interface SendLater {
  readonly operation: OverlappedOperation;
  /** Lets go of the registered memory. */
  readonly release: () => void;
}
