/** Datagrams: ports, and what happens to a datagram on its way. */
import { CANCELLED, FAULT } from "../../network/failure.js";
import type { Failure } from "../../network/failure.js";
import type {
  BindRequest, Datagram, Endpoint, Port, PortEvents, PortRequest,
  Waiting,
} from "../../network/network.js"; // prettier-ignore
import { Fifo } from "../../fifo.js";
import { isBroadcast, longestDatagram } from "../../network/addresses.js";
import { DONE, isFailure, TAKEN } from "../../network/network.js";
import { hostOf, wrongWith } from "./addresses.js";
import { NO_BROADCAST, TOO_LONG } from "./failures.js";
import { carry } from "./carrying.js";
import type { Arrival, Inbox, Part, World } from "./world.js";

/** Binds a port. The address is taken at once, and told later. */
export function bind(world: World, request: BindRequest): void {
  const port = new MemoryPort(world, request);
  const local = world.datagrams.claim(request.at, port);
  world.clock.after(0, () => request.bound(isFailure(local) ? local : port.begin(local)));
}

/** The same, told at once. */
export function bindNow(world: World, request: PortRequest): Port | Failure {
  const port = new MemoryPort(world, request);
  const local = world.datagrams.claim(request.at, port);
  return isFailure(local) ? local : port.begin(local);
}

/** A datagram that waits at its sender. */
interface Waiter {
  readonly datagram: Datagram;
  readonly bytes: number;
  /** Null where it was copied, and is done for whoever has sent it. */
  readonly waiting: Waiting | null;
}

const bytesOf = (chunks: readonly Uint8Array[]): number =>
  chunks.reduce((sum, chunk) => sum + chunk.length, 0);

/** All chunks in one piece of memory of its own. */
function copyOf(chunks: readonly Uint8Array[]): Uint8Array {
  const copy = new Uint8Array(bytesOf(chunks));
  let at = 0;
  for (const chunk of chunks) {
    copy.set(chunk, at);
    at += chunk.length;
  }
  return copy;
}

class MemoryPort implements Port, Inbox, Part {
  readonly carriesControl = true;
  readonly maxDatagram: number;
  readonly #world: World;
  #allowsBroadcast: boolean;
  #local: Endpoint;
  #events: PortEvents | null;
  readonly #queue = new Fifo<Waiter>();
  #buffered = 0;
  #unread: Arrival[] = [];
  #unreadBytes = 0;
  /** Nothing is told before it was told that the port is bound. */
  #isPaused = true;

  constructor(world: World, request: PortRequest) {
    this.#world = world;
    this.#local = request.at;
    this.#events = request.events;
    this.#allowsBroadcast = request.broadcast === true;
    this.maxDatagram = world.settings.maxDatagram ?? longestDatagram(request.at.host);
  }

  get local(): Endpoint {
    return this.#local;
  }

  begin(local: Endpoint): this {
    this.#local = local;
    this.#world.parts.add(this);
    this.resume();
    return this;
  }

  send(datagram: Datagram, waiting: Waiting): typeof DONE | typeof TAKEN | Failure {
    const bytes = bytesOf(datagram.chunks);
    const refusal = this.#refusal(datagram, bytes);
    if (refusal !== null) return refusal;
    if (this.#queue.length > 0 || this.#world.faults.isStalled(this.#local))
      return this.#queued({ datagram, bytes, waiting });
    this.#carry(datagram);
    return DONE;
  }

  setBroadcast(isAllowed: boolean): void {
    this.#allowsBroadcast = isAllowed;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#world.clock.after(0, () => this.#deliver());
  }

  /** What was copied is done for whoever has sent it, and leaves as soon as it may. */
  close(done: () => void): void {
    const { clock, datagrams } = this.#world;
    this.#events = null;
    datagrams.release(this.#local);
    for (const waiter of this.#queue.clear()) {
      const { waiting } = waiter;
      if (waiting === null) this.#queue.push(waiter);
      else clock.after(0, () => waiting.settle(CANCELLED));
    }
    this.#leaveWorld();
    clock.after(0, done);
  }

  arrived(arrival: Arrival): void {
    if (!this.#isPaused && this.#unread.length === 0) {
      this.#events?.received(arrival.data, arrival.from, arrival.control);
      return;
    }
    const { log, settings } = this.#world;
    const bytes = arrival.data.length;
    if (this.#unreadBytes + bytes > settings.window) {
      log.write("x", { from: arrival.from, to: this.#local }, `datagram of ${bytes} bytes`);
      return;
    }
    this.#unreadBytes += bytes;
    this.#unread.push(arrival);
  }

  bounced(failure: Failure): void {
    this.#events?.bounced(failure);
  }

  release(): void {
    while (!this.#world.faults.isStalled(this.#local)) {
      const first = this.#queue.shift();
      if (first === undefined) break;
      this.#leave(first);
    }
    this.#leaveWorld();
  }

  #leaveWorld(): void {
    if (this.#events === null && this.#queue.length === 0) this.#world.parts.delete(this);
  }

  reset(): void {
    // There is no connection to cut.
  }

  #refusal({ to }: Datagram, bytes: number): Failure | null {
    if (this.#events === null) return CANCELLED;
    const wrong = wrongWith(to, this.#local.host);
    if (wrong !== null) return wrong;
    if (isBroadcast(to.host) && !this.#allowsBroadcast) return NO_BROADCAST;
    return bytes > this.maxDatagram ? TOO_LONG : null;
  }

  /** The send buffer takes a copy while it has room; what comes then stays where it is. */
  #queued({ datagram, bytes, waiting }: Waiter): typeof DONE | typeof TAKEN {
    if (this.#buffered + bytes <= this.#world.settings.capacity) {
      this.#buffered += bytes;
      const control = datagram.control?.slice() ?? null;
      const copy = { chunks: [copyOf(datagram.chunks)], to: datagram.to, control };
      this.#queue.push({ datagram: copy, bytes, waiting: null });
      return DONE;
    }
    const { chunks, to, control } = datagram;
    const kept = { chunks: [...chunks], to: { ...to }, control };
    this.#queue.push({ datagram: kept, bytes, waiting });
    return TAKEN;
  }

  #leave({ datagram, bytes, waiting }: Waiter): void {
    const isWhole = bytesOf(datagram.chunks) === bytes;
    if (waiting === null) this.#buffered -= bytes;
    if (isWhole) this.#carry(datagram);
    waiting?.settle(isWhole ? null : FAULT);
  }

  #carry({ chunks, to, control }: Datagram): void {
    const from = { host: hostOf(this.#local.host), port: this.#local.port };
    carry(this.#world, {
      arrival: { data: copyOf(chunks), from, control: control?.slice() ?? null },
      to: { host: to.host, port: to.port },
      sender: this,
    });
  }

  #deliver(): void {
    if (this.#isPaused) return;
    const arrival = this.#unread.shift();
    if (arrival === undefined) return;
    this.#unreadBytes -= arrival.data.length;
    this.#world.clock.after(0, () => this.#deliver());
    this.#events?.received(arrival.data, arrival.from, arrival.control);
  }
}
