/** What holds under any schedule: nothing is made up, lost in silence, or told twice. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Connection, Handed, Reach } from "../../../runtime/network/network.js";
import { DONE, FULL, isFailure } from "../../../runtime/network/network.js";
import type { MemoryNetwork, MemoryOptions } from "../../../runtime/transport/memory/index.js";
import { memoryNetwork } from "../../../runtime/transport/memory/index.js";
import { during, expectNothingEarly, pattern, Recorder } from "./harness.js";

type Step =
  | { readonly do: "write"; readonly side: 0 | 1; readonly sizes: readonly number[] }
  | { readonly do: "pause" | "resume" | "end" | "stall" | "free"; readonly side: 0 | 1 }
  | { readonly do: "close" | "abort"; readonly side: 0 | 1 }
  | { readonly do: "reset" }
  | { readonly do: "advance"; readonly ms: number };

const side = fc.constantFrom(0 as const, 1 as const);
const write = fc.record({
  do: fc.constant("write" as const),
  side,
  sizes: fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 4 }),
});
const calm = fc.constantFrom("pause", "resume", "end", "stall", "free" as const);
const gentle: fc.Arbitrary<Step>[] = [
  write,
  write,
  fc.record({ do: calm, side }) as fc.Arbitrary<Step>,
  fc.record({ do: fc.constant("advance" as const), ms: fc.double({ min: 0, max: 5, noNaN: true }) }),
]; // prettier-ignore
const rough: fc.Arbitrary<Step>[] = [
  fc.record({ do: fc.constantFrom("close" as const, "abort" as const), side }),
  fc.constant({ do: "reset" }),
];
const schedules = fc.array(fc.oneof(...gentle), { maxLength: 40 });
const roughSchedules = fc.array(
  fc.oneof(...gentle.map((arbitrary) => ({ arbitrary, weight: 5 })), ...rough),
  { maxLength: 40 },
);
const options: fc.Arbitrary<MemoryOptions> = fc.record({
  seed: fc.integer({ min: 0, max: 1000 }),
  capacity: fc.integer({ min: 1, max: 2000 }),
  window: fc.integer({ min: 1, max: 2000 }),
  segment: fc.integer({ min: 1, max: 500 }),
  delay: fc.constantFrom(0, 1, { min: 0, max: 4 }, { min: 1, mean: 2 }),
});
const reaches = fc.constantFrom<Reach>("accepted", "sent", "acked");

/** One side, and what it has done and seen. */
class Actor {
  readonly events = new Recorder();
  connection: Connection | null = null;
  written = 0;
  done = 0;
  isFull = false;
  /** Ended, closed, aborted or failed: the last number of bytes counts. */
  isOver = false;
  hasLeft = false;

  constructor() {
    this.events.onWritable = () => {
      this.isFull = false;
    };
  }

  /** How many of its bytes it was told of. */
  get told(): number {
    return this.done + this.events.reachedBytes;
  }

  write(sizes: readonly number[]): void {
    if (this.isFull || this.isOver || this.connection === null) return;
    let at = this.written;
    const chunks = sizes.map((size) => pattern(size, (at += size) - size));
    const { connection } = this;
    const [first] = chunks;
    const answer = during((): Handed =>
      chunks.length === 1 && first !== undefined
        ? connection.writeOne(first)
        : connection.write(chunks),
    );
    if (typeof answer === "object") {
      expect(this.events.failure).toEqual(answer);
      return;
    }
    if (answer === DONE) this.done += at - this.written;
    this.isFull = answer === FULL;
    this.written = at;
  }
}

/** Plays a schedule, and looks after each step whether all adds up. */
class Play {
  readonly network: MemoryNetwork;
  readonly actors = [new Actor(), new Actor()] as const;

  constructor(settings: MemoryOptions, reach: Reach) {
    this.network = memoryNetwork({ ...settings, clock: "manual" });
    const [client, server] = this.actors;
    const at = { host: "127.0.0.1", port: 80 };
    this.network.listen({
      at,
      reach,
      listening: () => undefined,
      accepted: (connection) => {
        server.connection = connection;
        return server.events;
      },
    });
    this.network.connect({
      to: at,
      reach,
      connected: (connection) => {
        if (!isFailure(connection)) client.connection = connection as Connection;
        return client.events;
      },
    });
    this.network.run();
  }

