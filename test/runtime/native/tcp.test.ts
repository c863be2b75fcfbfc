/** TCP by the native network: what the kernel takes is done, and nothing is told that is not so. */
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { describe, expect, test } from "vitest";
import {
  STATUS_ADDRESS_ALREADY_EXISTS, STATUS_CONNECTION_REFUSED, STATUS_CONNECTION_RESET,
  STATUS_INVALID_ADDRESS_COMPONENT, STATUS_PIPE_DISCONNECTED,
} from "wskit"; // prettier-ignore
import { DONE, FULL, TAKEN } from "../../../runtime/network/network.js";
import { nativeNetwork } from "../../../runtime/transport/native/network.js";
import { atEnd, closedPort, pattern, sha256, tcpPeer, uncaught } from "../peers.js";
import { bind, connect, Fate, listen, missing, titled, Told, tryConnect, until } from "./peers.js";

const MB = 1024 * 1024;
const at = (port: number, host = "127.0.0.1") => ({ to: { host, port } });

/** A peer that reads nothing, whose receive window is small: what is sent stays in the sender. */
async function deafPeer() {
  const network = nativeNetwork({ receiveBuffer: 4096 });
  const { listener, accepted } = await listen(network, "127.0.0.1");
  return {
    port: listener.local.port,
    async peer() {
      await until(() => accepted.length > 0);
      const [first] = accepted;
      if (first === undefined) throw new Error("nobody");
      return first;
    },
  };
}

