/** What any network has to do: the same tests for the one in memory and for the system's own. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  STATUS_ACCESS_DENIED, STATUS_ACCESS_VIOLATION, STATUS_ADDRESS_ALREADY_EXISTS,
  STATUS_CONNECTION_REFUSED, STATUS_CONNECTION_RESET, STATUS_INVALID_ADDRESS_COMPONENT,
  STATUS_INVALID_BUFFER_SIZE, STATUS_PIPE_DISCONNECTED,
} from "../../../generated/index.js"; // prettier-ignore
import type { Failure } from "../../../runtime/network/failure.js";
import type { Network, Reach } from "../../../runtime/network/network.js";
import { DONE, FULL, isFailure, TAKEN } from "../../../runtime/network/network.js";
import {
  bindTo, boundTo, connectTo, during, expectNothingEarly, listenOn, pairOn, pattern, quiet,
  Recorder, sendFrom, writeAll,
} from "./harness.js"; // prettier-ignore

/** What not every network can. */
export interface Capabilities {
  /** An address that the machine has. */
  readonly host: string;
  /** Control information of a datagram comes to the receiver byte for byte. */
  readonly controlArrives: boolean;
  /** A port is told that nobody has got its datagram. */
  readonly bounces: boolean;
  /** A connection that is aborted behind its end still sends a reset. */
  readonly resetsBehindEnd: boolean;
  /** A reset is noticed where the peer has ended before; otherwise by the next write. */
  readonly noticesLateReset: boolean;
  /** Bytes may have been sent, or acknowledged, when the write returns. */
  readonly reachesAtOnce: boolean;
  /** More than one connection is able to hold while nobody reads, in bytes. */
  readonly plenty: number;
}

const statusOf = (result: object | null): number | undefined =>
  result !== null && isFailure(result) ? result.status : undefined;

/** The tests; `make` makes a network that nobody else uses. */
export function conformance(make: () => Network, can: Capabilities): void {
  const { host } = can;
  const lab: { network: Network } = { network: make() };
  beforeEach(() => {
    lab.network = make();
  });
  afterEach(expectNothingEarly);
  connecting(lab, host);
  describe.each(lab.network.reaches)("connections that follow bytes until %s", (reach) => {
    writing(lab, can, reach);
    ending(lab, can, reach);
  });
  datagrams(lab, can);
}

type Lab = { readonly network: Network };

