/**
 * How failures of the operating system are told: as NTSTATUS in the kernel, as WSA codes in SPI.
 */
import {
  STATUS_ACCESS_DENIED, STATUS_ACCESS_VIOLATION, STATUS_ADDRESS_ALREADY_EXISTS, STATUS_CANCELLED,
  STATUS_CONNECTION_ABORTED, STATUS_CONNECTION_REFUSED, STATUS_CONNECTION_RESET,
  STATUS_HOST_UNREACHABLE, STATUS_INSUFFICIENT_RESOURCES, STATUS_INVALID_ADDRESS_COMPONENT,
  STATUS_INVALID_BUFFER_SIZE, STATUS_INVALID_CONNECTION, STATUS_IO_TIMEOUT,
  STATUS_INVALID_PARAMETER, STATUS_NETWORK_UNREACHABLE, STATUS_NOT_SUPPORTED,
  STATUS_PIPE_DISCONNECTED, STATUS_PORT_UNREACHABLE, STATUS_TOO_MANY_OPENED_FILES,
  STATUS_UNSUCCESSFUL, WSA_OPERATION_ABORTED, WSAEACCES, WSAEADDRINUSE, WSAEADDRNOTAVAIL,
  WSAECONNABORTED, WSAECONNREFUSED, WSAECONNRESET, WSAEFAULT, WSAEHOSTUNREACH, WSAEINVAL,
  WSAENETDOWN, WSAENETUNREACH, WSAENOBUFS, WSAENOTCONN, WSAESHUTDOWN, WSAETIMEDOUT,
} from "../../generated/index.js"; // prettier-ignore
import type { NTSTATUS, WSAERROR } from "../../generated/index.js";

/** A failure in both languages. */
export interface Failure {
  readonly status: NTSTATUS;
  /** The code of WSPSend; of WSPConnect where only that fails so. */
  readonly error: WSAERROR;
  /** The code of WSPConnect, where that has another one. */
  readonly connecting?: WSAERROR;
}

/** The code of a connect that has failed. */
export const connectingCode = ({ error, connecting }: Failure): WSAERROR => connecting ?? error;

/** A failure that the operating system did not name. */
export const UNKNOWN: Failure = { status: STATUS_UNSUCCESSFUL, error: WSAENETDOWN };

/** The operation was withdrawn because its socket was closed. */
export const CANCELLED: Failure = { status: STATUS_CANCELLED, error: WSA_OPERATION_ABORTED };

/** The remote peer reset the connection. */
export const RESET: Failure = { status: STATUS_CONNECTION_RESET, error: WSAECONNRESET };

/** This side has ended sending. */
export const SHUT_DOWN: Failure = { status: STATUS_PIPE_DISCONNECTED, error: WSAESHUTDOWN };

/** The network does not carry what was asked for. */
export const UNSUPPORTED: Failure = { status: STATUS_NOT_SUPPORTED, error: WSAEINVAL };

/** Control information that is malformed, or says what cannot be. */
export const BAD_CONTROL: Failure = { status: STATUS_INVALID_PARAMETER, error: WSAEINVAL };

/** Nobody takes datagrams at the port that one was sent to. */
export const PORT_UNREACHABLE: Failure = { status: STATUS_PORT_UNREACHABLE, error: WSAECONNRESET };

/** The memory of the data is gone. */
export const FAULT: Failure = { status: STATUS_ACCESS_VIOLATION, error: WSAEFAULT };

/**
 * By the code of the error that Node reports; after the tables of Wine 8, tested there on
 * Windows.
 */
const FAILURES: Readonly<Record<string, Failure>> = {
  ECONNRESET: RESET,
  EPIPE: RESET,
  ECONNABORTED: { status: STATUS_CONNECTION_ABORTED, error: WSAECONNABORTED },
  ENOTCONN: { status: STATUS_INVALID_CONNECTION, error: WSAENOTCONN },
  ESHUTDOWN: SHUT_DOWN,
  ERR_STREAM_WRITE_AFTER_END: SHUT_DOWN,
  ECANCELED: CANCELLED,
  ERR_STREAM_DESTROYED: CANCELLED,
  ERR_SOCKET_DGRAM_NOT_RUNNING: CANCELLED,
  ETIMEDOUT: {
    status: STATUS_IO_TIMEOUT,
    error: WSAECONNABORTED,
    connecting: WSAETIMEDOUT,
  },
  EHOSTUNREACH: {
    status: STATUS_HOST_UNREACHABLE,
    error: WSAECONNABORTED,
    connecting: WSAEHOSTUNREACH,
  },
  ENETUNREACH: {
    status: STATUS_NETWORK_UNREACHABLE,
    error: WSAENETDOWN,
    connecting: WSAENETUNREACH,
  },
  ENETDOWN: { status: STATUS_NETWORK_UNREACHABLE, error: WSAENETDOWN },
  ECONNREFUSED: { status: STATUS_CONNECTION_REFUSED, error: WSAECONNREFUSED },
  EMSGSIZE: { status: STATUS_INVALID_BUFFER_SIZE, error: WSAEINVAL },
  EADDRINUSE: { status: STATUS_ADDRESS_ALREADY_EXISTS, error: WSAEADDRINUSE },
  EADDRNOTAVAIL: { status: STATUS_INVALID_ADDRESS_COMPONENT, error: WSAEADDRNOTAVAIL },
  ERR_SOCKET_BAD_PORT: { status: STATUS_INVALID_ADDRESS_COMPONENT, error: WSAEINVAL },
  EAFNOSUPPORT: { status: STATUS_INVALID_ADDRESS_COMPONENT, error: WSAEINVAL },
  EINVAL: { status: STATUS_INVALID_ADDRESS_COMPONENT, error: WSAEINVAL },
  EACCES: { status: STATUS_ACCESS_DENIED, error: WSAEINVAL, connecting: WSAEACCES },
  EMFILE: { status: STATUS_TOO_MANY_OPENED_FILES, error: WSAENOBUFS },
  ENFILE: { status: STATUS_TOO_MANY_OPENED_FILES, error: WSAENOBUFS },
  ENOBUFS: { status: STATUS_INSUFFICIENT_RESOURCES, error: WSAENOBUFS },
  ENOMEM: { status: STATUS_INSUFFICIENT_RESOURCES, error: WSAENOBUFS },
  EFAULT: FAULT,
};

/** The failure behind an error of Node. */
export function failureOf(error: unknown): Failure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return (Object.hasOwn(FAILURES, code) ? FAILURES[code] : undefined) ?? UNKNOWN;
}

/** The failure of an error code as Node names it, such as EADDRINUSE; UNKNOWN for any other. */
export function failureNamed(code: string): Failure {
  return (Object.hasOwn(FAILURES, code) ? FAILURES[code] : undefined) ?? UNKNOWN;
}
