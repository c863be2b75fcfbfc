/** Casts between SOCKADDR and the addresses of a family, which C does with a pointer cast. */

/** A transport address as the send functions take it. */
export interface Sockaddr {
  sa_family: number;
  sa_data: Uint8Array;
}

const AF_INET = 2;
const AF_INET6 = 23;

/** An IPv4 SOCKADDR from dotted text, for instance `sockaddrIn("127.0.0.1", 8080)`. */
export function sockaddrIn(address: string, port: number): Sockaddr {
  const parts = address.split(".").map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  if (parts.length !== 4 || parts.some((part) => part > 255)) {
    throw new RangeError(
      `expected an IPv4 address such as 127.0.0.1, received ${JSON.stringify(address)}`,
    );
  }
  const data = new Uint8Array(14);
  new DataView(data.buffer).setUint16(0, checkedPort(port));
  data.set(parts, 2);
  return { sa_family: AF_INET, sa_data: data };
}

/** An IPv6 SOCKADDR from text, for instance `sockaddrIn6("::1", 8080)`. No scope names. */
export function sockaddrIn6(address: string, port: number, scopeId = 0): Sockaddr {
  const data = new Uint8Array(26);
  const view = new DataView(data.buffer);
  view.setUint16(0, checkedPort(port));
  ipv6Groups(address).forEach((group, i) => view.setUint16(6 + 2 * i, group));
  view.setUint32(22, scopeId, true);
  return { sa_family: AF_INET6, sa_data: data };
}

function checkedPort(port: number): number {
  if (!Number.isInteger(port) || port < 0 || port > 0xffff) {
    throw new RangeError(`expected a port from 0 to 65535, received ${port}`);
  }
  return port;
}

/** The eight 16-bit groups of an IPv6 address; the URL parser knows the grammar. */
function ipv6Groups(address: string): number[] {
  let host: string;
  try {
    host = new URL(`http://[${address}]`).hostname.slice(1, -1);
  } catch {
    throw new RangeError(
      `expected an IPv6 address such as ::1, received ${JSON.stringify(address)}`,
    );
  }
  const [head = "", tail] = host.split("::");
  const groups = (text: string): number[] =>
    text === "" ? [] : text.split(":").map((g) => parseInt(g, 16));
  if (tail === undefined) return groups(head);
  const left = groups(head);
  const right = groups(tail);
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

/**
 * Host and port of an address, as text and number. Families other than IPv4 and IPv6 are refused.
 */
export function endpointOf(address: Sockaddr): { host: string; port: number; family: 4 | 6 } {
  const { sa_family, sa_data } = address;
  const view = new DataView(sa_data.buffer, sa_data.byteOffset, sa_data.byteLength);
  if (sa_family === AF_INET && sa_data.length >= 14) {
    const host = `${sa_data[2]}.${sa_data[3]}.${sa_data[4]}.${sa_data[5]}`;
    return { host, port: view.getUint16(0), family: 4 };
  }
  if (sa_family === AF_INET6 && sa_data.length >= 26) {
    const groups = Array.from({ length: 8 }, (_, i) => view.getUint16(6 + 2 * i).toString(16));
    return {
      host: new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1),
      port: view.getUint16(0),
      family: 6,
    };
  }
  throw new RangeError(`expected an AF_INET or AF_INET6 address, received family ${sa_family}`);
}
