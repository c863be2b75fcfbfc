/** Stream sockets of WSK, which listen or connect, whichever comes first. */
import { STATUS_INVALID_DEVICE_STATE } from "../../generated/index.js";
import type { WSK_PROVIDER_STREAM_DISPATCH } from "../../generated/index.js";
import { observedTable } from "../live/observer.js";
import type { Endpoint } from "../network/network.js";
import { acceptCall } from "./accept-calls.js";
import { AcceptSide } from "./accepting.js";
import type { WSK_CLIENT_STREAM_DISPATCH } from "./client-dispatch.js";
import { ConnectionSocket } from "./connection-socket.js";
import { CONNECTION_EVENTS, listenEvents } from "./event-masks.js";
import type { Filled, PFN_WSK_LISTEN } from "./prototypes.js";
import type { WskSocketOptions } from "./socket.js";
import { finish } from "./socket.js";
import { cancelBy, cancelNoMore } from "./waiting-irp.js";

/** The table of a stream socket. */
export type StreamDispatch = Filled<WSK_PROVIDER_STREAM_DISPATCH>;

/** How a stream socket is created. */
export interface StreamSocketOptions extends WskSocketOptions {
  /** Its event callbacks: of one kind and of the other. */
  readonly Dispatch?: WSK_CLIENT_STREAM_DISPATCH | null | undefined;
}

/** A stream socket. WskSocket makes one, and createStreamSocket. */
export class StreamSocket extends ConnectionSocket {
  declare readonly Dispatch: StreamDispatch;
  readonly #side: AcceptSide;
  readonly #callbacks: WSK_CLIENT_STREAM_DISPATCH["Listen"];

  constructor(options: StreamSocketOptions) {
    super({ ...options, Dispatch: options.Dispatch?.Connect }, null, "stream");
    this.#callbacks = options.Dispatch?.Listen ?? null;
    this.#side = new AcceptSide({
      socket: this,
      context: () => this.callbacks.context.value,
      callbacks: () => this.#callbacks,
      make: (accepted) => new ConnectionSocket(this.inherited, accepted),
    });
    const { family, options: its } = this;
    const take: typeof this.take = (...args) => this.take(...args);
    const connection = this.Dispatch;
    this.Dispatch = observedTable({
      WskControlSocket: connection.WskControlSocket,
      WskCloseSocket: connection.WskCloseSocket,
      WskBind: connection.WskBind,
      WskAccept: acceptCall({ side: this.#side, family, options: its, take }),
      WskConnect: connection.WskConnect,
      WskListen: this.#listen,
      WskSend: connection.WskSend,
      WskReceive: connection.WskReceive,
      WskDisconnect: connection.WskDisconnect,
      WskRelease: connection.WskRelease,
      WskGetLocalAddress: connection.WskGetLocalAddress,
      WskGetRemoteAddress: connection.WskGetRemoteAddress,
      WskConnectEx: connection.WskConnectEx,
      WskSendEx: connection.WskSendEx,
      WskReceiveEx: connection.WskReceiveEx,
    });
  }

  override get switchable(): number | null {
    return this.#side.local === null ? super.switchable : listenEvents(this.#callbacks);
  }

  override get lasting(): number {
    return this.isListening ? CONNECTION_EVENTS : 0;
  }

  override eventsEnabled(): void {
    super.eventsEnabled();
    this.#side.eventsEnabled();
  }

  protected override get isListening(): boolean {
    return this.#side.isBusy;
  }

  protected override get localEndpoint(): Endpoint | null {
    return this.#side.local ?? super.localEndpoint;
  }

  protected override release(done: () => void): void {
    this.#side.close();
    super.release(done);
  }

  /** The IRP completes when the socket listens; after a failure it may be tried again. */
  readonly #listen: PFN_WSK_LISTEN = (Socket, Irp) => {
    const irp = this.take("WskListen", Socket, Irp);
    const isFree = this.stream.state === "unconnected" && !this.isListening;
    if (this.local === null || !isFree) {
      return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    }
    cancelBy(irp, () => this.#side.giveUp());
    this.#side.listen(this.local, (failure) => {
      cancelNoMore(irp);
      finish(irp, failure);
    });
    return irp.pend();
  };
}

/** Creates a stream socket (WSK_FLAG_STREAM_SOCKET), ready to be bound. */
export function createStreamSocket(options: StreamSocketOptions): StreamSocket {
  return new StreamSocket(options);
}
