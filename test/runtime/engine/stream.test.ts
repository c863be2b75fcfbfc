/** Streams: who is told that more could have been sent. */
import { expect, test } from "vitest";
import { nullNetwork } from "wskit/runtime";
import { Stream } from "../../../runtime/engine/stream.js";
import { DONE, FULL, TAKEN } from "../../../runtime/network/network.js";
import { FakeConnection, NumberedSend } from "./fake-connection.js";

test("a connection is left idle where it has room and nothing was there to be sent, and only there", () => {
  let times = 0;
  const starved = (): void => void times++;
  const receiver = { received: () => {}, ended: () => {}, failed: () => {}, starved };
  const stream = new Stream({ network: nullNetwork(), reach: "accepted", gathers: true, receiver });
  const connection = new FakeConnection();
  stream.adopt(connection);
  connection.answers.push(FULL);
  const [first, second] = [new NumberedSend(1, 9), new NumberedSend(2, 9)];
  expect([stream.send(first, true), stream.send(second, true)]).toEqual([TAKEN, TAKEN]);
  const drain = (bytes: number): void => {
    [connection.isFull, connection.owed] = [false, connection.owed - bytes];
    stream.reached(bytes);
    stream.writable();
  };
  // The second one has waited for this: it leaves at once, and the sender has been fast enough.
  drain(9);
  expect([first.ends, second.ends, times]).toEqual([[null], [null], 0]);
  connection.answers.push(FULL);
  expect(stream.send(new NumberedSend(3, 9), true)).toBe(TAKEN);
  drain(9);
  expect(times).toBe(1);
  expect(stream.send(new NumberedSend(4, 9), true)).toBe(DONE);
  expect(times).toBe(1);
});
