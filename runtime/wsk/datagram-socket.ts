/** Datagram sockets of WSK over UDP. */
import {
  AF_INET6, createWskSendTo, SIO_WSK_SET_REMOTE_ADDRESS, SIO_WSK_SET_SENDTO_ADDRESS,
  STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED, STATUS_PENDING,
} from "../../generated/index.js"; // prettier-ignore
import type {
  Facts, NTSTATUS, PFN_WSK_SEND_TO, PIRP, PSOCKADDR, PWSK_SOCKET, WSK_IOCTLS,
  WSK_PROVIDER_DATAGRAM_DISPATCH,
} from "../../generated/index.js"; // prettier-ignore
import { endpointOf } from "../../support/index.js";
import { CANCELLED } from "../errors.js";
import { UdpTransport } from "../transport/udp.js";
import type { WskSocketOptions } from "./socket.js";
import { finish, WskSocketBase } from "./socket.js";

/** The table of a datagram socket: the send of the contract, and what it takes to send. */
export interface DatagramDispatch extends Pick<WSK_PROVIDER_DATAGRAM_DISPATCH, "WskSendTo"> {
  /** Binds to a local address; the IRP completes when it is bound. */
  readonly WskBind: (Socket: PWSK_SOCKET, LocalAddress: PSOCKADDR, Flags: 0, Irp: PIRP) => NTSTATUS;
  /**
   * Fixes an address, or clears it with NULL: the part of WskControlSocket that sends depend on.
   */
  readonly WskControlSocket: (
    Socket: PWSK_SOCKET,
    ControlCode: WSK_IOCTLS,
    InputBuffer: PSOCKADDR | null,
    Irp: PIRP,
  ) => NTSTATUS;
  /** Cancels and completes every pending send, then closes. No further call is allowed. */
  readonly WskCloseSocket: (Socket: PWSK_SOCKET, Irp: PIRP) => NTSTATUS;
}

/** A datagram socket. Make one with createDatagramSocket. */
export class DatagramSocket extends WskSocketBase {
  readonly Dispatch: DatagramDispatch;
  readonly #transport: UdpTransport;
  readonly #fixed: { remote: PSOCKADDR | null; destination: PSOCKADDR | null } = {
    remote: null,
    destination: null,
  };

  constructor(options: WskSocketOptions) {
    super(options);
    this.#transport = new UdpTransport(options.family === AF_INET6 ? 6 : 4);
    this.Dispatch = {
      WskSendTo: createWskSendTo(this.#sendTo, {
        profile: this.profile,
        facts: () => this.facts(),
      }),
      WskBind: (...args) => this.#bind(...args),
      WskControlSocket: (...args) => this.#control(...args),
      WskCloseSocket: (...args) => this.#close(...args),
    };
  }

  /** What the checks of a call may know, with the fixed addresses. */
  override facts(): Facts {
    return {
      ...super.facts(),
      "socket.remote-address-fixed": this.#fixed.remote !== null,
      "socket.destination-fixed": this.#fixed.destination !== null,
    };
  }

  /** The local port, once bound. */
  get port(): number {
    return this.#transport.port;
  }

  #bind(Socket: PWSK_SOCKET, LocalAddress: PSOCKADDR, _Flags: 0, Irp: PIRP): NTSTATUS {
    const irp = this.take("WskBind", Socket, Irp);
    if (this.isBound) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    this.isBound = true;
    this.#transport.bind(endpointOf(LocalAddress), (failure) => {
      this.isBound = failure === null;
      finish(irp, this.isClosed ? CANCELLED : failure);
    });
    return STATUS_PENDING;
  }

  #control(
    Socket: PWSK_SOCKET,
    ControlCode: WSK_IOCTLS,
    InputBuffer: PSOCKADDR | null,
    Irp: PIRP,
  ): NTSTATUS {
    const irp = this.take("WskControlSocket", Socket, Irp);
    if (!this.isBound) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    if (InputBuffer !== null && InputBuffer.sa_family !== this.family) {
      return finish(irp, { status: STATUS_INVALID_PARAMETER });
    }
    if (ControlCode === SIO_WSK_SET_REMOTE_ADDRESS) this.#fixed.remote = InputBuffer;
    else if (ControlCode === SIO_WSK_SET_SENDTO_ADDRESS) this.#fixed.destination = InputBuffer;
    else return finish(irp, { status: STATUS_NOT_SUPPORTED });
    return finish(irp, null);
  }

  /** A given address holds for this datagram only. Of two fixed ones, the remote address counts. */
  readonly #sendTo: PFN_WSK_SEND_TO = (...args) => {
    const [Socket, Buffer, , RemoteAddress, ControlInfoLength, , Irp] = args;
    const send = this.takeSend("WskSendTo", { Socket, Buffer, Irp });
    if (!this.isBound) return send.finish({ status: STATUS_INVALID_DEVICE_STATE });
    // Node's UDP carries no control information, and nothing is dropped in silence.
    if (ControlInfoLength > 0) return send.finish({ status: STATUS_NOT_SUPPORTED });
    const to = RemoteAddress ?? this.#fixed.remote ?? this.#fixed.destination;
    if (to === null) return send.finish({ status: STATUS_INVALID_PARAMETER });
    this.#transport.send(send.chunks, endpointOf(to), send.finish);
    return STATUS_PENDING;
  };

  #close(Socket: PWSK_SOCKET, Irp: PIRP): NTSTATUS {
    const irp = this.take("WskCloseSocket", Socket, Irp);
    this.isClosed = true;
    this.#transport.close();
    return finish(irp, null);
  }
}

/** Creates a datagram socket (WSK_FLAG_DATAGRAM_SOCKET), ready to be bound. */
export function createDatagramSocket(options: WskSocketOptions): DatagramSocket {
  return new DatagramSocket(options);
}
