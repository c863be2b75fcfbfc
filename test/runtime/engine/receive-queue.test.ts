/** The queue of what arrives at a connection: when it holds the peer back, and what it tells. */
import { describe, expect, test } from "vitest";
import type { ReceiveMode, ReceiveOwner } from "../../../runtime/engine/receive-queue.js";
import { DEFAULT_WINDOW, ReceiveQueue } from "../../../runtime/engine/receive-queue.js";
import type { Chunks } from "../../../runtime/engine/transmission.js";
import { Transmission } from "../../../runtime/engine/transmission.js";
import type { Failure } from "../../../runtime/network/failure.js";
import { CANCELLED, RESET } from "../../../runtime/network/failure.js";
import { DONE, TAKEN } from "../../../runtime/network/network.js";

/** A receive into memory of its own. */
class Reading extends Transmission {
  readonly memory: Uint8Array;
  readonly ends: (Failure | null)[] = [];

  constructor(bytes: number) {
    super();
    this.bytes = bytes;
    this.memory = new Uint8Array(bytes);
  }

  override onePiece(): Uint8Array {
    return this.memory;
  }

  override gather(chunks: Chunks): boolean {
    chunks.push(this.memory);
    return true;
  }

  override settle(failure: Failure | null): void {
    this.ends.push(failure);
  }
}

/** A queue, and what its owner was told. */
class Bench implements ReceiveOwner {
  readonly queue = new ReceiveQueue(this);
  readonly told: string[] = [];

  pause(): void {
    this.told.push("pause");
  }

  resume(): void {
    this.told.push("resume");
  }

  offered(): number {
    return 0;
  }

  drained(): void {
    this.told.push("drained");
  }

  arrive(bytes: number): void {
    this.queue.received(new Uint8Array(bytes));
  }

  read(bytes: number, mode: ReceiveMode = "some"): Reading {
    const reading = new Reading(bytes);
    this.answer = this.queue.receive(reading, mode);
    return reading;
  }

  /** What the last read was answered. */
  answer: unknown = null;
}

describe("the window", () => {
  test("holds the connection back once it is full, and until half of it is free, each time", () => {
    const at = new Bench();
    at.queue.window = 10;
    for (let time = 1; time <= 2; time++) {
      at.told.length = 0;
      at.arrive(9);
      expect(at.told).toEqual([]);
      at.arrive(1);
      expect(at.told).toEqual(["pause"]);
      at.arrive(5);
      at.read(9);
      expect(at.told).toEqual(["pause"]);
      at.read(1);
      expect([at.told, at.queue.backlog]).toEqual([["pause", "resume"], 5]);
      at.read(5);
      expect([at.told, at.queue.backlog]).toEqual([["pause", "resume"], 0]);
    }
  });

  test("counts at once where it is changed, in both directions", () => {
    const at = new Bench();
    expect(at.queue.window).toBe(DEFAULT_WINDOW);
    at.arrive(20);
    at.queue.window = 20;
    expect(at.told).toEqual(["pause"]);
    at.queue.window = 39;
    expect(at.told).toEqual(["pause"]);
    at.queue.window = 40;
    expect(at.told).toEqual(["pause", "resume"]);
  });
});

test("the end is told once, behind all that has arrived", () => {
  const at = new Bench();
  at.arrive(2);
  at.queue.ended();
  expect(at.told).toEqual([]);
  at.read(2);
  at.queue.pump();
  at.queue.pump();
  expect([at.told, at.answer]).toEqual([["drained"], DONE]);
});

test("the first failure counts; what was not taken is dropped, and nothing comes behind it", () => {
  const at = new Bench();
  at.arrive(3);
  const waiting = at.read(5, "all");
  expect(at.answer).toBe(TAKEN);
  at.arrive(1);
  at.queue.fail(RESET);
  at.queue.fail(CANCELLED);
  at.arrive(4);
  at.queue.ended();
  expect(waiting.ends).toEqual([RESET]);
  expect([at.queue.failure, at.queue.backlog, at.told]).toEqual([RESET, 0, []]);
  at.read(1);
  expect(at.answer).toBe(RESET);
});

test("what nobody has taken is dropped by a failure", () => {
  const at = new Bench();
  at.arrive(3);
  at.queue.fail(RESET);
  expect(at.queue.backlog).toBe(0);
});
