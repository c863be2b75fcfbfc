/** The sending half of a connection: what was written, and how far it has come. */
import type { Failure } from "../../network/failure.js";
import { FAULT } from "../../network/failure.js";
import type { ConnectionEvents, Reach } from "../../network/network.js";
import { DONE, FULL, TAKEN } from "../../network/network.js";
import { Backlog } from "./backlog.js";
import type { Flow } from "./flow.js";
import { Ring } from "./ring.js";
import type { World } from "./world.js";

/** Whoever the halves of a connection belong to. */
export interface Owner {
  /** Null where nothing is told any more. */
  readonly events: ConnectionEvents | null;
  /** The connection is lost, and the peer is to know. */
  give(failure: Failure): void;
  /** A segment met a reset on its way. */
  cut(): void;
}

/** What became of bytes that were written to a connection that works. */
export type Written = typeof DONE | typeof TAKEN | typeof FULL;

/** The sending half. Bytes stay in the ring until the peer has acknowledged them. */
export class Sending {
  readonly #world: World;
  readonly #flow: Flow;
  readonly #owner: Owner;
  readonly #reach: Reach;
  readonly #ring: Ring;
  readonly #backlog = new Backlog();
  /** What a write answers whose bytes all fit in. */
  readonly #answer: typeof DONE | typeof TAKEN;
  #inFlight = 0;
  #arrived = 0;
  #credit: number;
  /** Accepted of writes that were not done at once, and not told of. */
  #untold = 0;
  #isFull = false;
  #isScheduled = false;
  #isStopped = false;
  #end: "open" | "asked" | "sent" | "acked" = "open";
  #isEndTold = false;

  constructor(world: World, flow: Flow, { owner, reach }: { owner: Owner; reach: Reach }) {
    this.#world = world;
    this.#flow = flow;
    this.#owner = owner;
    this.#reach = reach;
    this.#answer = reach === "accepted" ? DONE : TAKEN;
    this.#ring = new Ring(world.settings.capacity);
    this.#credit = world.settings.window;
  }

  /** True after `end`. */
  get isEnding(): boolean {
    return this.#end !== "open";
  }

  writeOne(chunk: Uint8Array): Written {
    const { length } = chunk;
    if (length > this.#ring.room || this.#isFull) return this.#await([chunk]);
    if (length === 0) return DONE;
    this.#ring.put(chunk);
    if (!this.#isScheduled) this.#schedule();
    return this.#answer;
  }

  write(chunks: readonly Uint8Array[]): Written {
    let bytes = 0;
    for (const chunk of chunks) bytes += chunk.length;
    if (bytes > this.#ring.room || this.#isFull) return this.#await(chunks);
    if (bytes === 0) return DONE;
    for (const chunk of chunks) this.#ring.put(chunk);
    this.#schedule();
    return this.#answer;
  }

  end(): void {
    if (this.#end === "open") this.#end = "asked";
    this.#schedule();
  }

  /** Lets go of memory of the caller that is waiting to be read. */
  withdraw(): void {
    this.#backlog.clear();
  }

  /** Puts on the wire what the peer has room for, without an end, and stops. */
  cutOff(): void {
    this.withdraw();
    this.#transmit();
    this.stop();
  }

  /** Sends and tells nothing more. What is on the wire may still arrive. */
  stop(): void {
    this.#isStopped = true;
    this.#backlog.clear();
  }

  /** The next bytes on the wire have arrived: a copy of them, for the receiver. */
  arrive(bytes: number): Uint8Array {
    const data = this.#ring.copy(this.#arrived, bytes);
    this.#arrived += bytes;
    return data;
  }

  /** The peer has told what it has, and what it has read. */
  acked({ bytes, read, isEnd }: { bytes: number; read: number; isEnd: boolean }): void {
    if (this.#isStopped) return;
    this.#ring.drop(bytes);
    this.#inFlight -= bytes;
    this.#arrived -= bytes;
    this.#credit += read;
    if (isEnd) this.#end = "acked";
    if (!this.#fill()) return;
    this.#schedule();
    this.#tell(this.#reach === "acked" ? bytes : 0);
  }

  #await(chunks: readonly Uint8Array[]): Written {
    for (const chunk of chunks) this.#backlog.push(chunk);
    this.#isFull = true;
    this.#fill();
    this.#schedule();
    return FULL;
  }

  /** Copies what waits as far as there is room; false where its memory is gone. */
  #fill(): boolean {
    while (this.#backlog.length > 0 && this.#ring.room > 0) {
      const chunk = this.#backlog.take(this.#ring.room);
      if (chunk === null) {
        this.#owner.give(FAULT);
        return false;
      }
      this.#ring.put(chunk);
      this.#untold += chunk.length;
    }
    return true;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#world.clock.after(0, this.#flush);
  }

  readonly #flush = (): void => {
    this.#isScheduled = false;
    if (this.#isStopped) return;
    const sent = this.#transmit();
    const isAllSent = this.#backlog.length === 0 && this.#ring.used === this.#inFlight;
    if (this.#end === "asked" && isAllSent && !this.#isStopped) {
      this.#end = "sent";
      this.#flow.send({ kind: "end" });
    }
    this.#tell(this.#reach === "sent" ? sent : 0);
  };

  /** Puts on the wire what the peer has room for. */
  #transmit(): number {
    const { random, settings } = this.#world;
    let sent = 0;
    for (;;) {
      const bytes = Math.min(this.#ring.used - this.#inFlight, this.#credit, settings.segment);
      if (bytes <= 0) break;
      if (random.happens(settings.reset)) {
        this.#owner.cut();
        return sent;
      }
      this.#inFlight += bytes;
      this.#credit -= bytes;
      sent += bytes;
      this.#flow.send({ kind: "data", bytes });
    }
    return sent;
  }

  #tell(bytes: number): void {
    const reached = this.#reach === "accepted" ? this.#untold : bytes;
    this.#untold = 0;
    if (reached > 0) this.#owner.events?.reached(reached);
    if (this.#isFull && this.#backlog.length === 0 && this.#ring.room > 0) {
      this.#isFull = false;
      this.#owner.events?.writable();
    }
    if (this.isEnding && !this.#isEndTold && this.#isEndThere()) {
      this.#isEndTold = true;
      this.#owner.events?.endSent();
    }
  }

  #isEndThere(): boolean {
    if (this.#reach === "accepted") return this.#backlog.length === 0;
    return this.#end === "acked" || (this.#reach === "sent" && this.#end === "sent");
  }
}
