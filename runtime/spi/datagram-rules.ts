/** What a provider answers to addresses and failures of datagrams, by the page of WSPSendTo. */
import {
  AF_INET, AF_INET6, STATUS_ACCESS_DENIED, STATUS_HOST_UNREACHABLE,
  STATUS_INVALID_ADDRESS_COMPONENT, STATUS_INVALID_BUFFER_SIZE, STATUS_NETWORK_UNREACHABLE,
  WSAEACCES, WSAEADDRNOTAVAIL, WSAEAFNOSUPPORT, WSAEFAULT, WSAEMSGSIZE, WSAENETUNREACH,
} from "../../generated/index.js"; // prettier-ignore
import type { WSAERROR } from "../../generated/index.js";
import { isBroadcast, isMapped } from "../network/addresses.js";
import type { EndpointReader } from "../network/addresses.js";
import type { Failure } from "../network/failure.js";
import type { Endpoint } from "../network/network.js";
import type { Destination } from "./socket.js";

/** Bytes of an address, its family included: SOCKADDR_IN and SOCKADDR_IN6. */
const LENGTHS: Readonly<Record<number, number>> = { [AF_INET]: 16, [AF_INET6]: 28 };

/** True for an address that stands for all of the machine's own. */
export function isAnywhere({ host }: Endpoint): boolean {
  return host === "0.0.0.0" || host === "::";
}

/**
 * True where an address is nobody's: any, or one of IPv4 in the form of IPv6. Sockets of Windows
 * are for one family unless IPV6_V6ONLY is taken back.
 */
export function isNobodys(at: Endpoint): boolean {
  return isAnywhere(at) || isMapped(at.host);
}

/** True where a length counts a whole address of its family. */
export function isWhole(family: number, length: number): boolean {
  return length >= (LENGTHS[family] ?? 2);
}

/** The endpoint of an address to which a socket sends, or the code of what is wrong with it. */
export function endpointFor(
  { address, length }: NonNullable<Destination>,
  socket: {
    readonly family: number;
    readonly isBroadcasting: boolean;
    readonly addresses: EndpointReader;
  },
): Endpoint | { error: WSAERROR } {
  const { sa_family } = address;
  if (length < 2) return { error: WSAEFAULT };
  if (sa_family !== socket.family) return { error: WSAEAFNOSUPPORT };
  if (!isWhole(sa_family, length)) return { error: WSAEFAULT };
  const to = socket.addresses.read(address);
  if (to.port === 0 || isNobodys(to)) return { error: WSAEADDRNOTAVAIL };
  if (isBroadcast(to.host) && !socket.isBroadcasting) return { error: WSAEACCES };
  return to;
}

const CODES = new Map<number, WSAERROR>([
  [STATUS_ACCESS_DENIED, WSAEACCES],
  [STATUS_HOST_UNREACHABLE, WSAENETUNREACH],
  [STATUS_INVALID_ADDRESS_COMPONENT, WSAEADDRNOTAVAIL],
  [STATUS_INVALID_BUFFER_SIZE, WSAEMSGSIZE],
  [STATUS_NETWORK_UNREACHABLE, WSAENETUNREACH],
]);

/** The code of a failure as datagrams have it; the SAN reference has fewer. */
export function datagramCode({ status, error }: Failure): WSAERROR {
  return CODES.get(status) ?? error;
}
