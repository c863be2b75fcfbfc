/** A place where connections come in, and who takes them: accepts that wait, or a callback. */
import {
  SO_CONDITIONAL_ACCEPT, STATUS_REQUEST_NOT_ACCEPTED, STATUS_SUCCESS, WSK_EVENT_ACCEPT,
} from "../../generated/index.js"; // prettier-ignore
import type { NTSTATUS, PSOCKADDR } from "../../generated/index.js";
import { WaitQueue } from "../engine/wait-queue.js";
import { Fifo } from "../fifo.js";
import type { Irp } from "../io/irp.js";
import { CANCELLED } from "../network/failure.js";
import type { Failure } from "../network/failure.js";
import type { Connection, ConnectionEvents, Endpoint, Listener } from "../network/network.js";
import { isFailure } from "../network/network.js";
import { attempt } from "../report.js";
import { sockaddrOf, writeAddress } from "./addresses.js";
import type {
  WSK_CLIENT_CONNECTION_DISPATCH,
  WSK_CLIENT_LISTEN_DISPATCH,
} from "./client-dispatch.js";
import type { Accepted, ConnectedSocket } from "./connected-socket.js";
import { expectResult } from "./connection-side.js";
import { CONNECTION_EVENTS } from "./event-masks.js";
import { handleOf } from "./handles.js";
import { Inspections } from "./inspecting.js";
import type { WskSocketBase } from "./socket.js";

/** How many connections wait to be accepted; the next one is turned away. */
const BACKLOG = 200;

/** What an accept leaves where it waits. */
export interface AcceptRequest {
  readonly irp: Irp;
  readonly context: unknown;
  readonly dispatch: WSK_CLIENT_CONNECTION_DISPATCH | null;
  readonly local: PSOCKADDR | null;
  readonly remote: PSOCKADDR | null;
}

/** What it needs of its socket. */
export interface AcceptOptions {
  readonly socket: WskSocketBase;
  /** What its callbacks are called with. */
  readonly context: () => unknown;
  readonly callbacks: () => WSK_CLIENT_LISTEN_DISPATCH | null;
  /** Makes the socket of a connection. */
  readonly make: (accepted: Accepted) => ConnectedSocket;
}

/** The accepting side of a listening socket. */
export class AcceptSide {
  readonly inspections: Inspections;
  readonly #options: AcceptOptions;
  readonly #accepts = new WaitQueue<AcceptRequest>();
  readonly #arrived = new Fifo<ConnectedSocket>();
  #listener: Listener | null = null;
  #starting: ((result: Listener | Failure) => void) | null = null;

  constructor(options: AcceptOptions) {
    this.#options = options;
    const { socket, context, callbacks } = options;
    const arrived = (accepted: ConnectedSocket): void => this.#deliver(accepted);
    this.inspections = new Inspections({ events: socket.events, context, callbacks, arrived });
  }

  /** Where it listens; null before it does. */
  get local(): Endpoint | null {
    return this.#listener?.local ?? null;
  }

  /** True from the request to listen on. */
  get isBusy(): boolean {
    return this.#listener !== null || this.#starting !== null;
  }

  /** Begins to listen; calls back once with the failure, if any. */
  listen(at: Endpoint, done: (failure: Failure | null) => void): void {
    const { network, reach } = this.#options.socket;
    const started = (result: Listener | Failure): void => {
      if (this.#starting !== started) {
        if (!isFailure(result)) result.close();
        return;
      }
      this.#starting = null;
      if (!isFailure(result)) this.#listener = result;
      done(isFailure(result) ? result : null);
    };
    this.#starting = started;
    network.listen({
      at,
      reach,
      listening: started,
      accepted: (connection) => this.#accepted(connection),
    });
  }

  /** Gives up to begin. False where nothing has to be given up. */
  giveUp(): boolean {
    const started = this.#starting;
    started?.(CANCELLED);
    return started !== null;
  }

  /** Takes a connection that is there, or lets the request wait for one. */
  accept(request: AcceptRequest): NTSTATUS {
    const arrived = this.#arrived.shift();
    if (arrived !== undefined) return hand(request, arrived);
    this.#accepts.add(request.irp, request);
    return request.irp.pend();
  }

  /** The accept event was switched on: connections that wait are told of. */
  eventsEnabled(): void {
    queueMicrotask(() => {
      for (let left = this.#arrived.length; left > 0; left--) {
        const waiting = this.#arrived.shift();
        if (waiting !== undefined) this.#deliver(waiting);
      }
    });
  }

  /** Ends who waits, and turns away what has arrived. */
  close(): void {
    this.giveUp();
    this.#listener?.close();
    this.#listener = null;
    this.#accepts.fail(CANCELLED);
    this.inspections.close();
    for (const waiting of this.#arrived.clear()) waiting.shut(() => undefined);
  }

  #accepted(connection: Connection): ConnectionEvents | null {
    const { socket, make } = this.#options;
    if (this.#listener === null && this.#starting === null) return null;
    if (this.#arrived.length + this.inspections.pending >= BACKLOG) return null;
    const common = { connection, options: socket.options };
    if (socket.options.isOn(SO_CONDITIONAL_ACCEPT)) {
      return this.inspections.inspect(connection, (inspected) => make({ ...common, ...inspected }));
    }
    const arrived = make({ ...common, inspectId: null, lost: () => undefined });
    this.#deliver(arrived);
    return arrived.connectionEvents;
  }

  #deliver(arrived: ConnectedSocket): void {
    const request = this.#accepts.shift();
    if (request !== undefined) hand(request, arrived);
    else if (!this.#indicate(arrived)) this.#arrived.push(arrived);
  }

  /** Tells the callback; false where there is none that could be told. */
  #indicate(arrived: ConnectedSocket): boolean {
    const { socket, context, callbacks } = this.#options;
    const { events } = socket;
    const callback = callbacks()?.WskAcceptEvent;
    const { connection } = arrived;
    if (!callback || connection === null || !events.has(WSK_EVENT_ACCEPT)) return false;
    const [local, remote] = [sockaddrOf(connection.local), sockaddrOf(connection.remote)];
    const { callbacks: its } = arrived;
    const status = events.run(WSK_EVENT_ACCEPT, () =>
      callback(context(), 0, local, remote, arrived, its.context, its.dispatch),
    );
    expectResult("WskAcceptEvent", status, [STATUS_SUCCESS, STATUS_REQUEST_NOT_ACCEPTED]);
    if (status !== STATUS_SUCCESS) {
      arrived.shut(() => undefined);
      return true;
    }
    const passedOn = events.mask & CONNECTION_EVENTS;
    if (passedOn === 0 || arrived.connectionEvents === null) return true;
    arrived.events.enable(passedOn);
    arrived.eventsEnabled();
    return true;
  }
}

/** Completes an accept. */
function hand(
  { irp, context, dispatch, local, remote }: AcceptRequest,
  to: ConnectedSocket,
): NTSTATUS {
  to.callbacks.context.value = context;
  to.callbacks.dispatch.value = dispatch;
  const { connection } = to;
  if (connection !== null) {
    // What could be written at the call may be frozen since: then it is accepted all the same.
    attempt(() => writeAddress(local, connection.local));
    attempt(() => writeAddress(remote, connection.remote));
  }
  // Events that are on for good may have something to tell.
  if (to.events.mask !== 0) to.eventsEnabled();
  return irp.complete(STATUS_SUCCESS, handleOf(to));
}
