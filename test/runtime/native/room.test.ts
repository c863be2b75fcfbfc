/** Datagrams that wait for room, and bounces of others: the order, and what a send is told. */
import { constants } from "node:os";
import { describe, expect, test } from "vitest";
import {
  controlObjects, IP_PKTINFO, STATUS_ACCESS_VIOLATION, STATUS_PORT_UNREACHABLE,
} from "wskit"; // prettier-ignore
import { DONE, TAKEN } from "../../../runtime/network/network.js";
import { findKoffi } from "../../../runtime/transport/native/koffi.js";
import { libcOf } from "../../../runtime/transport/native/libc.js";
import type { Libc } from "../../../runtime/transport/native/libc.js";
import { nativeNetwork, networkOver } from "../../../runtime/transport/native/network.js";
import { pattern } from "../peers.js";
import { connect, bind, Fate, listen, missing, titled, to, until } from "./peers.js";

const HOST = "127.0.0.1";

/** The libc of the system, but for what a test puts in its place; `fails` is told of the next call. */
function changed(change: (real: Libc, fails: (errno: number) => number) => Partial<Libc>) {
  const found = findKoffi();
  if ("missing" in found) throw new Error(found.missing);
  const real = libcOf(found.koffi);
  let errno = 0;
  const fails = (by: number): number => {
    errno = by;
    return -1;
  };
  const own = (): number => {
    const is = errno === 0 ? real.errno() : errno;
    errno = 0;
    return is;
  };
  return networkOver({ ...real, errno: own, ...change(real, fails) }, {});
}

/** A network that has no room for so many datagrams. */
const crowded = (full: number) =>
  changed((real, fails) => ({
    sendto: (...args) => (full-- > 0 ? fails(constants.errno.EAGAIN) : real.sendto(...args)),
  }));

describe.skipIf(missing !== null)(titled("datagrams of the native network"), () => {
  test("one that finds room goes behind those that wait for it", async () => {
    // The first send asks twice.
    const { port } = await bind(crowded(2), HOST);
    const peer = await bind(nativeNetwork(), HOST);
    const fates = [new Fate(), new Fate()];
    const sent = fates.map((fate, i) => port.send(to(peer.port.local.port, pattern(i + 1)), fate));
    expect(sent).toEqual([TAKEN, TAKEN]);
    await until(() => peer.heard.datagrams.length === 2);
    expect(peer.heard.datagrams.map(({ data }) => data.length)).toEqual([1, 2]);
    expect(fates.map(({ end }) => end)).toEqual([null, null]);
  });

  test("one whose memory is gone when there is room fails, and nothing is sent of it", async () => {
    const { port } = await bind(crowded(2), HOST);
    const peer = await bind(nativeNetwork(), HOST);
    const [gone, fates] = [Uint8Array.from(pattern(5)), [new Fate(), new Fate()]];
    const there = peer.port.local.port;
    for (const [i, chunks] of [[pattern(3), gone], [pattern(2)]].entries())
      port.send(to(there, gone, { chunks }), fates[i] ?? expect.unreachable());
    structuredClone(gone, { transfer: [gone.buffer] });
    await until(() => peer.heard.datagrams.length > 0 && fates[1]?.end !== undefined);
    expect(fates.map(({ end }) => end)).toMatchObject([{ status: STATUS_ACCESS_VIOLATION }, null]);
    expect(peer.heard.datagrams.map(({ data }) => data.length)).toEqual([2]);
  });

  test("one to everybody says so in IN_PKTINFO: it has the address that the sender wrote", async () => {
    const hears = await bind(nativeNetwork({ receiveControl: true }), "0.0.0.0");
    const { port } = await bind(nativeNetwork(), HOST, { broadcast: true });
    const host = "127.255.255.255";
    expect(port.send(to(hears.port.local.port, pattern(1), { host }), new Fate())).toBe(DONE);
    await until(() => hears.heard.datagrams.length === 1);
    const control = hears.heard.datagrams[0]?.control ?? expect.unreachable();
    const info = [...controlObjects(control, "x64")].find(({ type }) => type === IP_PKTINFO);
    expect([...(info?.data.subarray(0, 4) ?? [])]).toEqual([127, 255, 255, 255]);
  });

  test("a bounce fails no other, of several pieces either, and is told behind its call", async () => {
    const gone = await bind(nativeNetwork(), HOST);
    const nobody = gone.port.local.port;
    gone.port.close(() => undefined);
    const peer = await bind(nativeNetwork(), HOST);
    const { port, heard } = await bind(nativeNetwork(), HOST);
    const there = peer.port.local.port;
    for (let i = 0; i < 3; i++) {
      const chunks = [pattern(2), pattern(3)];
      expect(port.send(to(nobody, pattern(1)), new Fate())).toBe(DONE);
      expect(port.send(to(there, pattern(5), { chunks }), new Fate())).toBe(DONE);
      expect(heard.bounces.length).toBe(0);
    }
    await until(() => heard.bounces.length === 3 && peer.heard.datagrams.length === 3);
    for (const { status } of heard.bounces) expect(status).toBe(STATUS_PORT_UNREACHABLE);
  });
});

describe.skipIf(missing !== null)(titled("listeners of the native network"), () => {
  test("take nothing for a while where there are no descriptors, and then go on", async () => {
    for (const name of ["EMFILE", "ENFILE"] as const) {
      let refused = 0;
      const network = changed((real, fails) => ({
        accept4: (...args) =>
          refused++ < 2 ? fails(constants.errno[name]) : real.accept4(...args),
      }));
      const { listener, accepted } = await listen(network, HOST);
      await connect(nativeNetwork(), { to: listener.local });
      await until(() => accepted.length === 1);
    }
  });

  test("listen again at once where a connection of theirs has ended first", async () => {
    const { listener, accepted } = await listen(nativeNetwork(), HOST);
    const client = await connect(nativeNetwork(), { to: listener.local });
    await until(() => accepted.length === 1);
    accepted[0]?.connection.end();
    await until(() => client.told.log.includes("ended"));
    client.connection.end();
    await until(() => accepted[0]?.told.log.includes("ended") === true);
    accepted[0]?.connection.close();
    client.connection.close();
    listener.close();
    // The kernel remembers the connection at this port for a minute.
    const answer = await new Promise((resolve) => {
      const request = { at: listener.local, reach: "accepted", accepted: () => null } as const;
      nativeNetwork().listen({ ...request, listening: resolve });
    });
    expect(answer).toMatchObject({ local: listener.local });
    (answer as typeof listener).close();
  });
});
