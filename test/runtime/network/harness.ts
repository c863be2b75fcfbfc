/** What the tests of a network need: events that are written down, and can be waited for. */
import { expect } from "vitest";
import type { Failure } from "../../../runtime/network/failure.js";
import type {
  Connection, ConnectionEvents, Endpoint, Listener, Network, Port, PortEvents, Reach,
} from "../../../runtime/network/network.js"; // prettier-ignore
import { DONE, FULL, isFailure, TAKEN } from "../../../runtime/network/network.js";

let calls = 0;
/** Events that were told while a call was under way. */
export const early: string[] = [];

/** Makes a call on a network; nothing may be told before it has returned. */
export function during<T>(call: () => T): T {
  calls += 1;
  try {
    return call();
  } finally {
    calls -= 1;
  }
}

/** Something that happens can be waited for. */
class Happenings {
  readonly told: string[] = [];
  #waiting: (() => void)[] = [];

  note(what: string): void {
    if (calls > 0) early.push(what);
    this.told.push(what);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const look of waiting) look();
  }

  /** Waits until it is so; fails after ten seconds. */
  async until(isSo: () => boolean): Promise<void> {
    const end = Date.now() + 10_000;
    while (!isSo()) {
      if (Date.now() > end)
        throw new Error(`waited in vain; told: ${this.told.slice(-20).join(", ")}`);
      await new Promise<void>((look) => {
        const timer = setTimeout(look, 1000);
        this.#waiting.push(() => {
          clearTimeout(timer);
          look();
        });
      });
    }
  }
}

/** Events of a connection. */
export class Recorder extends Happenings implements ConnectionEvents {
  reachedBytes = 0;
  receivedBytes = 0;
  readonly pieces: Uint8Array[] = [];
  failure: Failure | null = null;
  isEnded = false;
  isEndSent = false;
  writables = 0;
  onWritable: () => void = () => undefined;
  onReceived: () => void = () => undefined;

  reached(bytes: number): void {
    this.reachedBytes += bytes;
    this.note(`reached ${bytes}`);
  }
  writable(): void {
    this.writables += 1;
    this.note("writable");
    this.onWritable();
  }
  endSent(): void {
    this.isEndSent = true;
    this.note("endSent");
  }
  received(data: Uint8Array): void {
    this.pieces.push(data);
    this.receivedBytes += data.length;
    this.note(`received ${data.length}`);
    this.onReceived();
  }
  ended(): void {
    this.isEnded = true;
    this.note("ended");
  }
  failed(failure: Failure): void {
    this.failure = failure;
    this.note("failed");
  }
  get data(): Buffer {
    return Buffer.concat(this.pieces);
  }
}

/** Events of a port. */
export class PortRecorder extends Happenings implements PortEvents {
  readonly arrivals: { data: Uint8Array; from: Endpoint; control: Uint8Array | null }[] = [];
  readonly bounces: Failure[] = [];

  received(data: Uint8Array, from: Endpoint, control: Uint8Array | null): void {
    this.arrivals.push({ data, from, control });
    this.note(`received ${data.length}`);
  }
  bounced(failure: Failure): void {
    this.bounces.push(failure);
    this.note("bounced");
  }
}

/** One side of a connection, and what it was told. */
export interface End {
  readonly connection: Connection;
  readonly events: Recorder;
}

/** Listens; those who connect are handed to `accepted`. */
export function listenOn(
  network: Network,
  at: Endpoint,
  { reach = "accepted", accepted = () => null as ConnectionEvents | null }: {
    reach?: Reach;
    accepted?: (connection: Connection) => ConnectionEvents | null;
  } = {},
): Promise<Listener | Failure> {
  return new Promise((listening) => {
    during(() => network.listen({ at, reach, listening: (result) => listening(lateOr(result)), accepted }));
  });
} // prettier-ignore

function lateOr<T>(result: T): T {
  if (calls > 0) early.push("a result");
  return result;
}

/** Connects. */
export function connectTo(
  network: Network,
  to: Endpoint,
  { reach = "accepted", from }: { reach?: Reach; from?: Endpoint } = {},
): Promise<End | Failure> {
  return new Promise((done) => {
    const events = new Recorder();
    during(() =>
      network.connect({
        to,
        from,
        reach,
        connected: (result) => {
          lateOr(result);
          done(isFailure(result) ? result : { connection: result, events });
          return events;
        },
      }),
    );
  });
}

/** A connection of which both ends are here. */
export async function pairOn(network: Network, host: string, reach: Reach = "accepted") {
  const found = { server: null as End | null };
  const events = new Recorder();
  const listener = await listenOn(network, { host, port: 0 }, {
    reach,
    accepted: (connection) => {
      found.server = { connection, events };
      events.note("accepted");
      return events;
    },
  }); // prettier-ignore
  if (isFailure(listener)) throw new Error("cannot listen");
  const client = await connectTo(network, listener.local, { reach });
  if (isFailure(client)) throw new Error("cannot connect");
  await events.until(() => found.server !== null);
  if (found.server === null) throw new Error("not accepted");
  return { client, server: found.server, listener };
}

/** Binds. */
export function bindTo(
  network: Network,
  at: Endpoint,
  { broadcast = false, events = new PortRecorder() } = {},
): Promise<{ port: Port; events: PortRecorder } | Failure> {
  return new Promise((done) => {
    const bound = (result: Port | Failure): void =>
      done(isFailure(lateOr(result)) ? (result as Failure) : { port: result as Port, events });
    during(() => network.bind({ at, broadcast, events, bound }));
  });
}

/** As `bindTo`, where it has to work. */
export async function boundTo(network: Network, host: string, options = {}) {
  const result = await bindTo(network, { host, port: 0 }, options);
  if (isFailure(result)) throw new Error("cannot bind");
  return result;
}

/** Sends one datagram, and tells what became of it. */
export function sendFrom(
  port: Port,
  to: Endpoint,
  { data, control = null }: { data: Uint8Array; control?: Uint8Array | null },
): Promise<Failure | null> {
  return new Promise((settle) => {
    const datagram = { chunks: [data], to, control };
    const answer = during(() => port.send(datagram, { settle: (failure) => settle(lateOr(failure)) }));
    if (answer === DONE) settle(null);
    else if (answer !== TAKEN) settle(answer);
  });
} // prettier-ignore

/** Bytes that differ from place to place. */
export function pattern(length: number, start = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) bytes[i] = ((start + i) * 31 + ((start + i) >> 8)) & 0xff;
  return bytes;
}

/** Writes all as the network takes it; answers how many bytes were done at once. */
export async function writeAll({ connection, events }: End, chunks: readonly Uint8Array[]): Promise<number> {
  let done = 0;
  for (const chunk of chunks) {
    const writables = events.writables;
    const answer = during(() => connection.writeOne(chunk));
    if (typeof answer === "object") throw new Error("the write failed");
    if (answer === DONE) done += chunk.length;
    if (answer === FULL) await events.until(() => events.writables > writables);
  }
  return done;
} // prettier-ignore

/** Time in which what must not happen would. */
export async function quiet(): Promise<void> {
  await new Promise((later) => setTimeout(later, 20));
  for (let turns = 0; turns < 20; turns += 1) await new Promise((later) => setImmediate(later));
}

/** Nothing may have been told inside a call. */
export function expectNothingEarly(): void {
  expect(early.splice(0)).toEqual([]);
}
