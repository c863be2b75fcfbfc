/**
 * The queue of sends over a connection that answers anything that a network may answer, in any
 * order: every send ends once, in order, and with success only where its own bytes have arrived.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SendQueue } from "../../../runtime/engine/send-queue.js";
import { CANCELLED, FAULT, RESET } from "../../../runtime/network/failure.js";
import { DONE, FULL, TAKEN } from "../../../runtime/network/network.js";
import { FakeConnection, NumberedSend, PromisedSend } from "./fake-connection.js";

/** A queue at work, and all that a test wants to know of it. */
class Bench {
  readonly queue: SendQueue;
  readonly connection = new FakeConnection();
  readonly sends: NumberedSend[] = [];
  /** What each submission answered, by number. */
  readonly answers: unknown[] = [];
  /** Those that ended with success, in the order of their ends. */
  readonly done: number[] = [];
  readonly cancelled = new Set<number>();
  last: NumberedSend | null = null;

  constructor(gathers = false) {
    this.queue = new SendQueue(gathers);
    this.queue.open(this.connection);
  }

  /** With `again`, another one is sent when it has ended. */
  submit(bytes: number, now = false, again?: "now" | "then"): NumberedSend {
    const send = this.#make(bytes, again);
    this.#answered(send, this.queue.submit(send, now));
    return send;
  }

  end(): void {
    if (this.last !== null) return;
    this.last = this.#make(0);
    this.#answered(this.last, this.queue.end(this.last));
  }

  reach(bytes: number): void {
    const told = Math.min(bytes, this.connection.owed);
    this.connection.owed -= told;
    this.queue.reached(told);
  }

  writable(): void {
    if (!this.connection.isFull) return;
    this.connection.isFull = false;
    this.queue.writable();
  }

  cancel(id: number): void {
    const send = this.sends[id];
    if (send === undefined || !this.queue.cancel(send)) return;
    this.cancelled.add(id);
  }

  #make(bytes: number, again?: "now" | "then"): NumberedSend {
    const send = new NumberedSend(this.sends.length, bytes);
    send.onEnd = () => {
      if (send.ends.at(-1) === null) this.done.push(send.id);
      // Those that are sent by others send again as well, but not for ever.
      if (again === undefined || this.last !== null || this.sends.length > 60) return;
      this.submit(1, again === "now", again);
    };
    this.sends.push(send);
    return send;
  }

  #answered(send: NumberedSend, answer: unknown): void {
    this.answers[send.id] = answer;
    if (answer === DONE) this.done.push(send.id);
  }
}

const turn = (): Promise<void> => new Promise((next) => setImmediate(next));

