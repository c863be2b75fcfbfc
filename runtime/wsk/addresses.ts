/** Addresses that WSK writes where its caller says. */
import { AF_INET } from "../../generated/index.js";
import type { PSOCKADDR, SOCKADDR } from "../../generated/index.js";
import {
  describe,
  isBytes,
  isRecord,
  lengthOf,
  sockaddrIn,
  sockaddrIn6,
} from "../../support/index.js";
import { familyName } from "../names.js";
import type { Endpoint } from "../network/network.js";
import { requireArguments, requireWritable, runtimeRule } from "../refusal.js";

/** An endpoint as a SOCKADDR of its family; the scope of an IPv6 address is not kept. */
export function sockaddrOf({ host, port }: Endpoint): SOCKADDR {
  const [address = ""] = host.split("%");
  return address.includes(":") ? sockaddrIn6(address, port) : sockaddrIn(address, port);
}

/** Bytes of the addresses of a family, as sizeof counts them. */
export function sizeOfAddress(family: number): number {
  return family === AF_INET ? 16 : 28;
}

/** Refuses memory that is too short for an address of the family, or cannot be written. */
export function requireRoom(
  call: string,
  [name, target]: readonly [name: string, target: PSOCKADDR | null],
  family: number,
): void {
  const bytes = sizeOfAddress(family) - 2;
  const wanted = `memory for an address of family ${familyName(family)}`;
  const rule = runtimeRule(`${call}/${name}.room`, wanted, "Pass a SOCKADDR of that family.");
  requireArguments(call, (on) => {
    const data: unknown = isRecord(target) ? target["sa_data"] : undefined;
    if (isBytes(data) && lengthOf(data) >= bytes) return;
    on.breach(rule, name, isBytes(data) ? `${lengthOf(data)} bytes of sa_data` : describe(target));
  });
  if (target !== null) requireWritable(call, { [name]: target }, ["sa_family"]);
}

/** Writes an address. The memory is long enough: `requireRoom` has seen to that. */
export function writeAddress(target: PSOCKADDR | null, endpoint: Endpoint): void {
  if (target === null) return;
  const { sa_family, sa_data } = sockaddrOf(endpoint);
  target.sa_family = sa_family;
  target.sa_data.set(sa_data);
}

/** True where two endpoints are the same address and port, however they are written. */
export function isSameEndpoint(one: Endpoint, other: Endpoint): boolean {
  if (one.port !== other.port) return false;
  if (one.host === other.host) return true;
  const [a, b] = [sockaddrOf(one), sockaddrOf(other)];
  return a.sa_family === b.sa_family && a.sa_data.every((byte, i) => byte === b.sa_data[i]);
}
