/** Connection-oriented sockets of WSK. */
import {
  createWskSend, createWskSendEx, STATUS_BUFFER_OVERFLOW, STATUS_FILE_FORCED_CLOSED,
  STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED,
  STATUS_PIPE_DISCONNECTED, WSK_FLAG_ABORTIVE, WSK_FLAG_NODELAY,
} from "../../generated/index.js"; // prettier-ignore
import type {
  NTSTATUS, PFN_WSK_SEND, PFN_WSK_SEND_EX, WSK_PROVIDER_CONNECTION_DISPATCH,
} from "../../generated/index.js"; // prettier-ignore
import { observedTable } from "../live/observer.js";
import type { Irp } from "../io/irp.js";
import type { Failure } from "../network/failure.js";
import type { Endpoint } from "../network/network.js";
import { DONE, TAKEN } from "../network/network.js";
import { requireArguments, requireEndpoint, requireFlags } from "../refusal.js";
import { NO_DATA, refuseLast, requireData } from "./buffers.js";
import type { Accepted, ConnectionSocketOptions } from "./connected-socket.js";
import { answerNow, ConnectedSocket } from "./connected-socket.js";
import type { Category } from "./options.js";
import { planned } from "./planned.js";
import type {
  Filled, PFN_WSK_BIND, PFN_WSK_CONNECT, PFN_WSK_CONNECT_EX, PFN_WSK_DISCONNECT,
} from "./prototypes.js"; // prettier-ignore
import { finish } from "./socket.js";
import { cancelBy, cancelNoMore } from "./waiting-irp.js";

/** The table of a connection-oriented socket. */
export type ConnectionDispatch = Filled<WSK_PROVIDER_CONNECTION_DISPATCH>;

/** How many bytes WskConnectEx takes at most. */
const CONNECT_BYTES = 65_535;

type Done = (failure: Failure | null) => void;

/** A connection-oriented socket. Make one with createConnectionSocket. */
export class ConnectionSocket extends ConnectedSocket {
  readonly Dispatch: ConnectionDispatch;

  /** With `accepted`, one that has come in by a listening socket. */
  constructor(
    options: ConnectionSocketOptions,
    accepted: Accepted | null = null,
    category: Category = "connection",
  ) {
    super(options, accepted, category);
    const { profile } = this;
    this.Dispatch = observedTable({
      WskControlSocket: this.control,
      WskCloseSocket: this.close,
      WskBind: this.#bind,
      WskConnect: this.#connect,
      WskGetLocalAddress: this.getLocalAddress,
      WskGetRemoteAddress: this.getRemoteAddress,
      WskSend: createWskSend(
        planned(this.faults, "WskSend", {
          body: this.#send,
          begin: this.failing("WskSend"),
          failing: this.failures,
        }),
        { profile, facts: (_socket, _buffer, _flags, irp) => this.factsOf(irp) },
      ),
      WskReceive: this.receive,
      WskDisconnect: this.#disconnect,
      WskRelease: this.releaseIndication,
      WskConnectEx: this.#connectEx,
      WskSendEx: createWskSendEx(
        planned(this.faults, "WskSendEx", {
          body: this.#sendEx,
          begin: this.failing("WskSendEx"),
          failing: this.failures,
        }),
        { profile, facts: (_socket, _buffer, _flags, _length, _info, irp) => this.factsOf(irp) },
      ),
      WskReceiveEx: this.receiveEx,
    });
  }

  /** Binds and connects in one go, for an IRP that has been taken. */
  establish(route: { readonly to: Endpoint; readonly from: Endpoint }, irp: Irp, done: Done): void {
    this.local = route.from;
    cancelBy(irp, () => this.stream.giveUp());
    this.stream.connect(route, (failure) => {
      cancelNoMore(irp);
      done(failure);
    });
  }

  /** True where the socket listens, and cannot connect any more. */
  protected get isListening(): boolean {
    return false;
  }

