/** A provider and a peer over any network: what the tests of the service provider share. */
import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { LPINT, WSABUF, WSAOVERLAPPED } from "wskit";
import {
  AF_INET, NO_ERROR, SOCK_STREAM, SOCKET_ERROR, sockaddrIn, WSA_FLAG_OVERLAPPED, WSAEWOULDBLOCK,
} from "wskit"; // prettier-ignore
import { memoryNetwork, nodeNetwork, RecordingSwitch, SpiProvider } from "wskit/runtime";
import type { Network, ProviderOptions } from "wskit/runtime";
import type { Connection, Endpoint } from "../../../runtime/network/network.js";
import { isFailure } from "../../../runtime/network/network.js";
import { atEnd } from "../peers.js";

/** The networks, by name; each call makes a fresh one where it can. */
export const NETWORKS: Readonly<Record<"node" | "memory", () => Network>> = {
  node: () => nodeNetwork,
  memory: () => memoryNetwork(),
};

export const HOST = "127.0.0.1";
export const UNTOUCHED = 0x7777;

/** A structure as its owner has left it. */
export const structure = (hEvent: number | bigint = 0x40): WSAOVERLAPPED => ({
  Internal: 5,
  InternalHigh: 6,
  Offset: 0,
  OffsetHigh: 0,
  hEvent,
});

export const whole = (buf: Uint8Array): WSABUF => ({ len: buf.length, buf });

/** Lets networks do what they are about to do. */
export const pause = (ms = 30): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What comes to pass one day; the test fails where it does not. */
export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !holds(); i++) await pause(5);
  expect(holds()).toBe(true);
}

/** Who takes one connection, and counts what arrives on it. */
export interface Peer {
  readonly at: Endpoint;
  readonly connection: Promise<Connection>;
  bytes: number;
  hasEnded: boolean;
  hasFailed: boolean;
  digest(): string;
}

/** Listens; a paused peer reads nothing until its connection is resumed. */
export function listen(network: Network, isPaused = false): Promise<Peer> {
  const hash = createHash("sha256");
  return new Promise((resolve, reject) => {
    let taken: (connection: Connection) => void = () => undefined;
    const connection = new Promise<Connection>((take) => {
      taken = take;
    });
    network.listen({
      at: { host: HOST, port: 0 },
      reach: "accepted",
      listening: (result) => {
        if (isFailure(result)) return reject(new Error(`no listener: ${result.error}`));
        atEnd(() => result.close());
        const digest = (): string => hash.copy().digest("hex");
        resolve(Object.assign(peer, { at: result.local, connection, digest }));
      },
      accepted: (accepted) => {
        // A connection of Node resumes as it opens.
        if (isPaused) queueMicrotask(() => accepted.pause());
        atEnd(() => accepted.abort());
        taken(accepted);
        return {
          reached: () => undefined,
          writable: () => undefined,
          endSent: () => undefined,
          received: (data) => {
            peer.bytes += data.length;
            hash.update(data);
          },
          ended: () => {
            peer.hasEnded = true;
          },
          failed: () => {
            peer.hasFailed = true;
          },
        };
      },
    });
    const peer = { bytes: 0, hasEnded: false, hasFailed: false };
  });
}

/** Who takes datagrams. */
export function bindPeer(
  network: Network,
  host = HOST,
): Promise<{ readonly at: Endpoint; readonly datagrams: Uint8Array[] }> {
  const datagrams: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    network.bind({
      at: { host, port: 0 },
      events: {
        received: (data) => datagrams.push(Uint8Array.from(data)),
        bounced: () => undefined,
      },
      bound: (result) => {
        if (isFailure(result)) return reject(new Error(`no port: ${result.error}`));
        atEnd(() => result.close(() => undefined));
        resolve({ at: result.local, datagrams });
      },
    });
  });
}

/** How a provider is set up; of the `spi` profile when left out. */
export type Setup = Partial<Omit<ProviderOptions, "upcalls">> & {
  readonly type?: number;
  readonly dwFlags?: number;
  readonly family?: number;
};

/** What a send is passed besides its buffers. */
export interface With {
  readonly lpOverlapped?: WSAOVERLAPPED | null;
  readonly sent?: { value: number } | null;
  readonly dwFlags?: number;
  readonly routine?: ((...told: readonly unknown[]) => void) | null;
  readonly count?: number;
  readonly s?: number | bigint;
}

/** A provider with one socket, and short calls of it that return codes. */
export function setUp(setup: Setup = {}) {
  const { type = SOCK_STREAM, dwFlags = WSA_FLAG_OVERLAPPED, family = AF_INET, ...rest } = setup;
  const upcalls = new RecordingSwitch();
  const provider = new SpiProvider({ upcalls, profile: "spi", ...rest });
  const errno: LPINT = { value: NO_ERROR };
  const s = provider.WSPSocket(family, dwFlags, errno, type);
  expect(s).not.toBe(SOCKET_ERROR);
  atEnd(() => provider.WSPCloseSocket(s, errno));
  /** The code of a call: NO_ERROR where it returned 0. */
  const code = (call: (lpErrno: LPINT) => number): number => {
    const lpErrno: LPINT = { value: NO_ERROR };
    return call(lpErrno) === SOCKET_ERROR ? lpErrno.value : NO_ERROR;
  };
  const send = (buffers: readonly WSABUF[] | null, options: With = {}): number => {
    const { lpOverlapped = structure(), sent = { value: 0 }, routine = null } = options;
    const { dwFlags: flags = 0, count = buffers?.length ?? 0 } = options;
    const thread = routine && upcalls.thread;
    const array = buffers as readonly WSABUF[];
    return code((lpErrno) =>
      provider.WSPSend(options.s ?? s, array, count, sent, flags, lpOverlapped, routine, thread, lpErrno),
    ); // prettier-ignore
  };
  const result = (lpOverlapped: WSAOVERLAPPED, of: number | bigint = s, fWait = false) => {
    const lpErrno: LPINT = { value: NO_ERROR };
    const [lpcbTransfer, lpdwFlags] = [{ value: UNTOUCHED }, { value: UNTOUCHED }];
    const args = { s: of, lpOverlapped, lpcbTransfer, lpdwFlags, fWait };
    const ok = provider.WSPGetOverlappedResult(args, lpErrno);
    return { ok, error: lpErrno.value, bytes: lpcbTransfer.value, flags: lpdwFlags.value };
  };
  const connect = async ({ host, port }: Endpoint): Promise<void> => {
    const name = sockaddrIn(host, port);
    const answer = code((lpErrno) => provider.WSPConnect(s, name, lpErrno));
    expect(answer).toBe(type === SOCK_STREAM ? WSAEWOULDBLOCK : NO_ERROR);
    expect(await provider.connected(s)).toBe(NO_ERROR);
  };
  return { upcalls, provider, s, errno, code, send, result, connect };
}

/** A stream socket that is connected to a peer. */
export async function connected(network: Network, isPaused = false, setup: Setup = {}) {
  const peer = await listen(network, isPaused);
  const all = setUp({ network, ...setup });
  await all.connect(peer.at);
  return { peer, ...all };
}