describe.skipIf(missing !== null)(titled("TCP by the native network"), () => {
  test("what the kernel takes at once is done, and arrives", async () => {
    const peer = await tcpPeer();
    const { connection, told } = await connect(nativeNetwork(), at(peer.port));
    const pieces = [pattern(64), pattern(5, 2), pattern(4000, 3), pattern(90_000, 4)];
    expect(connection.writeOne(pieces[0] ?? new Uint8Array())).toBe(DONE);
    expect(connection.write(pieces.slice(1))).toBe(DONE);
    expect(connection.write([])).toBe(DONE);
    expect(connection.writeOne(new Uint8Array(0))).toBe(DONE);
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    expect(await peer.received(bytes)).toBe(sha256(...pieces));
    expect(told.log).toEqual([]);
    expect(connection.remote).toEqual({ host: "127.0.0.1", port: peer.port });
    expect(connection.local.host).toBe("127.0.0.1");
  });

  test.each([3, 2000])("%i chunks of one write arrive in order", async (count) => {
    const peer = await tcpPeer();
    const { connection } = await connect(nativeNetwork(), at(peer.port));
    for (const size of [7, 2500]) {
      const chunks = Array.from({ length: count }, (_, i) => pattern(size, i));
      if (connection.write(chunks) === FULL)
        await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const all = [7, 2500].flatMap((size) =>
      Array.from({ length: count }, (_, i) => pattern(size, i)),
    );
    expect(await peer.received(count * 2507)).toBe(sha256(...all));
  });

  test("a write of which the kernel takes a part is told of as it goes, and then there is room", async () => {
    const peer = await tcpPeer({ paused: true });
    const { connection, told } = await connect(nativeNetwork(), at(peer.port));
    const data = pattern(32 * MB);
    expect(connection.writeOne(data)).toBe(FULL);
    expect(connection.write([pattern(3, 7), pattern(4, 8)])).toBe(FULL);
    expect(told.log).toEqual([]);
    const arrived = peer.received(data.length + 7);
    (await peer.socket).resume();
    expect(await arrived).toBe(sha256(data, pattern(3, 7), pattern(4, 8)));
    await until(() => told.log.includes("writable"));
    expect(told.bytes).toBe(data.length + 7);
    expect(told.log.at(-1)).toBe("writable");
    expect(connection.writeOne(pattern(9))).toBe(DONE);
  });

  test("the end goes behind what waits", async () => {
    const peer = await tcpPeer({ paused: true });
    const { connection, told } = await connect(nativeNetwork(), at(peer.port));
    const data = pattern(16 * MB);
    expect(connection.writeOne(data)).toBe(FULL);
    connection.end();
    expect(connection.writeOne(data)).toMatchObject({ status: STATUS_PIPE_DISCONNECTED });
    const socket = await peer.socket;
    const ended = new Promise((resolve) => socket.once("end", resolve));
    const arrived = peer.received(data.length);
    socket.resume();
    expect(await arrived).toBe(sha256(data));
    await ended;
    await until(() => told.log.includes("endSent"));
    expect(told.bytes).toBe(data.length);
    expect(told.log).not.toContain("writable");
    socket.end();
    await until(() => told.log.includes("ended"));
    connection.close();
  });

  test("an end with nothing before it is told later", async () => {
    const peer = await tcpPeer();
    const { connection, told } = await connect(nativeNetwork(), at(peer.port));
    connection.end();
    expect(told.log).toEqual([]);
    await until(() => told.log.length > 0);
    expect(told.log).toEqual(["endSent"]);
  });

  test("memory that is gone ends the connection: no other bytes follow", async () => {
    const peer = await tcpPeer({ paused: true });
    const { connection, told } = await connect(nativeNetwork(), at(peer.port));
    const lost = pattern(1000);
    expect(connection.write([pattern(16 * MB), lost, pattern(10)])).toBe(FULL);
    structuredClone(lost.buffer, { transfer: [lost.buffer as ArrayBuffer] });
    (await peer.socket).resume();
    await until(() => told.failure !== null);
    expect(told.bytes).toBeLessThan(16 * MB);
    expect(connection.writeOne(pattern(1))).toBe(told.failure);
  });

  test("pause stops what arrives, resume goes on", async () => {
    const peer = await tcpPeer();
    const { connection, told } = await connect(nativeNetwork(), at(peer.port));
    const socket = await peer.socket;
    connection.pause();
    socket.write(pattern(1000));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(told.data).toEqual([]);
    connection.resume();
    await until(() => told.arrived.length === 1000);
    socket.write(pattern(300_000, 2));
    await until(() => told.arrived.length === 301_000);
    expect(sha256(told.arrived)).toBe(sha256(pattern(1000), pattern(300_000, 2)));
  });

  test("what arrived before a reset counts, then the loss is told, and nothing more", async () => {
    const peer = await tcpPeer({ paused: true });
    const { connection, told } = await connect(nativeNetwork(), at(peer.port));
    const socket = await peer.socket;
    expect(connection.writeOne(pattern(16 * MB))).toBe(FULL);
    await new Promise((resolve) => socket.write("before", resolve));
    socket.resetAndDestroy();
    await until(() => told.failure !== null);
    expect(String(told.arrived)).toBe("before");
    expect(told.failure?.status).toBe(STATUS_CONNECTION_RESET);
    const { bytes } = told;
    expect(bytes).toBeLessThan(16 * MB);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([told.bytes, told.log.at(-1)]).toEqual([bytes, "failed"]);
    expect(connection.writeOne(pattern(1))).toBe(told.failure);
  });

  test("a write after a reset fails, and that is all that is told", async () => {
    const peer = await tcpPeer();
    const { connection, told } = await connect(nativeNetwork(), at(peer.port));
    connection.pause();
    (await peer.socket).resetAndDestroy();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(connection.writeOne(pattern(64))).toMatchObject({ status: STATUS_CONNECTION_RESET });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told.log).toEqual([]);
  });

  // By libuv a reset behind bytes that were not read looks like an end, so the peer is not Node's.
  test("abort is a reset at the peer, and nothing more is told", async () => {
    const { port, peer } = await deafPeer();
    const { connection, told } = await connect(nativeNetwork(), at(port));
    const listening = await peer();
    listening.connection.pause();
    expect(connection.writeOne(pattern(16 * MB))).toBe(FULL);
    connection.abort();
    const { bytes } = told;
    listening.connection.resume();
    await until(() => listening.told.failure !== null);
    expect(listening.told.failure?.status).toBe(STATUS_CONNECTION_RESET);
    expect(listening.told.arrived.length).toBeLessThan(16 * MB);
    expect([told.bytes, told.failure]).toEqual([bytes, null]);
    connection.abort();
    connection.close();
  });

  test("a peer that half-closes is still sent to", async () => {
    const peer = await tcpPeer();
    const { connection, told } = await connect(nativeNetwork(), at(peer.port));
    (await peer.socket).end();
    await until(() => told.log.includes("ended"));
    expect(connection.writeOne(pattern(1000))).toBe(DONE);
    expect(await peer.received(1000)).toBe(sha256(pattern(1000)));
  });

  test("a reset behind the peer's end is told of by itself", async () => {
    const { port, peer } = await deafPeer();
    const { connection, told } = await connect(nativeNetwork(), at(port));
    const other = (await peer()).connection;
    other.end();
    await until(() => told.log.includes("ended"));
    other.abort();
    await until(() => told.failure !== null);
    expect(told.failure?.status).toBe(STATUS_CONNECTION_RESET);
    expect(told.log).toEqual(["ended", "failed"]);
    expect(connection.writeOne(pattern(1))).toBe(told.failure);
  });

  test("memory that claims to be longer than it is gives away nothing else", async () => {
    const peer = await tcpPeer();
    const { connection } = await connect(nativeNetwork(), at(peer.port));
    const liar = (size: number) =>
      Object.defineProperty(pattern(size), "length", { value: 1_000_000 });
    expect(connection.writeOne(liar(10))).toBe(DONE);
    expect(connection.write([liar(20), liar(5000), liar(3)])).toBe(DONE);
    expect(connection.writeOne(pattern(1))).toBe(DONE);
    const sizes = [10, 20, 5000, 3, 1];
    expect(await peer.received(5034)).toBe(sha256(...sizes.map((size) => pattern(size))));
    const ears = await bind(nativeNetwork(), "127.0.0.1");
    const { port } = ears.port.local;
    for (const chunks of [[liar(10)], [liar(20), liar(3)]]) {
      const datagram = { chunks, to: { host: "127.0.0.1", port }, control: null };
      expect(ears.port.send(datagram, new Fate())).toBe(DONE);
    }
    await until(() => ears.heard.datagrams.length === 2);
    expect(ears.heard.datagrams.map(({ data }) => data.length)).toEqual([10, 23]);
  });

  test("a small send buffer makes writes wait early", async () => {
    const { port, peer } = await deafPeer();
    const { connection, told } = await connect(nativeNetwork({ sendBuffer: 4096 }), at(port));
    const listening = await peer();
    listening.connection.pause();
    let handed = 0;
    while (connection.writeOne(pattern(4096)) === DONE) handed += 4096;
    expect(handed).toBeLessThan(512 * 1024);
    listening.connection.resume();
    await until(() => told.log.includes("writable"));
    await until(() => listening.told.arrived.length === handed + 4096);
  });

  test("bytes are sent when they have left, acked when the peer has them", async () => {
    const { port, peer } = await deafPeer();
    const network = nativeNetwork();
    const sent = await connect(network, { ...at(port), reach: "sent" });
    const listening = await peer();
    listening.connection.pause();
    // Far more than the peer's window, far less than the send buffer.
    expect(sent.connection.writeOne(pattern(256 * 1024))).toBe(TAKEN);
    expect(sent.connection.writeOne(pattern(10, 2))).toBe(TAKEN);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sent.told.bytes).toBeLessThan(256 * 1024);
    listening.connection.resume();
    await until(() => sent.told.bytes === 256 * 1024 + 10);
    await until(() => listening.told.arrived.length === 256 * 1024 + 10);
  });

  test.each(["sent", "acked"] as const)(
    "%s goes on to the last byte and through the end",
    async (reach) => {
      const peer = await tcpPeer();
      const { connection, told } = await connect(nativeNetwork(), { ...at(peer.port), reach });
      let [written, done] = [0, 0];
      for (let i = 0; i < 50; i++) {
        const data = pattern(1 + i * 977, i);
        const handed = connection.writeOne(data);
        expect([DONE, TAKEN, FULL]).toContain(handed);
        written += data.length;
        if (handed === DONE) done += data.length;
        if (handed === FULL) await until(() => told.log.includes("writable"));
      }
      connection.end();
      await until(() => told.bytes + done === written);
      await until(() => told.log.includes("endSent"));
      await peer.received(written);
    },
  );

  test.each(["sent", "acked"] as const)("after a reset nothing is %s", async (reach) => {
    const { port, peer } = await deafPeer();
    const { connection, told } = await connect(nativeNetwork(), { ...at(port), reach });
    const listening = await peer();
    listening.connection.pause();
    expect(connection.writeOne(pattern(256 * 1024))).toBe(TAKEN);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { bytes } = told;
    expect(bytes).toBeLessThan(256 * 1024);
    // Where it does not read, only following its bytes tells it of the reset.
    connection.pause();
    listening.connection.abort();
    await until(() => told.failure !== null);
    expect([told.bytes, told.failure?.status]).toEqual([bytes, STATUS_CONNECTION_RESET]);
  });

  test("IPv6", async () => {
    const peer = await tcpPeer({ host: "::1" });
    const { connection } = await connect(nativeNetwork(), at(peer.port, "::1"));
    expect(connection.writeOne(pattern(100))).toBe(DONE);
    expect(await peer.received(100)).toBe(sha256(pattern(100)));
    expect([connection.local.host, connection.remote.host]).toEqual(["::1", "::1"]);
  });

  test("failures to connect are told by their causes, later", async () => {
    const network = nativeNetwork();
    const refused = await tryConnect(network, at(await closedPort()));
    expect(refused).toMatchObject({ status: STATUS_CONNECTION_REFUSED });
    for (const wrong of [at(1, "nowhere"), at(70_000), at(1, "::1%nothing%"), at(1, "")]) {
      const failure = await tryConnect(network, wrong);
      expect(failure).toMatchObject({ status: STATUS_INVALID_ADDRESS_COMPONENT });
    }
  });

  test("the address to come from is claimed at once", async () => {
    const peer = await tcpPeer();
    const taken = { host: "127.0.0.1", port: 0 };
    const first = await connect(nativeNetwork(), { ...at(peer.port), from: taken });
    const from = first.connection.local;
    const failure = await tryConnect(nativeNetwork(), { ...at(peer.port), from });
    expect(failure).toMatchObject({ status: STATUS_ADDRESS_ALREADY_EXISTS });
    const other = { host: "127.0.0.9", port: 0 };
    const another = await tcpPeer();
    const second = await connect(nativeNetwork(), { ...at(another.port), from: other });
    expect(second.connection.local.host).toBe("127.0.0.9");
  });

  test("giving up tells nothing", async () => {
    const peer = await tcpPeer();
    let told = 0;
    const request = {
      ...at(peer.port),
      reach: "accepted",
      connected: () => (told++, null),
    } as const;
    nativeNetwork().connect(request)();
    nativeNetwork().connect({ ...request, to: { host: "no", port: 1 } })();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(told).toBe(0);
  });

  test("a connection that nobody takes is cut", async () => {
    const reset = new Promise<unknown>((resolve) => {
      const server = createServer((socket: Socket) => socket.on("error", resolve));
      atEnd(() => server.close());
      server.listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo;
        nativeNetwork().connect({ ...at(port), reach: "accepted", connected: () => null });
      });
    });
    expect(await reset).toMatchObject({ code: "ECONNRESET" });
  });
});

