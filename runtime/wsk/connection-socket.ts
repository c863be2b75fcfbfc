/** Connection-oriented sockets of WSK over TCP. */
import {
  createWskSend, createWskSendEx, STATUS_FILE_FORCED_CLOSED,
  STATUS_INVALID_DEVICE_STATE, STATUS_NOT_SUPPORTED, STATUS_PENDING, STATUS_PIPE_DISCONNECTED,
  WSK_FLAG_ABORTIVE, WSK_FLAG_NODELAY,
} from "../../generated/index.js"; // prettier-ignore
import type {
  NTSTATUS, PFN_WSK_SEND, PFN_WSK_SEND_EX, PIRP, PSOCKADDR, PWSK_BUF, PWSK_SOCKET,
  WSK_DISCONNECT_FLAGS, WSK_PROVIDER_CONNECTION_DISPATCH,
} from "../../generated/index.js"; // prettier-ignore
import { judgeWSK_BUF } from "../../generated/judges.js";
import type { Collector } from "../../support/index.js";
import { requireArguments, requireEndpoint, requireFlags, runtimeRule } from "../refusal.js";
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
  /**
   * Sends Buffer, if there is one, and nothing more; the IRP completes when everything has left.
   * With WSK_FLAG_ABORTIVE it cancels what is pending, and resets the connection.
   */
  readonly WskDisconnect: (
    Socket: PWSK_SOCKET,
    Buffer: PWSK_BUF | null,
    Flags: WSK_DISCONNECT_FLAGS,
    Irp: PIRP,
  ) => NTSTATUS;
  /** Cancels and completes every pending send, then closes. No further call is allowed. */
  readonly WskCloseSocket: (Socket: PWSK_SOCKET, Irp: PIRP) => NTSTATUS;
}

/** A connection-oriented socket. Make one with createConnectionSocket. */
export class ConnectionSocket extends WskSocketBase {
  readonly Dispatch: ConnectionDispatch;
  readonly #transport = new TcpTransport();
  #local: { readonly localAddress: string; readonly localPort: number } | null = null;

  constructor(options: WskSocketOptions) {
    super(options);
    const stub = {
      profile: this.profile,
      facts: (args: { readonly Irp: PIRP }) => this.factsOf(args),
    };
    this.Dispatch = {
      WskSend: createWskSend(this.#send, stub),
      WskSendEx: createWskSendEx(this.#sendEx, stub),
      WskBind: (...args) => this.#bind(...args),
      WskConnect: (...args) => this.#connect(...args),
      WskDisconnect: (...args) => this.#disconnect(...args),
      WskCloseSocket: (...args) => this.#close(...args),
    };
  }

  #bind(Socket: PWSK_SOCKET, LocalAddress: PSOCKADDR, Flags: 0, Irp: PIRP): NTSTATUS {
    const local = requireEndpoint("WskBind", ["LocalAddress", LocalAddress], this.family);
    requireFlags("WskBind", Flags, 0);
    const irp = this.take("WskBind", Socket, Irp);
    if (this.#local !== null) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    this.#local = { localAddress: local.host, localPort: local.port };
    return finish(irp, null);
  }

  #connect(Socket: PWSK_SOCKET, RemoteAddress: PSOCKADDR, Flags: 0, Irp: PIRP): NTSTATUS {
    const remote = requireEndpoint("WskConnect", ["RemoteAddress", RemoteAddress], this.family);
    requireFlags("WskConnect", Flags, 0);
    const irp = this.take("WskConnect", Socket, Irp);
    if (this.#local === null || this.#transport.state !== "unconnected") {
      return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    }
    this.#transport.connect({ ...remote, ...this.#local }, (failure) => finish(irp, failure));
    return STATUS_PENDING;
  }

  readonly #send: PFN_WSK_SEND = (Socket, Buffer, Flags, Irp) =>
    this.#start(this.takeSend("WskSend", { Socket, Buffers: [Buffer], Irp }), Flags, 0);

  readonly #sendEx: PFN_WSK_SEND_EX = (Socket, Buffer, Flags, ControlInfoLength, _info, Irp) =>
    this.#start(
      this.takeSend("WskSendEx", { Socket, Buffers: [Buffer], Irp }),
      Flags,
      ControlInfoLength,
    );

  /** Every way out of here completes the IRP, or leaves that to the transport. */
  #start(send: PendingSend, flags: number, controlInfoLength: number): NTSTATUS {
    const obstacle = this.#obstacle;
    if (obstacle !== null) return send.finish({ status: obstacle });
    // Node's TCP carries neither out-of-band data nor control information, and nothing is dropped.
    // TCP_NODELAY is always on, so WSK_FLAG_NODELAY is honoured.
    if ((flags & ~WSK_FLAG_NODELAY) !== 0 || controlInfoLength > 0) {
      return send.finish({ status: STATUS_NOT_SUPPORTED });
    }
    return this.#hand(send, false);
  }

  #hand(send: PendingSend, isLast: boolean): NTSTATUS {
    const { buffers, bytes, finish: settle } = send;
    const taken = this.#transport.send({ chunks: buffers.flat(), bytes, settle, isLast });
    if (taken === "queued") return STATUS_PENDING;
    return send.finish(taken === "sent" ? null : taken);
  }

  /** Why nothing can be sent now. */
  get #obstacle(): NTSTATUS | null {
    const { state, failure, isShut } = this.#transport;
    if (state !== "connected") return STATUS_INVALID_DEVICE_STATE;
    if (failure !== null) return STATUS_FILE_FORCED_CLOSED;
    return isShut ? STATUS_PIPE_DISCONNECTED : null;
  }

  #disconnect(
    Socket: PWSK_SOCKET,
    Buffer: PWSK_BUF | null,
    Flags: WSK_DISCONNECT_FLAGS,
    Irp: PIRP,
  ): NTSTATUS {
    requireFlags("WskDisconnect", Flags, WSK_FLAG_ABORTIVE);
    const isAbortive = Flags === WSK_FLAG_ABORTIVE;
    if (Buffer !== null)
      requireArguments("WskDisconnect", (on) => judgeLast(on, Buffer, isAbortive));
    const Buffers = Buffer === null ? [] : [Buffer];
    const send = this.takeSend("WskDisconnect", { Socket, Buffers, Irp });
    const obstacle = this.#obstacle;
    if (isAbortive && obstacle !== STATUS_INVALID_DEVICE_STATE) {
      this.#transport.close();
      return send.finish(null);
    }
    if (obstacle !== null) return send.finish({ status: obstacle });
    return this.#hand(send, true);
  }

  #close(Socket: PWSK_SOCKET, Irp: PIRP): NTSTATUS {
    const irp = this.take("WskCloseSocket", Socket, Irp);
    this.isClosed = true;
    this.#transport.close();
    return finish(irp, null);
  }
}

const LAST = runtimeRule(
  "WskDisconnect/Buffer.type",
  "NULL, because WSK_FLAG_ABORTIVE is set",
  "Send the data before, or disconnect gracefully.",
);

function judgeLast(on: Collector, Buffer: PWSK_BUF, isAbortive: boolean): void {
  if (isAbortive) on.breach(LAST, "Buffer", "a WSK_BUF");
  else on.param(LAST, "Buffer", judgeWSK_BUF, Buffer);
}

/** Creates a connection-oriented socket (WSK_FLAG_CONNECTION_SOCKET), ready to be bound. */
export function createConnectionSocket(options: WskSocketOptions): ConnectionSocket {
  return new ConnectionSocket(options);
}
