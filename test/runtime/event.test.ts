/** Kernel events: who is woken, how often, and when waiting is over. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { STATUS_SUCCESS, STATUS_TIMEOUT } from "wskit";
import type { NTSTATUS } from "wskit";
import {
  awaitableIrp, Executive, IoReuseIrp, KernelMode, KeClearEvent, KeInitializeEvent, KeSetEvent,
  KEVENT, KeWaitForSingleObject, NotificationEvent, SynchronizationEvent,
} from "wskit/runtime"; // prettier-ignore
import type { EVENT_TYPE } from "wskit/runtime";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function eventOf(type: EVENT_TYPE, isSet = false): KEVENT {
  const event = new KEVENT();
  KeInitializeEvent(event, type, isSet);
  return event;
}

const MS = 10_000;

/** Waits for so many milliseconds at most, for ever with null. */
const wait = (event: KEVENT, milliseconds: number | null): Promise<NTSTATUS> =>
  KeWaitForSingleObject(
    event,
    Executive,
    KernelMode,
    false,
    milliseconds === null ? null : -MS * milliseconds,
  );

/** Waits, and writes down in which order who was woken with what. */
function waiting(event: KEVENT, names: readonly string[], milliseconds: number | null = null) {
  const woken: string[] = [];
  for (const name of names) {
    void wait(event, milliseconds).then((status) =>
      woken.push(status === STATUS_SUCCESS ? name : `${name} late`),
    );
  }
  return woken;
}

const after = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

describe("a notification event", () => {
  test("wakes all, and stays signalled until it is cleared", async () => {
    const event = eventOf(NotificationEvent);
    const woken = waiting(event, ["one", "other"]);
    await after(1000);
    expect(woken).toEqual([]);
    KeSetEvent(event);
    await after(0);
    expect([woken, event.isSet]).toEqual([["one", "other"], true]);
    expect([await wait(event, 0), await wait(event, null)]).toEqual([
      STATUS_SUCCESS,
      STATUS_SUCCESS,
    ]);
    KeClearEvent(event);
    expect([await wait(event, 0), event.isSet]).toEqual([STATUS_TIMEOUT, false]);
  });

  test("is signalled from the start where it was initialized so", async () => {
    expect(await wait(eventOf(NotificationEvent, true), 0)).toBe(STATUS_SUCCESS);
    expect(await wait(eventOf(NotificationEvent, false), 0)).toBe(STATUS_TIMEOUT);
  });
});

describe("a synchronization event", () => {
  test("wakes one for each signal, who has waited longest, and is cleared by that", async () => {
    const event = eventOf(SynchronizationEvent);
    const woken = waiting(event, ["first", "second", "third"]);
    for (const names of [["first"], ["first", "second"]]) {
      KeSetEvent(event);
      await after(0);
      expect([woken, event.isSet]).toEqual([names, false]);
    }
  });

  test("keeps a signal that nobody waits for, for one; two of them are one", async () => {
    const event = eventOf(SynchronizationEvent, true);
    KeSetEvent(event);
    expect([await wait(event, 0), await wait(event, 0)]).toEqual([STATUS_SUCCESS, STATUS_TIMEOUT]);
  });

  test("gives no signal to who has stopped waiting", async () => {
    const event = eventOf(SynchronizationEvent);
    const late = waiting(event, ["first"], 5);
    await after(5);
    expect(late).toEqual(["first late"]);
    const woken = waiting(event, ["second"]);
    KeSetEvent(event);
    await after(0);
    expect([late, woken]).toEqual([["first late"], ["second"]]);
  });
});

test("a timeout counts in units of 100 nanoseconds, and ends once", async () => {
  const event = eventOf(NotificationEvent);
  const woken = waiting(event, ["one"], 30);
  await after(29);
  expect(woken).toEqual([]);
  await after(1);
  expect(woken).toEqual(["one late"]);
  KeSetEvent(event);
  await after(100);
  expect(woken).toEqual(["one late"]);
  const inTime = eventOf(NotificationEvent);
  const others = waiting(inTime, ["other"], 30);
  await after(29);
  KeSetEvent(inTime);
  await after(100);
  expect([others, vi.getTimerCount()]).toEqual([["other"], 0]);
});

test("a time of the clock and a type that there is not are refused", async () => {
  const event = eventOf(NotificationEvent);
  const clock = KeWaitForSingleObject(event, Executive, KernelMode, false, 1n);
  await expect(clock).rejects.toThrow("expected a Timeout from now on, below 0, received 1");
  const none = 2 as EVENT_TYPE;
  expect(() => KeInitializeEvent(event, none, false)).toThrow("received 2");
});

test("what an awaited completion tells is not changed by what becomes of the IRP", async () => {
  const { irp, completion } = awaitableIrp();
  irp.take("WskSend");
  irp.complete(STATUS_SUCCESS, 7);
  IoReuseIrp(irp, STATUS_TIMEOUT);
  expect(await completion).toEqual({ Status: STATUS_SUCCESS, Information: 7 });
});