describe.skipIf(missing !== null)(titled("listening by the native network"), () => {
  test.each(["127.0.0.1", "::1"])("connections at %s carry bytes both ways", async (host) => {
    const network = nativeNetwork();
    const { listener, accepted } = await listen(network, host);
    const clients = [];
    for (let i = 0; i < 5; i++) clients.push(await connect(network, at(listener.local.port, host)));
    await until(() => accepted.length === 5);
    for (const [i, { connection }] of clients.entries()) {
      expect(connection.writeOne(pattern(100, i))).toBe(DONE);
    }
    for (const [i, { connection, told }] of accepted.entries()) {
      await until(() => told.arrived.length === 100);
      const client = clients.find((c) => c.connection.local.port === connection.remote.port);
      expect(client?.connection.remote).toEqual(connection.local);
      expect(connection.writeOne(pattern(50, i))).toBe(DONE);
      connection.end();
      await until(() => client?.told.log.includes("ended") === true);
      expect(client?.told.arrived.length).toBe(50);
    }
  });

  test("an address in use is refused, and free again after close", async () => {
    const network = nativeNetwork();
    const { listener } = await listen(network, "127.0.0.1");
    const again = () =>
      new Promise<unknown>((resolve) => {
        network.listen({
          at: listener.local,
          reach: "accepted",
          listening: (result) => {
            if ("close" in result) result.close();
            resolve(result);
          },
          accepted: () => null,
        });
      });
    expect(await again()).toMatchObject({ status: STATUS_ADDRESS_ALREADY_EXISTS });
    listener.close();
    listener.close();
    expect(await again()).toMatchObject({ local: listener.local });
  });

  test("null turns a connection away, and so does an error", async () => {
    const network = nativeNetwork();
    const told = new Told();
    const errors = uncaught();
    let count = 0;
    const port = await new Promise<number>((resolve) => {
      network.listen({
        at: { host: "127.0.0.1", port: 0 },
        reach: "accepted",
        listening(result) {
          if (!("close" in result)) return;
          atEnd(() => result.close());
          resolve(result.local.port);
        },
        accepted() {
          count++;
          if (count === 1) return null;
          if (count === 2) throw new Error("not this one");
          return told;
        },
      });
    });
    for (let i = 0; i < 2; i++) {
      const made = await tryConnect(network, at(port));
      if ("told" in made) await until(() => made.told.failure !== null);
      const failure = "told" in made ? made.told.failure : made;
      expect(failure?.status).toBe(STATUS_CONNECTION_RESET);
    }
    const { connection } = await connect(network, at(port));
    expect(connection.writeOne(pattern(10))).toBe(DONE);
    await until(() => told.arrived.length === 10);
    expect(errors.map(String)).toEqual(["Error: not this one"]);
  });
});
