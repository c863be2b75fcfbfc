/** Connection-oriented sockets of WSK. */
import {
  createWskSend, createWskSendEx, STATUS_FILE_FORCED_CLOSED,
  STATUS_INVALID_DEVICE_STATE, STATUS_NOT_SUPPORTED, STATUS_PIPE_DISCONNECTED,
  WSK_FLAG_ABORTIVE, WSK_FLAG_NODELAY,
} from "../../generated/index.js"; // prettier-ignore
import type {
  NTSTATUS, PFN_WSK_SEND, PFN_WSK_SEND_EX, PIRP, PSOCKADDR, PWSK_BUF, PWSK_SOCKET,
  WSK_DISCONNECT_FLAGS, WSK_PROVIDER_CONNECTION_DISPATCH,
} from "../../generated/index.js"; // prettier-ignore
import { judgeWSK_BUF } from "../../generated/judges.js";
import type { Collector } from "../../support/index.js";
import type { Submitted } from "../engine/send-queue.js";
import { Stream } from "../engine/stream.js";
import type { Irp } from "../io/irp.js";
import type { Endpoint } from "../network/network.js";
import { DONE, TAKEN } from "../network/network.js";
import { requireArguments, requireEndpoint, requireFlags, runtimeRule } from "../refusal.js";
import type { WskSocketOptions } from "./socket.js";
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
  readonly #stream: Stream;
  #local: Endpoint | null = null;

  constructor(options: WskSocketOptions) {
    super(options);
    this.#stream = new Stream({
      network: this.network,
      reach: this.reach,
      gathers: true,
      receiver: { received: () => undefined, ended: () => undefined, failed: () => undefined },
    });
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
    this.#local = local;
    return finish(irp, null);
  }

  #connect(Socket: PWSK_SOCKET, RemoteAddress: PSOCKADDR, Flags: 0, Irp: PIRP): NTSTATUS {
    const to = requireEndpoint("WskConnect", ["RemoteAddress", RemoteAddress], this.family);
    requireFlags("WskConnect", Flags, 0);
    const irp = this.take("WskConnect", Socket, Irp);
    if (this.#local === null || this.#stream.state !== "unconnected") {
      return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    }
    this.#stream.connect({ to, from: this.#local }, (failure) => finish(irp, failure));
    return irp.pend();
  }

  readonly #send: PFN_WSK_SEND = (Socket, Buffer, Flags, Irp) =>
    this.#start(this.takeSend("WskSend", Socket, Buffer, Irp), Flags, 0);

  readonly #sendEx: PFN_WSK_SEND_EX = (Socket, Buffer, Flags, ControlInfoLength, _info, Irp) =>
    this.#start(this.takeSend("WskSendEx", Socket, Buffer, Irp), Flags, ControlInfoLength);

  /** Every way out of here completes the IRP, or leaves that to the stream. */
  #start(irp: Irp, flags: number, controlInfoLength: number): NTSTATUS {
    const obstacle = this.#obstacle;
    if (obstacle !== null) return irp.settle({ status: obstacle });
    // TCP carries neither out-of-band data here nor control information, and nothing is dropped.
    if ((flags & ~WSK_FLAG_NODELAY) !== 0 || controlInfoLength > 0) {
      return irp.settle({ status: STATUS_NOT_SUPPORTED });
    }
    return answer(irp, this.#stream.send(irp, (flags & WSK_FLAG_NODELAY) !== 0));
  }

  /** Why nothing can be sent now. */
  get #obstacle(): NTSTATUS | null {
    const { state, sends } = this.#stream;
    if (state !== "connected") return STATUS_INVALID_DEVICE_STATE;
    if (sends.failure !== null) return STATUS_FILE_FORCED_CLOSED;
    return sends.isEnded ? STATUS_PIPE_DISCONNECTED : null;
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
    const irp = this.takeSend("WskDisconnect", Socket, Buffer ?? NO_DATA, Irp);
    const obstacle = this.#obstacle;
    if (isAbortive && obstacle !== STATUS_INVALID_DEVICE_STATE) {
      this.#stream.close(false);
      return irp.settle(null);
    }
    if (obstacle !== null) return irp.settle({ status: obstacle });
    return answer(irp, this.#stream.end(irp));
  }

  /** Unless both sides have ended the connection, the peer is sent a reset. */
  #close(Socket: PWSK_SOCKET, Irp: PIRP): NTSTATUS {
    const irp = this.take("WskCloseSocket", Socket, Irp);
    this.isClosed = true;
    this.#stream.close(this.#stream.hasEnded && this.#stream.hasPeerEnded);
    return finish(irp, null);
  }
}

const NO_DATA = { Mdl: null, Offset: 0, Length: 0 } as const;

/** What a send comes to at once: the IRP is complete, or its caller is told to wait. */
function answer(irp: Irp, submitted: Submitted): NTSTATUS {
  if (submitted === TAKEN) return irp.pend();
  return irp.settle(submitted === DONE ? null : submitted);
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
