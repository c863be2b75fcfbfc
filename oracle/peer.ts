/** The other end of a case: a TCP server and a UDP socket that the steps tell what to do. */
import { createHash } from "node:crypto";
import type { Socket as UdpSocket } from "node:dgram";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Server, Socket } from "node:net";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Command } from "./vocabulary.js";
import { numberOf } from "./vocabulary.js";

/** How long a peer waits for a connection, in ms. */
const PATIENCE = 2_000;

/** After so many ms without a byte nothing more is expected. */
const IDLE = 250;

/** A port of loopback at which nobody listens. */
const CLOSED = 1;

/** How long what a peer does takes to be noticed at the other end of loopback, in ms. */
const LATENCY = 40;

/** The other end of a case, on whatever network. */
export interface OtherEnd {
  /** Starts listening. */
  start(): Promise<void>;
  /** The port that a step means by `to=`. */
  port(to: string): number;
  /** Does what a step says, and tells what has arrived where it asks. */
  run(command: Command): Promise<Answer>;
  /** Ends everything. */
  stop(): void;
}

/** A peer. It reads nothing until it is told to, and does not answer an end by an end. */
export class Peer implements OtherEnd {
  readonly #server: Server = createServer({ pauseOnConnect: true, allowHalfOpen: true });
  readonly #udp: UdpSocket = createSocket({ type: "udp6", ipv6Only: false });
  readonly #connections: Socket[] = [];
  readonly #sizes: number[] = [];
  #hash = createHash("sha256");
  #bytes = 0;
  #end = "open";
  #isStopped = false;

  /** Starts listening. */
  async start(): Promise<void> {
    this.#server.on("connection", (connection) => this.#accept(connection));
    this.#server.listen(0, "::");
    this.#udp.bind(0, "::");
    this.#udp.on("message", (data) => {
      this.#sizes.push(data.length);
      this.#take(data);
    });
    await Promise.all([once(this.#server, "listening"), once(this.#udp, "listening")]);
  }

  /** The port that a step means by `to=`. */
  port(to: string): number {
    if (to === "closed") return CLOSED;
    if (to === "datagrams") return this.#udp.address().port;
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** Does what a step says, and tells what has arrived where it asks. */
  async run(command: Command): Promise<Answer> {
    const act = [...command.options.keys()][0] ?? "";
    if (act === "has") return this.#has(numberOf(command, "has", 0));
    const [connection] = await this.#accepted();
    if (connection === undefined) return { peer: "nobody connected" };
    const word = command.options.get(act);
    if (word === "reads") connection.resume();
    else if (word === "resets") connection.resetAndDestroy();
    else if (word === "ends") connection.end();
    else if (word === "talks") connection.write(Buffer.alloc(5));
    else if (word === "closes") connection.destroy();
    else throw new Error(`a peer cannot ${String(word)}`);
    await sleep(LATENCY);
    return {};
  }

  /** Ends everything. */
  stop(): void {
    this.#isStopped = true;
    for (const connection of this.#connections) connection.destroy();
    this.#server.close();
    this.#udp.close();
  }

  #accept(connection: Socket): void {
    // A case may be over before its connection is accepted.
    if (this.#isStopped) connection.destroy();
    connection.on("data", (data) => this.#take(data));
    connection.on("end", () => (this.#end = "ended"));
    connection.on("error", () => (this.#end = "reset"));
    this.#connections.push(connection);
  }

  #take(data: Buffer): void {
    this.#hash.update(data);
    this.#bytes += data.length;
  }

  async #accepted(): Promise<readonly Socket[]> {
    for (let waited = 0; waited < PATIENCE && this.#connections.length === 0; waited += 5)
      await sleep(5);
    return this.#connections;
  }

  /** Waits until so many bytes are there, and a little longer for what should not come. */
  async #has(wanted: number): Promise<Answer> {
    this.#connections[0]?.resume();
    for (let idle = 0, bytes = 0; idle < IDLE && this.#bytes < wanted; idle += 5) {
      await sleep(5);
      if (bytes !== this.#bytes) [idle, bytes] = [0, this.#bytes];
    }
    await sleep(LATENCY);
    const digest = this.#hash.copy().digest("hex").slice(0, 8);
    const datagrams = this.#sizes.length === 0 ? {} : { datagrams: this.#sizes.join("+") };
    return { bytes: String(this.#bytes), digest, ...datagrams, connection: this.#end };
  }
}
