/** Errno names as codes of Winsock. */

/** Failures whose code has the same name, with WSA in front. */
const SAME = new Set(
  (
    "EINTR EACCES EFAULT EINVAL EMFILE EINPROGRESS EALREADY ENOTSOCK EDESTADDRREQ EMSGSIZE " +
    "EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT " +
    "EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS " +
    "EISCONN ENOTCONN ESHUTDOWN ETIMEDOUT EHOSTDOWN EHOSTUNREACH"
  ).split(" "),
);

const OTHER: Readonly<Record<string, string>> = {
  EAGAIN: "WSAEWOULDBLOCK",
  EWOULDBLOCK: "WSAEWOULDBLOCK",
  EBADF: "WSAENOTSOCK",
  ENOMEM: "WSAENOBUFS",
  EPERM: "WSAEACCES",
  ENFILE: "WSAEMFILE",
  ENOTSUP: "WSAEOPNOTSUPP",
  // The receiver of a datagram had nobody at the port: Winsock tells it as a reset.
  ECONNREFUSED: "WSAECONNRESET",
};

/** What is known of the socket of a failed send. */
export interface Situation {
  readonly connected?: boolean;
  readonly shutDown?: boolean;
  /** The call has an address. */
  readonly hasAddress: boolean;
}

/** The code of Winsock for the errno of a failed send; the errno itself where there is none. */
export function winsockCode(errno: string, about: Situation): string {
  if (errno === "EPIPE") {
    if (about.shutDown === true) return "WSAESHUTDOWN";
    return about.connected === false ? "WSAENOTCONN" : "WSAECONNRESET";
  }
  if (errno === "EDESTADDRREQ" && !about.hasAddress) return "WSAENOTCONN";
  const other = OTHER[errno];
  if (other !== undefined) return other;
  return SAME.has(errno) ? `WSA${errno}` : errno;
}

/** Why a code is expected where it comes from Linux, and no provider gives it; else undefined. */
export function excuseOf(code: string, call: string): string | undefined {
  if (code === "WSAEWOULDBLOCK" && call === "WSPSend")
    return "EAGAIN of a nonblocking socket of Linux; a provider has none, and its switch waits";
  return undefined;
}
