/**
 * What goes wrong in networks, on every network that can show it: each fault ends by itself, every
 * send is accounted for, and none succeeds whose bytes have not left.
 */
import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import {
  STATUS_CANCELLED, STATUS_CONNECTION_RESET, STATUS_FILE_FORCED_CLOSED,
  STATUS_INVALID_DEVICE_STATE, STATUS_PENDING, STATUS_SUCCESS,
} from "wskit"; // prettier-ignore
import type { Network } from "wskit/runtime";
import {
  IoCancelIrp, IoFreeIrp, IoReuseIrp, isMdlInUse, memoryNetwork, MmUnlockPages, nativeNetwork,
  nodeNetwork, wskBuf,
} from "wskit/runtime"; // prettier-ignore
import { missing } from "../native/peers.js";
import { completion, linked, numbered } from "./lab.js";

const MB = 1024 * 1024;
const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === "::1"),
);

const NETWORKS: readonly (readonly [string, () => Network])[] = [
  ["memory", () => memoryNetwork()],
  ["node", () => nodeNetwork],
  ...(missing === null ? [["native", () => nativeNetwork()] as const] : []),
];

const big = (megabytes: number) => wskBuf(new Uint8Array(megabytes * MB));
const turn = () => new Promise((next) => setTimeout(next, 5));

