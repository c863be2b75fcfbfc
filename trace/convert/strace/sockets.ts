/** Which descriptor is which socket, in every process of a recording. */
import type { EventOf } from "../../format.js";

/** Facts of a socket that the recording has shown; what is left out is not known. */
export interface SocketState {
  readonly known?: boolean;
  readonly bound?: boolean;
  readonly connected?: boolean;
  readonly "shut-down"?: boolean;
  readonly closed?: boolean;
  readonly "connection-oriented"?: boolean;
  readonly "address-family"?: number;
}

/** A socket; descriptors of several processes may stand for the same one. */
export class Socket {
  /** A nonblocking connect is under way. */
  isConnecting = false;
  #state: SocketState = {};
  #holders = 0;
  readonly ref: string;
  /** Of a family that the contracts are not about. */
  readonly isForeign: boolean;

  constructor(ref: string, isForeign = false) {
    this.ref = ref;
    this.isForeign = isForeign;
  }

  get state(): SocketState {
    return this.#state;
  }

  /** Learns facts; the event tells those that are new, and is undefined where none is. */
  learn(facts: SocketState): EventOf<"object"> | undefined {
    const now = new Map<string, unknown>(Object.entries(this.#state));
    const fresh = Object.entries(facts).filter(([name, value]) => now.get(name) !== value);
    if (fresh.length === 0) return undefined;
    this.#state = { ...this.#state, ...facts };
    return { event: "object", ref: this.ref, type: "SOCKET", state: Object.fromEntries(fresh) };
  }

  hold(): void {
    this.#holders++;
  }

  /** True where that was the last descriptor of it. */
  release(): boolean {
    this.#holders--;
    return this.#holders === 0;
  }
}

/** The descriptors of a process; its threads share them. */
interface Table {
  readonly open: Map<number, Socket>;
  /** What a closed descriptor was last. */
  readonly gone: Map<number, Socket>;
  threads: number;
}

/** All tables. A process that nobody saw beginning starts with an empty one. */
export class Descriptors {
  readonly #tables = new Map<number, Table>();
  readonly #names = new Map<number, number>();
  /** Calls of clone that have not returned, so that a child is known that runs before. */
  readonly #cloning: { readonly parent: number; readonly shares: boolean }[] = [];

  /** A new socket for a descriptor that has just been given out. */
  open(pid: number, fd: number): Socket {
    const socket = new Socket(this.#nameOf(fd));
    this.put(pid, fd, socket);
    return socket;
  }

  /** A descriptor of something that is passed by. */
  openForeign(pid: number, fd: number): void {
    this.put(pid, fd, new Socket("", true));
  }

  /** A descriptor that is no open one, or no socket. */
  stray(pid: number, fd: number): Socket {
    const { gone } = this.#tableOf(pid);
    const socket = gone.get(fd) ?? new Socket(this.#nameOf(fd));
    gone.set(fd, socket);
    return socket;
  }

  #nameOf(fd: number): string {
    const count = (this.#names.get(fd) ?? 0) + 1;
    this.#names.set(fd, count);
    return count === 1 ? `fd${fd}` : `fd${fd}#${count}`;
  }

  /** Lets a descriptor stand for a socket; answers the socket that this has closed. */
  put(pid: number, fd: number, socket: Socket): Socket | undefined {
    socket.hold();
    const closed = this.close(pid, fd);
    this.#tableOf(pid).open.set(fd, socket);
    return closed;
  }

  /** The socket of a descriptor. */
  get(pid: number, fd: number): Socket | undefined {
    return this.#tableOf(pid).open.get(fd);
  }

  /** Closes a descriptor; answers its socket where nobody else has it. */
  close(pid: number, fd: number): Socket | undefined {
    const { open, gone } = this.#tableOf(pid);
    const socket = open.get(fd);
    if (socket === undefined) return undefined;
    open.delete(fd);
    gone.set(fd, socket);
    return socket.release() ? socket : undefined;
  }

  /** A call of clone or fork has begun and not returned. */
  cloning(parent: number, shares: boolean): void {
    this.#cloning.push({ parent, shares });
  }

  /** A call of clone or fork has returned the child. */
  cloned(parent: number, child: number, shares: boolean): void {
    const begun = this.#cloning.findIndex((clone) => clone.parent === parent);
    if (begun !== -1) this.#cloning.splice(begun, 1);
    if (!this.#tables.has(child)) this.#inherit(parent, child, shares);
  }

  /** A thread or process has ended; answers the sockets that this has closed. */
  exit(pid: number): Socket[] {
    const table = this.#tables.get(pid);
    if (table === undefined) return [];
    this.#tables.delete(pid);
    table.threads--;
    if (table.threads > 0) return [];
    return [...table.open.values()].filter((socket) => socket.release());
  }

  #tableOf(pid: number): Table {
    const table = this.#tables.get(pid);
    if (table !== undefined) return table;
    const clone = this.#cloning.shift();
    if (clone !== undefined) return this.#inherit(clone.parent, pid, clone.shares);
    const fresh = { open: new Map(), gone: new Map(), threads: 1 };
    this.#tables.set(pid, fresh);
    return fresh;
  }

  #inherit(parent: number, child: number, shares: boolean): Table {
    const of = this.#tableOf(parent);
    const table = shares
      ? of
      : { open: new Map(of.open), gone: new Map<number, Socket>(), threads: 0 };
    if (!shares) for (const socket of table.open.values()) socket.hold();
    table.threads++;
    this.#tables.set(child, table);
    return table;
  }
}