  readonly #bind: PFN_WSK_BIND = (Socket, LocalAddress, Flags, Irp) => {
    const local = requireEndpoint("WskBind", ["LocalAddress", LocalAddress], this.family);
    requireFlags("WskBind", Flags, 0);
    const irp = this.take("WskBind", Socket, Irp);
    if (this.local !== null) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    this.local = local;
    return finish(irp, null);
  };

  readonly #connect: PFN_WSK_CONNECT = (Socket, RemoteAddress, Flags, Irp) => {
    const to = requireEndpoint("WskConnect", ["RemoteAddress", RemoteAddress], this.family);
    requireFlags("WskConnect", Flags, 0);
    const irp = this.take("WskConnect", Socket, Irp);
    const from = this.#connectable;
    if (from === null) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    this.establish({ to, from }, irp, (failure) => finish(irp, failure));
    return irp.pend();
  };

  /** The IRP completes when the data is sent as well: then its MDLs are the caller's again. */
  readonly #connectEx: PFN_WSK_CONNECT_EX = (Socket, RemoteAddress, Buffer, Flags, Irp) => {
    const call = "WskConnectEx";
    const to = requireEndpoint(call, ["RemoteAddress", RemoteAddress], this.family);
    requireData(call, Buffer);
    const irp = this.takeData(call, Socket, Buffer ?? NO_DATA, Irp);
    if (Flags !== 0) return irp.settle({ status: STATUS_INVALID_PARAMETER });
    if (irp.bytes > CONNECT_BYTES) return irp.settle({ status: STATUS_BUFFER_OVERFLOW });
    const from = this.#connectable;
    if (from === null) return irp.settle({ status: STATUS_INVALID_DEVICE_STATE });
    this.establish({ to, from }, irp, (failure) => {
      const sent = failure ?? this.stream.send(irp, true);
      if (sent !== TAKEN) irp.settle(sent === DONE ? null : sent);
    });
    return irp.pend();
  };

  /** Where a connection would come from; null where none may be asked for now. */
  get #connectable(): Endpoint | null {
    return this.stream.state === "unconnected" && !this.isListening ? this.local : null;
  }

  readonly #send: PFN_WSK_SEND = (Socket, Buffer, Flags, Irp) =>
    this.#start(this.takeSend("WskSend", Socket, Buffer, Irp), Flags, 0);

  readonly #sendEx: PFN_WSK_SEND_EX = (Socket, Buffer, Flags, ControlInfoLength, _info, Irp) =>
    this.#start(this.takeSend("WskSendEx", Socket, Buffer, Irp), Flags, ControlInfoLength);

  /** Every way out of here completes the IRP, or leaves that to the stream. */
  #start(irp: Irp, flags: number, controlInfoLength: number): NTSTATUS {
    const obstacle = this.stream.isOpen ? null : this.#obstacle;
    if (obstacle !== null) return irp.settle({ status: obstacle });
    // TCP carries neither out-of-band data here nor control information, and nothing is dropped.
    if ((flags & ~WSK_FLAG_NODELAY) !== 0 || controlInfoLength > 0) {
      return irp.settle({ status: STATUS_NOT_SUPPORTED });
    }
    return answerNow(irp, this.stream.send(irp, (flags & WSK_FLAG_NODELAY) !== 0));
  }

  /** Why nothing can be sent now. */
  get #obstacle(): NTSTATUS | null {
    const { state, sends } = this.stream;
    if (state !== "connected") return STATUS_INVALID_DEVICE_STATE;
    if (sends.failure !== null) return STATUS_FILE_FORCED_CLOSED;
    return sends.isEnded ? STATUS_PIPE_DISCONNECTED : null;
  }

  readonly #disconnect: PFN_WSK_DISCONNECT = (Socket, Buffer, Flags, Irp) => {
    requireFlags("WskDisconnect", Flags, WSK_FLAG_ABORTIVE);
    const isAbortive = Flags === WSK_FLAG_ABORTIVE;
    if (isAbortive && Buffer !== null) requireArguments("WskDisconnect", refuseLast);
    requireData("WskDisconnect", Buffer);
    const irp = this.takeData("WskDisconnect", Socket, Buffer ?? NO_DATA, Irp);
    const obstacle = this.#obstacle;
    if (isAbortive && obstacle !== STATUS_INVALID_DEVICE_STATE) {
      this.abort();
      return irp.settle(null);
    }
    if (obstacle !== null) return irp.settle({ status: obstacle });
    return answerNow(irp, this.stream.end(irp));
  };
}

/** Creates a connection-oriented socket (WSK_FLAG_CONNECTION_SOCKET), ready to be bound. */
export function createConnectionSocket(options: ConnectionSocketOptions): ConnectionSocket {
  return new ConnectionSocket(options);
}
