/** Datagram sockets of WSK. */
import {
  createWskSendMessages, createWskSendTo, SO_BROADCAST, SO_RCVBUF, STATUS_INVALID_DEVICE_STATE,
  STATUS_INVALID_PARAMETER, STATUS_SUCCESS,
} from "../../generated/index.js"; // prettier-ignore
import type {
  Facts, PFN_WSK_SEND_MESSAGES, PFN_WSK_SEND_TO, PIRP, PSOCKADDR, PWSK_BUF_LIST, PWSK_SOCKET,
  WSK_PROVIDER_DATAGRAM_DISPATCH,
} from "../../generated/index.js"; // prettier-ignore
import { observedTable } from "../live/observer.js";
import { irpOf } from "../io/irp.js";
import type { Irp } from "../io/irp.js";
import { EndpointReader } from "../network/addresses.js";
import { CANCELLED, FAULT } from "../network/failure.js";
import type { Failure } from "../network/failure.js";
import type { Endpoint, Port } from "../network/network.js";
import { DONE, isFailure, TAKEN } from "../network/network.js";
import { requireCell, requireEndpoint, requireFlags } from "../refusal.js";
import { RuntimeViolation } from "../violation.js";
import { requireRoom, writeAddress } from "./addresses.js";
import { requireControl, requireReceive } from "./buffers.js";
import type { WSK_CLIENT_DATAGRAM_DISPATCH } from "./client-dispatch.js";
import type { ControlRequest, Outcome } from "./control.js";
import { DatagramSide } from "./datagram-side.js";
import { datagramEvents } from "./event-masks.js";
import { FixedAddresses } from "./fixed-addresses.js";
import { bounded } from "./message-list.js";
import { deliver, Messages } from "./messages.js";
import { planned } from "./planned.js";
import type {
  Filled, PFN_WSK_BIND, PFN_WSK_GET_LOCAL_ADDRESS, PFN_WSK_RECEIVE_FROM,
  PFN_WSK_RELEASE_DATAGRAM_INDICATION_LIST,
} from "./prototypes.js"; // prettier-ignore
import type { WskSocketOptions } from "./socket.js";
import { finish, WskSocketBase } from "./socket.js";
import { cancelBy, cancelNoMore } from "./waiting-irp.js";

/** The table of a datagram socket. */
export type DatagramDispatch = Omit<Filled<WSK_PROVIDER_DATAGRAM_DISPATCH>, "WskRelease"> & {
  readonly WskRelease: PFN_WSK_RELEASE_DATAGRAM_INDICATION_LIST;
};

/** How a datagram socket is created. */
export interface DatagramSocketOptions extends WskSocketOptions {
  /** Its event callbacks. */
  readonly Dispatch?: WSK_CLIENT_DATAGRAM_DISPATCH | null | undefined;
}

/** What is known for one call: judged before another call can change it; sealed as for others. */
const CALL_FACTS: { -readonly [Name in keyof Facts]: Facts[Name] } = Object.seal({
  irql: 0,
  "socket.address-family": 0,
  "irp.outstanding": false,
  "socket.remote-address-fixed": false,
  "socket.destination-fixed": false,
});

/** A datagram socket. Make one with createDatagramSocket. */
export class DatagramSocket extends WskSocketBase {
  readonly Dispatch: DatagramDispatch;
  readonly #callbacks: WSK_CLIENT_DATAGRAM_DISPATCH | null;
  readonly #side: DatagramSide;
  #port: Port | null = null;
  #binding: ((result: Port | Failure) => void) | null = null;
  readonly #fixed: FixedAddresses;
  readonly #addresses = new EndpointReader();

