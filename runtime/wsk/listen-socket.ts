/** Listening sockets of WSK. */
import { observedTable } from "../live/observer.js";
import {
  STATUS_INVALID_DEVICE_STATE, STATUS_NOT_IMPLEMENTED,
} from "../../generated/index.js"; // prettier-ignore
import type { WSK_PROVIDER_LISTEN_DISPATCH } from "../../generated/index.js";
import { requireEndpoint, requireFlags } from "../refusal.js";
import { acceptCall, inspectCompleteCall } from "./accept-calls.js";
import { AcceptSide } from "./accepting.js";
import { requireRoom, writeAddress } from "./addresses.js";
import type { WSK_CLIENT_LISTEN_DISPATCH } from "./client-dispatch.js";
import { ConnectionSocket } from "./connection-socket.js";
import { CONNECTION_EVENTS, listenEvents } from "./event-masks.js";
import type { Filled, PFN_WSK_BIND, PFN_WSK_GET_LOCAL_ADDRESS } from "./prototypes.js";
import type { WskSocketOptions } from "./socket.js";
import { finish, WskSocketBase } from "./socket.js";
import { cancelBy, cancelNoMore } from "./waiting-irp.js";

/** The table of a listening socket. */
export type ListenDispatch = Filled<WSK_PROVIDER_LISTEN_DISPATCH>;

/** How a listening socket is created. */
export interface ListenSocketOptions extends WskSocketOptions {
  /** Its event callbacks. */
  readonly Dispatch?: WSK_CLIENT_LISTEN_DISPATCH | null | undefined;
  /** True for a socket of datagrams, which can be created, and bound by nobody. */
  readonly isDatagram?: boolean | undefined;
}

/** A listening socket. WskSocket makes one, and createListenSocket. */
export class ListenSocket extends WskSocketBase {
  readonly Dispatch: ListenDispatch;
  readonly #side: AcceptSide;
  readonly #callbacks: WSK_CLIENT_LISTEN_DISPATCH | null;
  readonly #isDatagram: boolean;

  constructor(options: ListenSocketOptions) {
    super(options, "listen");
    this.#callbacks = options.Dispatch ?? null;
    this.#isDatagram = options.isDatagram ?? false;
    this.#side = new AcceptSide({
      socket: this,
      context: () => this.context,
      callbacks: () => this.#callbacks,
      make: (accepted) => new ConnectionSocket(this.inherited, accepted),
    });
    const take: WskSocketBase["take"] = (...args) => this.take(...args);
    const acceptor = { side: this.#side, family: this.family, options: this.options, take };
    this.Dispatch = observedTable({
      WskControlSocket: this.control,
      WskCloseSocket: this.close,
      WskBind: this.#bind,
      WskAccept: acceptCall(acceptor),
      WskInspectComplete: inspectCompleteCall(acceptor),
      WskGetLocalAddress: this.#getLocalAddress,
    });
  }

  override get isBound(): boolean {
    return this.#side.isBusy;
  }

  override get switchable(): number | null {
    return this.#side.local === null ? null : listenEvents(this.#callbacks);
  }

  override get lasting(): number {
    return CONNECTION_EVENTS;
  }

  override eventsEnabled(): void {
    this.#side.eventsEnabled();
  }

  protected override release(done: () => void): void {
    this.#side.close();
    done();
  }

  readonly #bind: PFN_WSK_BIND = (Socket, LocalAddress, Flags, Irp) => {
    const at = requireEndpoint("WskBind", ["LocalAddress", LocalAddress], this.family);
    requireFlags("WskBind", Flags, 0);
    const irp = this.take("WskBind", Socket, Irp);
    if (this.#isDatagram) return finish(irp, { status: STATUS_NOT_IMPLEMENTED });
    if (this.#side.isBusy) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    cancelBy(irp, () => this.#side.giveUp());
    this.#side.listen(at, (failure) => {
      cancelNoMore(irp);
      finish(irp, failure);
    });
    return irp.pend();
  };

  readonly #getLocalAddress: PFN_WSK_GET_LOCAL_ADDRESS = (Socket, LocalAddress, Irp) => {
    requireRoom("WskGetLocalAddress", ["LocalAddress", LocalAddress], this.family);
    const irp = this.take("WskGetLocalAddress", Socket, Irp);
    const { local } = this.#side;
    if (local === null) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    writeAddress(LocalAddress, local);
    return finish(irp, null);
  };
}

/** Creates a listening socket (WSK_FLAG_LISTEN_SOCKET), ready to be bound. */
export function createListenSocket(options: ListenSocketOptions): ListenSocket {
  return new ListenSocket(options);
}
