/** The other side of the tests: real sockets that count and hash what arrives. */
import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { createServer } from "node:net";
import { createSocket } from "node:dgram";
import { afterEach, expect } from "vitest";
import type { IO_STATUS_BLOCK, NTSTATUS, PSOCKADDR } from "wskit";
import { AF_INET, STATUS_PENDING, STATUS_SUCCESS, sockaddrIn, sockaddrIn6, WskIoctl } from "wskit";
import type { ConnectionSocket, DatagramSocket, Irp } from "wskit/runtime";
import { awaitableIrp, createConnectionSocket, createDatagramSocket } from "wskit/runtime";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Does something when the test has ended. */
export const atEnd = (act: () => unknown): unknown => open.push(() => void act());

/** A TCP server that takes one connection. */
export interface TcpPeer {
  readonly port: number;
  readonly socket: Promise<Socket>;
  /** Resolves when this many bytes have arrived, with their SHA-256. */
  received(bytes: number): Promise<string>;
}

/** Starts a TCP peer. A paused one reads nothing until its socket is resumed. */
export async function tcpPeer(
  options: { paused?: boolean; host?: string; at?: number } = {},
): Promise<TcpPeer> {
  const { paused = false, host = "127.0.0.1", at = 0 } = options;
  const hash = createHash("sha256");
  let count = 0;
  let wanted = Number.POSITIVE_INFINITY;
  let reached: (digest: string) => void = () => undefined;
  const check = (): void => {
    if (count >= wanted) reached(hash.copy().digest("hex"));
  };
  const server = createServer({ pauseOnConnect: paused, allowHalfOpen: true });
  const socket = new Promise<Socket>((resolve) => {
    server.once("connection", (connection) => {
      connection.on("data", (data) => {
        hash.update(data);
        count += data.length;
        check();
      });
      if (paused) connection.pause();
      connection.on("error", () => undefined);
      open.push(() => connection.destroy());
      resolve(connection);
    });
  });
  await new Promise<void>((resolve) => server.listen(at, host, resolve));
  open.push(() => server.close());
  const address = server.address();
  const received = (bytes: number): Promise<string> =>
    new Promise((resolve) => {
      [wanted, reached] = [bytes, resolve];
      check();
    });
  return { port: typeof address === "object" && address ? address.port : 0, socket, received };
}

/** A TCP peer at a given port. */
export const listenAt = (at: number): Promise<TcpPeer> => tcpPeer({ at });

/** A TCP port of loopback at which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

/** A UDP socket that collects datagrams. */
export async function udpPeer(type: "udp4" | "udp6") {
  const socket = createSocket(type);
  const datagrams: Buffer[] = [];
  const waiting: (() => void)[] = [];
  socket.on("message", (data) => {
    datagrams.push(data);
    for (const wake of waiting.splice(0)) wake();
  });
  await new Promise<void>((resolve) =>
    socket.bind(0, type === "udp4" ? "127.0.0.1" : "::1", resolve),
  );
  open.push(() => socket.close());
  return {
    port: socket.address().port,
    async next(): Promise<Buffer> {
      while (datagrams.length === 0) await new Promise<void>((wake) => waiting.push(wake));
      return datagrams.shift() ?? Buffer.alloc(0);
    },
  };
}

/** Makes a call with a fresh IRP, and waits for its completion. */
export async function complete(
  call: (irp: Irp) => NTSTATUS,
): Promise<{ returned: NTSTATUS; block: IO_STATUS_BLOCK }> {
  const { irp, completion } = awaitableIrp();
  const returned = call(irp);
  return { returned, block: await completion };
}

/** A connection socket that is bound and connected to a peer. */
export async function connected(
  peer: TcpPeer,
  profile?: "header" | "strict",
): Promise<ConnectionSocket> {
  const socket = createConnectionSocket({ family: AF_INET, ...(profile && { profile }) });
  const { Dispatch } = socket;
  const bound = await complete((irp) => Dispatch.WskBind(socket, sockaddrIn("0.0.0.0", 0), 0, irp));
  expect(bound.block.Status).toBe(STATUS_SUCCESS);
  const to = sockaddrIn("127.0.0.1", peer.port);
  const { returned, block } = await complete((irp) => Dispatch.WskConnect(socket, to, 0, irp));
  expect([returned, block.Status]).toEqual([STATUS_PENDING, STATUS_SUCCESS]);
  open.push(() => {
    if (!closed.has(socket)) closeSocket(socket);
  });
  return socket;
}

const closed = new WeakSet<object>();

/** Leaves the closing of a socket to the test. */
export const adopt = (socket: ConnectionSocket | DatagramSocket): unknown => closed.add(socket);

/** Closes a socket; afterwards nothing else closes it again. */
export function closeSocket(socket: ConnectionSocket | DatagramSocket): void {
  adopt(socket);
  socket.Dispatch.WskCloseSocket(socket, awaitableIrp().irp);
}

/** A datagram socket that is bound to loopback. */
export async function bound(family: 4 | 6): Promise<DatagramSocket> {
  const socket = createDatagramSocket({ family: family === 4 ? 2 : 23 });
  const local = family === 4 ? sockaddrIn("127.0.0.1", 0) : sockaddrIn6("::1", 0);
  const { block } = await complete((irp) => socket.Dispatch.WskBind(socket, local, 0, irp));
  expect(block.Status).toBe(STATUS_SUCCESS);
  open.push(() => {
    if (!closed.has(socket)) closeSocket(socket);
  });
  return socket;
}

/** Fixes an address of a datagram socket, or clears it with null. */
export function fix(
  socket: DatagramSocket,
  ioctl: number,
  { address, irp }: { readonly address: PSOCKADDR | null; readonly irp: Irp },
): NTSTATUS {
  const size = address === null ? 0 : (address.sa_data?.length ?? 0) + 2;
  const { WskControlSocket } = socket.Dispatch;
  return WskControlSocket(socket, WskIoctl, ioctl, 0, size, address, 0, null, null, irp);
}

/** Gathers what is thrown where nobody catches it, until the test ends. */
export function uncaught(): unknown[] {
  const errors: unknown[] = [];
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => errors.push(error));
  open.push(() => {
    process.removeAllListeners("uncaughtException");
    for (const other of others) process.on("uncaughtException", other);
  });
  return errors;
}

/** Bytes that differ from place to place. */
export function pattern(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0, x = seed; i < length; i++) {
    x = (x * 1664525 + 1013904223) >>> 0;
    bytes[i] = x >>> 24;
  }
  return bytes;
}

/** The SHA-256 of bytes, in hex. */
export function sha256(...pieces: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
}
