/** Options and limits of a network in memory, at their borders. */
import { expect, test } from "vitest";
import { memoryNetwork } from "wskit/runtime";
import { STATUS_INVALID_BUFFER_SIZE } from "wskit";
import { DONE, isFailure, TAKEN } from "../../../runtime/network/network.js";
import type { Port } from "../../../runtime/network/network.js";
import { settingsOf } from "../../../runtime/transport/memory/options.js";
import { PortRecorder } from "./harness.js";

test("options have the values that are documented, and take the ends of their ranges", () => {
  expect(settingsOf({})).toEqual({
    seed: 0, delay: 0.1, loss: 0, reset: 0, maxDatagram: undefined, segment: 65_536,
    capacity: 262_144, window: 262_144, connectTimeout: 21_000, clock: "auto", log: false,
  }); // prettier-ignore
  const ends = { loss: 1, reset: 1, segment: 1, capacity: 1, window: 1, maxDatagram: 0, connectTimeout: 0 };
  expect(settingsOf(ends)).toMatchObject(ends);
  for (const wrong of [{ loss: 1.001 }, { reset: -0.001 }, { segment: 0 }, { window: 0 }, { capacity: 0 }])
    expect(() => settingsOf(wrong)).toThrow(RangeError);
}); // prettier-ignore

/** Two ports, and what the second one hears. */
function ports(options: Parameters<typeof memoryNetwork>[0]) {
  const network = memoryNetwork({ ...options, clock: "manual" });
  const heard = new PortRecorder();
  const bind = (host: string, events = new PortRecorder()): Port => {
    const port = network.bindNow({ at: { host, port: 7 }, events });
    if (isFailure(port)) throw new Error("cannot bind");
    return port;
  };
  const [from, to] = [bind("10.0.0.1"), bind("10.0.0.2", heard)];
  const send = (bytes: number) =>
    from.send(
      { chunks: [new Uint8Array(bytes)], to: to.local, control: null },
      { settle: () => undefined },
    );
  const sizes = (): number[] => heard.arrivals.map(({ data }) => data.length);
  return { network, from, send, sizes };
}

test("the longest datagram leaves, one byte more does not", () => {
  const { network, send, sizes } = ports({ maxDatagram: 10 });
  expect([send(10), send(11)]).toMatchObject([DONE, { status: STATUS_INVALID_BUFFER_SIZE }]);
  network.run();
  expect(sizes()).toEqual([10]);
});

test("a stalled port takes its capacity to the last byte; what is sent at its end stays behind", () => {
  const { network, from, send, sizes } = ports({ capacity: 10 });
  network.stall(from.local);
  expect([send(4), send(6), send(1), send(0)]).toEqual([DONE, DONE, TAKEN, DONE]);
  network.resume(from.local);
  send(9);
  network.run();
  expect(sizes()).toEqual([4, 6, 1, 0, 9]);
});
