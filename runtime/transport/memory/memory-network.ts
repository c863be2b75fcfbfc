/**
 * A network in memory: connections and datagrams between any hosts, on a virtual clock, with
 * chance from a seed and faults by call. The same calls and seed make the same wire log.
 */
import type { Failure } from "../../network/failure.js";
import type {
  BindRequest, ConnectRequest, Endpoint, ListenRequest, Network, Port, PortRequest, Reach,
} from "../../network/network.js"; // prettier-ignore
import { connect } from "./connecting.js";
import type { Target } from "./faults.js";
import { listen } from "./listening.js";
import type { MemoryOptions } from "./options.js";
import { bind, bindNow } from "./port.js";
import { requireEndpoint, requireHost, requireTarget, requireTime } from "./targets.js";
import { World } from "./world.js";

/** Makes a network in memory. Throws a RangeError for an option that makes no sense. */
export function memoryNetwork(options: MemoryOptions = {}): MemoryNetwork {
  return new MemoryNetwork(new World(options));
}

/**
 * A network in memory. Any host is there, and refuses where nobody listens; addresses that stand
 * for all hosts become those of the loopback. What faults are said of is an address, as text, or a
 * connection; anything else is a RangeError.
 */
export class MemoryNetwork implements Network {
  readonly name = "memory";
  readonly reaches: readonly Reach[] = ["accepted", "sent", "acked"];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  connect(request: ConnectRequest): () => void {
    return connect(this.#world, request);
  }

  listen(request: ListenRequest): void {
    listen(this.#world, request);
  }

  bind(request: BindRequest): void {
    bind(this.#world, request);
  }

  bindNow(request: PortRequest): Port | Failure {
    return bindNow(this.#world, request);
  }

  /** Virtual milliseconds since the network was made. */
  get now(): number {
    return this.#world.clock.now / 1000;
  }

  /** The wire log, where the option `log` is true. */
  get log(): readonly string[] {
    return this.#world.log.lines;
  }

  /** Runs the next event, time jumping there; false where there is none. */
  step(): boolean {
    return this.#world.clock.step();
  }

  /** Runs all events until there is none. */
  run(): void {
    this.#world.clock.run();
  }

  /** Runs the events of so many milliseconds; then it is that much later. */
  advance(milliseconds: number): void {
    requireTime("advance", milliseconds);
    this.#world.clock.advance(Math.round(milliseconds * 1000));
  }

  /**
   * Holds what a connection sends and receives, or all that an endpoint does, for so many
   * milliseconds, until `resume` where left out. Nothing is lost by that.
   */
  stall(target: Target, milliseconds?: number): void {
    requireTarget("stall", target);
    if (milliseconds !== undefined) requireTime("stall", milliseconds);
    const end = this.#world.faults.stall(target);
    if (milliseconds === undefined) return;
    this.#world.clock.after(Math.round(milliseconds * 1000), () => {
      if (end()) this.#world.release();
    });
  }

  /** Ends a stall. */
  resume(target: Target): void {
    requireTarget("resume", target);
    this.#world.faults.resume(target);
    this.#world.release();
  }

  /**
   * Cuts a connection, or all of an endpoint: what is on the wire is lost, and both sides meet a
   * reset.
   */
  reset(target: Target): void {
    requireTarget("reset", target);
    for (const part of this.#world.parts) part.reset(target);
  }

  /** Lets nothing pass between two hosts: datagrams are lost, connections wait. */
  partition(one: string, other: string): void {
    for (const host of [one, other]) requireHost("partition", host);
    this.#world.faults.part(one, other);
  }

  /** Makes a host one that connects and datagrams fail to reach, and are told so. */
  unreachable(host: string): void {
    requireHost("unreachable", host);
    this.#world.faults.close(host);
  }

  /** Refuses connects to an endpoint, though somebody may listen there. */
  refuse(at: Endpoint): void {
    requireEndpoint("refuse", at);
    this.#world.faults.refuse(at);
  }

  /** Ends all partitions, makes every host reachable, and ends all refusals. Stalls go on. */
  heal(): void {
    this.#world.faults.heal();
    this.#world.release();
  }
}