function connecting(lab: Lab, host: string): void {
  describe("connecting", () => {
    test("both ends know each other", async () => {
      const { client, server, listener } = await pairOn(lab.network, host);
      expect(client.connection.remote).toEqual(listener.local);
      expect(server.connection.local).toEqual(listener.local);
      expect(server.connection.remote).toEqual(client.connection.local);
      expect(client.connection.local.port).toBeGreaterThan(0);
      client.connection.abort();
      listener.close();
    });

    test("nobody listens: refused", async () => {
      const listener = await listenOn(lab.network, { host, port: 0 });
      if (isFailure(listener)) throw new Error("cannot listen");
      listener.close();
      await quiet();
      const result = await connectTo(lab.network, listener.local);
      expect(statusOf(result)).toBe(STATUS_CONNECTION_REFUSED);
    });

    test("who gives up is called by nobody", async () => {
      let called = 0;
      const accepted = new Recorder();
      const listener = await listenOn(lab.network, { host, port: 0 }, { accepted: () => accepted });
      if (isFailure(listener)) throw new Error("cannot listen");
      const connected = (): null => {
        called += 1;
        return null;
      };
      lab.network.connect({ to: listener.local, reach: "accepted", connected })();
      await quiet();
      expect(called).toBe(0);
      listener.close();
    });

    test("giving up after the connection is there changes nothing", async () => {
      const server = new Recorder();
      const listener = await listenOn(lab.network, { host, port: 0 }, { accepted: () => server });
      if (isFailure(listener)) throw new Error("cannot listen");
      const client = new Recorder();
      const to = listener.local;
      await new Promise<void>((done) => {
        const giveUp = lab.network.connect({
          to,
          reach: "accepted",
          connected: (connection) => {
            if (isFailure(connection)) throw new Error("cannot connect");
            setImmediate(() => {
              giveUp();
              connection.writeOne(pattern(5));
              done();
            });
            return client;
          },
        });
      });
      await server.until(() => server.receivedBytes === 5);
      expect(client.failure).toBeNull();
      listener.close();
    });

    test("a connection that is turned away is lost for the other side", async () => {
      const listener = await listenOn(lab.network, { host, port: 0 }, { accepted: () => null });
      if (isFailure(listener)) throw new Error("cannot listen");
      const client = await connectTo(lab.network, listener.local);
      if (isFailure(client)) expect(client.status).toBe(STATUS_CONNECTION_RESET);
      else await client.events.until(() => client.events.failure !== null);
      listener.close();
    });

    test("an address in use is told, and free again after the close", async () => {
      const first = await listenOn(lab.network, { host, port: 0 });
      if (isFailure(first)) throw new Error("cannot listen");
      const second = await listenOn(lab.network, first.local);
      expect(statusOf(second)).toBe(STATUS_ADDRESS_ALREADY_EXISTS);
      first.close();
      await quiet();
      const third = await listenOn(lab.network, first.local);
      expect(statusOf(third)).toBeUndefined();
      if (!isFailure(third)) third.close();
    });

    test("a connection comes from where it is told to", async () => {
      const { client, listener } = await pairOn(lab.network, host);
      const other = await listenOn(lab.network, { host, port: 0 });
      if (isFailure(other)) throw new Error("cannot listen");
      const from = { host, port: other.local.port };
      other.close();
      await quiet();
      const second = await connectTo(lab.network, listener.local, { from });
      if (isFailure(second)) throw new Error("cannot connect");
      expect(second.connection.local).toEqual(from);
      client.connection.abort();
      second.connection.abort();
      listener.close();
    });
  });
}

/** What comes at once, and what is told, has to add up to what was written. */
function writing(lab: Lab, can: Capabilities, reach: Reach): void {
  const { host, plenty } = can;
  test("bytes arrive in their order, and each is told of once", async () => {
    const { client, server, listener } = await pairOn(lab.network, host, reach);
    const sizes = [1, 7, 64, 1000, 4096, 65_537, 3, 200_000];
    const total = sizes.reduce((sum, size) => sum + size, 0);
    let at = 0;
    const chunks = sizes.map((size) => pattern(size, (at += size) - size));
    const done = await writeAll(client, chunks);
    await server.events.until(() => server.events.receivedBytes === total);
    await client.events.until(() => done + client.events.reachedBytes >= total);
    await quiet();
    expect(done + client.events.reachedBytes).toBe(total);
    expect(server.events.data.equals(pattern(total))).toBe(true);
    expect(reach === "accepted" || can.reachesAtOnce || done === 0).toBe(true);
    client.connection.abort();
    listener.close();
  });

  test("several chunks are one write, and the array is the caller's again", async () => {
    const { client, server, listener } = await pairOn(lab.network, host, reach);
    const whole = pattern(600_000);
    const cuts = [0, 0, 10, 4000, 300_000, 300_001, 600_000];
    const chunks = cuts.slice(1).map((cut, i) => whole.subarray(cuts[i], cut));
    const answer = during(() => client.connection.write(chunks));
    chunks.length = 0;
    const expected = answer === DONE ? 0 : whole.length;
    await client.events.until(() => client.events.reachedBytes === expected);
    await server.events.until(() => server.events.receivedBytes === whole.length);
    expect(server.events.data.equals(whole)).toBe(true);
    client.connection.abort();
    listener.close();
  });

  test("nothing to write is done", async () => {
    const { client, listener } = await pairOn(lab.network, host, reach);
    expect(during(() => client.connection.write([]))).toBe(DONE);
    expect(during(() => client.connection.writeOne(new Uint8Array(0)))).toBe(DONE);
    client.connection.abort();
    listener.close();
  });

  test("memory of bytes that have come as far as they should may be used again", async () => {
    const { client, server, listener } = await pairOn(lab.network, host, reach);
    const chunk = pattern(5000);
    const answer = during(() => client.connection.writeOne(chunk));
    if (answer !== DONE) await client.events.until(() => client.events.reachedBytes === 5000);
    chunk.fill(0);
    await server.events.until(() => server.events.receivedBytes === 5000);
    expect(server.events.data.equals(pattern(5000))).toBe(true);
    client.connection.abort();
    listener.close();
  });

  test("a receiver that reads nothing stops the sender, and lets it go on", async () => {
    const { client, server, listener } = await pairOn(lab.network, host, reach);
    during(() => server.connection.pause());
    const piece = 65_536;
    let written = 0;
    let done = 0;
    for (let isFull = false; !isFull;) {
      expect(written).toBeLessThan(plenty);
      const writables = client.events.writables;
      const answer = during(() => client.connection.writeOne(pattern(piece, written)));
      written += piece;
      expect([DONE, TAKEN, FULL]).toContain(answer);
      if (answer === DONE) done += piece;
      if (answer !== FULL) continue;
      await quiet();
      isFull = client.events.writables === writables;
    }
    expect(server.events.receivedBytes).toBe(0);
    expect(done + client.events.reachedBytes).toBeLessThan(written);
    const { writables } = client.events;
    during(() => server.connection.resume());
    await client.events.until(() => client.events.writables > writables);
    await client.events.until(() => done + client.events.reachedBytes === written);
    await server.events.until(() => server.events.receivedBytes === written);
    expect(server.events.data.equals(pattern(written))).toBe(true);
    client.connection.abort();
    listener.close();
  });
}

