/** The queue of datagrams that arrive at a port: what is kept, what is lost, and their order. */
import { describe, expect, test } from "vitest";
import type { Arrived } from "../../../runtime/engine/datagram-queue.js";
import { DatagramQueue } from "../../../runtime/engine/datagram-queue.js";
import { NumberedSend } from "./fake-connection.js";

const from = { host: "192.0.2.1", port: 1 };
const datagram = (bytes: number): Arrived => ({ data: new Uint8Array(bytes), from, control: null });

/** A queue, and who was served with how many bytes. */
class Bench {
  readonly served: [note: number, bytes: number][] = [];
  readonly queue: DatagramQueue<number>;
  /** What is done with a datagram that nobody waits for. */
  offer: (datagram: Arrived) => boolean = () => false;

  constructor() {
    this.queue = new DatagramQueue(
      (note, { data }) => this.served.push([note, data.length]),
      (offered) => this.offer(offered),
    );
  }

  arrive(...sizes: readonly number[]): void {
    for (const bytes of sizes) this.queue.received(datagram(bytes));
  }

  /** How many bytes a receive has got at once; null where it waits. */
  read(note: number): number | null {
    return this.queue.receive(new NumberedSend(note, 0), note)?.data.length ?? null;
  }

  /** What lies there, in order. */
  rest(): number[] {
    const sizes: number[] = [];
    for (let size = this.read(9); size !== null; size = this.read(9)) sizes.push(size);
    return sizes;
  }
}

describe("the window", () => {
  test("is filled to its last byte; what goes beyond it is lost, and what comes later is not", () => {
    const at = new Bench();
    at.queue.window = 10;
    at.arrive(4, 6, 1, 0);
    expect(at.read(1)).toBe(4);
    at.arrive(5, 4);
    expect(at.rest()).toEqual([6, 0, 4]);
  });

  test("keeps one that is longer where nothing waits before it", () => {
    const at = new Bench();
    at.queue.window = 10;
    at.arrive(11, 1);
    expect(at.rest()).toEqual([11]);
  });

  test("counts what was taken and lies here still, until it is released", () => {
    const at = new Bench();
    at.queue.window = 10;
    at.queue.retain(7);
    at.arrive(4, 3);
    at.queue.release(7);
    at.arrive(7, 1);
    expect(at.rest()).toEqual([3, 7]);
  });
});

describe("a receive inside an offer", () => {
  test("waits behind nobody, and gets the datagram where the offer is turned down", () => {
    const at = new Bench();
    at.offer = () => {
      at.offer = () => false;
      expect(at.read(1)).toBeNull();
      return false;
    };
    at.arrive(3);
    expect([at.served, at.rest()]).toEqual([[[1, 3]], []]);
  });

  test("gets the next one where the offer is taken", () => {
    const at = new Bench();
    at.offer = () => {
      at.offer = () => false;
      expect(at.read(1)).toBeNull();
      return true;
    };
    at.arrive(3, 4, 5);
    expect([at.served, at.rest()]).toEqual([[[1, 4]], [5]]);
  });
});
