/** WSK sockets of a world: the calls of the schema, and the end of a socket. */
import { STATUS_PENDING, STATUS_SUCCESS } from "../generated/index.js";
import type { NTSTATUS, WSK_BUF, WSK_SOCKET } from "../generated/index.js";
import { STATUSES } from "./alternatives.js";
import type { Core } from "./core.js";
import { Endpoint } from "./endpoint.js";
import { Irp } from "./irp.js";
import type { Entry } from "./journal.js";
import type { Calls } from "./names.js";
import { Operation } from "./operation.js";
import type { Sends } from "./sends.js";

/** The functions of a socket: all calls of the schema, so that a wrong table can be tried. */
export interface SocketTable extends Calls {
  WskDisconnect(Socket: WSK_SOCKET, Buffer: WSK_BUF | null, Flags: number, Irp: Irp): NTSTATUS;
  WskCloseSocket(Socket: WSK_SOCKET, Irp: Irp): NTSTATUS;
}

/** A socket. */
export interface Socket extends WSK_SOCKET {
  readonly Dispatch: SocketTable;
}

/** Makes sockets that are ready to send. */
export interface Sockets {
  /** Connected, of category connection. */
  connectionSocket(): Socket;
  /** Connected, of category stream. */
  streamSocket(): Socket;
  /** Bound, of category datagram. */
  datagramSocket(): Socket;
}

type Category = "CONNECTION" | "STREAM" | "DATAGRAM";

/** WSK_FLAG_ABORTIVE. */
const ABORTIVE = 1;

/** The functions, over one core. */
export function socketsOf(core: Core, sends: Sends): Sockets {
  const tables = new Map<Category, SocketTable>();
  const tableOf = (category: Category): SocketTable => {
    const table = tables.get(category) ?? {
      ...sends.through(`WSK_PROVIDER_${category}_DISPATCH`),
      ...new Ending(core, sends).functions,
    };
    tables.set(category, table);
    return table;
  };
  const make = (category: Category): Socket => {
    core.enter();
    const socket = { Dispatch: tableOf(category) };
    const state = {
      category: category.toLowerCase(),
      bound: true,
      connected: category !== "DATAGRAM",
    };
    core.journal.tell(socket, "WSK_SOCKET", { mark: category.length, state: () => state });
    sends.open(socket, new Endpoint(core, "the socket"));
    return socket;
  };
  return {
    connectionSocket: () => make("CONNECTION"),
    streamSocket: () => make("STREAM"),
    datagramSocket: () => make("DATAGRAM"),
  };
}

/** WskDisconnect and WskCloseSocket. */
class Ending {
  readonly #core: Core;
  readonly #sends: Sends;

  constructor(core: Core, sends: Sends) {
    this.#core = core;
    this.#sends = sends;
  }

  get functions(): Pick<SocketTable, "WskDisconnect" | "WskCloseSocket"> {
    return {
      WskDisconnect: (Socket, Buffer, Flags, Irp) => {
        const names = ["Socket", "Buffer", "Flags", "Irp"];
        const isAbortive = (Flags & ABORTIVE) !== 0;
        const of = { name: "WskDisconnect", names, args: [Socket, Buffer, Flags, Irp] };
        return this.#perform(of, isAbortive);
      },
      WskCloseSocket: (Socket, Irp) =>
        this.#perform(
          { name: "WskCloseSocket", names: ["Socket", "Irp"], args: [Socket, Irp] },
          true,
        ),
    };
  }

  /** Ends a socket: what is pending ends first, as it would, or else cancelled. */
  #perform(of: { name: string; names: string[]; args: unknown[] }, isCut: boolean): NTSTATUS {
    const core = this.#core;
    const { journal } = core;
    core.enter();
    core.slot();
    const socket = of.args[0];
    const irp = of.args.at(-1);
    const endpoint = this.#sends.endpointOf(socket);
    if (endpoint === undefined || !(irp instanceof Irp))
      throw new TypeError(`${of.name}: no socket`);
    journal.tell(irp, "IRP", irp);
    const told = { irql: core.depth > 0 ? 2 : 0 };
    const entry = journal.call({ ...of, traced: null, socket: object(socket), told });
    endpoint.concerns(of.name.length);
    if (isCut) endpoint.cancel();
    return this.#end(of.name, entry, { endpoint, irp });
  }

  #end(name: string, entry: Entry, of: { endpoint: Endpoint; irp: Irp }): NTSTATUS {
    const core = this.#core;
    const { endpoint, irp: carrier } = of;
    const before = [...endpoint.pending].filter(({ isOver }) => !isOver);
    const begun = { name, entry, turn: 0, language: STATUSES, length: 0, endpoint: null, carrier };
    const operation = new Operation(core, begun);
    carrier.CurrentLocation -= 1;
    operation.succeeds();
    // Where sends are pending, they end first; then it takes its time as well.
    const isPending = before.length > 0 || core.choose(2) === 1;
    if (isPending) operation.pend(before);
    else operation.happen();
    const code = isPending ? STATUS_PENDING : STATUS_SUCCESS;
    core.journal.returned(entry, code);
    core.slot();
    return code;
  }
}

const object = (socket: unknown): object | null =>
  typeof socket === "object" && socket !== null ? socket : null;