describe("a send", () => {
  test("that finds the way free is done at once, without being settled", () => {
    const at = new Bench();
    expect([at.submit(3).ends, at.submit(0).ends, at.answers]).toEqual([[], [], [DONE, DONE]]);
    expect(at.connection.written).toEqual([0, 0, 0]);
  });

  test("waits while the connection is full, and leaves in order when it is not", () => {
    const at = new Bench();
    at.connection.answers.push(FULL);
    for (const bytes of [2, 1, 0, 3]) at.submit(bytes);
    expect([at.answers, at.connection.written]).toEqual([
      [TAKEN, TAKEN, TAKEN, TAKEN],
      [0, 0],
    ]);
    at.reach(2);
    expect(at.done).toEqual([0]);
    at.writable();
    expect([at.connection.written, at.done]).toEqual([
      [0, 0, 1, 3, 3, 3],
      [0, 1, 2, 3],
    ]);
  });

  test("is done only when its last byte has been reached, and none before its predecessor", () => {
    const at = new Bench();
    at.connection.answers.push(TAKEN, TAKEN);
    for (const bytes of [4, 2, 0]) at.submit(bytes);
    at.queue.writable();
    at.reach(3);
    expect(at.done).toEqual([]);
    at.reach(1);
    expect(at.done).toEqual([0]);
    at.reach(2);
    expect(at.done).toEqual([0, 1, 2]);
  });

  test("with `now` takes along what waits, and is answered itself", async () => {
    const at = new Bench(true);
    for (const bytes of [1, 2, 3]) at.submit(bytes);
    expect([at.answers, at.connection.writes]).toEqual([[DONE, TAKEN, TAKEN], 1]);
    expect(at.submit(4, true).ends).toEqual([]);
    expect([at.answers[3], at.connection.writes]).toEqual([DONE, 2]);
    expect([...at.done].sort()).toEqual([0, 1, 2, 3]);
    await turn();
    expect(at.connection.writes).toBe(2);
  });

  test("of nothing is done at once behind those that are, and while the connection is full", () => {
    const at = new Bench(true);
    for (const bytes of [1, 0]) at.submit(bytes);
    expect(at.answers).toEqual([DONE, DONE]);
    const full = new Bench();
    full.connection.answers.push(FULL);
    full.submit(1);
    full.reach(1);
    full.submit(0);
    expect(full.answers).toEqual([TAKEN, DONE]);
  });

  test("that sends another one when it is done is no obstacle to the answer of a third", () => {
    const at = new Bench(true);
    at.submit(1);
    const second = at.submit(1);
    second.onEnd = () => at.submit(1, true);
    const third = at.submit(1, true);
    expect([at.answers, third.ends, at.connection.written]).toEqual([
      [DONE, TAKEN, DONE, TAKEN],
      [],
      [0, 1, 2, 3],
    ]);
  });

  test("whose memory is gone fails alone", () => {
    const at = new Bench();
    at.connection.answers.push(FULL);
    const [, gone] = [1, 2, 3].map((bytes) => at.submit(bytes));
    (gone ?? expect.unreachable()).isGone = true;
    at.reach(1);
    at.writable();
    expect([gone?.ends, at.done, at.connection.written]).toEqual([[FAULT], [0, 2], [0, 2, 2, 2]]);
    const alone = new NumberedSend(9, 1);
    alone.isGone = true;
    expect([at.queue.submit(alone, false), alone.ends, at.queue.failure]).toEqual([
      FAULT,
      [],
      null,
    ]);
  });

  test("of which a part of the memory is gone leaves nothing of itself among the others", () => {
    const at = new Bench();
    at.connection.answers.push(FULL);
    const torn = [1, 2, 3].map((bytes) => at.submit(bytes))[1] ?? expect.unreachable();
    torn.gather = (chunks) => {
      chunks.push(new Uint8Array(1).fill(9));
      return false;
    };
    at.reach(1);
    at.writable();
    expect([torn.ends, at.connection.written]).toEqual([[FAULT], [0, 2, 2, 2]]);
  });

  test("that finds the connection lost tells so, once, alone or with those that have waited", () => {
    for (const answers of [[RESET], [FULL, RESET]] as const) {
      const lost: unknown[] = [];
      const queue = new SendQueue(false, (failure) => lost.push(failure));
      const connection = new FakeConnection();
      queue.open(connection);
      connection.answers.push(...answers);
      for (const id of [1, 2]) queue.submit(new NumberedSend(id, 1), false);
      connection.isFull = false;
      queue.writable();
      expect(lost).toEqual([RESET]);
    }
  });

  test("that the connection refuses fails all that were on their way, and all later ones", () => {
    const at = new Bench();
    at.connection.answers.push(FULL, RESET);
    const before = [at.submit(1), at.submit(1)];
    at.reach(1);
    at.writable();
    expect(before.map(({ ends }) => ends)).toEqual([[null], [RESET]]);
    expect(at.submit(1).ends).toEqual([]);
    expect(at.answers[2]).toBe(RESET);
    const alone = new Bench();
    alone.connection.answers.push(RESET);
    expect([alone.submit(1).ends, alone.answers, alone.queue.failure]).toEqual([
      [],
      [RESET],
      RESET,
    ]);
  });
});

