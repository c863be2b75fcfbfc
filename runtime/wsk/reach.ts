/** What "sent" may mean for a socket. */
import type { Network, Reach } from "../network/network.js";

/** Throws RangeError for a reach that the network does not tell of. */
export function requireReach(network: Network, reach: Reach): void {
  if (network.reaches.includes(reach)) return;
  const known = network.reaches.join(", ");
  throw new RangeError(`expected a reach of the network ${network.name} (${known}): ${reach}`);
}

/** Throws RangeError for a reach that no datagram has. */
export function requireDatagramReach(reach: Reach = "accepted"): void {
  if (reach === "accepted") return;
  throw new RangeError(`expected the reach accepted, because datagrams tell no other: ${reach}`);
}
