/** The event of an operation, and the low bit that forbids to tell of its end. */
import { expect, test } from "vitest";
import { NO_ERROR, WSAENOTSOCK } from "wskit";
import type { WSAOVERLAPPED } from "wskit";
import { OverlappedOperation } from "../../../runtime/spi/operation.js";
import { Operations } from "../../../runtime/spi/operations.js";
import type { Upcalls } from "../../../runtime/spi/upcalls.js";
import { eventOf, isSilent } from "../../../runtime/spi/upcalls.js";

test("the low bit of a handle is a flag, and no part of it, be it a number or a bigint", () => {
  const high = 0xffff_ffff_ffff_fff1n;
  expect([0, 1, 8, 9, 0n, 1n, 8n, high].map(isSilent)).toEqual([
    false, true, false, true, false, true, false, true,
  ]); // prettier-ignore
  expect([0, 1, 8, 9, 0n, 1n, 8n, high].map(eventOf)).toEqual([
    0, 0, 8, 8, 0n, 0n, 8n, high - 1n,
  ]); // prettier-ignore
});

const structure = (): WSAOVERLAPPED => ({
  Internal: 0,
  InternalHigh: 0,
  Offset: 0,
  OffsetHigh: 0,
  hEvent: 0,
});

function world(more: Partial<Upcalls> = {}) {
  const operations = new Operations({
    signalsEvents: false,
    upcalls: {
      WPUCreateSocketHandle: () => 1,
      WPUCloseSocketHandle: () => 0,
      WPUCompleteOverlappedRequest: () => 0,
      ...more,
    },
  });
  const operation = (overlapped: WSAOVERLAPPED): OverlappedOperation => {
    const captured = { data: new Uint8Array(0), bytes: 0 };
    const owner = { s: 1, ended: () => undefined };
    return new OverlappedOperation(owner, { overlapped, captured, held: null });
  };
  return { operations, operation };
}

test("all who wait for the end of one operation go on with it", async () => {
  const { operations, operation: of } = world();
  const overlapped = structure();
  const operation = of(overlapped);
  operations.begin(operation, null);
  const ends = Promise.all([1, 2, 3].map(() => operations.whenDone(overlapped)));
  operations.done(operation, WSAENOTSOCK, 1);
  await ends;
  expect([operations.isOutstanding(overlapped), operation.state]).toEqual([false, WSAENOTSOCK]);
});

test("an operation that is over leaves its place to the next one: there are as many as ever waited at once", () => {
  const { operations, operation } = world();
  const begun = () => {
    const one = operation(structure());
    operations.begin(one, null);
    return one;
  };
  const [first, second, third] = [begun(), begun(), begun()];
  expect([first, second, third].map(({ overlapped }) => overlapped.Offset)).toEqual([0, 1, 2]);
  operations.done(second, NO_ERROR, 1);
  expect(begun().overlapped.Offset).toBe(1);
  operations.done(first, NO_ERROR, 1);
  for (let i = 0; i < 5; i++) {
    const next = begun();
    expect(next.overlapped.Offset).toBe(0);
    operations.done(next, NO_ERROR, 1);
  }
  expect(operations.isOutstanding(third.overlapped)).toBe(true);
}); // prettier-ignore

test.each([[0, [NO_ERROR]], [-1, []]])("a routine whose APC was answered with %i, and then runs all the same, tells %o", (answer, told) => {
  const runs: (() => void)[] = [];
  const { operations, operation } = world({
    WPUQueueApc: (_, run, context) => {
      runs.push(() => run(context));
      return answer;
    },
  });
  const codes: number[] = [];
  const routine = { run: (code: number) => void codes.push(code), thread: { ThreadHandle: 1, Reserved: 0 } };
  operations.doneAtOnce(operation(structure()), routine);
  // A second time is once too often, whoever has queued it.
  for (const run of [...runs, ...runs]) run();
  expect([runs.length, codes]).toEqual([1, told]);
}); // prettier-ignore
