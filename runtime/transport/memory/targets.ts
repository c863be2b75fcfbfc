/** What faults are said of: refused where it can be nothing of the network. */
import { isIP } from "node:net";
import { describe, isInteger, isRecord } from "../../../support/index.js";
import type { Endpoint } from "../../network/network.js";
import { isWildcard } from "./addresses.js";
import { Side } from "./connection.js";
import type { Target } from "./faults.js";

const LAST_PORT = 65_535;

function refuse(call: string, wanted: string, received: string): never {
  throw new RangeError(`${call}: expected ${wanted}, received ${received}`);
}

/** Throws RangeError for a host that nobody is, as text. */
export function requireHost(call: string, host: string): void {
  const isText = typeof host === "string";
  if (!isText || isIP(host) === 0) {
    refuse(call, 'an address of IPv4 or IPv6, such as "10.0.0.1"', describe(host));
  }
  if (isWildcard(host))
    refuse(call, "one host, as whoever is bound to any is 127.0.0.1 or ::1", host);
}

/** Throws RangeError for an endpoint that nobody has. */
export function requireEndpoint(call: string, at: Endpoint): void {
  const isBoth = isRecord(at) && "host" in at && "port" in at;
  if (!isBoth) refuse(call, "an endpoint { host, port }", describe(at));
  requireHost(call, at.host);
  if (!isInteger(at.port, 1, LAST_PORT)) refuse(call, "a port, 1 to 65535", describe(at.port));
}

/** Throws RangeError for what is neither an endpoint nor a connection of such a network. */
export function requireTarget(call: string, target: Target): void {
  if (target instanceof Side) return;
  const isOther = isRecord(target) && !("host" in target);
  if (isOther || !isRecord(target)) {
    refuse(call, "an endpoint { host, port }, or the connection of a socket", describe(target));
  }
  if (!("write" in target)) requireEndpoint(call, target);
}

/** Throws RangeError for what is no time. */
export function requireTime(call: string, milliseconds: number): void {
  const isTime = Number.isFinite(milliseconds) && milliseconds >= 0;
  if (!isTime) refuse(call, "milliseconds, 0 or more", describe(milliseconds));
}
