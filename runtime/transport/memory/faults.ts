/** What is wrong with the network at the moment. */
import type { Connection, Endpoint } from "../../network/network.js";
import { textOf } from "./log.js";

/** From where to where. */
export interface Path {
  readonly from: Endpoint;
  readonly to: Endpoint;
}

/** Whose traffic a fault is about: of one connection, or all to and from an endpoint. */
export type Target = Connection | Endpoint;

const keyOf = (target: Target): object | string => ("write" in target ? target : textOf(target));
const pairOf = (one: string, other: string): string =>
  one < other ? `${one} ${other}` : `${other} ${one}`;

/** The faults that are on. */
export class Faults {
  readonly #stalled = new Map<object | string, object>();
  readonly #parted = new Set<string>();
  readonly #unreachable = new Set<string>();
  readonly #refusing = new Set<string>();

  /** Stalls a target; answers what ends just this stall. */
  stall(target: Target): () => boolean {
    const key = keyOf(target);
    const token = {};
    this.#stalled.set(key, token);
    return () => this.#stalled.get(key) === token && this.#stalled.delete(key);
  }

  resume(target: Target): void {
    this.#stalled.delete(keyOf(target));
  }

  part(one: string, other: string): void {
    this.#parted.add(pairOf(one, other));
  }

  close(host: string): void {
    this.#unreachable.add(host);
  }

  refuse(at: Endpoint): void {
    this.#refusing.add(textOf(at));
  }

  /** Ends what is wrong between hosts and at listeners; stalls go on. */
  heal(): void {
    this.#parted.clear();
    this.#unreachable.clear();
    this.#refusing.clear();
  }

  isStalled(target: Target): boolean {
    return this.#stalled.size > 0 && this.#stalled.has(keyOf(target));
  }

  isParted({ from, to }: Path): boolean {
    return this.#parted.size > 0 && this.#parted.has(pairOf(from.host, to.host));
  }

  isUnreachable(host: string): boolean {
    return this.#unreachable.has(host);
  }

  isRefused(at: Endpoint): boolean {
    return this.#refusing.has(textOf(at));
  }

  /** True where what goes this way has to wait. */
  holds(path: Path): boolean {
    return this.isStalled(path.from) || this.isStalled(path.to);
  }
}
