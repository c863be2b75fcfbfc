/** Parts of the native network over a kernel that says what a test wants: nothing is sent. */
import { expect, test, vi } from "vitest";
import { FAULT } from "../../../runtime/network/failure.js";
import { DONE, FULL } from "../../../runtime/network/network.js";
import { sockaddrOf } from "../../../runtime/transport/native/address.js";
import { NativeConnection } from "../../../runtime/transport/native/connection.js";
import type { PollTold } from "../../../runtime/transport/native/koffi.js";
import type { Libc } from "../../../runtime/transport/native/libc.js";
import { IOV_MAX, SIOCOUTQ } from "../../../runtime/transport/native/linux.js";
import { Sender } from "../../../runtime/transport/native/sender.js";
import { Sentinel } from "../../../runtime/transport/native/sentinel.js";
import type { System } from "../../../runtime/transport/native/system.js";
import { READABLE, Watch } from "../../../runtime/transport/native/watch.js";
import { Told } from "./peers.js";

const [EAGAIN, EFAULT] = [11, 14];

/** A kernel: what it answers to sends, one after the other, and what it was asked. */
function kernel(answers: readonly number[] = []) {
  const [left, asked, polls] = [[...answers], [] as string[], [] as PollTold[]];
  let errno = 0;
  const send = (): number => {
    asked.push("send");
    const answer = left.shift() ?? expect.unreachable();
    if (answer < 0) errno = -answer;
    return Math.max(answer, -1);
  };
  const handle = {
    start: () => undefined,
    stop: () => undefined,
    unref: () => void asked.push("unref"),
    close: () => undefined,
  };
  const libc: Partial<Libc> = {
    errno: () => errno,
    address: () => 0n,
    poll: (_fd, _events, told) => (polls.push(told), handle),
    send,
    sendmsg: send,
    ioctl: (_fd, request, value) => {
      asked.push("ioctl");
      if (request === SIOCOUTQ) value[0] = 5;
      return 0;
    },
    setsockopt: () => 0,
    getsockopt: () => 0,
    epoll_create1: () => 7,
    epoll_ctl: () => 0,
    close: () => 0,
    if_nametoindex: (name) => name.length,
    inet_pton: (_family, _text, address) => (address.fill(1), 1),
  };
  const whole = libc as Libc;
  const scratch = new Uint8Array(64 * 1024);
  const system: System = { libc: whole, options: {}, scratch, sentinel: new Sentinel(whole) };
  return { system, asked, polls };
}

function connectionOver(system: System, reach: "accepted" | "acked" = "accepted") {
  const at = { host: "127.0.0.1", port: 9 };
  const [watch, sender] = [new Watch(system.libc, 9), new Sender(system)];
  const parts = { system, sender, fd: 9, watch, local: at, remote: at, reach };
  const [connection, told] = [new NativeConnection(parts), new Told()];
  connection.open(told);
  return { connection, told };
}

test.each([["fe80::1", 0], ["fe80::1%3", 3], ["fe80::1%258", 258], ["fe80::1%eth0", 4]])("a sockaddr of %s has the scope %i", (host, scope) => {
  const address = sockaddrOf(kernel().system, { host, port: 9 });
  if (!(address instanceof Uint8Array)) return expect.unreachable();
  expect(new DataView(address.buffer).getUint32(24, true)).toBe(scope);
}); // prettier-ignore

test("memory that the kernel cannot read fails its write, and the connection goes on", () => {
  const { system } = kernel([-EFAULT, 3]);
  const { connection, told } = connectionOver(system);
  expect(connection.writeOne(new Uint8Array(3))).toBe(FAULT);
  expect(connection.writeOne(new Uint8Array(3))).toBe(DONE);
  expect(told.log).toEqual([]);
});

test("a write of nothing is done, whatever others wait for", () => {
  vi.useFakeTimers();
  const { connection } = connectionOver(kernel([5, 0]).system, "acked");
  connection.write([new Uint8Array(5)]);
  expect([connection.write([]), connection.writeOne(new Uint8Array(0))]).toEqual([DONE, DONE]);
  connection.abort();
  const full = connectionOver(kernel([-EAGAIN]).system);
  expect(full.connection.writeOne(new Uint8Array(5))).toBe(FULL);
  expect(full.connection.write([new Uint8Array(0)])).toBe(DONE);
  vi.useRealTimers();
});

test.each(["close", "abort"] as const)("after %s the kernel is asked no more how far bytes have come", (end) => {
  vi.useFakeTimers();
  const { system, asked } = kernel([5]);
  const { connection, told } = connectionOver(system, "acked");
  connection.write([new Uint8Array(5)]);
  vi.advanceTimersByTime(100);
  expect(asked).toContain("ioctl");
  connection[end]();
  const before = asked.length;
  vi.advanceTimersByTime(1000);
  expect([asked.length, vi.getTimerCount(), told.log]).toEqual([before, 0, []]);
  vi.useRealTimers();
}); // prettier-ignore

test("of more pieces than one call takes, none is sent behind one that was taken in part", () => {
  const chunks = Array.from({ length: 2 * IOV_MAX }, () => new Uint8Array(3000));
  const [bytes, half] = [2 * IOV_MAX * 3000, IOV_MAX * 3000];
  const sent = (answers: readonly number[]) => {
    const { system, asked } = kernel(answers);
    return [new Sender(system).send(9, chunks, bytes), asked.length];
  };
  expect(sent([half, half])).toEqual([bytes, 2]);
  expect(sent([half - 1])).toEqual([half - 1, 1]);
  // The failure meets the next write.
  expect(sent([half, -EAGAIN])).toEqual([half, 2]);
  expect(sent([-EAGAIN])).toEqual([-1, 1]);
});

test("what watches for breaks alone keeps no process alive", () => {
  const { system, asked } = kernel();
  system.sentinel.watch(9, () => undefined);
  expect(asked).toEqual(["unref"]);
});

test("what was seen before nobody wanted it any more is not told", async () => {
  const { system, polls } = kernel();
  const watch = new Watch(system.libc, 9);
  const told: number[] = [];
  watch.told = (what) => told.push(what);
  const see = (): void => polls[0]?.(0, { readable: true, writable: false });
  const round = () => new Promise((resolve) => setImmediate(resolve));
  watch.want(READABLE);
  see();
  watch.want(0);
  watch.want(READABLE);
  await round();
  expect(told).toEqual([]);
  see();
  await round();
  expect(told).toEqual([READABLE]);
});
