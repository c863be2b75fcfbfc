/** What a socket with a connection is, however it has come to it: addresses, options, receives. */
import {
  SIO_WSK_QUERY_IDEAL_SEND_BACKLOG, SIO_WSK_QUERY_INSPECT_ID, SIO_WSK_QUERY_RECEIVE_BACKLOG,
  SO_RCVBUF, STATUS_FILE_FORCED_CLOSED, STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE,
  STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED, STATUS_REQUEST_NOT_ACCEPTED, STATUS_SUCCESS,
  WSK_FLAG_DRAIN, WSK_FLAG_WAITALL,
} from "../../generated/index.js"; // prettier-ignore
import type { NTSTATUS } from "../../generated/index.js";
import type { ReceiveMode } from "../engine/receive-queue.js";
import type { Submitted } from "../engine/send-queue.js";
import { Stream } from "../engine/stream.js";
import type { Irp } from "../io/irp.js";
import { CANCELLED } from "../network/failure.js";
import type { Connection, ConnectionEvents, Endpoint } from "../network/network.js";
import { DONE, TAKEN } from "../network/network.js";
import { requireWritable } from "../refusal.js";
import { RuntimeViolation } from "../violation.js";
import { requireRoom, writeAddress } from "./addresses.js";
import { requireControl, requireReceive } from "./buffers.js";
import type { WSK_CLIENT_CONNECTION_DISPATCH, WSK_INSPECT_ID } from "./client-dispatch.js";
import type { Callbacks } from "./connection-side.js";
import { ConnectionSide } from "./connection-side.js";
import type { ControlRequest, Outcome } from "./control.js";
import { write, WSK_SIZES } from "./control.js";
import { connectionEvents } from "./event-masks.js";
import type { Category, SocketOptions } from "./options.js";
import type {
  PFN_WSK_GET_LOCAL_ADDRESS, PFN_WSK_GET_REMOTE_ADDRESS, PFN_WSK_RECEIVE, PFN_WSK_RECEIVE_EX,
  PFN_WSK_RELEASE_DATA_INDICATION_LIST,
} from "./prototypes.js"; // prettier-ignore
import type { WskSocketOptions } from "./socket.js";
import { finish, WskSocketBase } from "./socket.js";

/** How a connection-oriented socket is created. */
export interface ConnectionSocketOptions extends WskSocketOptions {
  /** Its event callbacks. */
  readonly Dispatch?: WSK_CLIENT_CONNECTION_DISPATCH | null | undefined;
}

/** Where an accepted socket comes from. */
export interface Accepted {
  readonly connection: Connection;
  /** What its request was identified by, in conditional accept mode. */
  readonly inspectId: WSK_INSPECT_ID | null;
  /** The options of the listening socket. */
  readonly options: SocketOptions;
  /** Called where the connection is lost. */
  readonly lost: () => void;
}

const LOCAL = "LocalAddress";
const REMOTE = "RemoteAddress";

/** The base of connection-oriented and stream sockets. */
export abstract class ConnectedSocket extends WskSocketBase {
  readonly callbacks: Callbacks;
  protected readonly stream: Stream;
  protected local: Endpoint | null = null;
  readonly #side: ConnectionSide;
  readonly #accepted: Accepted | null;