  constructor(options: DatagramSocketOptions) {
    super(options, "datagram");
    const { events } = this;
    this.#fixed = new FixedAddresses(this.family);
    const dispatch = options.Dispatch ?? null;
    this.#callbacks = dispatch;
    this.#side = new DatagramSide({ events, context: () => this.context, dispatch });
    const { profile } = this;
    this.Dispatch = observedTable({
      WskControlSocket: this.control,
      WskCloseSocket: this.close,
      WskBind: this.#bind,
      WskSendTo: createWskSendTo(
        planned(this.faults, "WskSendTo", {
          body: this.#sendTo,
          begin: this.failing("WskSendTo"),
          failing: this.failures,
        }),
        {
          profile,
          facts: (_socket, _buffer, _flags, _to, _length, _info, irp) => this.factsOf(irp),
        },
      ),
      WskReceiveFrom: this.#receiveFrom,
      WskRelease: this.#release,
      WskGetLocalAddress: this.#getLocalAddress,
      WskSendMessages: bounded(
        createWskSendMessages(
          planned(this.faults, "WskSendMessages", {
            body: this.#sendMessages,
            begin: this.#beginMessages,
            failing: this.failures,
          }),
          {
            profile,
            facts: (_socket, _buffer, _flags, _to, _length, _info, irp) => this.factsOf(irp),
          },
        ),
      ),
    });
  }

  /** What the checks of a call may know, with the fixed addresses. */
  override facts(): Facts {
    return {
      ...super.facts(),
      "socket.remote-address-fixed": this.#fixed.hasRemote,
      "socket.destination-fixed": this.#fixed.hasDestination,
    };
  }

  /** The same for one call. */
  protected override factsOf(irp: PIRP): Facts {
    const facts = CALL_FACTS;
    const known = super.factsOf(irp);
    facts.irql = known.irql;
    facts["socket.address-family"] = known["socket.address-family"];
    facts["irp.outstanding"] = known["irp.outstanding"];
    facts["socket.remote-address-fixed"] = this.#fixed.hasRemote;
    facts["socket.destination-fixed"] = this.#fixed.hasDestination;
    return facts;
  }

  /** The local port, once bound; 0 before. */
  get port(): number {
    return this.#port?.local.port ?? 0;
  }

  override get isBound(): boolean {
    return this.#port !== null || this.#binding !== null;
  }

  override get switchable(): number | null {
    return this.#port === null ? null : datagramEvents(this.#callbacks);
  }

  override eventsEnabled(): void {
    this.#side.eventsEnabled();
  }

  override optionSet(option: number, value: number): void {
    if (option === SO_RCVBUF) this.#side.window = value;
  }

  override ioctl(request: ControlRequest): Outcome {
    if (!FixedAddresses.isAsked(request)) return super.ioctl(request);
    return this.#fixed.fix(request, this.#port !== null);
  }

  protected override judgeControl(request: Omit<ControlRequest, "irp">): void {
    const { InputBuffer } = request;
    if (FixedAddresses.isAsked(request) && InputBuffer !== null) this.#fixed.judge(InputBuffer);
  }

