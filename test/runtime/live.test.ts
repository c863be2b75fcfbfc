/** The runtime under its own monitor, and the traces that it writes. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import {
  CallRefused, STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING, STATUS_SUCCESS,
  WSK_FLAG_OOB, WSK_FLAG_NODELAY,
} from "wskit"; // prettier-ignore
import type { LiveMonitor, LiveOptions } from "wskit/runtime";
import {
  awaitableIrp, IoAllocateIrp, IoFreeIrp, IoReuseIrp, IoSetCompletionRoutine, memoryNetwork, MmUnlockPages,
  monitorRuntime, MonitorViolation, recordTo, RuntimeViolation, wskBuf,
} from "wskit/runtime"; // prettier-ignore
import type { TraceEvent } from "../../trace/format.js";
import { breachesOf, linesOf } from "../monitor/events.js";
import { temporaryFolder } from "../temp.js";
import { closeSocket, complete, connected, pattern, tcpPeer } from "./peers.js";
import * as spi from "./spi/world.js";

let live: LiveMonitor | null = null;
afterEach(() => {
  live?.stop();
  live = null;
});

function watch(options: LiveOptions = {}) {
  const events: TraceEvent[] = [];
  live = monitorRuntime({ ...options, onEvent: (event) => events.push(event) });
  return { live, events };
}

test("a client that does everything rightly", async () => {
  const { live: monitor, events } = watch();
  const socket = await connected(await tcpPeer());
  for (const size of [1, 4096, 100_000]) {
    const { block } = await complete((irp) =>
      socket.Dispatch.WskSend(socket, wskBuf(pattern(size)), WSK_FLAG_NODELAY, irp),
    );
    expect(block.Information).toBe(size);
  }
  await closeSocket(socket);
  expect(linesOf(monitor.stop())).toEqual([]);
  expect(linesOf(breachesOf(events))).toEqual([]);
  const names = events.flatMap((event) => (event.event === "call" ? [event.function] : []));
  expect(names).toEqual(
    expect.arrayContaining(["WskSend", "WskSend", "WskSend", "WskCloseSocket"]),
  );
  expect(events.filter(({ event }) => event === "complete").length).toBeGreaterThanOrEqual(4);
});

test("one IRP for many sends", async () => {
  const { live: monitor } = watch();
  const socket = await connected(await tcpPeer());
  const irp = IoAllocateIrp(1);
  for (let i = 0; i < 20; i++) {
    const done = new Promise<void>((resolve) => {
      IoSetCompletionRoutine(irp, () => (resolve(), STATUS_MORE_PROCESSING_REQUIRED), null);
    });
    socket.Dispatch.WskSend(socket, wskBuf(pattern(100)), 0, irp);
    await done;
    IoReuseIrp(irp, STATUS_SUCCESS);
  }
  IoFreeIrp(irp);
  await closeSocket(socket);
  expect(linesOf(monitor.stop())).toEqual([]);
});

test("a call that is refused takes nothing: the same IRP is sent afterwards", async () => {
  const { live: monitor, events } = watch();
  const socket = await connected(await tcpPeer());
  const { irp, completion } = awaitableIrp();
  expect(() =>
    socket.Dispatch.WskSend(socket, wskBuf(pattern(8)), WSK_FLAG_OOB as never, irp),
  ).toThrow(CallRefused);
  socket.Dispatch.WskSend(socket, wskBuf(pattern(8)), 0, irp);
  await completion;
  await closeSocket(socket);
  expect(monitor.stop().map(({ rule }) => rule)).toEqual(["WskSend/Flags.undocumented"]);
  expect(events.filter(({ event }) => event === "refused").length).toBe(1);
});

test("what the runtime refuses, the monitor has named", async () => {
  const { live: monitor } = watch();
  const socket = await connected(await tcpPeer({ paused: true }));
  const { irp, completion } = awaitableIrp();
  const buffer = wskBuf(pattern(32 * 1024 * 1024));
  expect(socket.Dispatch.WskSend(socket, buffer, 0, irp)).toBe(STATUS_PENDING);
  expect(() => IoFreeIrp(irp)).toThrow(RuntimeViolation);
  expect(() => buffer.Mdl !== null && MmUnlockPages(buffer.Mdl)).toThrow(RuntimeViolation);
  await closeSocket(socket);
  await completion;
  expect(monitor.stop().map(({ rule }) => rule)).toEqual([
    "runtime/irp-in-use",
    "runtime/mdl-in-use",
  ]);
});

test.each(["odd", "WSK_FLAG_NODELAY"])(
  "text where a number is wanted is text: %s",
  async (flags) => {
    const { live: monitor } = watch();
    const socket = await connected(await tcpPeer());
    const { irp } = awaitableIrp();
    const send = () => socket.Dispatch.WskSend(socket, wskBuf(pattern(4)), flags as never, irp);
    expect(send).toThrow(CallRefused);
    await closeSocket(socket);
    expect(monitor.stop().map(({ rule, line }) => [rule, line > 0])).toEqual([
      ["WskSend/Flags.type", true],
    ]);
  },
);

test("thrown where it shows; what the runtime refuses by itself stays its own error", async () => {
  watch({ monitor: "throw" });
  const socket = await connected(await tcpPeer({ paused: true }));
  const { irp, completion } = awaitableIrp();
  const data = wskBuf(pattern(32 * 1024 * 1024));
  const flags = WSK_FLAG_OOB as never;
  expect(() => socket.Dispatch.WskSend(socket, data, flags, irp)).toThrow(MonitorViolation);
  expect(socket.Dispatch.WskSend(socket, data, 0, irp)).toBe(STATUS_PENDING);
  expect(() => IoFreeIrp(irp)).toThrow(RuntimeViolation);
  await closeSocket(socket);
  await completion;
});

test("one watch at a time", () => {
  watch();
  expect(() => monitorRuntime()).toThrow("the runtime is being watched already");
});

test("a provider", async () => {
  const { live: monitor, events } = watch();
  const { peer, provider, s, send, result } = await spi.connected(memoryNetwork());
  const lpOverlapped = spi.structure();
  for (let i = 1; i <= 3; i++) {
    send([spi.whole(pattern(10))], { lpOverlapped });
    await spi.until(() => peer.bytes === 10 * i);
    expect(result(lpOverlapped).ok).toBe(true);
  }
  provider.WSPCloseSocket(s, { value: 0 });
  expect(linesOf(monitor.stop())).toEqual([]);
  expect(linesOf(breachesOf(events))).toEqual([]);
});

describe("recordings", () => {
  test("what is recorded, wskit check accepts", async () => {
    const file = join(temporaryFolder(), "trace.ndjson");
    live = recordTo(file);
    const socket = await connected(await tcpPeer());
    await complete((irp) => socket.Dispatch.WskSend(socket, wskBuf(pattern(5000)), 0, irp));
    await closeSocket(socket);
    live.stop();
    expect(readFileSync(file, "utf8").split("\n")[0]).toContain('"version":1');
    const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
    const told = execFileSync(process.execPath, ["--import", "tsx", main, "check", file], {
      encoding: "utf8",
    });
    expect(told).toContain("0 errors");
  });
});
