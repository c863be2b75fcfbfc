/** What all sockets of a provider have in common: handles, memory, operations, the close. */
import { NO_ERROR, WSA_IO_PENDING, WSAENOTCONN } from "../../generated/index.js";
import type { LPWSAOVERLAPPED, PSOCKADDR, SOCKET, WSAERROR } from "../../generated/index.js";
import type { FaultPlan } from "../fault-plan.js";
import { CANCELLED, UNKNOWN } from "../network/failure.js";
import type { Failure } from "../network/failure.js";
import type { Endpoint, Network } from "../network/network.js";
import { attempt } from "../report.js";
import type { Captured, Held } from "./memory.js";
import { RegisteredMemory } from "./memory.js";
import type { OperationOwner } from "./operation.js";
import { OverlappedOperation } from "./operation.js";
import type { Operations, Routine } from "./operations.js";
import type { Upcalls } from "./upcalls.js";

/** What the sockets of a provider share. */
export interface Surroundings {
  readonly network: Network;
  readonly upcalls: Upcalls;
  readonly operations: Operations;
  /** True where the contract is the SAN reference, false where it is the SDK's. */
  readonly isSan: boolean;
  /** What SO_MAX_MSG_SIZE is; undefined where the network decides. */
  readonly maxMessageSize: number | undefined;
  /** Failures on order. */
  readonly faults: FaultPlan | null;
}

/** How a socket is made. */
export interface SpiSocketOptions extends Surroundings {
  /** Its descriptor. */
  readonly s: number;
  readonly family: number;
  readonly isOverlapped: boolean;
  /** The handle by which the switch knows the socket. */
  readonly handle: SOCKET;
}

/** A send whose arguments are captured. */
export interface Send {
  readonly captured: Captured;
  readonly held: Held;
  /** Where it goes; null for where the socket is connected. */
  readonly to: Endpoint | null;
}

/** The address of a send, with the length that came with it; null where there is none. */
export type Destination = { readonly address: PSOCKADDR; readonly length: number } | null;

/** What a send came to at once: bytes that were handed over, or a code, WSA_IO_PENDING too. */
export type Started = { readonly bytes: number } | { readonly error: WSAERROR };

/** Bytes of sends without a structure that a socket buffers, until SO_SNDBUF says otherwise. */
const SEND_BUFFER = 64 * 1024;

/** A socket. */
export abstract class SpiSocket implements OperationOwner {
  readonly s: number;
  readonly options: SpiSocketOptions;
  readonly memory = new RegisteredMemory();
  /** SO_SNDBUF, in bytes. */
  sendBuffer = SEND_BUFFER;
  #isBroadcasting = false;
  /** SO_LINGER, as it lies in memory: l_onoff, and above it l_linger, in seconds. */
  linger = 0;
  /** SO_ERROR: a failure that no call was there to be told of. */
  lastError: WSAERROR = NO_ERROR;
  /** Settles when a connection attempt has ended. */
  connecting: Promise<WSAERROR> = Promise.resolve(WSAENOTCONN);
  /** Settles when the local address is claimed. */
  binding: Promise<WSAERROR> = Promise.resolve(NO_ERROR);
  /** Bytes that the socket has buffered. */
  protected buffered = 0;
  /** Operations that are outstanding because a plan wants them to fail. */
  readonly #failing = new Set<OverlappedOperation>();
  #outstanding = 0;
  #isClosed = false;

  constructor(options: SpiSocketOptions) {
    this.s = options.s;
    this.options = options;
  }

  /** SO_BROADCAST. */
  get isBroadcasting(): boolean {
    return this.#isBroadcasting;
  }

  /** Sets it, as far as there is something that broadcasts. */
  setBroadcast(isAllowed: boolean): void {
    this.#isBroadcasting = isAllowed;
  }

  /** SOCK_STREAM or SOCK_DGRAM. */
  abstract get type(): number;
  /** SO_MAX_MSG_SIZE, in bytes. */
  abstract get maxMessageSize(): number;
  /** True once it is connected, or has a fixed destination. */
  abstract get isConnected(): boolean;
  /** Why a send cannot even begin; NO_ERROR where it can. */
  abstract get obstacle(): WSAERROR;

  /** Binds it; NO_ERROR or a code. */
  abstract bind(at: Endpoint): WSAERROR;
  /** Connects it; a code, WSAEWOULDBLOCK where it has begun. */
  abstract connect(to: Endpoint): WSAERROR;
  /** Where a send goes: an endpoint, null for the peer, or a code. */
  abstract destination(to: Destination | undefined): Endpoint | null | { error: WSAERROR };
  /** Starts an overlapped send. */
  abstract start(send: Send, overlapped: LPWSAOVERLAPPED, routine: Routine | null): Started;
  /** Sends without a structure, as much as may be taken now. */
  abstract sendNow(send: Send): Started;
  /** Sends nothing more; what is outstanding is still sent. NO_ERROR or a code. */
  abstract shutdown(): WSAERROR;
  /** Lets go of the network, and settles what is outstanding. */
  protected abstract giveUp(): void;
  /** The code of a failure of its network. */
  protected abstract codeOf(failure: Failure): WSAERROR;

  /** Ends everything: outstanding operations are aborted first, then the handle is given back. */
  close(): void {
    for (const operation of this.#failing) operation.settle(CANCELLED);
    this.#failing.clear();
    this.giveUp();
    this.memory.clear();
    this.#isClosed = true;
    this.#giveBack();
  }

  /** Takes a send on that sends nothing, and fails a turn later. */
  startFailing(
    send: Send,
    of: { readonly overlapped: LPWSAOVERLAPPED; readonly routine: Routine | null },
    error: WSAERROR,
  ): Started {
    const operation = new OverlappedOperation(this, { overlapped: of.overlapped, ...send });
    this.#failing.add(operation);
    setImmediate(() => {
      if (this.#failing.delete(operation)) operation.settle({ ...UNKNOWN, error });
    });
    return this.takeOn(operation, of.routine);
  }

  /** Takes an operation on: its end will be told. */
  protected takeOn(operation: OverlappedOperation, routine: Routine | null): Started {
    this.#outstanding += 1;
    this.options.operations.begin(operation, routine);
    return { error: WSA_IO_PENDING };
  }

  ended(operation: OverlappedOperation, failure: Failure | null): void {
    const error = failure === null ? NO_ERROR : this.codeOf(failure);
    this.options.operations.done(operation, error, this.options.handle);
    this.#outstanding -= 1;
    this.#giveBack();
  }

  /** The last upcall: whoever closes the socket inside another one has that to end first. */
  #giveBack(): void {
    if (!this.#isClosed || this.#outstanding > 0) return;
    const { upcalls, handle } = this.options;
    attempt(() => upcalls.WPUCloseSocketHandle(handle, { value: 0 }));
  }
}
