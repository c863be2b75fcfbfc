/**
 * What the runtime needs of a network, and all that it knows of one. There is no clock in it: time
 * passes inside a network, in the kernel or on a virtual clock, and shows in what it tells.
 */
import type { Failure } from "./failure.js";

/** An address of IPv4 or IPv6 in its usual text form, and a port. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/**
 * How far the bytes of a send have come when it completes: taken by the network (`accepted`), put
 * on the wire (`sent`), or acknowledged by the peer (`acked`).
 */
export type Reach = "accepted" | "sent" | "acked";

/** All bytes have come as far as they should; more may be handed over. */
export const DONE = 0;
/** The bytes are taken, and `reached` will tell; more may be handed over. */
export const TAKEN = 1;
/** As TAKEN, but nothing more may be handed over before `writable`. */
export const FULL = 2;

/** What became of bytes that were handed over at once; after a failure, none of them count. */
export type Handed = typeof DONE | typeof TAKEN | typeof FULL | Failure;

/** Told by a connection, always later than the call that it is about. */
export interface ConnectionEvents {
  /** So many more bytes, in the order of the writes, have come as far as they should. */
  reached(bytes: number): void;
  /** More may be handed over. */
  writable(): void;
  /** The end that `end` asked for has been handed over. */
  endSent(): void;
  /** Bytes have arrived. The memory is the receiver's from now on. */
  received(data: Uint8Array): void;
  /** The peer will send nothing more. */
  ended(): void;
  /** The connection is lost, and nothing more is told. */
  failed(failure: Failure): void;
}

/** A connection. */
export interface Connection {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** Hands over bytes. The array is the caller's again when this returns, the bytes are not. */
  write(chunks: readonly Uint8Array[]): Handed;
  /** Hands over one chunk. */
  writeOne(chunk: Uint8Array): Handed;
  /** Ends sending behind all that was handed over; `endSent` tells when it is. */
  end(): void;
  /** Stops and goes on telling of bytes that arrive. */
  pause(): void;
  resume(): void;
  /**
   * Lets go of the connection: what the network has accepted still leaves, and the end behind it;
   * memory that waits is not read any more. Where something would be lost that has arrived, it is a
   * reset, and one answers what comes later. Nothing more is told.
   */
  close(): void;
  /** Cuts the connection with a reset. Nothing more is told. */
  abort(): void;
}

/** How a connection is asked for. */
export interface ConnectRequest {
  readonly to: Endpoint;
  /** Where it comes from; any address and port where left out. */
  readonly from?: Endpoint | undefined;
  readonly reach: Reach;
  /** Called once, later. The events are told only after it has returned. */
  connected(result: Connection | Failure): ConnectionEvents | null;
}

/** A place where peers connect to. */
export interface Listener {
  readonly local: Endpoint;
  close(): void;
}

/** How a listener is asked for. */
export interface ListenRequest {
  readonly at: Endpoint;
  readonly reach: Reach;
  readonly backlog?: number | undefined;
  /** Called once, later. */
  listening(result: Listener | Failure): void;
  /** Called for each connection; null turns it away. */
  accepted(connection: Connection): ConnectionEvents | null;
}

/** One datagram. */
export interface Datagram {
  readonly chunks: readonly Uint8Array[];
  readonly to: Endpoint;
  /** Control data objects as Windows lays them out on x64; null for none. */
  readonly control: Uint8Array | null;
}

/** Whoever waits for a datagram to be sent. */
export interface Waiting {
  /** Called once, where the send was neither DONE nor refused. */
  settle(failure: Failure | null): void;
}

/** Told by a port. */
export interface PortEvents {
  /** A datagram has arrived; its memory is the receiver's. */
  received(data: Uint8Array, from: Endpoint, control: Uint8Array | null): void;
  /** A datagram that was sent bounced; it belongs to no send in particular. */
  bounced(failure: Failure): void;
}

/** What datagrams are sent and received through. */
export interface Port {
  readonly local: Endpoint;
  /** True where control information is carried. */
  readonly carriesControl: boolean;
  /** The longest datagram, in bytes. */
  readonly maxDatagram: number;
  /** Sends one datagram; answers TAKEN where `waiting` will be told. */
  send(datagram: Datagram, waiting: Waiting): typeof DONE | typeof TAKEN | Failure;
  /** Allows broadcast addresses from now on, or no more. */
  setBroadcast(isAllowed: boolean): void;
  /** Stops and goes on telling of datagrams; those that arrive meanwhile may be lost. */
  pause(): void;
  resume(): void;
  /** Lets go of the port. Who waits is told before `done`, which is called once. */
  close(done: () => void): void;
}

/** What a port is to be. */
export interface PortRequest {
  readonly at: Endpoint;
  /** True to allow broadcast addresses. */
  readonly broadcast?: boolean | undefined;
  readonly events: PortEvents;
}

/** How a port is asked for. */
export interface BindRequest extends PortRequest {
  /** Called once, later. */
  bound(result: Port | Failure): void;
}

/** A network: the system's own, or one in memory. */
export interface Network {
  /** For traces. */
  readonly name: string;
  /** How far connections can follow their bytes. */
  readonly reaches: readonly Reach[];
  /** Connects. The function that comes back gives up; then nothing is called any more. */
  connect(request: ConnectRequest): () => void;
  listen(request: ListenRequest): void;
  bind(request: BindRequest): void;
  /** The same at once; left out where the network cannot. */
  bindNow?(request: PortRequest): Port | Failure;
}

/** True for a failure, as opposed to what was asked for. */
export function isFailure(result: object): result is Failure {
  return "status" in result && "error" in result;
}
