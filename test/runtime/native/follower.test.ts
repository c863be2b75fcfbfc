/** How far bytes have come, over a kernel that says what a test wants; and what waits before it. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Follower } from "../../../runtime/transport/native/follower.js";
import type { Libc } from "../../../runtime/transport/native/libc.js";
import { IOV_MAX, SIOCOUTQ, SIOCOUTQNSD } from "../../../runtime/transport/native/linux.js";
import type { Message } from "../../../runtime/transport/native/message.js";
import { Rest } from "../../../runtime/transport/native/rest.js";
import type { System } from "../../../runtime/transport/native/system.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A follower, and what the kernel says. */
function bench(reach: "accepted" | "sent" | "acked") {
  const at = { unsent: 0, unacked: 0, waiting: 0, reached: [] as number[] };
  const libc: Partial<Libc> = {
    ioctl: (_fd, request, value) => {
      const bytes = request === SIOCOUTQ ? at.unacked : request === SIOCOUTQNSD ? at.unsent : 0;
      new DataView(value.buffer).setInt32(0, bytes, true);
      return 0;
    },
    getsockopt: () => 0,
  };
  const follower = new Follower({ libc } as unknown as System, 9, {
    reach,
    waiting: () => at.waiting,
    reached: (bytes) => at.reached.push(bytes),
    broken: () => expect.unreachable(),
  });
  return Object.assign(at, { follower });
}

const later = (): unknown => vi.advanceTimersByTime(100);

describe("a follower", () => {
  test.each([["sent", 4, 7], ["acked", 7, 7]] as const)("tells what was %s, the rest later", (reach, unsent, unacked) => {
    const at = bench(reach);
    Object.assign(at, { unsent, unacked });
    expect(at.follower.took(10)).toBe(false);
    later();
    expect(at.reached).toEqual([reach === "sent" ? 6 : 3]);
    at.unsent = 0;
    later();
    expect(at.reached).toEqual(reach === "sent" ? [6, 4] : [3]);
    at.unacked = 0;
    later();
    expect(at.reached).toEqual(reach === "sent" ? [6, 4] : [3, 7]);
    expect(vi.getTimerCount()).toBe(0);
  }); // prettier-ignore

  test("does not count what waits before the kernel, nor the end, which the kernel counts", () => {
    const at = bench("acked");
    Object.assign(at, { unacked: 4, waiting: 3 });
    at.follower.holds(10);
    at.follower.isEnded = true;
    later();
    expect(at.reached).toEqual([4]);
    Object.assign(at, { unacked: 1, waiting: 0 });
    later();
    expect(at.reached).toEqual([4, 6]);
  });

  test("asks nothing where bytes need not be followed, and no more where it was stopped", () => {
    const accepted = bench("accepted");
    expect(accepted.follower.took(5)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    const stopped = bench("acked");
    stopped.unacked = 5;
    stopped.follower.took(5);
    stopped.follower.stop();
    later();
    expect([stopped.reached, vi.getTimerCount()]).toEqual([[], 0]);
  });
});

/** What a message would be pointed at. */
function front(rest: Rest): string | null {
  const pieces: Uint8Array[] = [];
  const message = {
    count: 0,
    point: (at: number, memory: Uint8Array) => void (pieces[at] = memory),
  };
  const isWhole = rest.point(message as unknown as Message);
  return isWhole ? pieces.slice(0, message.count).map((piece) => String(Buffer.from(piece))).join("|") : null; // prettier-ignore
}

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

describe("what waits before the kernel", () => {
  test("begins behind what was taken, wherever that ends", () => {
    const chunks = ["abc", "de", "f"].map(bytes);
    const seen = [0, 1, 3, 4, 5, 6].map((taken) => {
      const rest = new Rest();
      rest.push(chunks, taken);
      return [rest.bytes, front(rest)];
    });
    expect(seen).toEqual([
      [6, "abc|de|f"], [5, "bc|de|f"], [3, "de|f"], [2, "e|f"], [1, "f"], [0, ""],
    ]); // prettier-ignore
  });

  test("goes on where the kernel has stopped, at most so many pieces at once", () => {
    const rest = new Rest();
    rest.push(["abc", "de"].map(bytes), 0);
    rest.take(2);
    rest.push([bytes("fg")], 0);
    expect([rest.bytes, front(rest)]).toEqual([5, "c|de|fg"]);
    rest.take(4);
    expect([rest.bytes, front(rest)]).toEqual([1, "g"]);
    rest.take(1);
    rest.push(
      Array.from({ length: IOV_MAX + 2 }, () => bytes("xy")),
      1,
    );
    expect(front(rest)?.split("|")).toHaveLength(IOV_MAX);
    rest.take(2 * IOV_MAX);
    expect([rest.bytes, front(rest)]).toEqual([3, "y|xy"]);
  });

  test("is gone where some of its memory is", () => {
    const [rest, gone] = [new Rest(), bytes("de")];
    rest.push([bytes("abc"), gone], 0);
    structuredClone(gone, { transfer: [gone.buffer as ArrayBuffer] });
    expect(front(rest)).toBeNull();
  });
});
