/** The script for Frida, run over memory that the codecs have written. */
import { describe, expect, test } from "vitest";
import { ownContract } from "../../../cli/explain/contract.js";
import {
  writeSockaddr,
  writeWsabufArray,
  writeWsaoverlapped,
} from "../../../generated/codecs/index.js";
import type { Arch } from "../../../support/index.js";
import { sockaddrIn } from "../../../support/index.js";
import { SparseMemory } from "../../../support/codec/index.js";
import { isTraceEvent } from "../../../trace/check-event.js";
import { hookNames } from "../../../trace/frida/hooks.js";
import { fridaScript } from "../../../trace/frida/script.js";
import { FakeProcess } from "./fake-frida.js";

const { calls } = ownContract();
const flags = { MSG_OOB: 1, MSG_DONTROUTE: 4, MSG_PARTIAL: 0x8000 };
const all = hookNames(calls);
const SOCKET = 0x1a4;

function attached(arch: Arch, functions = all) {
  const memory = new SparseMemory();
  const process = new FakeProcess(fridaScript({ calls, flags, functions }), arch, memory);
  const told = () =>
    process.lines.map((line) => {
      const event: unknown = JSON.parse(line);
      const isFine = isTraceEvent(event);
      if (!isFine) throw new Error(line);
      const { time: _, thread: _1, process: _2, ...rest } = event;
      return rest;
    });
  return { memory, process, told };
}

const bytes = (length: number) => new Uint8Array(length);

describe.each(["x64", "x86", "arm64"] as const)("on %s", (arch) => {
  test("a send to an address: every argument, as the codecs have written it", () => {
    const { memory, process, told } = attached(arch);
    const buffers = [
      { len: 5, buf: bytes(5) },
      { len: 0, buf: null },
    ];
    const lpBuffers = writeWsabufArray(memory, buffers, { arch });
    const lpTo = writeSockaddr(memory, sockaddrIn("192.0.2.1", 7), { arch });
    const state = { Internal: 1, InternalHigh: 2, Offset: 3, OffsetHigh: 4, hEvent: 0x40 };
    const lpOverlapped = writeWsaoverlapped(memory, state, { arch });
    const count = memory.allocate(4, 4);
    const args = [SOCKET, lpBuffers, 2, count, 0x8001, lpTo, 16, lpOverlapped, 0x401000];
    process.call("WSASendTo", args, {
      returns: 0,
      between: () => memory.write(count, Uint8Array.of(5, 0, 0, 0)),
    });
    const overlapped = `0x${lpOverlapped.toString(16)}`;
    expect(told()).toEqual([
      { event: "trace", version: 1, producer: "wskit frida", profile: "spi", cut: true },
      { event: "object", ref: "s0x1a4", type: "SOCKET" },
      { event: "object", ref: overlapped, type: "WSAOVERLAPPED", state },
      {
        event: "call",
        id: 1,
        function: "WSPSendTo",
        as: "WSASendTo, MSG_OOB|MSG_PARTIAL",
        args: {
          s: "s0x1a4",
          lpBuffers: [
            { len: 5, buf: { bytes: 5 } },
            { len: 0, buf: null },
          ],
          dwBufferCount: 2,
          lpNumberOfBytesSent: { value: 0 },
          dwFlags: 0x8001,
          lpTo: { sa_family: 2, sa_data: { hex: "0007c00002010000000000000000" } },
          iTolen: 16,
          lpOverlapped: overlapped,
          lpCompletionRoutine: { routine: "0x401000" },
          lpThreadId: null,
          lpErrno: { value: 0 },
        },
      },
      { event: "return", id: 1, status: 0, out: { lpNumberOfBytesSent: 5 } },
    ]);
  });

  test("a pending send, until its result is there", () => {
    const { memory, process, told } = attached(arch);
    const lpBuffers = writeWsabufArray(memory, [{ len: 1, buf: bytes(1) }], { arch });
    const state = { Internal: 0, InternalHigh: 0, Offset: 0, OffsetHigh: 0, hEvent: 0 };
    const ov = writeWsaoverlapped(memory, state, { arch });
    const count = memory.allocate(4, 4);
    const overlapped = `0x${ov.toString(16)}`;
    process.call("WSASend", [SOCKET, lpBuffers, 1, 0, 0, ov, 0], { returns: -1, error: 997 });
    const ask = [SOCKET, ov, count, 0, count];
    process.call("WSAGetOverlappedResult", ask, { returns: 0, error: 996 });
    memory.write(count, Uint8Array.of(1, 0, 0, 0));
    process.call("WSAGetOverlappedResult", ask, { returns: 1 });
    process.call("WSASend", [SOCKET, lpBuffers, 1, 0, 0, ov, 0], { returns: -1, error: 997 });
    process.call("WSAGetOverlappedResult", ask, { returns: 0, error: 995 });
    expect(told().filter(({ event }) => event !== "object" && event !== "call")).toEqual([
      expect.objectContaining({ event: "trace" }),
      { event: "return", id: 1, status: -1, error: 997 },
      { event: "complete", overlapped, error: 0, information: 1 },
      { event: "result", overlapped, information: 1 },
      { event: "return", id: 2, status: -1, error: 997 },
      { event: "complete", overlapped, error: 995 },
    ]);
  });
});