  protected override judgeClose(): void {
    if (!this.#side.hasRetained) return;
    throw new RuntimeViolation("WskCloseSocket", "socket-indication-retained");
  }

  /** What the kernel has taken is told first, so the close may have to wait for that. */
  protected override release(done: () => void): void {
    this.#giveUp();
    this.#side.close(CANCELLED);
    if (this.#port === null) done();
    else this.#port.close(done);
  }

  readonly #bind: PFN_WSK_BIND = (Socket, LocalAddress, Flags, Irp) => {
    const at = requireEndpoint("WskBind", ["LocalAddress", LocalAddress], this.family);
    requireFlags("WskBind", Flags, 0);
    const irp = this.take("WskBind", Socket, Irp);
    if (this.isBound) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    cancelBy(irp, () => this.#giveUp());
    this.network.bind({
      at,
      broadcast: this.options.isOn(SO_BROADCAST),
      events: {
        received: (data, from, control) => this.#received(data, from, control),
        bounced: () => undefined,
      },
      bound: (this.#binding = this.#bound(irp)),
    });
    return irp.pend();
  };

  /** Who is told of the bind; too late where it was given up. */
  #bound(irp: Irp): (result: Port | Failure) => void {
    const bound = (result: Port | Failure): void => {
      if (this.#binding !== bound) {
        if (!isFailure(result)) result.close(() => undefined);
        return;
      }
      this.#binding = null;
      if (!isFailure(result)) this.#port = result;
      cancelNoMore(irp);
      finish(irp, isFailure(result) ? result : null);
    };
    return bound;
  }

  #giveUp(): boolean {
    const bound = this.#binding;
    bound?.(CANCELLED);
    return bound !== null;
  }

  #received(data: Uint8Array, from: Endpoint, control: Uint8Array | null): void {
    if (!this.isClosed && this.#fixed.admits(from)) this.#side.received({ data, from, control });
  }

  /** A given address holds for this datagram only. Of two fixed ones, the remote address counts. */
  readonly #sendTo: PFN_WSK_SEND_TO = (...args) => {
    const [Socket, Buffer, , RemoteAddress, , ControlInfo, Irp] = args;
    const irp = this.takeSend("WskSendTo", Socket, Buffer, Irp);
    const to = this.#destination(RemoteAddress);
    if (this.#port === null) return irp.settle({ status: STATUS_INVALID_DEVICE_STATE });
    if (to === null) return irp.settle({ status: STATUS_INVALID_PARAMETER });
    const only = irp.onePiece();
    const chunks = only === null ? [] : [only];
    if (only === null && !irp.gather(chunks)) return irp.settle(FAULT);
    const sent = deliver(this.#port, { chunks, to, control: ControlInfo }, irp);
    return sent === TAKEN ? irp.pend() : irp.settle(sent === DONE ? null : sent);
  };

  /** One datagram for each buffer of the list, in their order; the IRP waits for all. */
  readonly #sendMessages: PFN_WSK_SEND_MESSAGES = (...args) => {
    const [Socket, BufferList, , RemoteAddress, , ControlInfo, Irp] = args;
    const messages = this.#beginMessages(Socket, BufferList, Irp);
    const to = this.#destination(RemoteAddress);
    if (this.#port === null) return messages.end({ status: STATUS_INVALID_DEVICE_STATE });
    if (to === null) return messages.end({ status: STATUS_INVALID_PARAMETER });
    return messages.send(this.#port, { to, control: ControlInfo });
  };

  /** The stub has judged the IRQL. */
  readonly #beginMessages = (Socket: PWSK_SOCKET, list: PWSK_BUF_LIST, Irp: PIRP): Messages => {
    this.require("WskSendMessages", Socket);
    const irp = irpOf("WskSendMessages", Irp);
    irp.take("WskSendMessages");
    return new Messages(irp, list);
  };

  /** The stub has refused an address that is not whole, or of another family. */
  #destination(address: PSOCKADDR | null): Endpoint | null {
    if (address !== null) return this.#addresses.read(address);
    return this.#fixed.destination;
  }

  readonly #receiveFrom: PFN_WSK_RECEIVE_FROM = (...args) => {
    const [Socket, Buffer, Flags, address, controlLength, control, flags, Irp] = args;
    const call = "WskReceiveFrom";
    requireReceive(call, Buffer, 0);
    requireFlags(call, Flags, 0);
    if (address !== null) requireRoom(call, ["RemoteAddress", address], this.family);
    requireControl(call, ["ControlLength", controlLength], control);
    requireCell(call, ["ControlFlags", flags], { read: false });
    const irp = this.takeData(call, Socket, Buffer, Irp);
    if (this.#port === null) return irp.settle({ status: STATUS_INVALID_DEVICE_STATE });
    return this.#side.receive({ irp, address, controlLength, control, flags });
  };

  readonly #release: PFN_WSK_RELEASE_DATAGRAM_INDICATION_LIST = (Socket, list) => {
    this.admit("WskRelease", Socket);
    return this.#side.releaseIndication(list) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
  };

  readonly #getLocalAddress: PFN_WSK_GET_LOCAL_ADDRESS = (Socket, LocalAddress, Irp) => {
    requireRoom("WskGetLocalAddress", ["LocalAddress", LocalAddress], this.family);
    const irp = this.take("WskGetLocalAddress", Socket, Irp);
    if (this.#port === null) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    writeAddress(LocalAddress, this.#port.local);
    return finish(irp, null);
  };
}

/** Creates a datagram socket (WSK_FLAG_DATAGRAM_SOCKET), ready to be bound. */
export function createDatagramSocket(options: DatagramSocketOptions): DatagramSocket {
  return new DatagramSocket(options);
}
