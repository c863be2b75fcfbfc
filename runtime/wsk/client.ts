/** A client of WSK: what it has captured, its sockets, and the table that it makes them with. */
import {
  AF_INET, AF_INET6, DISPATCH_LEVEL, PASSIVE_LEVEL, STATUS_INVALID_HANDLE, STATUS_NOT_IMPLEMENTED,
  STATUS_SUCCESS, WSK_FLAG_CONNECTION_SOCKET, WSK_FLAG_DATAGRAM_SOCKET,
} from "../../generated/index.js"; // prettier-ignore
import type { NTSTATUS, PIRP, WSK_SOCKET } from "../../generated/index.js";
import { WaitQueue } from "../engine/wait-queue.js";
import { isCompleting } from "../io/completion.js";
import type { Irp } from "../io/irp.js";
import { irpOf } from "../io/irp.js";
import { CANCELLED } from "../network/failure.js";
import { requireEndpoint, requireFlags, requireIrql } from "../refusal.js";
import { RuntimeViolation } from "../violation.js";
import { controlClient } from "./client-control.js";
import type { WSK_CLIENT_NPI } from "./client-dispatch.js";
import { ConnectionSocket } from "./connection-socket.js";
import { handleOf } from "./handles.js";
import { makeSocket } from "./make-socket.js";
import type {
  PFN_WSK_SOCKET, PFN_WSK_SOCKET_CONNECT, ProviderDispatch, WSK_CLIENT,
} from "./provider-prototypes.js"; // prettier-ignore
import { requireDatagramReach } from "./reach.js";
import { finish } from "./socket.js";
import type { SocketOwner, WskEnvironment, WskSocketOptions } from "./socket.js";
import { judgeKind } from "./transports.js";

/** What the sockets of a client have in common. */
export type ClientWorld = Omit<WskSocketOptions, "family" | "SocketContext" | "owner"> & {
  readonly environment: WskEnvironment;
};

/** A registered client. */
export class Client implements WSK_CLIENT, SocketOwner {
  readonly ClientContext: unknown;
  readonly Dispatch: ProviderDispatch;
  readonly world: ClientWorld;
  /** Who waits for transports to come or go. */
  readonly changes: WaitQueue<Irp> = new WaitQueue<Irp>();
  staticEvents = 0;
  #captures = 0;
  #hasMadeSockets = false;
  readonly #sockets = new Set<WSK_SOCKET>();
  #idle: (() => void)[] = [];

  constructor(npi: WSK_CLIENT_NPI, world: ClientWorld) {
    this.ClientContext = npi.ClientContext;
    this.world = world;
    this.Dispatch = {
      Version: npi.Dispatch.Version,
      Reserved: 0,
      WskSocket: this.#socket,
      WskSocketConnect: this.#socketConnect,
      WskControlClient: controlClient(this),
      WskGetAddressInfo: (...args) => this.#refuse("WskGetAddressInfo", args[0], args[9]),
      WskFreeAddressInfo: (Client) => this.admit("WskFreeAddressInfo", Client, PASSIVE_LEVEL),
      WskGetNameInfo: (...args) => this.#refuse("WskGetNameInfo", args[0], args[8]),
    };
  }

  /** True once a socket was made. */
  get hasMadeSockets(): boolean {
    return this.#hasMadeSockets;
  }

  /** How many sockets are open. */
  get openSockets(): number {
    return this.#sockets.size;
  }

  opened(socket: WSK_SOCKET): void {
    this.#hasMadeSockets = true;
    this.#sockets.add(socket);
  }

  closed(socket: WSK_SOCKET): void {
    this.#sockets.delete(socket);
    this.#wake();
  }

  /** Captures the provider. */
  capture(): void {
    this.#captures += 1;
  }

  /** Gives a capture back. */
  release(call: string): void {
    if (this.#captures === 0) throw new RuntimeViolation(call, "client-not-captured");
    this.#captures -= 1;
    this.#wake();
  }

  /** Resolves when nothing of the client is left. */
  whenIdle(): Promise<void> {
    this.changes.fail(CANCELLED);
    return new Promise((resolve) => {
      this.#idle.push(resolve);
      this.#wake();
    });
  }

  /** Refuses a call that is made too high, too late, or where the profile forbids it. */
  admit(call: string, client: WSK_CLIENT, most: number = DISPATCH_LEVEL): void {
    requireIrql(call, this.world.environment.irql, most);
    if (Object.is(client, this) && this.#captures === 0) {
      throw new RuntimeViolation(call, "client-not-captured");
    }
    if (this.world.profile === "strict" && isCompleting()) {
      throw new RuntimeViolation(call, "call-in-routine");
    }
  }

  /** Takes the IRP of a call. */
  take(call: string, client: WSK_CLIENT, Irp: PIRP): Irp {
    this.admit(call, client);
    const irp = irpOf(call, Irp);
    irp.take(call);
    return irp;
  }

  readonly #socket: PFN_WSK_SOCKET = (...args) => {
    const [Client, AddressFamily, SocketType, Protocol, Flags, SocketContext, Dispatch] = args;
    const Irp = args[10];
    if (Flags === WSK_FLAG_DATAGRAM_SOCKET) requireDatagramReach(this.world.reach);
    const irp = this.take("WskSocket", Client, Irp);
    if (!Object.is(Client, this)) return finish(irp, { status: STATUS_INVALID_HANDLE });
    const status = judgeKind({ AddressFamily, SocketType, Protocol }, Flags);
    if (status !== STATUS_SUCCESS) return finish(irp, { status });
    const common = { ...this.world, family: AddressFamily, SocketContext, owner: this };
    const socket = makeSocket(common, { Flags, SocketType, Dispatch });
    return irp.complete(STATUS_SUCCESS, handleOf(socket));
  };

  readonly #socketConnect: PFN_WSK_SOCKET_CONNECT = (...args) => {
    const [Client, SocketType, Protocol, LocalAddress, RemoteAddress, Flags, ...rest] = args;
    const [SocketContext, Dispatch, , , , Irp] = rest;
    const call = "WskSocketConnect";
    const family = LocalAddress?.sa_family === AF_INET6 ? AF_INET6 : AF_INET;
    const from = requireEndpoint(call, ["LocalAddress", LocalAddress], family);
    const to = requireEndpoint(call, ["RemoteAddress", RemoteAddress], family);
    requireFlags(call, Flags, 0);
    const irp = this.take(call, Client, Irp);
    if (!Object.is(Client, this)) return finish(irp, { status: STATUS_INVALID_HANDLE });
    const kind = { AddressFamily: family, SocketType, Protocol };
    const status = judgeKind(kind, WSK_FLAG_CONNECTION_SOCKET);
    if (status !== STATUS_SUCCESS) return finish(irp, { status });
    const options = { ...this.world, family, SocketContext, Dispatch, owner: this };
    const socket = new ConnectionSocket(options);
    socket.establish({ to, from }, irp, (failure) => {
      if (failure === null) irp.complete(STATUS_SUCCESS, handleOf(socket));
      else socket.shut(() => finish(irp, failure));
    });
    return irp.pend();
  };

  #refuse(call: string, client: WSK_CLIENT, Irp: PIRP): NTSTATUS {
    requireIrql(call, this.world.environment.irql, PASSIVE_LEVEL);
    return finish(this.take(call, client, Irp), { status: STATUS_NOT_IMPLEMENTED });
  }

  #wake(): void {
    if (this.#captures > 0 || this.#sockets.size > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