function ending(lab: Lab, can: Capabilities, reach: Reach): void {
  const { host } = can;
  test("one side ends, behind its data, and the other goes on", async () => {
    const { client, server, listener } = await pairOn(lab.network, host, reach);
    const request = pattern(400_000);
    during(() => client.connection.write([request]));
    during(() => client.connection.end());
    await client.events.until(() => client.events.isEndSent);
    await server.events.until(() => server.events.isEnded);
    expect(server.events.data.equals(request)).toBe(true);
    expect(statusOf(during(() => client.connection.writeOne(pattern(1))) as Failure)).toBe(
      STATUS_PIPE_DISCONNECTED,
    );
    await writeAll(server, [pattern(50_000)]);
    during(() => server.connection.end());
    await client.events.until(() => client.events.isEnded);
    expect(client.events.data.equals(pattern(50_000))).toBe(true);
    await server.events.until(() => server.events.isEndSent);
    const told = [client.events.told.length, server.events.told.length];
    during(() => client.connection.close());
    during(() => server.connection.close());
    await quiet();
    expect([client.events.told.length, server.events.told.length]).toEqual(told);
    listener.close();
  });

  test("who aborts is told nothing more, and the other side of a reset", async () => {
    const { client, server, listener } = await pairOn(lab.network, host, reach);
    during(() => server.connection.pause());
    during(() => client.connection.writeOne(pattern(10_000)));
    if (can.resetsBehindEnd) during(() => client.connection.end());
    during(() => client.connection.abort());
    during(() => server.connection.resume());
    await server.events.until(() => server.events.failure !== null || server.events.isEnded);
    expect(server.events.failure?.status).toBe(STATUS_CONNECTION_RESET);
    const told = server.events.told.length;
    await quiet();
    expect(client.events.told).toEqual([]);
    expect(server.events.told.length).toBe(told);
    expect(typeof client.connection.writeOne(pattern(1))).toBe("object");
    expect(statusOf(server.connection.writeOne(pattern(1)) as Failure)).toBe(
      STATUS_CONNECTION_RESET,
    );
    listener.close();
  });

  test("a reset that comes right behind data is a reset, also behind one's own end", async () => {
    for (const hasEnded of [false, true]) {
      const { client, server, listener } = await pairOn(lab.network, host, reach);
      during(() => client.connection.writeOne(pattern(100)));
      if (hasEnded) {
        during(() => client.connection.end());
        await client.events.until(() => client.events.isEndSent);
        await server.events.until(() => server.events.isEnded);
      }
      during(() => server.connection.writeOne(pattern(10)));
      during(() => server.connection.abort());
      await client.events.until(() => client.events.failure !== null || client.events.isEnded);
      expect(client.events.failure?.status).toBe(STATUS_CONNECTION_RESET);
      expect(client.events.isEnded).toBe(false);
      listener.close();
    }
  });

  test("behind one's own end everything is still received, in pauses too", async () => {
    const { client, server, listener } = await pairOn(lab.network, host, reach);
    during(() => client.connection.end());
    await server.events.until(() => server.events.isEnded);
    const answer = pattern(500_000);
    client.events.onReceived = () => {
      client.connection.pause();
      setTimeout(() => client.connection.resume(), 1);
    };
    await writeAll(server, [answer]);
    during(() => server.connection.end());
    await client.events.until(() => client.events.isEnded);
    expect(client.events.data.equals(answer)).toBe(true);
    during(() => client.connection.close());
    during(() => server.connection.close());
    listener.close();
  });

  test("memory that is taken away under way fails the connection, and the peer sees a reset", async () => {
    for (const isEnding of [false, true]) {
      const { client, server, listener } = await pairOn(lab.network, host, reach);
      during(() => server.connection.pause());
      const memory = new Uint8Array(can.plenty);
      expect(during(() => client.connection.writeOne(memory))).toBe(FULL);
      if (isEnding) during(() => client.connection.end());
      await quiet();
      structuredClone(null, { transfer: [memory.buffer] });
      during(() => server.connection.resume());
      await server.events.until(() => server.events.failure !== null || server.events.isEnded);
      expect(server.events.failure?.status).toBe(STATUS_CONNECTION_RESET);
      await client.events.until(() => client.events.failure !== null);
      expect(client.events.failure?.status).toBe(STATUS_ACCESS_VIOLATION);
      expect(client.events.isEndSent).toBe(false);
      expect(client.events.reachedBytes).toBeLessThan(can.plenty);
      listener.close();
    }
  });

  test("the peer has closed: the first write is taken, then comes the reset", async () => {
    const { client, server, listener } = await pairOn(lab.network, host, reach);
    during(() => server.connection.end());
    await client.events.until(() => client.events.isEnded);
    during(() => server.connection.close());
    await quiet();
    const first = during(() => client.connection.writeOne(pattern(100)));
    if (reach === "accepted" || !can.reachesAtOnce)
      expect(first).toBe(reach === "accepted" ? DONE : TAKEN);
    if (can.noticesLateReset) {
      await client.events.until(() => client.events.failure !== null);
      expect(client.events.failure?.status).toBe(STATUS_CONNECTION_RESET);
    } else {
      await quiet();
      const second = during(() => client.connection.writeOne(pattern(1)));
      expect(statusOf(second as Failure)).toBe(STATUS_CONNECTION_RESET);
    }
    if (reach === "acked") expect(client.events.reachedBytes).toBe(0);
    expect(typeof client.connection.writeOne(pattern(1))).toBe("object");
    listener.close();
  });

  test("who closes without an end: all that was accepted arrives, and the end", async () => {
    const { client, server, listener } = await pairOn(lab.network, host, reach);
    during(() => server.connection.pause());
    await quiet();
    during(() => client.connection.writeOne(pattern(500)));
    during(() => client.connection.close());
    expect(typeof client.connection.writeOne(pattern(1))).toBe("object");
    during(() => server.connection.resume());
    await server.events.until(() => server.events.isEnded || server.events.failure !== null);
    expect([server.events.failure, client.events.told]).toEqual([null, []]);
    expect(server.events.data.equals(pattern(500))).toBe(true);
    listener.close();
  });

  test("who closes while memory waits: what was accepted of it arrives, and the end", async () => {
    const { client, server, listener } = await pairOn(lab.network, host, reach);
    during(() => server.connection.pause());
    await quiet();
    const memory = pattern(can.plenty);
    expect(during(() => client.connection.writeOne(memory))).toBe(FULL);
    during(() => client.connection.close());
    structuredClone(null, { transfer: [memory.buffer as ArrayBuffer] });
    during(() => server.connection.resume());
    await server.events.until(() => server.events.isEnded || server.events.failure !== null);
    expect([server.events.failure, client.events.told]).toEqual([null, []]);
    const { length } = server.events.data;
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan(can.plenty);
    expect(server.events.data.equals(pattern(length))).toBe(true);
    listener.close();
  });

  test("who closes with something unread resets, and is told nothing more", async () => {
    const { client, server, listener } = await pairOn(lab.network, host, reach);
    during(() => server.connection.pause());
    during(() => client.connection.writeOne(pattern(100)));
    await quiet();
    during(() => server.connection.close());
    await client.events.until(() => client.events.failure !== null);
    await quiet();
    expect(server.events.told).toEqual(["accepted"]);
    listener.close();
  });

  test("a pause holds what arrives, and its end", async () => {
    const { client, server, listener } = await pairOn(lab.network, host, reach);
    during(() => server.connection.pause());
    during(() => client.connection.writeOne(pattern(3000)));
    during(() => client.connection.end());
    await quiet();
    expect(server.events.told).toEqual(["accepted"]);
    during(() => server.connection.resume());
    await server.events.until(() => server.events.isEnded);
    expect(server.events.data.equals(pattern(3000))).toBe(true);
    expect(server.events.told.at(-1)).toBe("ended");
    during(() => server.connection.resume());
    await quiet();
    expect(server.events.told.filter((what) => what === "ended").length).toBe(1);
    client.connection.abort();
    listener.close();
  });
}

