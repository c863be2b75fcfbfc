/** Connection-oriented sockets of WSK over TCP. */
import {
  createWskSend, createWskSendEx, STATUS_FILE_FORCED_CLOSED,
  STATUS_INVALID_DEVICE_STATE, STATUS_NOT_SUPPORTED, STATUS_PENDING, STATUS_PIPE_DISCONNECTED,
  WSK_FLAG_NODELAY,
} from "../../generated/index.js"; // prettier-ignore
import type {
  NTSTATUS, PFN_WSK_SEND, PFN_WSK_SEND_EX, PIRP, PSOCKADDR, PWSK_BUF, PWSK_SOCKET,
  WSK_PROVIDER_CONNECTION_DISPATCH,
} from "../../generated/index.js"; // prettier-ignore
import { endpointOf } from "../../support/index.js";
import type { Failure } from "../errors.js";
import { CANCELLED } from "../errors.js";
import { TcpTransport } from "../transport/tcp.js";
import type { PendingSend, WskSocketOptions } from "./socket.js";
import { finish, WskSocketBase } from "./socket.js";

/**
 * The table of a connection-oriented socket: the sends of the contract, and what it takes to
 * send.
 */
export interface ConnectionDispatch extends Pick<
  WSK_PROVIDER_CONNECTION_DISPATCH,
  "WskSend" | "WskSendEx"
> {
  /** Binds to a local address. The address is claimed when the socket connects. */
  readonly WskBind: (Socket: PWSK_SOCKET, LocalAddress: PSOCKADDR, Flags: 0, Irp: PIRP) => NTSTATUS;
  /** Connects to a remote address; the IRP completes when it has. */
  readonly WskConnect: (
    Socket: PWSK_SOCKET,
    RemoteAddress: PSOCKADDR,
    Flags: 0,
    Irp: PIRP,
  ) => NTSTATUS;
  /** Sends nothing more; the IRP completes when everything sent before has left. */
  readonly WskDisconnect: (Socket: PWSK_SOCKET, Buffer: null, Flags: 0, Irp: PIRP) => NTSTATUS;
  /** Cancels and completes every pending send, then closes. No further call is allowed. */
  readonly WskCloseSocket: (Socket: PWSK_SOCKET, Irp: PIRP) => NTSTATUS;
}

/** A connection-oriented socket. Make one with createConnectionSocket. */
export class ConnectionSocket extends WskSocketBase {
  readonly Dispatch: ConnectionDispatch;
  readonly #transport = new TcpTransport();
  #local: { readonly localAddress: string; readonly localPort: number } | null = null;
  #isConnected = false;

  constructor(options: WskSocketOptions) {
    super(options);
    const stub = { profile: this.profile, facts: () => this.facts() };
    this.Dispatch = {
      WskSend: createWskSend(this.#send, stub),
      WskSendEx: createWskSendEx(this.#sendEx, stub),
      WskBind: (...args) => this.#bind(...args),
      WskConnect: (...args) => this.#connect(...args),
      WskDisconnect: (...args) => this.#disconnect(...args),
      WskCloseSocket: (...args) => this.#close(...args),
    };
  }

  #bind(Socket: PWSK_SOCKET, LocalAddress: PSOCKADDR, _Flags: 0, Irp: PIRP): NTSTATUS {
    const irp = this.take("WskBind", Socket, Irp);
    const { host, port } = endpointOf(LocalAddress);
    this.#local = { localAddress: host, localPort: port };
    this.isBound = true;
    return finish(irp, null);
  }

  #connect(Socket: PWSK_SOCKET, RemoteAddress: PSOCKADDR, _Flags: 0, Irp: PIRP): NTSTATUS {
    const irp = this.take("WskConnect", Socket, Irp);
    if (this.#local === null || this.#isConnected) {
      return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    }
    const { host, port } = endpointOf(RemoteAddress);
    let isPending = true;
    const done = (failure: Failure | null): void => {
      if (!isPending) return;
      isPending = false;
      this.#isConnected = failure === null;
      finish(irp, this.isClosed ? CANCELLED : failure);
    };
    this.#cancelConnect = () => done(CANCELLED);
    this.#transport.connect({ host, port, ...this.#local }, done);
    return STATUS_PENDING;
  }

  #cancelConnect: () => void = () => undefined;

  readonly #send: PFN_WSK_SEND = (Socket, Buffer, Flags, Irp) =>
    this.#start(this.takeSend("WskSend", { Socket, Buffer, Irp }), Flags, 0);

  readonly #sendEx: PFN_WSK_SEND_EX = (Socket, Buffer, Flags, ControlInfoLength, _info, Irp) =>
    this.#start(this.takeSend("WskSendEx", { Socket, Buffer, Irp }), Flags, ControlInfoLength);

  /** Every way out of here completes the IRP, or leaves that to the transport. */
  #start(send: PendingSend, flags: number, controlInfoLength: number): NTSTATUS {
    const refusal = this.#refusal(flags, controlInfoLength);
    if (refusal !== null) return send.finish({ status: refusal });
    const taken = this.#transport.send({ chunks: send.chunks, settle: send.finish });
    if (taken === "queued") return STATUS_PENDING;
    return send.finish(taken === "sent" ? null : taken);
  }

  /** Why a send cannot even begin. TCP_NODELAY is always on, so WSK_FLAG_NODELAY is honoured. */
  #refusal(flags: number, controlInfoLength: number): NTSTATUS | null {
    if (this.#transport.failure !== null) return STATUS_FILE_FORCED_CLOSED;
    if (!this.#isConnected) return STATUS_INVALID_DEVICE_STATE;
    if (this.#transport.isShut) return STATUS_PIPE_DISCONNECTED;
    // Node's TCP carries neither out-of-band data nor control information, and nothing is dropped.
    if ((flags & ~WSK_FLAG_NODELAY) !== 0 || controlInfoLength > 0) return STATUS_NOT_SUPPORTED;
    return null;
  }

  #disconnect(Socket: PWSK_SOCKET, _Buffer: PWSK_BUF | null, _Flags: 0, Irp: PIRP): NTSTATUS {
    const irp = this.take("WskDisconnect", Socket, Irp);
    if (!this.#isConnected) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    this.#transport.shutdown((failure) => finish(irp, failure));
    return STATUS_PENDING;
  }

  #close(Socket: PWSK_SOCKET, Irp: PIRP): NTSTATUS {
    const irp = this.take("WskCloseSocket", Socket, Irp);
    this.isClosed = true;
    this.#cancelConnect();
    this.#transport.close();
    return finish(irp, null);
  }
}

/** Creates a connection-oriented socket (WSK_FLAG_CONNECTION_SOCKET), ready to be bound. */
export function createConnectionSocket(options: WskSocketOptions): ConnectionSocket {
  return new ConnectionSocket(options);
}