test("NULL where the contract forbids it, and memory that is not there", () => {
  const { process, told } = attached("x64");
  process.call("WSASend", [SOCKET, 0, 1, 0, 0, 0, 0], { returns: -1, error: 10014 });
  process.call("WSASend", [SOCKET, 0x10, 1, 0, 0, 0x20, 0], { returns: -1, error: 10014 });
  const args = told().flatMap((event) => (event.event === "call" ? [event.args] : []));
  expect(args).toMatchObject([
    { lpBuffers: null, lpNumberOfBytesSent: null, lpOverlapped: null, lpCompletionRoutine: null },
    { lpBuffers: "0x10", lpOverlapped: "0x20" },
  ]);
});

test("send and sendto are sends of one buffer", () => {
  const { memory, process, told } = attached("x64");
  const lpTo = writeSockaddr(memory, sockaddrIn("192.0.2.1", 7), { arch: "x64" });
  process.call("send", [SOCKET, 0x5000, 5, 1], { returns: 3 });
  process.call("sendto", [SOCKET, 0x5000, 5, 0, lpTo, 16], { returns: -1, error: 10040 });
  process.call("sendto", [SOCKET, 0, 0, 0, 0, 0], { returns: 0 });
  const rest = {
    lpNumberOfBytesSent: { value: 0 },
    lpOverlapped: null,
    lpCompletionRoutine: null,
    lpThreadId: null,
    lpErrno: { value: 0 },
  };
  const five = [{ len: 5, buf: { bytes: 5 } }];
  const hex = "0007c00002010000000000000000";
  expect(told().slice(2)).toMatchObject([
    {
      function: "WSPSend",
      as: "send, MSG_OOB",
      args: { ...rest, s: "s0x1a4", lpBuffers: five, dwBufferCount: 1, dwFlags: 1 },
    },
    { event: "return", status: 0, out: { lpNumberOfBytesSent: 3 } },
    {
      function: "WSPSendTo",
      as: "sendto",
      args: { ...rest, lpTo: { sa_family: 2, sa_data: { hex } }, iTolen: 16 },
    },
    { event: "return", status: -1, error: 10040 },
    { function: "WSPSend", as: "sendto", args: { ...rest, lpBuffers: [{ len: 0, buf: null }] } },
    { event: "return", status: 0, out: { lpNumberOfBytesSent: 0 } },
  ]);
});

test("the end of sending, and of the socket, whose handle is another's then", () => {
  const { process, told } = attached("x64");
  process.call("WSASendDisconnect", [SOCKET, 0], { returns: 0 });
  process.call("shutdown", [SOCKET, 0], { returns: 0 });
  process.call("shutdown", [SOCKET, 1], { returns: 0 });
  process.call("closesocket", [SOCKET], { returns: -1, error: 10038 });
  process.call("closesocket", [SOCKET], { returns: 0 });
  const ref = "s0x1a4";
  expect(told().slice(1)).toEqual([
    { event: "object", ref, type: "SOCKET" },
    {
      event: "call",
      id: 1,
      function: "WSPSendDisconnect",
      as: "WSASendDisconnect",
      args: { s: ref, lpOutboundDisconnectData: null, lpErrno: { value: 0 } },
    },
    { event: "return", id: 1, status: 0 },
    { event: "object", ref, type: "SOCKET", state: { "shut-down": true } },
    { event: "object", ref, type: "SOCKET", state: { "shut-down": true } },
    { event: "object", ref, type: "SOCKET", state: { closed: true } },
    { event: "free", ref },
  ]);
});

test("only what was asked for is hooked", () => {
  expect(attached("x64").process.hooked).toEqual([
    "WSASend",
    "WSASendDisconnect",
    "WSASendTo",
    "send",
    "sendto",
    "WSAGetOverlappedResult",
    "shutdown",
    "closesocket",
  ]);
  expect(attached("x64", ["WSASend", "shutdown"]).process.hooked).toEqual(["WSASend", "shutdown"]);
});
