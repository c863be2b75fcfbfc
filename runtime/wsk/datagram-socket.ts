/** Datagram sockets of WSK over UDP. */
import {
  createWskSendMessages, createWskSendTo, SIO_WSK_SET_REMOTE_ADDRESS,
  SIO_WSK_SET_SENDTO_ADDRESS,
  STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED, STATUS_SUCCESS,
} from "../../generated/index.js"; // prettier-ignore
import type {
  Facts, NTSTATUS, PFN_WSK_SEND_MESSAGES, PFN_WSK_SEND_TO, PIRP, PSOCKADDR, PWSK_BUF_LIST,
  PWSK_SOCKET,
  WSK_BUF, WSK_IOCTLS,
  WSK_PROVIDER_DATAGRAM_DISPATCH,
} from "../../generated/index.js"; // prettier-ignore
import { endpointOf } from "../../support/index.js";
import type { Irp } from "../io/irp.js";
import { irpOf } from "../io/irp.js";
import { gatherChain, holdChain, releaseChain } from "../io/mdl.js";
import { FAULT, UNSUPPORTED } from "../network/failure.js";
import type { Failure } from "../network/failure.js";
import type { Datagram, Endpoint, Port, Waiting } from "../network/network.js";
import { DONE, isFailure, TAKEN } from "../network/network.js";
import { requireEndpoint, requireFlags } from "../refusal.js";
import type { WskSocketOptions } from "./socket.js";
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
  #port: Port | null = null;
  #isBinding = false;
  readonly #fixed: { remote: Endpoint | null; destination: Endpoint | null } = {
    remote: null,
    destination: null,
  };

  constructor(options: WskSocketOptions) {
    super(options);
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

  /** The same for one call. */
  protected override factsOf(args: { readonly Irp: PIRP }): Facts {
    return { ...super.factsOf(args), ...this.facts() };
  }

  /** The local port, once bound; 0 before. */
  get port(): number {
    return this.#port?.local.port ?? 0;
  }

  #bind(Socket: PWSK_SOCKET, LocalAddress: PSOCKADDR, Flags: 0, Irp: PIRP): NTSTATUS {
    const local = requireEndpoint("WskBind", ["LocalAddress", LocalAddress], this.family);
    requireFlags("WskBind", Flags, 0);
    const irp = this.take("WskBind", Socket, Irp);
    if (this.#isBinding || this.#port !== null) {
      return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    }
    this.#isBinding = true;
    this.network.bind({
      at: local,
      events: { received: () => undefined, bounced: () => undefined },
      bound: (result) => {
        this.#isBinding = false;
        if (!isFailure(result)) this.#port = result;
        finish(irp, isFailure(result) ? result : null);
      },
    });
    return irp.pend();
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
    if (this.#port === null) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    if (ControlCode === SIO_WSK_SET_REMOTE_ADDRESS) this.#fixed.remote = address;
    else if (ControlCode === SIO_WSK_SET_SENDTO_ADDRESS) this.#fixed.destination = address;
    else return finish(irp, { status: STATUS_NOT_SUPPORTED });
    return finish(irp, null);
  }

  /** A given address holds for this datagram only. Of two fixed ones, the remote address counts. */
  readonly #sendTo: PFN_WSK_SEND_TO = (...args) => {
    const [Socket, Buffer, , RemoteAddress, , ControlInfo, Irp] = args;
    const irp = this.takeSend("WskSendTo", Socket, Buffer, Irp);
    const to = this.#destination(RemoteAddress);
    if (this.#port === null) return irp.settle({ status: STATUS_INVALID_DEVICE_STATE });
    if (to === null) return irp.settle({ status: STATUS_INVALID_PARAMETER });
    const chunks: Uint8Array[] = [];
    if (!irp.gather(chunks)) return irp.settle(FAULT);
    const sent = deliver(this.#port, { chunks, to, control: ControlInfo }, irp);
    return sent === TAKEN ? irp.pend() : irp.settle(sent === DONE ? null : sent);
  };

  /** One datagram for each buffer of the list, in their order; the IRP waits for all. */
  readonly #sendMessages: PFN_WSK_SEND_MESSAGES = (...args) => {
    const [Socket, BufferList, , RemoteAddress, , ControlInfo, Irp] = args;
    this.require("WskSendMessages", Socket);
    const irp = irpOf("WskSendMessages", Irp);
    irp.take("WskSendMessages");
    const messages = new Messages(irp, BufferList);
    const to = this.#destination(RemoteAddress);
    if (this.#port === null) return messages.refuse({ status: STATUS_INVALID_DEVICE_STATE });
    if (to === null) return messages.refuse({ status: STATUS_INVALID_PARAMETER });
    return messages.send(this.#port, { to, control: ControlInfo });
  };

  /** The stub has refused an address that is not whole, or of another family. */
  #destination(address: PSOCKADDR | null): Endpoint | null {
    if (address !== null) return endpointOf(address);
    return this.#fixed.remote ?? this.#fixed.destination;
  }

  /** What the kernel has taken is told first, so the IRP may have to wait for that. */
  #close(Socket: PWSK_SOCKET, Irp: PIRP): NTSTATUS {
    const irp = this.take("WskCloseSocket", Socket, Irp);
    this.isClosed = true;
    if (this.#port === null) return finish(irp, null);
    let returned: NTSTATUS | null = null;
    this.#port.close(() => {
      returned = finish(irp, null);
    });
    return returned ?? irp.pend();
  }
}

/** Sends a datagram, whose control information the port may not carry: nothing is dropped. */
function deliver(
  port: Port,
  datagram: Datagram,
  waiting: Waiting,
): typeof DONE | typeof TAKEN | Failure {
  if (datagram.control !== null && !port.carriesControl) return UNSUPPORTED;
  return port.send(datagram, waiting);
}

/** The datagrams of one WskSendMessages. */
class Messages implements Waiting {
  readonly #irp: Irp;
  readonly #buffers: readonly WSK_BUF[];
  #left = 0;
  #failure: Pick<Failure, "status"> | null = null;

  constructor(irp: Irp, list: PWSK_BUF_LIST) {
    this.#irp = irp;
    this.#buffers = buffersOf(list);
    for (const { Mdl } of this.#buffers) if (Mdl !== null) holdChain(Mdl);
  }

  refuse(failure: Pick<Failure, "status">): NTSTATUS {
    this.#failure = failure;
    return this.#finish();
  }

  send(port: Port, common: Pick<Datagram, "to" | "control">): NTSTATUS {
    this.#left = 1;
    for (const buffer of this.#buffers) {
      const chunks: Uint8Array[] = [];
      const sent = gatherChain(chunks, buffer) ? deliver(port, { ...common, chunks }, this) : FAULT;
      if (sent === TAKEN) this.#left += 1;
      else if (sent !== DONE) this.#failure ??= sent;
    }
    this.#left -= 1;
    return this.#left === 0 ? this.#finish() : this.#irp.pend();
  }

  settle(failure: Failure | null): void {
    this.#failure ??= failure;
    this.#left -= 1;
    if (this.#left === 0) this.#finish();
  }

  /** Where one has failed the IRP fails, with no count. */
  #finish(): NTSTATUS {
    for (const { Mdl } of this.#buffers) if (Mdl !== null) releaseChain(Mdl);
    const bytes = this.#buffers.reduce((sum, { Length }) => sum + Number(Length), 0);
    return this.#failure === null
      ? this.#irp.complete(STATUS_SUCCESS, bytes)
      : this.#irp.complete(this.#failure.status, 0);
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
