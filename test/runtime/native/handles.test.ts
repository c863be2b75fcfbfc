/** The descriptors of the native network: whatever fails or is given up, none stays open. */
import { describe, expect, test } from "vitest";
import { isFailure } from "../../../runtime/network/network.js";
import { findKoffi } from "../../../runtime/transport/native/koffi.js";
import { libcOf } from "../../../runtime/transport/native/libc.js";
import type { Libc } from "../../../runtime/transport/native/libc.js";
import { networkOver } from "../../../runtime/transport/native/network.js";
import { bindTo, boundTo, connectTo, listenOn, pairOn } from "../network/harness.js";
import { missing, titled, until } from "./peers.js";

/** The libc of the system, and which descriptors it has given out and not got back. */
function counting() {
  const found = findKoffi();
  if ("missing" in found) throw new Error(found.missing);
  const libc = libcOf(found.koffi);
  const open = new Set<number>();
  const wrong: number[] = [];
  const opened = (fd: number): number => {
    if (fd >= 0) open.add(fd);
    return fd;
  };
  const counted: Libc = {
    ...libc,
    socket: (...args) => opened(libc.socket(...args)),
    accept4: (...args) => opened(libc.accept4(...args)),
    epoll_create1: (...args) => opened(libc.epoll_create1(...args)),
    close: (fd) => {
      if (!open.delete(fd)) wrong.push(fd);
      return libc.close(fd);
    },
  };
  return { network: networkOver(counted, {}), open, wrong };
}

describe.skipIf(missing !== null)(titled("no descriptor stays open"), () => {
  const host = "127.0.0.1";

  test("where an address is taken: to bind, to listen, to connect from", async () => {
    const { network, open, wrong } = counting();
    const { port } = await boundTo(network, host);
    const listener = await listenOn(network, { host, port: 0 });
    if (isFailure(listener)) throw new Error("cannot listen");
    expect(open.size).toBe(2);
    expect(isFailure(await bindTo(network, port.local))).toBe(true);
    expect(isFailure(await listenOn(network, listener.local))).toBe(true);
    const from = { host: "192.0.2.1", port: 0 };
    expect(isFailure(await connectTo(network, listener.local, { from }))).toBe(true);
    expect(open.size).toBe(2);
    await new Promise<void>((done) => port.close(done));
    port.close(() => undefined);
    listener.close();
    expect([open.size, wrong]).toEqual([0, []]);
  });

  test("of a connect that is given up or refused, and of one that nobody wants", async () => {
    const { network, open } = counting();
    const listener = await listenOn(network, { host, port: 0 });
    if (isFailure(listener)) throw new Error("cannot listen");
    network.connect({ to: listener.local, reach: "accepted", connected: () => null })();
    expect(open.size).toBe(1);
    await connectTo(network, listener.local);
    listener.close();
    expect(isFailure(await connectTo(network, listener.local))).toBe(true);
    await until(() => open.size <= 1);
  });

  test("of connections that have ended, closed or cut, nor what watches them", async () => {
    const { network, open, wrong } = counting();
    for (const isClean of [true, false]) {
      const pairs = [await pairOn(network, host), await pairOn(network, host)];
      for (const { client, server } of pairs) {
        client.connection.end();
        await server.events.until(() => server.events.isEnded);
      }
      for (const { client, server, listener } of pairs) {
        for (const { connection } of [client, server]) {
          if (isClean) connection.close();
          else connection.abort();
        }
        listener.close();
      }
      expect([open.size, wrong]).toEqual([0, []]);
    }
  });
});