  step(step: Step): void {
    const { network } = this;
    if (step.do === "advance") network.advance(step.ms);
    else if (step.do === "reset") {
      const { connection } = this.actors[0];
      if (connection !== null) during(() => network.reset(connection));
    } else {
      const actor = this.actors[step.side];
      const { connection } = actor;
      if (connection === null) return;
      const what = step.do;
      if (what === "write") actor.write(step.sizes);
      else if (what === "stall") network.stall(connection);
      else if (what === "free") during(() => network.resume(connection));
      else during(() => connection[what]());
      if (what === "end" || what === "close" || what === "abort") actor.isOver = true;
      if (what === "close" || what === "abort") actor.hasLeft = true;
    }
    this.look();
  }

  look(): void {
    const [one, other] = this.actors;
    for (const [sender, receiver] of [[one, other], [other, one]] as const) {
      expect(sender.told).toBeLessThanOrEqual(sender.written);
      expect(receiver.events.receivedBytes).toBeLessThanOrEqual(sender.written);
    } // prettier-ignore
    expectNothingEarly();
  }

  /** Lets everything go on, and come to an end. */
  finish(): void {
    for (const { connection } of this.actors) {
      if (connection === null) continue;
      this.network.resume(connection);
      connection.resume();
    }
    this.network.run();
    this.look();
  }

  /** What has arrived is what was written, from the first byte on. */
  lookAtBytes(): void {
    const [one, other] = this.actors;
    for (const [sender, receiver] of [[one, other], [other, one]] as const) {
      const { data, receivedBytes } = receiver.events;
      expect(data.equals(pattern(sender.written).subarray(0, receivedBytes))).toBe(true);
    } // prettier-ignore
  }
}

test("without resets, everything arrives, and everything is told of", () => {
  fc.assert(
    fc.property(options, reaches, schedules, (settings, reach, steps) => {
      const play = new Play(settings, reach);
      for (const step of steps) play.step(step);
      play.finish();
      play.lookAtBytes();
      const [one, other] = play.actors;
      for (const [sender, receiver] of [[one, other], [other, one]] as const) {
        expect(receiver.events.receivedBytes).toBe(sender.written);
        expect(sender.told).toBe(sender.written);
        expect(sender.isFull).toBe(false);
        expect(sender.events.isEndSent).toBe(sender.isOver);
        expect(receiver.events.isEnded).toBe(sender.isOver);
        expect(sender.events.failure).toBeNull();
      } // prettier-ignore
    }),
    { numRuns: 400 },
  );
});

test("with resets, only a prefix arrives, and nothing is told after the end", () => {
  let lost = 0;
  fc.assert(
    fc.property(options, reaches, roughSchedules, (settings, reach, steps) => {
      const play = new Play(settings, reach);
      const told = [-1, -1];
      for (const step of steps) {
        play.step(step);
        for (const [i, { events, hasLeft }] of play.actors.entries()) {
          const isSilent = hasLeft || events.failure !== null;
          if (isSilent && told[i] !== -1) expect(events.told.length).toBe(told[i]);
          else if (isSilent) told[i] = events.told.length;
        }
      }
      play.finish();
      play.lookAtBytes();
      for (const [sender, receiver] of [play.actors, play.actors.toReversed()] as const) {
        if (sender === undefined || receiver === undefined) continue;
        if (sender.events.failure !== null) expect(sender.events.told.at(-1)).toBe("failed");
        // An end is told only behind all that was written; who closes withdraws what waits.
        const { isEnded, receivedBytes } = receiver.events;
        if (isEnded && !sender.hasLeft) expect(receivedBytes).toBe(sender.written);
        if (isEnded) expect(receivedBytes).toBeGreaterThanOrEqual(sender.told);
        if (receiver.events.receivedBytes < sender.written) lost += 1;
      }
    }),
    { numRuns: 600 },
  );
  expect(lost).toBeGreaterThan(20);
});

test("what the peer is said to have, it has", () => {
  fc.assert(
    fc.property(options, roughSchedules, (settings, steps) => {
      const play = new Play(settings, "acked");
      // Nobody pauses, so that having and being told of it are one.
      for (const step of steps.filter((step) => step.do !== "pause")) {
        play.step(step);
        const [one, other] = play.actors;
        expect(one.told).toBeLessThanOrEqual(other.events.receivedBytes);
        expect(other.told).toBeLessThanOrEqual(one.events.receivedBytes);
      }
    }),
    { numRuns: 300 },
  );
});
