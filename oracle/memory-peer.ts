/** The other end of a case on a network in memory, with the same habits as the one of `peer.ts`. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Network } from "../runtime/index.js";
import type { OtherEnd } from "./peer.js";
import type { Answer, Command } from "./vocabulary.js";
import { numberOf } from "./vocabulary.js";

const STREAMS = 4000;
const DATAGRAMS = 4001;
const CLOSED = 1;
/** How many turns of the event loop let whatever is under way arrive: each is an instant. */
const TURNS = 30;
/** How long a peer waits for a connection, in ms. */
const PATIENCE = 500;
/** After so many ms without a byte nothing more is expected. */
const IDLE = 50;

type Connection = Parameters<Parameters<Network["listen"]>[0]["accepted"]>[0];
type Events = NonNullable<ReturnType<Parameters<Network["listen"]>[0]["accepted"]>>;

/** Waits until what is under way in memory has arrived; over loopback it has, at the next call. */
export async function arrived(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((next) => setImmediate(next));
}

/** A peer in memory. */
export class MemoryPeer implements OtherEnd {
  readonly #network: Network;
  readonly #connections: Connection[] = [];
  readonly #sizes: number[] = [];
  readonly #hash = createHash("sha256");
  #bytes = 0;
  #end = "open";
  #isReading = false;

  constructor(network: Network) {
    this.#network = network;
  }

  async start(): Promise<void> {
    for (const host of ["0.0.0.0", "::"]) {
      this.#network.listen({
        at: { host, port: STREAMS },
        reach: "accepted",
        listening: () => undefined,
        accepted: (connection) => this.#accept(connection),
      });
      this.#network.bind({
        at: { host, port: DATAGRAMS },
        events: {
          received: (data) => {
            this.#sizes.push(data.length);
            this.#take(data);
          },
          bounced: () => undefined,
        },
        bound: () => undefined,
      });
    }
    await arrived();
  }

  port(to: string): number {
    if (to === "closed") return CLOSED;
    return to === "datagrams" ? DATAGRAMS : STREAMS;
  }

  async run(command: Command): Promise<Answer> {
    const [act = ""] = [...command.options.keys()];
    if (act === "has") return this.#has(numberOf(command, "has", 0));
    for (let waited = 0; waited < PATIENCE && this.#connections.length === 0; waited += 5)
      await sleep(5);
    const [connection] = this.#connections;
    if (connection === undefined) return { peer: "nobody connected" };
    const word = command.options.get(act);
    if (word === "reads") connection.resume();
    else if (word === "resets") connection.abort();
    else if (word === "ends") connection.end();
    else if (word === "talks") connection.writeOne(new Uint8Array(5));
    else if (word === "closes") connection.close();
    else throw new Error(`a peer cannot ${String(word)}`);
    await arrived();
    return {};
  }

  stop(): void {
    for (const connection of this.#connections) connection.abort();
  }

  #accept(connection: Connection): Events {
    // It may be accepted later than it is asked for what it has.
    if (!this.#isReading) connection.pause();
    this.#connections.push(connection);
    return {
      reached: () => undefined,
      writable: () => undefined,
      endSent: () => undefined,
      received: (data) => this.#take(data),
      ended: () => {
        this.#end = "ended";
      },
      failed: () => {
        this.#end = "reset";
      },
    };
  }

  #take(data: Uint8Array): void {
    this.#hash.update(data);
    this.#bytes += data.length;
  }

  /** Waits until so many bytes are there, and a little longer for what should not come. */
  async #has(wanted: number): Promise<Answer> {
    this.#isReading = true;
    this.#connections[0]?.resume();
    for (let idle = 0, bytes = 0; idle < IDLE && this.#bytes < wanted; idle += 5) {
      await sleep(5);
      if (bytes !== this.#bytes) [idle, bytes] = [0, this.#bytes];
    }
    await arrived();
    const digest = this.#hash.copy().digest("hex").slice(0, 8);
    const datagrams = this.#sizes.length === 0 ? {} : { datagrams: this.#sizes.join("+") };
    return { bytes: String(this.#bytes), digest, ...datagrams, connection: this.#end };
  }
}
