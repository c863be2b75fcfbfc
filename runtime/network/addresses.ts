/** Addresses as networks have them, and what their text tells. */
import { endpointOf } from "../../support/index.js";
import type { Sockaddr } from "../../support/index.js";
import type { Endpoint } from "./network.js";

/** How many bytes of a sockaddr's data say where it leads: port and address. */
const TELLING = { 4: 6, 6: 22 } as const;

/** Reads addresses. Most are the one before: then it is the same endpoint again. */
export class EndpointReader {
  #last: ReturnType<typeof endpointOf> | null = null;
  #family = 0;
  readonly #data = new Uint8Array(TELLING[6]);

  /** The endpoint of an address. Throws RangeError for one that is none. */
  read(address: Sockaddr): Endpoint {
    const last = this.#last;
    if (last !== null && this.#isSame(address, TELLING[last.family])) return last;
    const read = endpointOf(address);
    this.#family = address.sa_family;
    this.#data.set(address.sa_data.subarray(0, TELLING[read.family]));
    this.#last = read;
    return read;
  }

  #isSame({ sa_family, sa_data }: Sockaddr, bytes: number): boolean {
    if (sa_family !== this.#family) return false;
    for (let i = 0; i < bytes; i++) if (sa_data[i] !== this.#data[i]) return false;
    return true;
  }
}

/** The longest datagram: what 65,535 leaves behind the headers; that of IPv6 is not counted. */
export const longestDatagram = (host: string): number => (host.includes(":") ? 65_527 : 65_507);

/** True for an address that reaches all hosts, or all of loopback: it has to be allowed. */
export function isBroadcast(host: string): boolean {
  return host === "255.255.255.255" || host === "127.255.255.255";
}

const MAPPED = /^::ffff:(?:[\da-f]+:[\da-f]+|[\d.]+)$/;

/** True for an address of IPv4 in the form of IPv6. */
export function isMapped(host: string): boolean {
  return host.startsWith("::ffff:") && MAPPED.test(host);
}

/** True for an address of a group of hosts. */
export function isMulticast(host: string): boolean {
  return host.includes(":") ? /^ff..:/i.test(host) : between(host, 224, 239);
}

/** True for an address of IPv4 that is kept for the future: nobody has one. */
export function isReserved(host: string): boolean {
  return !isBroadcast(host) && between(host, 240, 255);
}

function between(host: string, first: number, last: number): boolean {
  const octet = Number.parseInt(host, 10);
  return !host.includes(":") && octet >= first && octet <= last;
}
