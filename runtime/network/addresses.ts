/** What the text of an address tells, whatever the network. */

/** The longest datagram: what 65,535 leaves behind the headers; that of IPv6 is not counted. */
export const longestDatagram = (host: string): number => (host.includes(":") ? 65_527 : 65_507);

/** True for an address that reaches all hosts, or all of loopback: it has to be allowed. */
export function isBroadcast(host: string): boolean {
  return host === "255.255.255.255" || host === "127.255.255.255";
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
