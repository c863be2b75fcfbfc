/** What the tests of the native network share: whoever is told, and the shortest way to things. */
import { expect } from "vitest";
import type {
  Connection, ConnectionEvents, ConnectRequest, Datagram, Listener, Network, Port, PortEvents, Waiting,
} from "../../../runtime/network/network.js"; // prettier-ignore
import { isFailure } from "../../../runtime/network/network.js";
import type { Failure } from "../../../runtime/network/failure.js";
import { findKoffi } from "../../../runtime/transport/native/koffi.js";
import { atEnd } from "../peers.js";

/** Why the native network cannot be tested here; null where it can. */
export const missing = ((): string | null => {
  const found = findKoffi();
  return "missing" in found ? found.missing : null;
})();

/** The name of a group of tests, with the reason where they are passed over. */
export const titled = (name: string): string => (missing === null ? name : `${name}: ${missing}`);

/** Waits until something is true. */
export async function until(isTrue: () => boolean, within = 5000): Promise<void> {
  const end = Date.now() + within;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${String(isTrue)}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Remembers all that it is told. */
export class Told implements ConnectionEvents {
  readonly log: string[] = [];
  readonly data: Uint8Array[] = [];
  bytes = 0;
  failure: Failure | null = null;
  reached(bytes: number): void {
    this.bytes += bytes;
    this.log.push(`reached ${bytes}`);
  }
  writable(): void {
    this.log.push("writable");
  }
  endSent(): void {
    this.log.push("endSent");
  }
  received(data: Uint8Array): void {
    this.data.push(data);
  }
  ended(): void {
    this.log.push("ended");
  }
  failed(failure: Failure): void {
    this.failure = failure;
    this.log.push("failed");
  }
  get arrived(): Buffer {
    return Buffer.concat(this.data);
  }
}

/** A connection and what it tells. */
export interface Connected {
  readonly connection: Connection;
  readonly told: Told;
}

type Route = Pick<ConnectRequest, "to"> & Partial<Pick<ConnectRequest, "from" | "reach">>;

/** Connects, or returns the failure. */
export const tryConnect = (network: Network, route: Route): Promise<Connected | Failure> =>
  new Promise((resolve) => {
    let isLater = false;
    network.connect({
      reach: "accepted",
      ...route,
      connected(result) {
        expect(isLater).toBe(true);
        if (isFailure(result)) {
          resolve(result);
          return null;
        }
        const told = new Told();
        atEnd(() => result.abort());
        resolve({ connection: result, told });
        return told;
      },
    });
    isLater = true;
  });

/** Connects. */
export async function connect(network: Network, route: Route): Promise<Connected> {
  const made = await tryConnect(network, route);
  if ("status" in made) throw new Error(`not connected: ${made.status}`);
  return made;
}

/** Listens, and gathers who connects. */
export async function listen(network: Network, host: string) {
  const accepted: Connected[] = [];
  const listener = await new Promise<Listener>((resolve, reject) => {
    network.listen({
      at: { host, port: 0 },
      reach: "accepted",
      listening: (result) => (isFailure(result) ? reject(new Error("no")) : resolve(result)),
      accepted(connection) {
        const told = new Told();
        accepted.push({ connection, told });
        atEnd(() => connection.abort());
        return told;
      },
    });
  });
  atEnd(() => listener.close());
  return { listener, accepted };
}

/** Remembers what a port is told. */
export class Heard implements PortEvents {
  readonly datagrams: { data: Uint8Array; from: string; control: Uint8Array | null }[] = [];
  readonly bounces: Failure[] = [];
  received(
    data: Uint8Array,
    { host, port }: { host: string; port: number },
    control: Uint8Array | null,
  ): void {
    this.datagrams.push({ data, from: `${host} ${port}`, control });
  }
  bounced(failure: Failure): void {
    this.bounces.push(failure);
  }
}

/** Binds a port, or returns the failure. */
export const bind = (
  network: Network,
  host: string,
  more: { port?: number; broadcast?: boolean } = {},
): Promise<{ port: Port; heard: Heard }> =>
  new Promise((resolve, reject) => {
    const heard = new Heard();
    const { port = 0, broadcast } = more;
    network.bind({
      at: { host, port },
      broadcast,
      events: heard,
      bound(result) {
        if (isFailure(result)) {
          reject(new Error(`not bound: ${result.status}`, { cause: result }));
          return;
        }
        atEnd(() => result.close(() => undefined));
        resolve({ port: result, heard });
      },
    });
  });

/** Remembers how a datagram ended: undefined as long as it has not. */
export class Fate implements Waiting {
  end: Failure | null | undefined = undefined;
  settle(failure: Failure | null): void {
    expect(this.end).toBe(undefined);
    this.end = failure;
  }
}

/** A datagram to somewhere. */
export const to = (
  port: number,
  data: Uint8Array,
  more: Partial<Datagram> & { host?: string } = {},
) => {
  const { host = "127.0.0.1", ...rest } = more;
  return { chunks: [data], to: { host, port }, control: null, ...rest };
};