function datagrams(lab: Lab, can: Capabilities): void {
  const { host } = can;
  describe("datagrams", () => {
    test.each([0, 1, 1472, 9000, "maxDatagram"] as const)("of %s bytes arrive whole", async (size) => {
      const sender = await boundTo(lab.network, host);
      const receiver = await boundTo(lab.network, host);
      const data = pattern(size === "maxDatagram" ? sender.port.maxDatagram : size);
      expect(await sendFrom(sender.port, receiver.port.local, { data })).toBeNull();
      await receiver.events.until(() => receiver.events.arrivals.length === 1);
      const [arrival] = receiver.events.arrivals;
      expect(Buffer.from(arrival?.data ?? []).equals(data)).toBe(true);
      expect(arrival?.from).toEqual(sender.port.local);
      expect(arrival?.control ?? null).toBeNull();
      await closed(sender.port, receiver.port);
    }); // prettier-ignore

    test("of several chunks are one", async () => {
      const sender = await boundTo(lab.network, host);
      const chunks = [pattern(10), pattern(0), pattern(20, 10), pattern(30, 30)];
      const { local } = sender.port;
      during(() => sender.port.send({ chunks, to: local, control: null }, { settle: () => null }));
      await sender.events.until(() => sender.events.arrivals.length === 1);
      expect(Buffer.from(sender.events.arrivals[0]?.data ?? []).equals(pattern(60))).toBe(true);
      await closed(sender.port);
    });

    test("who waits for several is told of each", async () => {
      const sender = await boundTo(lab.network, host);
      const { port } = sender;
      let [told, owed] = [0, 0];
      const waiting = { settle: (failure: Failure | null) => void (failure === null && told++) };
      for (let i = 0; i < 3; i++) {
        const datagram = { chunks: [pattern(5)], to: port.local, control: null };
        if (during(() => port.send(datagram, waiting)) === TAKEN) owed += 1;
      }
      await sender.events.until(() => sender.events.arrivals.length === 3);
      await quiet();
      expect(told).toBe(owed);
      await closed(port);
    });

    test("too long are refused", async () => {
      const { port } = await boundTo(lab.network, host);
      const data = new Uint8Array(port.maxDatagram + 1);
      const result = await sendFrom(port, port.local, { data });
      expect(statusOf(result)).toBe(STATUS_INVALID_BUFFER_SIZE);
      await closed(port);
    });

    test("to port 0 are refused", async () => {
      const { port } = await boundTo(lab.network, host);
      const result = await sendFrom(port, { host, port: 0 }, { data: pattern(1) });
      expect(statusOf(result)).toBe(STATUS_INVALID_ADDRESS_COMPONENT);
      await closed(port);
    });

    test.skipIf(host.includes(":"))("to everybody need a port that may", async () => {
      const { port } = await boundTo(lab.network, host);
      const everybody = { host: "255.255.255.255", port: port.local.port };
      const result = await sendFrom(port, everybody, { data: pattern(1) });
      expect(statusOf(result)).toBe(STATUS_ACCESS_DENIED);
      const loopback = { host: "127.255.255.255", port: port.local.port };
      const told: unknown[] = [];
      for (const isAllowed of [false, true, false]) {
        port.setBroadcast(isAllowed);
        told.push(statusOf(await sendFrom(port, loopback, { data: pattern(1) })));
      }
      expect(told).toEqual([STATUS_ACCESS_DENIED, undefined, STATUS_ACCESS_DENIED]);
      await closed(port);
    });

    test.runIf(can.controlArrives)("carry control information byte for byte", async () => {
      const { port, events } = await boundTo(lab.network, host);
      expect(port.carriesControl).toBe(true);
      const control = pattern(24, 5);
      await sendFrom(port, port.local, { data: pattern(3), control });
      await events.until(() => events.arrivals.length === 1);
      expect(Buffer.from(events.arrivals[0]?.control ?? []).equals(control)).toBe(true);
      await closed(port);
    });

    test.runIf(can.bounces)("to nobody bounce", async () => {
      const { port, events } = await boundTo(lab.network, host);
      const gone = await boundTo(lab.network, host);
      await closed(gone.port);
      expect(await sendFrom(port, gone.port.local, { data: pattern(3) })).toBeNull();
      await events.until(() => events.bounces.length === 1);
      await closed(port);
    });

    test("a port is given once, and free again after the close", async () => {
      const { port } = await boundTo(lab.network, host);
      expect(statusOf(await bindTo(lab.network, port.local))).toBe(STATUS_ADDRESS_ALREADY_EXISTS);
      await closed(port);
      const again = await bindTo(lab.network, port.local);
      expect(statusOf(again)).toBeUndefined();
      if (!isFailure(again)) await closed(again.port);
    });

    test("the close is told once, who waits before it, and nothing after it", async () => {
      const { port, events } = await boundTo(lab.network, host);
      const told: string[] = [];
      for (let i = 0; i < 20; i += 1) {
        const datagram = { chunks: [pattern(100)], to: port.local, control: null };
        const answer = during(() => port.send(datagram, { settle: () => told.push("settled") }));
        if (answer === DONE) told.push("settled");
      }
      during(() => port.close(() => told.push("closed")));
      const arrived = events.told.length;
      await quiet();
      expect(told).toEqual([...Array.from({ length: 20 }, () => "settled"), "closed"]);
      expect(events.told.length).toBe(arrived);
      const late = await sendFrom(port, port.local, { data: pattern(1) });
      expect(late).not.toBeNull();
    });
  });
}

async function closed(...ports: { close(done: () => void): void }[]): Promise<void> {
  for (const port of ports) await new Promise<void>((done) => during(() => port.close(done)));
}
