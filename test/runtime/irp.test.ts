/** IRPs and MDLs: one owner at a time, completed exactly once, held while in use. */
import { afterEach, describe, expect, test } from "vitest";
import { STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING, STATUS_SUCCESS } from "wskit";
import type { LifetimeRule } from "wskit/runtime";
import {
  awaitableIrp, IoAllocateIrp, IoAllocateMdl, IoFreeIrp, IoFreeMdl, IoReuseIrp,
  IoSetCompletionRoutine, LIFETIME_RULES, MmProbeAndLockPages, MmUnlockPages, RuntimeViolation,
  setRoutineErrorHandler,
} from "wskit/runtime"; // prettier-ignore
import { connected, pattern, tcpPeer } from "./peers.js";

const seen = new Set<string>();

function breaks(rule: LifetimeRule, act: () => unknown): void {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(RuntimeViolation);
    expect((error as RuntimeViolation).rule).toBe(rule);
    expect((error as RuntimeViolation).message).toContain(LIFETIME_RULES[rule]);
    seen.add(rule);
    return;
  }
  expect.unreachable(`${rule} was not noticed`);
}

const done = () => STATUS_MORE_PROCESSING_REQUIRED;
const empty = { Mdl: null, Offset: 0, Length: 0 };

afterEach(() => {
  setRoutineErrorHandler(null);
});

async function pending() {
  const peer = await tcpPeer({ paused: true });
  const socket = await connected(peer);
  const mdl = IoAllocateMdl(pattern(16 * 1024 * 1024));
  MmProbeAndLockPages(mdl);
  const { irp, completion } = awaitableIrp();
  const send = () =>
    socket.Dispatch.WskSend(socket, { Mdl: mdl, Offset: 0, Length: mdl.ByteCount }, 0, irp);
  expect(send()).toBe(STATUS_PENDING);
  return { peer, socket, mdl, irp, completion, send };
}

test("while a send is pending, its IRP and MDL belong to WSK", async () => {
  const { peer, mdl, irp, completion, send } = await pending();
  expect(send).toThrow("WskSend/irp-not-outstanding");
  breaks("irp-in-use", () => irp.take("WskSend"));
  breaks("irp-in-use", () => IoReuseIrp(irp, STATUS_SUCCESS));
  breaks("irp-in-use", () => IoFreeIrp(irp));
  breaks("irp-in-use", () => IoSetCompletionRoutine(irp, done, null));
  breaks("mdl-in-use", () => MmUnlockPages(mdl));
  breaks("mdl-in-use", () => IoFreeMdl(mdl));
  (await peer.socket).resume();
  await completion;
  MmUnlockPages(mdl);
  IoFreeMdl(mdl);
  breaks("irp-completed-twice", () => irp.complete(STATUS_SUCCESS, 0));
  breaks("irp-not-reused", () => irp.take("WskSend"));
  IoReuseIrp(irp, STATUS_SUCCESS);
  IoFreeIrp(irp);
  breaks("irp-freed", () => IoReuseIrp(irp, STATUS_SUCCESS));
});

describe("an IRP that is not ready", () => {
  test("is refused: without a routine, with half a routine, made by hand", async () => {
    const socket = await connected(await tcpPeer());
    const { WskSend } = socket.Dispatch;
    const irp = IoAllocateIrp(1);
    breaks("irp-no-routine", () => WskSend(socket, empty, 0, irp));
    IoSetCompletionRoutine(irp, done, null, { success: true, error: false, cancel: true });
    breaks("irp-no-routine", () => WskSend(socket, empty, 0, irp));
    const byHand = { ...irp, IoStatus: { Status: 0, Information: 0 } };
    breaks("irp-not-allocated", () => WskSend(socket, empty, 0, byHand));
    IoSetCompletionRoutine(irp, done, null);
    expect(WskSend(socket, empty, 0, irp)).toBe(STATUS_SUCCESS);
  });

  test.each([0, -1, 1.5, 127, Number.NaN])("is not allocated with a stack of %s", (size) => {
    expect(() => IoAllocateIrp(size)).toThrow("expected a stack size from 1 to 126");
  });
});

test("a socket's functions serve that socket only", async () => {
  const a = await connected(await tcpPeer());
  const b = await connected(await tcpPeer());
  breaks("socket-wrong-table", () => a.Dispatch.WskSend(b, empty, 0, awaitableIrp().irp));
});

test("a completion routine that throws or answers wrongly is reported, and stops nothing", async () => {
  const errors: unknown[] = [];
  setRoutineErrorHandler((error) => errors.push(error));
  const socket = await connected(await tcpPeer());
  const send = (routine: () => number): number => {
    const irp = IoAllocateIrp(1);
    IoSetCompletionRoutine(irp, routine, null);
    return socket.Dispatch.WskSend(socket, empty, 0, irp);
  };
  const boom = () => {
    throw new Error("boom");
  };
  expect([send(boom), send(() => STATUS_SUCCESS), send(done)]).toEqual([0, 0, 0]);
  expect(errors.map(String)).toEqual([
    "Error: boom",
    expect.stringContaining(LIFETIME_RULES["irp-routine-result"]),
  ]);
  seen.add("irp-routine-result");
});

test("the routine is given the IRP and its context, and sees the final status", async () => {
  const socket = await connected(await tcpPeer());
  const irp = IoAllocateIrp(1);
  const given: unknown[] = [];
  IoSetCompletionRoutine(
    irp,
    (device, which, context) => {
      given.push(device, which === irp, context, { ...which.IoStatus });
      return STATUS_MORE_PROCESSING_REQUIRED;
    },
    "my context",
  );
  socket.Dispatch.WskSend(socket, empty, 0, irp);
  expect(given).toEqual([null, true, "my context", { Status: STATUS_SUCCESS, Information: 0 }]);
});

test("every lifetime rule of the table is noticed somewhere above", () => {
  // Use after close stands in wsk-send.test.ts.
  expect([...seen, "socket-closed"].sort()).toEqual(Object.keys(LIFETIME_RULES).sort());
});
