/** One side of a connection. */
import { CANCELLED, RESET } from "../../network/failure.js";
import type { Failure } from "../../network/failure.js";
import type {
  Connection,
  ConnectionEvents,
  Endpoint,
  Handed,
  Reach,
} from "../../network/network.js";
import { ENDED } from "./failures.js";
import type { Flow, Packet } from "./flow.js";
import { Receiving } from "./receiving.js";
import type { Owner } from "./sending.js";
import { Sending } from "./sending.js";
import type { World } from "./world.js";

/** What a side needs of the connection as a whole. */
export interface Ties {
  /** The direction that this side sends in. */
  readonly flow: Flow;
  readonly reach: Reach;
  /** The other side, once there is one. */
  peer(): Side | undefined;
  /** Everything on the wire is lost, and both sides meet a reset. */
  cut(): void;
  /** This side is done with the connection. */
  letGo(): void;
}

/** One side of a connection in memory. */
export class Side implements Connection, Owner {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  events: ConnectionEvents | null = null;
  readonly #ties: Ties;
  readonly #sending: Sending;
  readonly #receiving: Receiving;
  /** Why nothing can be written any more. */
  #over: Failure | null = null;
  #state: "works" | "closed" | "gone" = "works";

  constructor(world: World, ties: Ties) {
    this.#ties = ties;
    this.local = ties.flow.path.from;
    this.remote = ties.flow.path.to;
    this.#sending = new Sending(world, ties.flow, { owner: this, reach: ties.reach });
    this.#receiving = new Receiving(world.clock, this, (bytes, read) =>
      ties.flow.send({ kind: "ack", bytes, read, isEnd: false }),
    );
  }

  writeOne(chunk: Uint8Array): Handed {
    return this.#over ?? this.#sending.writeOne(chunk);
  }

  write(chunks: readonly Uint8Array[]): Handed {
    return this.#over ?? this.#sending.write(chunks);
  }

  end(): void {
    if (this.#over !== null) return;
    this.#over = ENDED;
    this.#sending.end();
  }

  pause(): void {
    this.#receiving.pause();
  }

  resume(): void {
    this.#receiving.resume();
  }

  /** As the kernel does it: what was accepted is sent, unless something would be lost unseen. */
  close(): void {
    if (this.#state !== "works") return;
    if (this.#receiving.isUnread) {
      this.abort();
      return;
    }
    this.events = null;
    this.#over = CANCELLED;
    this.#state = "closed";
    this.#sending.withdraw();
    this.#sending.end();
    this.#ties.letGo();
  }

  /** What the peer has room for left when it was written: it arrives before the reset. */
  abort(): void {
    if (this.#state !== "works") return;
    this.events = null;
    this.#sending.cutOff();
    this.#leave(CANCELLED);
    this.#ties.flow.send({ kind: "reset" });
  }

  /** Begins to tell, unless it is over already; null turns the connection away. */
  begin(events: ConnectionEvents | null): void {
    if (events === null) this.abort();
    else if (this.#state === "works") this.events = events;
  }

  give(failure: Failure): void {
    this.#ties.flow.send({ kind: "reset" });
    this.#lose(failure);
  }

  cut(): void {
    this.#ties.cut();
  }

  /** Sends nothing more, though nothing was told yet. */
  stop(): void {
    this.#sending.stop();
  }

  /** Takes what arrives from the peer. */
  arrive(packet: Packet): void {
    if (this.#state === "gone") return;
    if (packet.kind === "data") this.#data(packet.bytes);
    else if (packet.kind === "ack") this.#sending.acked(packet);
    else if (packet.kind === "reset") this.#lose(RESET);
    else if (packet.kind === "end") {
      this.#ties.flow.send({ kind: "ack", bytes: 0, read: 0, isEnd: true });
      this.#receiving.ended();
    }
  }

  /** The bytes of a segment that has arrived at the peer. */
  take(bytes: number): Uint8Array {
    return this.#sending.arrive(bytes);
  }

  #data(bytes: number): void {
    const peer = this.#ties.peer();
    if (this.#state === "works" && peer !== undefined) this.#receiving.arrived(peer.take(bytes));
    else {
      // Nobody will read it, and the peer has to know.
      this.#leave(CANCELLED);
      this.#ties.flow.send({ kind: "reset" });
    }
  }

  #lose(failure: Failure): void {
    const { events } = this;
    this.#leave(failure);
    events?.failed(failure);
  }

  #leave(failure: Failure): void {
    this.events = null;
    this.#over = failure;
    this.#state = "gone";
    this.#sending.stop();
    this.#receiving.stop();
    this.#ties.letGo();
  }
}
