/** Registered memory: which sends lie in it, and what keeps it in use. */
import { expect, test } from "vitest";
import { RegisteredMemory, release } from "../../../runtime/spi/memory.js";

const registered = (length: number, readable = true) => {
  const [memory, bytes] = [new RegisteredMemory(), new Uint8Array(20)];
  return { memory, bytes, handle: memory.register(bytes.subarray(5), { length, readable }) };
};
const of = (...chunks: readonly Uint8Array[]) => ({
  data: chunks,
  bytes: chunks.reduce((sum, chunk) => sum + chunk.length, 0),
});

test("what begins with its first byte and ends with its last lies in it, and no more", () => {
  const { memory, bytes } = registered(10);
  const lies = [[5, 15], [5, 16], [4, 15], [14, 15], [15, 16]].map(
    ([from, to]) => memory.hold({ data: bytes.subarray(from, to), bytes: (to ?? 0) - (from ?? 0) }) !== undefined,
  ); // prettier-ignore
  expect(lies).toEqual([true, false, false, true, false]);
}); // prettier-ignore

test("memory that may not be read, or that is no socket's any more, holds no send", () => {
  const written = registered(10, false);
  expect(written.memory.hold(of(written.bytes.subarray(5, 6)))).toBeUndefined();
  const closed = registered(10);
  closed.memory.clear();
  expect(closed.memory.hold(of(closed.bytes.subarray(5, 6)))).toBeUndefined();
});

test("a send of several pieces keeps each of them in use until it is released, or none at all", () => {
  const { memory, bytes, handle } = registered(10);
  const other = new Uint8Array(3);
  const second = memory.register(other, { length: 3, readable: true });
  expect(memory.hold(of(bytes.subarray(5, 6), new Uint8Array(1)))).toBeUndefined();
  const held = memory.hold(of(bytes.subarray(5, 6), other)) ?? expect.unreachable();
  expect([memory.deregister(handle), memory.deregister(second)]).toEqual([false, false]);
  release(held);
  expect([memory.deregister(handle), memory.deregister(second)]).toEqual([true, true]);
  expect(memory.deregister(handle)).toBe(false);
});
