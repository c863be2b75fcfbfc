/** What all parts of one native network share, and how they ask the system for small things. */
import { constants } from "node:os";
import { getSystemErrorName } from "node:util";
import type { Failure } from "../../network/failure.js";
import { failureNamed } from "../../network/failure.js";
import type { Libc } from "./libc.js";
import type { Sentinel } from "./sentinel.js";
import { AF, IPV6, SO, SOCK, SOL, TCP } from "./linux.js";

/** What a native network can be told. */
export interface NativeOptions {
  /** SO_SNDBUF of its connections, in bytes: small ones make sends wait. Else the system's. */
  readonly sendBuffer?: number;
  /** SO_RCVBUF of its connections, in bytes. The system's where left out. */
  readonly receiveBuffer?: number;
  /** True where ports tell of the control information of what arrives. */
  readonly receiveControl?: boolean;
}

/** The functions, the options, and memory to read into. */
export interface System {
  readonly libc: Libc;
  readonly options: NativeOptions;
  /** Holds nothing between two turns. */
  readonly scratch: Uint8Array;
  /** Tells connections that have nothing to read any more of their end. */
  readonly sentinel: Sentinel;
}

/** The size of the memory to read into, in bytes: the longest datagram and more. */
export const SCRATCH = 64 * 1024;

/** The failure behind a number of errno. */
export const failureOfErrno = (errno: number): Failure => failureNamed(getSystemErrorName(-errno));

/** The failure of the call before. */
export const lastFailure = ({ libc }: System): Failure => failureOfErrno(libc.errno());

/** True for the numbers of errno that say: not now. */
export const isLater = (errno: number): boolean => errno === EAGAIN || errno === EINTR;
const { EAGAIN, EINTR } = constants.errno;

/** Sets an option that is an int. */
export function setInt({ libc }: System, fd: number, [level, option, value]: IntOption): void {
  libc.setsockopt(fd, level, option, new Uint8Array(Int32Array.of(value).buffer), 4);
}

/** An option that is an int: its level, its name, its value. */
export type IntOption = readonly [level: number, option: number, value: number];

/** An option that is an int, or its first byte; 0 where there is none. */
export function getInt({ libc }: System, fd: number, [level, option, size]: IntOption): number {
  const value = new Int32Array(1);
  const length = new Uint8Array(Int32Array.of(size).buffer);
  libc.getsockopt(fd, level, option, new Uint8Array(value.buffer), length);
  return value[0] ?? 0;
}

/** Takes the error of a socket, a number of errno; 0 where there is none. */
export const takeError = (system: System, fd: number): number =>
  getInt(system, fd, [SOL.SOCKET, SO.ERROR, 4]);

/** A number that an ioctl tells of a socket. */
export function ask({ libc }: System, fd: number, request: number): number {
  const value = new Int32Array(1);
  libc.ioctl(fd, request, new Uint8Array(value.buffer));
  return value[0] ?? 0;
}

/** Makes a socket that never blocks, for the family of an address. */
export function openSocket(system: System, address: Uint8Array, kind: number): number | Failure {
  const family = address[0] ?? 0;
  const fd = system.libc.socket(family, kind | SOCK.NONBLOCK | SOCK.CLOEXEC, 0);
  if (fd < 0) return lastFailure(system);
  // As on Windows: the socket of one family is none of the other.
  if (family === AF.INET6) setInt(system, fd, [SOL.IPV6, IPV6.V6ONLY, 1]);
  if (kind === SOCK.STREAM) {
    const { sendBuffer, receiveBuffer } = system.options;
    setInt(system, fd, [SOL.TCP, TCP.NODELAY, 1]);
    if (sendBuffer !== undefined) setInt(system, fd, [SOL.SOCKET, SO.SNDBUF, sendBuffer]);
    if (receiveBuffer !== undefined) setInt(system, fd, [SOL.SOCKET, SO.RCVBUF, receiveBuffer]);
  }
  return fd;
}

/** Closes a connection's descriptor; with `reset` the peer is told that it was cut. */
export function closeSocket({ libc }: System, fd: number, reset: boolean): void {
  if (reset) libc.setsockopt(fd, SOL.SOCKET, SO.LINGER, LINGER_0, 8);
  libc.close(fd);
}

/** A `struct linger` that is on, with no time. */
const LINGER_0 = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0);
