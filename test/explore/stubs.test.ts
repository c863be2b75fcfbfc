/** Scripted outcomes: what calls answer in unit tests. */
import { describe, expect, test } from "vitest";
import {
  STATUS_CONNECTION_RESET, STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING, STATUS_SUCCESS,
} from "wskit"; // prettier-ignore
import { createWorld } from "wskit/explore";
import type { Irp, World } from "wskit/explore";

/** Sends, and notes how it ended. */
function send(
  world: World,
  bytes: number,
): { returned: number; ends: [number, number][]; irp: Irp } {
  const ends: [number, number][] = [];
  const socket = world.connectionSocket();
  const irp = world.IoAllocateIrp(1, false);
  const routine = (_DeviceObject: null, { IoStatus }: Irp): number => {
    ends.push([IoStatus.Status, Number(IoStatus.Information)]);
    return STATUS_MORE_PROCESSING_REQUIRED;
  };
  world.IoSetCompletionRoutine(irp, routine, null, true, true, true);
  const returned = socket.Dispatch.WskSend(socket, world.wskBuf(bytes), 0, irp);
  return { returned, ends, irp };
}

describe("a call answers what its script says", () => {
  test("pending, then success", () => {
    const play = createWorldParts();
    const { world, stub } = play;
    stub.wskSend.returns("STATUS_PENDING").then.completes("STATUS_SUCCESS", 4096);
    const { returned, ends } = send(world, 4096);
    expect([returned, ends]).toEqual([STATUS_PENDING, []]);
    play.settle();
    expect(ends).toEqual([[STATUS_SUCCESS, 4096]]);
    expect(play.breaches()).toEqual([]);
  });

  test("pending, then failure, without a byte count", () => {
    const { world, stub, settle, breaches } = createWorldParts();
    stub.wskSend.returns("STATUS_PENDING").then.completes("STATUS_CONNECTION_RESET");
    const { ends } = send(world, 8);
    settle();
    expect(ends).toEqual([[STATUS_CONNECTION_RESET, 0]]);
    expect(breaches()).toEqual([]);
  });

  test("completed before the return", () => {
    const { world, stub, settle, breaches } = createWorldParts();
    stub.wskSend.completes("STATUS_SUCCESS").then.returns("STATUS_PENDING");
    const { returned, ends } = send(world, 8);
    expect([returned, ends]).toEqual([STATUS_PENDING, [[STATUS_SUCCESS, 8]]]);
    settle();
    expect(breaches()).toEqual([]);
  });

  test("one script a call; without one, success at once", () => {
    const { world, stub, settle, breaches } = createWorldParts();
    stub.wskSend.returns("STATUS_NOT_SUPPORTED");
    const ends = [send(world, 8).ends, send(world, 8).ends];
    settle();
    expect(ends.flat().map(([status]) => status < 0)).toEqual([true, false]);
    expect(breaches()).toEqual([]);
  });

  test("a provider's call", () => {
    const { world, stub, settle, breaches } = createWorldParts();
    stub.wspSend.returns("WSA_IO_PENDING").then.completes("NO_ERROR", 8);
    const told: unknown[] = [];
    const s = world.descriptor((_lpOverlapped, ...rest) => told.push(rest));
    const [sent, lpErrno] = [world.DWORD(), world.DWORD()];
    const buffers = [{ len: 8, buf: world.ExAllocatePool(8) }];
    const ov = world.overlapped();
    expect(world.WSPSend(s, buffers, 1, sent, 0, ov, null, null, lpErrno)).toBe(-1);
    settle();
    expect([lpErrno.value, told]).toEqual([997, [[0, 8]]]);
    expect(breaches()).toEqual([]);
  });
});

describe("a script keeps to the contract", () => {
  test("a code that it does not list is refused, by the compiler and at run time", () => {
    const { stub } = createWorld();
    // @ts-expect-error WSAEWOULDBLOCK is never returned
    expect(() => stub.wspSend.returns("WSAEWOULDBLOCK")).toThrow(/does not return WSAEWOULDBLOCK/);
    // @ts-expect-error no code of this language
    expect(() => stub.wskSend.returns("WSAECONNRESET")).toThrow(RangeError);
    // @ts-expect-error no code at all
    expect(() => stub.wskSend.breaking.returns("STATUS_NOTHING")).toThrow(RangeError);
  });

  test("unless it is to be broken", () => {
    const { world, stub, settle, breaches } = createWorldParts();
    stub.wskSend
      .returns("STATUS_PENDING")
      .then.completes("STATUS_SUCCESS")
      .then.completes("STATUS_SUCCESS");
    send(world, 8);
    settle();
    expect(breaches().map(({ rule }) => rule)).toEqual(["WskSend/completed-once"]);
  });

  test("what never ends is told at the end", () => {
    const { world, stub, settle, breaches } = createWorldParts();
    stub.wskSend.returns("STATUS_PENDING").then.nothing();
    send(world, 8);
    settle();
    expect(breaches().map(({ rule }) => rule)).toEqual(["WskSend/completed-at-all"]);
  });
});

/** The parts of a play, to be taken apart. */
function createWorldParts() {
  const play = createWorld();
  return {
    world: play.world,
    stub: play.stub,
    settle: () => play.settle(),
    breaches: () => play.breaches,
  };
}