describe("sends of one turn", () => {
  test("leave together, besides the first; those of the next turn do so again", async () => {
    const at = new Bench(true);
    for (let turns = 1; turns <= 2; turns++) {
      for (const bytes of [1, 2, 3, 4]) at.submit(bytes);
      await turn();
      expect(at.connection.writes).toBe(2 * turns);
    }
    expect(at.done).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test("leave one by one where they are not gathered", () => {
    const at = new Bench(false);
    for (const bytes of [1, 2, 3, 4]) at.submit(bytes);
    expect(at.connection.writes).toBe(4);
  });

  test("leave in groups of at most 64 sends and some 64 kB", async () => {
    const many = new Bench(true);
    for (let i = 0; i < 1 + 3 * 64 + 1; i++) many.submit(1);
    await turn();
    expect(many.connection.writes).toBe(1 + 4);
    const large = new Bench(true);
    for (let i = 0; i < 5; i++) large.submit(40_000);
    await turn();
    expect(large.connection.writes).toBe(1 + 2);
    const exact = new Bench(true);
    for (let i = 0; i < 4; i++) exact.submit(32_768);
    await turn();
    expect(exact.connection.writes).toBe(1 + 2);
  });
});

describe("the end", () => {
  test("leaves behind everything, and is told when it has left", () => {
    const at = new Bench(true);
    for (const bytes of [1, 2]) at.submit(bytes);
    at.end();
    expect([at.connection.isEnding, at.done, at.queue.isEnded]).toEqual([true, [0, 1], true]);
    at.queue.endSent();
    expect([at.done, at.queue.isBusy]).toEqual([[0, 1, 2], false]);
  });

  test("leaves behind the last of several groups", () => {
    const at = new Bench(true);
    for (let i = 0; i < 150; i++) at.submit(1);
    at.end();
    expect([at.connection.isEnding, at.connection.written.length]).toEqual([true, 150]);
  });

  test("whose memory is gone is none: the connection can still be ended", () => {
    const at = new Bench();
    const gone = new NumberedSend(9, 1);
    gone.isGone = true;
    expect([at.queue.end(gone), gone.ends, at.queue.isEnded]).toEqual([FAULT, [], false]);
    at.end();
    expect([at.connection.isEnding, at.queue.isEnded]).toEqual([true, true]);
  });

  test("that is refused is answered, and not told as well", () => {
    const at = new Bench();
    at.connection.answers.push(RESET);
    const last = new NumberedSend(9, 1);
    expect([at.queue.end(last), last.ends]).toEqual([RESET, []]);
  });

  test("is not withdrawn, and fails with the connection", () => {
    const at = new Bench();
    at.connection.answers.push(FULL);
    at.submit(1);
    at.end();
    at.cancel(1);
    expect([at.cancelled.size, at.connection.isEnding]).toEqual([0, false]);
    at.queue.fail(RESET);
    expect(at.sends.map(({ ends }) => ends)).toEqual([[RESET], [RESET]]);
  });
});

test("whoever leaves withdraws all but what was promised, which does not leave with the rest", () => {
  const { queue, connection } = new Bench();
  const promised = [new PromisedSend(1, 3), new PromisedSend(2, 2)];
  const others = [new NumberedSend(3, 4), new NumberedSend(4, 0)];
  connection.answers.push(FULL, FULL);
  for (const send of [...promised, ...others]) expect(queue.submit(send, true)).toBe(TAKEN);
  connection.isFull = false;
  connection.owed = 0;
  queue.reached(3);
  queue.writable();
  expect(connection.written).toEqual([1, 1, 1, 2, 2]);
  queue.withdraw();
  expect(others.map(({ ends }) => ends)).toEqual([[CANCELLED], [CANCELLED]]);
  expect(queue.isBusy).toBe(true);
  queue.reached(2);
  expect(promised.map(({ ends }) => ends)).toEqual([[null], [null]]);
  expect([queue.isBusy, queue.failure, connection.writes]).toEqual([false, null, 2]);
});

test("whoever is told of a failure may send again, and is refused", () => {
  const at = new Bench();
  at.connection.answers.push(FULL);
  const [first, second] = [at.submit(1), at.submit(1)];
  const again: unknown[] = [];
  first.onEnd = () => again.push(at.queue.submit(new NumberedSend(7, 1), true), at.queue.isBusy);
  at.queue.fail(CANCELLED);
  expect([again, second.ends, at.queue.isBusy]).toEqual([[CANCELLED, true], [CANCELLED], false]);
});

test("one that throws when it is told stops no other", () => {
  const at = new Bench();
  at.connection.answers.push(FULL);
  const [first, second] = [at.submit(1), at.submit(1)];
  first.onEnd = () => at.queue.fail(RESET);
  expect(() => at.reach(1)).not.toThrow();
  expect([first.ends, second.ends]).toEqual([[null], [RESET]]);
});

const small = fc.nat(5);
const again = fc.constantFrom(undefined, undefined, "now" as const, "then" as const);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("submit" as const), n: small, now: fc.boolean(), again }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("reach" as const), n: fc.nat(12) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("writable" as const, "turn" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cancel" as const), n: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("end" as const, "fail" as const) }) },
); // prettier-ignore

test("the law: each ends once, in order, and with success only for bytes that were reached", async () => {
  const answers = fc.array(fc.constantFrom(DONE, TAKEN, FULL), { maxLength: 30 });
  const runs = Number(process.env["WSKIT_RUNS"] ?? 3000);
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      answers,
      fc.array(step, { maxLength: 40 }),
      async (g, a, steps) => {
        const at = new Bench(g);
        at.connection.answers.push(...a);
        let hasFailed = false;
        for (const s of steps) {
          if (s.do === "submit" && at.last === null) at.submit(s.n, s.now, s.again);
          else if (s.do === "reach") at.reach(s.n);
          else if (s.do === "writable") at.writable();
          else if (s.do === "turn") await Promise.resolve();
          else if (s.do === "cancel") at.cancel(s.n);
          else if (s.do === "end" && !hasFailed) at.end();
          else if (s.do === "fail") {
            at.queue.fail(RESET);
            hasFailed = true;
          }
          holds(at);
        }
        await settled(at, hasFailed);
      },
    ),
    { numRuns: runs },
  );
});

