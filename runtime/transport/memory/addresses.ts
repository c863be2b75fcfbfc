/** Who has which address. Any host is there; the ports of a host are given out in order. */
import { isIP } from "node:net";
import type { Failure } from "../../network/failure.js";
import type { Endpoint } from "../../network/network.js";
import { BAD_ADDRESS, IN_USE, NO_ADDRESS } from "./failures.js";

const FIRST_PORT = 49_152;
const LAST_PORT = 65_535;

/** The address that reaches everybody, where it is allowed. */
export const BROADCAST = "255.255.255.255";

/** True for an address that stands for every host of its family. */
export function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

/** The address itself, or the loopback address of its family where it stands for any. */
export function hostOf(host: string): string {
  if (!isWildcard(host)) return host;
  return host === "::" ? "::1" : "127.0.0.1";
}

/** What is wrong with a place to send to, seen from a host; null where nothing is. */
export function wrongWith(to: Endpoint, from: string): Failure | null {
  const family = isIP(to.host);
  if (family === 0 || family !== isIP(from)) return BAD_ADDRESS;
  const isPort = Number.isInteger(to.port) && to.port > 0 && to.port <= LAST_PORT;
  return isPort && !isWildcard(to.host) ? null : NO_ADDRESS;
}

interface Claim<T> {
  readonly at: Endpoint;
  readonly owner: T;
}

/** The addresses of one protocol. */
export class AddressBook<T> {
  readonly #claims = new Map<number, Claim<T>[]>();
  #next = FIRST_PORT;

  /** Gives an address to an owner; port 0 asks for any. Answers the address, or why not. */
  claim({ host, port }: Endpoint, owner: T): Endpoint | Failure {
    if (isIP(host) === 0) return BAD_ADDRESS;
    const free = port === 0 ? this.#free(host) : port;
    if (free === null || !this.#isFree(host, free)) return IN_USE;
    const at = { host, port: free };
    const claims = this.#claims.get(free);
    if (claims === undefined) this.#claims.set(free, [{ at, owner }]);
    else claims.push({ at, owner });
    return at;
  }

  /** Who has an address, by itself or by an address for all hosts. */
  find(to: Endpoint): T | undefined {
    return this.#claims.get(to.port)?.find(({ at }) => isSame(at.host, to.host))?.owner;
  }

  /** All owners of a port of IPv4, in the order of their claims. */
  owners(port: number): T[] {
    const claims = this.#claims.get(port) ?? [];
    return claims.filter(({ at }) => isIP(at.host) === 4).map(({ owner }) => owner);
  }

  /** Takes an address back; it is the object that `claim` has answered. */
  release(at: Endpoint): void {
    const rest = this.#claims.get(at.port)?.filter((claim) => claim.at !== at) ?? [];
    if (rest.length > 0) this.#claims.set(at.port, rest);
    else this.#claims.delete(at.port);
  }

  #isFree(host: string, port: number): boolean {
    return !this.#claims.get(port)?.some(({ at }) => isSame(at.host, host));
  }

  #free(host: string): number | null {
    for (let tries = FIRST_PORT; tries <= LAST_PORT; tries += 1) {
      const port = this.#next;
      this.#next = port === LAST_PORT ? FIRST_PORT : port + 1;
      if (this.#isFree(host, port)) return port;
    }
    return null;
  }
}

function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  if (isIP(one) !== isIP(other)) return false;
  return isWildcard(one) || isWildcard(other);
}
