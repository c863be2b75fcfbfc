/** Addresses: text and port here, a sockaddr in the kernel. */
import { isIPv4, isIPv6 } from "node:net";
import type { Failure } from "../../network/failure.js";
import { failureNamed } from "../../network/failure.js";
import type { Endpoint } from "../../network/network.js";
import { AF } from "./linux.js";
import type { System } from "./system.js";

/** The size of a sockaddr of either family, in bytes: a sockaddr_in6. */
export const ADDRESS_SIZE = 28;
const SIZE_4 = 16;

/** The sockaddr of an endpoint; a failure where it is none. */
export function sockaddrOf(system: System, { host, port }: Endpoint): Uint8Array | Failure {
  if (!Number.isInteger(port) || port < 0 || port > 0xffff) return failureNamed("EINVAL");
  if (isIPv4(host)) {
    const address = new Uint8Array(SIZE_4);
    address.set([AF.INET, 0, port >> 8, port & 0xff]);
    address.set(host.split(".").map(Number), 4);
    return address;
  }
  if (!isIPv6(host)) return failureNamed("EINVAL");
  const address = new Uint8Array(ADDRESS_SIZE);
  address.set([AF.INET6, 0, port >> 8, port & 0xff]);
  const [text = "", scope] = host.split("%");
  if (system.libc.inet_pton(AF.INET6, text, address.subarray(8, 24)) !== 1) {
    return failureNamed("EINVAL");
  }
  if (scope !== undefined) {
    const index = /^\d+$/.test(scope) ? Number(scope) : system.libc.if_nametoindex(scope);
    new DataView(address.buffer).setUint32(24, index, true);
  }
  return address;
}

/** The endpoint of a sockaddr. */
export function endpointOf(address: Uint8Array): Endpoint {
  const port = ((address[2] ?? 0) << 8) | (address[3] ?? 0);
  if (address[0] !== AF.INET6) return { host: address.subarray(4, 8).join("."), port };
  const scope = new DataView(address.buffer, address.byteOffset).getUint32(24, true);
  const host = textOf(address.subarray(8, 24));
  return { host: scope === 0 ? host : `${host}%${scope}`, port };
}

/** An address of IPv6 as RFC 5952 writes it. */
function textOf(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  let [start, length] = [0, 1];
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (groups[end] === "0") end++;
    if (end - i > length) [start, length] = [i, end - i];
  }
  if (length === 1) return groups.join(":");
  return `${groups.slice(0, start).join(":")}::${groups.slice(start + length).join(":")}`;
}

/** The address that a socket has. */
export function localOf({ libc }: System, fd: number): Endpoint {
  const address = new Uint8Array(ADDRESS_SIZE);
  libc.getsockname(fd, address, lengthOfAddress());
  return endpointOf(address);
}

/** A socklen_t that says how much room there is for an address. */
export const lengthOfAddress = (): Uint8Array => Uint8Array.of(ADDRESS_SIZE, 0, 0, 0);
