/** Bytes that wait, against a string that says what they have to be. */
import { expect, test } from "vitest";
import { ByteQueue } from "../../../runtime/engine/byte-queue.js";
import { copyInto } from "../../../runtime/engine/receive-queue.js";

test("whatever is pushed, dropped and given back, what is there is in order", () => {
  let seed = 3;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let run = 0; run < 300; run++) {
    const queue = new ByteQueue();
    let model = "";
    for (let step = 0; step < 60; step++) {
      const words = "abcdefghij".slice(0, random(11));
      const choice = random(5);
      if (choice < 3) {
        queue.push(Buffer.from(words));
        model += words;
      } else if (choice === 3) {
        const bytes = random(model.length + 1);
        queue.drop(bytes);
        model = model.slice(bytes);
      } else {
        queue.putBack(Buffer.from(words));
        model = words + model;
      }
      expect(queue.length).toBe(model.length);
      expect(String(Buffer.concat(queue.chunks))).toBe(model);
      expect(queue.first?.length ?? 0).toBeLessThanOrEqual(model.length);
    }
    queue.clear();
    expect([queue.length, queue.first, queue.chunks]).toEqual([0, undefined, []]);
  }
});

test("copies go over the borders of pieces, as far as there is room", () => {
  const views = [new Uint8Array(2), new Uint8Array(0), new Uint8Array(3)];
  expect(copyInto(views, 1, Buffer.from("abc"))).toBe(3);
  expect(String(Buffer.concat(views))).toBe("\0abc\0");
  expect(copyInto(views, 4, Buffer.from("xyz"))).toBe(1);
  expect(copyInto(views, 5, Buffer.from("xyz"))).toBe(0);
});
