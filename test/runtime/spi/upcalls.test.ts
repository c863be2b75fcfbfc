/** The event of an operation, and the low bit that forbids to tell of its end. */
import { expect, test } from "vitest";
import { WSAENOTSOCK } from "wskit";
import type { WSAOVERLAPPED } from "wskit";
import { OverlappedOperation } from "../../../runtime/spi/operation.js";
import { Operations } from "../../../runtime/spi/operations.js";
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

test("all who wait for the end of one operation go on with it", async () => {
  const operations = new Operations({
    signalsEvents: false,
    upcalls: {
      WPUCreateSocketHandle: () => 1,
      WPUCloseSocketHandle: () => 0,
      WPUCompleteOverlappedRequest: () => 0,
    },
  });
  const overlapped: WSAOVERLAPPED = { Internal: 0, InternalHigh: 0, Offset: 0, OffsetHigh: 0, hEvent: 0 };
  const captured = { data: new Uint8Array(0), bytes: 0 };
  const owner = { s: 1, ended: () => undefined };
  const operation = new OverlappedOperation(owner, { overlapped, captured, held: null });
  operations.begin(operation, null);
  const ends = Promise.all([1, 2, 3].map(() => operations.whenDone(overlapped)));
  operations.done(operation, WSAENOTSOCK, 1);
  await ends;
  expect([operations.isOutstanding(overlapped), operation.state]).toEqual([false, WSAENOTSOCK]);
}); // prettier-ignore
