/** The failures that a network in memory has, each the one that a system's own network tells. */
import { STATUS_PORT_UNREACHABLE, WSAECONNRESET } from "../../../generated/index.js";
import type { Failure } from "../../network/failure.js";
import { failureNamed } from "../../network/failure.js";

/** Somebody else has the address, or no port is left. */
export const IN_USE = failureNamed("EADDRINUSE");

/** An address that nothing can be sent to, such as port 0 or an unspecified host. */
export const NO_ADDRESS = failureNamed("EADDRNOTAVAIL");

/** Not an address of IPv4 or IPv6, or two of different families. */
export const BAD_ADDRESS = failureNamed("EAFNOSUPPORT");

/** Nobody listens there. */
export const REFUSED = failureNamed("ECONNREFUSED");

/** The way there is closed, and somebody on it says so. */
export const UNREACHABLE = failureNamed("EHOSTUNREACH");

/** No connection leads there: the address is that of many. */
export const NO_WAY = failureNamed("ENETUNREACH");

/** Nobody has answered. */
export const TIMED_OUT = failureNamed("ETIMEDOUT");

/** A write after the end. */
export const ENDED = failureNamed("ESHUTDOWN");

/** The datagram is longer than the network carries. */
export const TOO_LONG = failureNamed("EMSGSIZE");

/** A broadcast through a port that was not bound for it. */
export const NO_BROADCAST = failureNamed("EACCES");

/** A datagram came to a port that nobody has. */
export const BOUNCED: Failure = { status: STATUS_PORT_UNREACHABLE, error: WSAECONNRESET };