/** What is true after every step. */
function holds(at: Bench): void {
  const order = at.done.filter((id, i) => at.done.indexOf(id) === i);
  expect(order).toHaveLength(at.done.length);
  const reached = at.connection.written.slice(0, at.connection.written.length - at.connection.owed);
  const counts = new Map<number, number>();
  for (const id of reached) counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const id of at.done) expect(counts.get(id) ?? 0).toBe(at.sends[id]?.bytes);
  for (const id of at.cancelled) expect(at.connection.written).not.toContain(id);
  expect([...at.connection.written].sort((a, b) => a - b)).toEqual(at.connection.written);
}

/** Lets all be reached, and sees that nobody was forgotten. */
async function settled(at: Bench, hasFailed: boolean): Promise<void> {
  for (let i = 0; i < (hasFailed ? 0 : 200); i++) {
    await Promise.resolve();
    at.reach(100);
    at.writable();
    if (at.connection.isEnding) at.queue.endSent();
  }
  holds(at);
  expect(at.queue.isBusy).toBe(false);
  for (const { id, ends } of at.sends) {
    const answer = at.answers[id];
    expect(ends).toHaveLength(answer === TAKEN ? 1 : 0);
    if (at.cancelled.has(id)) expect(ends).toEqual([CANCELLED]);
    else if (!hasFailed && answer === TAKEN) expect(ends).toEqual([null]);
  }
}