describe.each(NETWORKS)("on the network %s", (_, make) => {
  test("a reset with sends under way: none succeeds falsely, and later ones are refused", async () => {
    const { client, peer, books, close } = await linked(make(), { paused: true });
    for (let i = 0; i < 6; i++) books.send(client, big(16));
    peer.connection.abort();
    await books.completed(6);
    expect(books.balance()).toEqual({ succeeded: 0, failed: 6, cancelled: 0 });
    expect(books.completions[0]?.[1]).toBe(STATUS_CONNECTION_RESET);
    expect(books.send(client, big(0)).returned).toBe(STATUS_FILE_FORCED_CLOSED);
    expect(books.balance().failed).toBe(7);
    await close();
  });

  test("the peer has ended its side: what is sent arrives", async () => {
    const { client, peer, books, close } = await linked(make());
    peer.connection.end();
    await turn();
    books.send(client, wskBuf(new Uint8Array(1000)));
    await books.completed(1);
    await peer.events.until(() => peer.events.receivedBytes === 1000);
    expect(books.balance().succeeded).toBe(1);
    await close();
  });

  test("a stall: one completion, when all has left, and the bytes are right", async () => {
    const { client, peer, books, close } = await linked(make(), { paused: true });
    expect(books.send(client, big(64)).returned).toBe(STATUS_PENDING);
    await new Promise((later) => setTimeout(later, 50));
    expect(books.completions).toEqual([]);
    peer.connection.resume();
    await books.completed(1);
    await peer.events.until(() => peer.events.receivedBytes === 64 * MB);
    expect(books.balance()).toEqual({ succeeded: 1, failed: 0, cancelled: 0 });
    await close();
  });

  test("100,000 sends are pending when the socket is closed: each is cancelled, once", async () => {
    const { client, books, close } = await linked(make(), { paused: true });
    const plug = big(64);
    books.send(client, plug);
    const small = wskBuf(new Uint8Array(64));
    for (let i = 0; i < 100_000; i++) books.send(client, small);
    expect(isMdlInUse(small.Mdl ?? expect.unreachable())).toBe(true);
    expect(await close()).toBe(STATUS_SUCCESS);
    expect(books.balance()).toEqual({ succeeded: 0, failed: 0, cancelled: 100_001 });
    expect(isMdlInUse(small.Mdl ?? expect.unreachable())).toBe(false);
  });

  test("100,000 sends are pending, and then the peer reads: all arrive, in order", async () => {
    const { client, peer, books, close } = await linked(make(), { paused: true });
    books.send(client, big(32));
    for (const buffer of numbered(100_000, 64)) books.send(client, buffer);
    peer.connection.resume();
    await books.completed(100_001);
    await peer.events.until(() => peer.events.receivedBytes === 32 * MB + 6_400_000);
    expect(books.balance().succeeded).toBe(100_001);
    expect(books.completions.every(([number], i) => number === i)).toBe(true);
    const { data } = peer.events;
    for (let i = 0; i < 100_000; i++) {
      if (data.readUInt32BE(32 * MB + i * 64) !== i) expect.unreachable(`send ${i} is not there`);
    }
    await close();
  });

  test("a cancelled send that waits is withdrawn; one under way is not", async () => {
    const { client, peer, books, close } = await linked(make(), { paused: true });
    const [first, second] = [books.send(client, big(64)), books.send(client, big(1))];
    books.send(client, wskBuf(Buffer.from("third")));
    expect([IoCancelIrp(second.irp), IoCancelIrp(first.irp)]).toEqual([true, false]);
    expect(books.completions).toEqual([[1, STATUS_CANCELLED, 0]]);
    peer.connection.resume();
    await books.completed(3);
    await peer.events.until(() => peer.events.receivedBytes === 64 * MB + 5);
    expect(books.balance()).toEqual({ succeeded: 2, failed: 0, cancelled: 1 });
    await close();
  });

  test("memory and IRP of a pending send are not the caller's", async () => {
    const { client, books, close } = await linked(make(), { paused: true });
    const buffer = big(64);
    const { irp } = books.send(client, buffer);
    const mdl = buffer.Mdl ?? expect.unreachable();
    for (const act of [() => MmUnlockPages(mdl), () => IoReuseIrp(irp, 0), () => IoFreeIrp(irp)]) {
      expect(act).toThrow("runtime/");
    }
    expect(() => client.Dispatch.WskSend(client.socket, buffer, 0, irp)).toThrow("outstanding");
    await close();
    expect(books.balance().cancelled).toBe(1);
  });

  test("the peer has closed: a send is still taken, then the reset shows, then the socket is dead", async () => {
    const { client, peer, books, close } = await linked(make());
    peer.connection.end();
    await turn();
    peer.connection.close();
    await turn();
    expect(books.send(client, wskBuf(new Uint8Array(1))).returned).toBe(STATUS_SUCCESS);
    await new Promise((later) => setTimeout(later, 20));
    const second = books.send(client, wskBuf(new Uint8Array(1))).returned;
    expect([STATUS_CONNECTION_RESET, STATUS_FILE_FORCED_CLOSED]).toContain(second);
    expect(books.send(client, wskBuf(new Uint8Array(1))).returned).toBe(STATUS_FILE_FORCED_CLOSED);
    expect(books.balance()).toEqual({ succeeded: 1, failed: 2, cancelled: 0 });
    await close();
  });

  test("an abortive disconnect cancels what is pending, and nothing is sent after it", async () => {
    const { client, peer, books, close } = await linked(make(), { paused: true });
    for (let i = 0; i < 3; i++) books.send(client, big(64));
    const { socket, Dispatch } = client;
    expect(await completion((irp) => Dispatch.WskDisconnect(socket, null, 1, irp))).toBe(0);
    expect(books.balance()).toEqual({ succeeded: 0, failed: 0, cancelled: 3 });
    expect(books.send(client, big(1)).returned).toBeLessThan(0);
    peer.connection.resume();
    await peer.events.until(() => peer.events.failure !== null || peer.events.isEnded);
    expect(peer.events.receivedBytes).toBeLessThan(192 * MB);
    await close();
  });

  test("a disconnect with 16 MB that wait for the peer completes with all of them", async () => {
    const { client, peer, close } = await linked(make(), { paused: true });
    const { socket, Dispatch } = client;
    const last = completion((irp) => Dispatch.WskDisconnect(socket, big(16), 0, irp));
    await turn();
    peer.connection.resume();
    expect(await last).toBe(STATUS_SUCCESS);
    await peer.events.until(() => peer.events.isEnded);
    expect(peer.events.receivedBytes).toBe(16 * MB);
    await close();
  });

  test("a disconnect that finds the connection lost completes its IRP once", async () => {
    const { client, peer, close } = await linked(make());
    peer.connection.abort();
    const { socket, Dispatch } = client;
    const data = wskBuf(new Uint8Array(10));
    const status = await completion((irp) => Dispatch.WskDisconnect(socket, data, 0, irp));
    expect([STATUS_CONNECTION_RESET, STATUS_FILE_FORCED_CLOSED, STATUS_SUCCESS]).toContain(status);
    await close();
  });

  test("an MDL that turns bad while its send waits fails that send, and no other", async () => {
    const { client, peer, books, close } = await linked(make(), { paused: true });
    const bad = big(1);
    for (const buffer of [big(64), bad, wskBuf(new Uint8Array(5))]) books.send(client, buffer);
    (bad.Mdl ?? expect.unreachable()).MappedSystemVa = null as never;
    peer.connection.resume();
    await books.completed(3);
    expect(books.balance()).toEqual({ succeeded: 2, failed: 1, cancelled: 0 });
    await close();
  });

  test("the garbage collector takes nothing that is pending", async () => {
    const { client, peer, books, close } = await linked(make(), { paused: true });
    books.send(client, big(16));
    for (let i = 0; i < 2000; i++) books.send(client, wskBuf(new Uint8Array(500).fill(i & 0xff)));
    // Enough garbage for several collections, with nobody but the runtime holding the sends.
    for (let i = 0; i < 200; i++) Array.from({ length: 100_000 }, () => i).sort();
    peer.connection.resume();
    await books.completed(2001);
    await peer.events.until(() => peer.events.receivedBytes === 16 * MB + 1_000_000);
    const { data } = peer.events;
    for (let i = 0; i < 2000; i++) expect(data[16 * MB + i * 500 + 499]).toBe(i & 0xff);
    await close();
  });

  test("a send before the connection completes its IRP all the same", async () => {
    const { client, books, close } = await linked(make());
    await close();
    expect(() => books.send(client, big(0))).toThrow("socket-closed");
    const { createConnectionSocket } = await import("wskit/runtime");
    const socket = createConnectionSocket({ family: 2, network: make() });
    const other = { socket, Dispatch: socket.Dispatch };
    books.made.length = 0;
    expect(books.send(other, big(0)).returned).toBe(STATUS_INVALID_DEVICE_STATE);
    expect(books.balance().failed).toBe(1);
  });

  test.runIf(hasIpv6)("over IPv6 it is the same", async () => {
    const { client, peer, books, close } = await linked(make(), { host: "::1" });
    books.send(client, wskBuf(new Uint8Array(10)));
    await books.completed(1);
    await peer.events.until(() => peer.events.receivedBytes === 10);
    expect(books.balance().succeeded).toBe(1);
    await close();
  });
});
