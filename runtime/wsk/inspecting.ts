/** Conditional accept mode: the client looks at a connection before it comes in. */
import { STATUS_SUCCESS } from "../../generated/index.js";
import type { Connection, ConnectionEvents } from "../network/network.js";
import { sockaddrOf } from "./addresses.js";
import type {
  WSK_CLIENT_LISTEN_DISPATCH, WSK_INSPECT_ACTION, WSK_INSPECT_ID,
} from "./client-dispatch.js"; // prettier-ignore
import { WskInspectAccept, WskInspectPend, WskInspectReject } from "./client-dispatch.js";
import type { Accepted, ConnectedSocket } from "./connected-socket.js";
import { expectResult } from "./connection-side.js";
import type { EventSwitches } from "./events.js";

/** What it needs of its socket. */
export interface InspectOptions {
  readonly events: EventSwitches;
  readonly context: () => unknown;
  readonly callbacks: () => WSK_CLIENT_LISTEN_DISPATCH | null;
  /** A connection has passed. */
  readonly arrived: (socket: ConnectedSocket) => void;
}

type Make = (inspected: Pick<Accepted, "inspectId" | "lost">) => ConnectedSocket;

// Not events that a client switches: they are on with the mode.
const INSPECT = 0x1_0000;
const ABORT = 0x2_0000;

let keys = 0;

/** The inspections of a listening socket. */
export class Inspections {
  readonly #options: InspectOptions;
  readonly #pending = new Map<number, ConnectedSocket>();
  readonly #key = ++keys;
  #serial = 0;
  #isClosed = false;

  constructor(options: InspectOptions) {
    this.#options = options;
  }

  /** How many are pending. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Asks the callback about a connection; null where that is turned away. */
  inspect(connection: Connection, make: Make): ConnectionEvents | null {
    const { events, context, callbacks, arrived } = this.#options;
    const callback = callbacks()?.WskInspectEvent;
    if (!callback) return null;
    const id = { Key: this.#key, SerialNumber: ++this.#serial };
    const { local, remote } = connection;
    const action = events.run(INSPECT, () =>
      callback(context(), sockaddrOf(local), sockaddrOf(remote), { ...id }),
    );
    expectResult("WskInspectEvent", action, [WskInspectReject, WskInspectAccept, WskInspectPend]);
    // The callback may have closed the listening socket: then nobody would ever end the connection.
    if (this.#isClosed) return null;
    if (action !== WskInspectAccept && action !== WskInspectPend) return null;
    const socket = make({ inspectId: id, lost: () => this.#aborted(id) });
    if (action === WskInspectPend) this.#pending.set(id.SerialNumber, socket);
    else arrived(socket);
    return socket.connectionEvents;
  }

  /** Ends an inspection. False for a request that there never was. */
  complete({ Key, SerialNumber }: WSK_INSPECT_ID, action: WSK_INSPECT_ACTION): boolean {
    if (Key !== this.#key || !(SerialNumber > 0 && SerialNumber <= this.#serial)) return false;
    const socket = this.#pending.get(SerialNumber);
    this.#pending.delete(SerialNumber);
    // One that has been aborted meanwhile stays gone.
    if (socket === undefined) return true;
    if (action === WskInspectAccept) this.#options.arrived(socket);
    else socket.shut(() => undefined);
    return true;
  }

  /** Turns away what is being inspected. */
  close(): void {
    this.#isClosed = true;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const socket of pending) socket.shut(() => undefined);
  }

  #aborted(id: WSK_INSPECT_ID): void {
    const socket = this.#pending.get(id.SerialNumber);
    if (socket === undefined) return;
    this.#pending.delete(id.SerialNumber);
    socket.shut(() => undefined);
    const { events, context, callbacks } = this.#options;
    const callback = callbacks()?.WskAbortEvent;
    if (!callback) return;
    const status = events.run(ABORT, () => callback(context(), { ...id }));
    expectResult("WskAbortEvent", status, [STATUS_SUCCESS]);
  }
}
