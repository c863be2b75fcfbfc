/** Datagram sockets of WSK over UDP. */
import {
  AF_INET6, createWskSendMessages, createWskSendTo, SIO_WSK_SET_REMOTE_ADDRESS,
  SIO_WSK_SET_SENDTO_ADDRESS,
  STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED, STATUS_PENDING,
} from "../../generated/index.js"; // prettier-ignore
import type {
  Facts, NTSTATUS, PFN_WSK_SEND_MESSAGES, PFN_WSK_SEND_TO, PIRP, PSOCKADDR, PWSK_BUF_LIST,
  PWSK_SOCKET,
  WSK_BUF, WSK_IOCTLS,
  WSK_PROVIDER_DATAGRAM_DISPATCH,
} from "../../generated/index.js"; // prettier-ignore
import { endpointOf } from "../../support/index.js";
import type { Failure } from "../network/failure.js";
import type { Endpoint } from "../network/network.js";
import { requireEndpoint, requireFlags } from "../refusal.js";
import { UdpTransport } from "../transport/udp.js";
import type { PendingSend, WskSocketOptions } from "./socket.js";
import { finish, WskSocketBase } from "./socket.js";

/** The table of a datagram socket: the send of the contract, and what it takes to send. */
export interface DatagramDispatch extends Pick<
  WSK_PROVIDER_DATAGRAM_DISPATCH,
  "WskSendTo" | "WskSendMessages"
> {
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
  readonly #fixed: { remote: Endpoint | null; destination: Endpoint | null } = {
    remote: null,
    destination: null,
  };

  constructor(options: WskSocketOptions) {
    super(options);
    this.#transport = new UdpTransport(options.family === AF_INET6 ? 6 : 4);
    const stub = {
      profile: this.profile,
      facts: (args: { readonly Irp: PIRP }) => this.factsOf(args),
    };
    this.Dispatch = {
      WskSendTo: createWskSendTo(this.#sendTo, stub),
      WskSendMessages: createWskSendMessages(this.#sendMessages, stub),
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

  #bind(Socket: PWSK_SOCKET, LocalAddress: PSOCKADDR, Flags: 0, Irp: PIRP): NTSTATUS {
    const local = requireEndpoint("WskBind", ["LocalAddress", LocalAddress], this.family);
    requireFlags("WskBind", Flags, 0);
    const irp = this.take("WskBind", Socket, Irp);
    if (this.isBound) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    this.isBound = true;
    this.#transport.bind(local, (failure) => {
      this.isBound = failure === null;
      finish(irp, failure);
    });
    return STATUS_PENDING;
  }

  #control(
    Socket: PWSK_SOCKET,
    ControlCode: WSK_IOCTLS,
    InputBuffer: PSOCKADDR | null,
    Irp: PIRP,
  ): NTSTATUS {
    // The address stays the caller's, so what is kept of it is read now.
    const address =
      InputBuffer === null
        ? null
        : requireEndpoint("WskControlSocket", ["InputBuffer", InputBuffer], this.family);
    const irp = this.take("WskControlSocket", Socket, Irp);
    if (!this.isBound) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    if (ControlCode === SIO_WSK_SET_REMOTE_ADDRESS) this.#fixed.remote = address;
    else if (ControlCode === SIO_WSK_SET_SENDTO_ADDRESS) this.#fixed.destination = address;
    else return finish(irp, { status: STATUS_NOT_SUPPORTED });
    return finish(irp, null);
  }

  /** A given address holds for this datagram only. Of two fixed ones, the remote address counts. */
  readonly #sendTo: PFN_WSK_SEND_TO = (...args) => {
    const [Socket, Buffer, , RemoteAddress, ControlInfoLength, , Irp] = args;
    const send = this.takeSend("WskSendTo", { Socket, Buffers: [Buffer], Irp });
    return this.#start(send, RemoteAddress, ControlInfoLength);
  };

  /** One datagram for each buffer of the list, in their order; the IRP waits for all. */
  readonly #sendMessages: PFN_WSK_SEND_MESSAGES = (...args) => {
    const [Socket, BufferList, , RemoteAddress, ControlInfoLength, , Irp] = args;
    const Buffers = buffersOf(BufferList);
    const send = this.takeSend("WskSendMessages", { Socket, Buffers, Irp });
    return this.#start(send, RemoteAddress, ControlInfoLength);
  };

  #start(send: PendingSend, address: PSOCKADDR | null, controlInfoLength: number): NTSTATUS {
    if (!this.isBound) return send.finish({ status: STATUS_INVALID_DEVICE_STATE });
    // Node's UDP carries no control information, and nothing is dropped in silence.
    if (controlInfoLength > 0) return send.finish({ status: STATUS_NOT_SUPPORTED });
    // The stub has refused an address that is not whole, or of another family.
    const given = address && endpointOf(address);
    const to = given ?? this.#fixed.remote ?? this.#fixed.destination;
    if (to === null) return send.finish({ status: STATUS_INVALID_PARAMETER });
    let left = send.buffers.length;
    let first: Failure | null = null;
    for (const chunks of send.buffers) {
      this.#transport.send(chunks, to, (failure) => {
        first ??= failure;
        left -= 1;
        if (left === 0) send.finish(first);
      });
    }
    return STATUS_PENDING;
  }

  /** What the kernel has taken is told first, so the IRP may have to wait for that. */
  #close(Socket: PWSK_SOCKET, Irp: PIRP): NTSTATUS {
    const irp = this.take("WskCloseSocket", Socket, Irp);
    this.isClosed = true;
    let returned: NTSTATUS = STATUS_PENDING;
    this.#transport.close(() => {
      returned = finish(irp, null);
    });
    return returned;
  }
}

function buffersOf(first: PWSK_BUF_LIST): WSK_BUF[] {
  const buffers: WSK_BUF[] = [];
  for (let item: PWSK_BUF_LIST | null = first; item !== null; item = item.Next) {
    buffers.push(item.Buffer);
  }
  return buffers;
}

/** Creates a datagram socket (WSK_FLAG_DATAGRAM_SOCKET), ready to be bound. */
export function createDatagramSocket(options: WskSocketOptions): DatagramSocket {
  return new DatagramSocket(options);
}