  constructor(options: ConnectionSocketOptions, accepted: Accepted | null, category: Category) {
    super(options, category);
    const context = { value: options.SocketContext ?? null };
    this.callbacks = { context, dispatch: { value: options.Dispatch ?? null } };
    this.#accepted = accepted;
    const { events, callbacks, network, reach } = this;
    this.#side = new ConnectionSide({ events, callbacks, lost: () => accepted?.lost() });
    this.stream = new Stream({ network, reach, gathers: true, receiver: this.#side });
    this.#side.attach(this.stream);
    if (accepted === null) return;
    this.options.inherit(accepted.options);
    this.#side.queue.window = this.options.get(SO_RCVBUF) ?? this.#side.queue.window;
    this.local = accepted.connection.local;
    this.stream.adopt(accepted.connection);
  }

  /** The connection, once there is one. */
  get connection(): Connection | null {
    return this.stream.connection;
  }

  /** Who is told of an accepted connection; null where the socket is closed already. */
  get connectionEvents(): ConnectionEvents | null {
    return this.stream.events;
  }

  override get isBound(): boolean {
    return this.local !== null;
  }

  override get switchable(): number | null {
    if (this.stream.state !== "connected") return null;
    return connectionEvents(this.callbacks.dispatch.value);
  }

  override eventsEnabled(): void {
    this.#side.eventsEnabled();
  }

  override optionSet(option: number, value: number): void {
    if (option === SO_RCVBUF) this.#side.queue.window = value;
  }

  override ioctl(request: ControlRequest): Outcome {
    const { ControlCode, irp, OutputBuffer, OutputSize } = request;
    if (ControlCode === SIO_WSK_QUERY_INSPECT_ID) {
      const id = this.#accepted?.inspectId ?? null;
      if (id === null) return { status: STATUS_INVALID_DEVICE_REQUEST };
      const isRoom = OutputBuffer !== null && OutputSize >= WSK_SIZES.WSK_INSPECT_ID;
      if (irp !== null || !isRoom) return { status: STATUS_INVALID_PARAMETER };
      requireWritable(request.call, { OutputBuffer }, ["Key", "SerialNumber"]);
      Object.assign(OutputBuffer, id);
      return { status: STATUS_SUCCESS, bytes: WSK_SIZES.WSK_INSPECT_ID };
    }
    const isSend = ControlCode === SIO_WSK_QUERY_IDEAL_SEND_BACKLOG;
    if (!isSend && ControlCode !== SIO_WSK_QUERY_RECEIVE_BACKLOG) return super.ioctl(request);
    if (irp === null) return { status: STATUS_REQUEST_NOT_ACCEPTED };
    if (this.stream.state !== "connected") return { status: STATUS_INVALID_DEVICE_STATE };
    const bytes = isSend ? this.#side.idealBacklog : this.#side.queue.backlog;
    return write(request, bytes, WSK_SIZES.SIZE_T);
  }

  protected readonly getLocalAddress: PFN_WSK_GET_LOCAL_ADDRESS = (Socket, LocalAddress, Irp) => {
    const call = "WskGetLocalAddress";
    requireRoom(call, [LOCAL, LocalAddress], this.family);
    const irp = this.take(call, Socket, Irp);
    const local = this.localEndpoint;
    if (local === null) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    writeAddress(LocalAddress, local);
    return finish(irp, null);
  };

  protected readonly getRemoteAddress: PFN_WSK_GET_REMOTE_ADDRESS = (Socket, Address, Irp) => {
    const call = "WskGetRemoteAddress";
    requireRoom(call, [REMOTE, Address], this.family);
    const irp = this.take(call, Socket, Irp);
    const { connection } = this;
    if (connection === null) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    writeAddress(Address, connection.remote);
    return finish(irp, null);
  };

  protected readonly receive: PFN_WSK_RECEIVE = (Socket, Buffer, Flags, Irp) => {
    requireReceive("WskReceive", Buffer, Flags);
    return this.#receive(this.takeData("WskReceive", Socket, Buffer, Irp), Flags);
  };

  /** TCP has no control information: the length of what there is becomes 0. */
  protected readonly receiveEx: PFN_WSK_RECEIVE_EX = (...args) => {
    const [Socket, Buffer, Flags, ControlInfoLength, ControlInfo, , Irp] = args;
    requireReceive("WskReceiveEx", Buffer, Flags);
    requireControl("WskReceiveEx", ["ControlInfoLength", ControlInfoLength], ControlInfo);
    const irp = this.takeData("WskReceiveEx", Socket, Buffer, Irp);
    if (ControlInfoLength !== null) ControlInfoLength.value = 0;
    return this.#receive(irp, Flags);
  };

  protected readonly releaseIndication: PFN_WSK_RELEASE_DATA_INDICATION_LIST = (Socket, list) => {
    this.admit("WskRelease", Socket);
    return this.#side.releaseIndication(list) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
  };

  /** The local address, as far as it is known. */
  protected get localEndpoint(): Endpoint | null {
    return this.connection?.local ?? this.local;
  }

  /** Nothing more is sent or received, and the peer is told by a reset. */
  protected abort(): void {
    this.failures.cancel();
    this.stream.close(false);
    this.#side.silence(CANCELLED);
  }

  /** Unless both sides have ended the connection, the peer is sent a reset. */
  protected override release(done: () => void): void {
    this.stream.close(this.stream.hasEnded && this.stream.hasPeerEnded);
    this.#side.silence(CANCELLED);
    done();
  }

  protected override judgeClose(): void {
    if (!this.#side.hasRetained) return;
    throw new RuntimeViolation("WskCloseSocket", "socket-indication-retained");
  }

  #receive(irp: Irp, flags: number): NTSTATUS {
    if (this.stream.state !== "connected") {
      return irp.settle({ status: STATUS_INVALID_DEVICE_STATE });
    }
    const { queue } = this.#side;
    if (queue.failure !== null) return irp.settle({ status: STATUS_FILE_FORCED_CLOSED });
    if ((flags & ~(WSK_FLAG_WAITALL | WSK_FLAG_DRAIN)) !== 0) {
      return irp.settle({ status: STATUS_NOT_SUPPORTED });
    }
    if (flags === (WSK_FLAG_WAITALL | WSK_FLAG_DRAIN)) {
      return irp.settle({ status: STATUS_INVALID_PARAMETER });
    }
    this.#side.letGo();
    const mode = modeOf(flags);
    if (irp.bytes === 0 && mode !== "drain") {
      queue.pumpLater();
      return irp.settle(null);
    }
    return answerNow(irp, queue.receive(irp, mode));
  }
}

const modeOf = (flags: number): ReceiveMode => {
  if (flags === WSK_FLAG_DRAIN) return "drain";
  return flags === WSK_FLAG_WAITALL ? "all" : "some";
};

/** What a request comes to at once: the IRP is complete, or its caller is told to wait. */
export function answerNow(irp: Irp, submitted: Submitted): NTSTATUS {
  if (submitted === TAKEN) return irp.pend();
  return irp.settle(submitted === DONE ? null : submitted);
}
