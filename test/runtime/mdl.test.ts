/** What a send reads of its MDL chain, and for how long the chain is in use. */
import { afterEach, describe, expect, test } from "vitest";
import {
  MDL_SOURCE_IS_NONPAGED_POOL,
  STATUS_MORE_PROCESSING_REQUIRED,
  STATUS_SUCCESS,
} from "wskit";
import type { MDL, WSK_BUF } from "wskit";
import {
  IoAllocateIrp, IoAllocateMdl, IoFreeMdl, IoReuseIrp, IoSetCompletionRoutine, isMdlInUse,
  setRoutineErrorHandler, wskBuf,
} from "wskit/runtime"; // prettier-ignore
import type { Irp } from "wskit/runtime";

afterEach(() => {
  setRoutineErrorHandler(null);
});

/** An IRP that is ready to send. */
function armed(): Irp {
  const irp = IoAllocateIrp(1);
  IoSetCompletionRoutine(irp, () => STATUS_MORE_PROCESSING_REQUIRED, null);
  return irp;
}

/** An MDL by hand, over so many of these bytes. */
const mdl = (bytes: Uint8Array, ByteCount: number, Next: MDL | null = null): MDL => ({
  Next,
  MdlFlags: MDL_SOURCE_IS_NONPAGED_POOL,
  MappedSystemVa: bytes,
  ByteCount,
});

/** What a send of this buffer would hand over: piece by piece, and as one where it is one. */
function read(buffer: WSK_BUF): { pieces: string[]; one: string | null; isWhole: boolean } {
  const irp = armed();
  irp.takeSend("WskSend", buffer);
  const chunks: Uint8Array[] = [];
  const isWhole = irp.gather(chunks);
  const one = irp.onePiece();
  irp.settle(null);
  const text = (bytes: Uint8Array): string => String(Buffer.from(bytes));
  return { pieces: chunks.map(text), one: one === null ? null : text(one), isWhole };
}

const memory = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

/** An MDL over memory that was so long, and is shorter now. The types know no such memory yet. */
function shrunk(from: number, to: number): MDL {
  const buffer = Reflect.construct(ArrayBuffer, [from, { maxByteLength: from }]) as ArrayBuffer & {
    resize(bytes: number): void;
  };
  const short = mdl(new Uint8Array(buffer), from);
  buffer.resize(to);
  return short;
}

describe("the data of a send", () => {
  test("is one piece only where one MDL is all of its memory, and all of it is sent", () => {
    const whole = mdl(memory("hello"), 5);
    expect(read({ Mdl: whole, Offset: 0, Length: 5 })).toMatchObject({ one: "hello" });
    for (const [Offset, Length] of [
      [1, 4],
      [0, 4],
    ] as const)
      // prettier-ignore
      expect(read({ Mdl: whole, Offset, Length })).toMatchObject({ one: null });
    // Its memory is as long as the send, but only a part of it is the MDL's.
    const part = mdl(memory("hello"), 2, mdl(memory("abc"), 3));
    expect(read({ Mdl: part, Offset: 0, Length: 5 })).toEqual({
      pieces: ["he", "abc"],
      one: null,
      isWhole: true,
    });
  });

  test("is cut where offset and length say, at the borders of its MDLs as well", () => {
    const chain = mdl(memory("abc"), 3, mdl(memory("defgh"), 4, mdl(memory("ij"), 2)));
    const cut = (Offset: number, Length: number) => read({ Mdl: chain, Offset, Length }).pieces;
    expect(cut(0, 9)).toEqual(["abc", "defg", "ij"]);
    expect(cut(2, 5)).toEqual(["c", "defg"]);
    expect(cut(2, 6)).toEqual(["c", "defg", "i"]);
    expect(cut(1, 2)).toEqual(["bc"]);
    expect(cut(0, 0)).toEqual([]);
  });

  test("is not whole where memory of it has gone", () => {
    const bytes = memory("hello");
    const chain = mdl(memory("abc"), 3, mdl(bytes, 5));
    structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] });
    expect(read({ Mdl: chain, Offset: 0, Length: 8 })).toMatchObject({ isWhole: false, one: null });
    expect(read({ Mdl: shrunk(5, 4), Offset: 0, Length: 5 })).toMatchObject({
      isWhole: false,
      one: null,
    });
    expect(read({ Mdl: chain, Offset: 0, Length: 3 })).toMatchObject({ isWhole: true });
  });

  test("is in the order in which wskBuf was given it", () => {
    const buffer = wskBuf(memory("ab"), memory("c"), memory("def"));
    expect(read(buffer)).toEqual({ pieces: ["ab", "c", "def"], one: null, isWhole: true });
    expect(buffer.Length).toBe(6);
  });
});

describe("a chain is in use", () => {
  test("while a send has it, whoever has made its MDLs", () => {
    const [second, own] = [mdl(memory("b"), 1), IoAllocateMdl(memory("a"))];
    own.Next = second;
    const irp = armed();
    irp.takeSend("WskSend", { Mdl: own, Offset: 0, Length: 2 });
    expect([own, second].map(isMdlInUse)).toEqual([true, true]);
    irp.settle(null);
    expect([own, second].map(isMdlInUse)).toEqual([false, false]);
    IoFreeMdl(own);
    expect([own.Next, own.ByteCount]).toEqual([null, 0]);
  });

  test("no more where the IRP was refused", () => {
    const irp = armed();
    irp.takeSend("WskSend", wskBuf(memory("a")));
    const other = wskBuf(memory("b"));
    expect(() => irp.takeSend("WskSend", other)).toThrow("irp-in-use");
    expect(other.Mdl !== null && isMdlInUse(other.Mdl)).toBe(false);
    irp.settle(null);
  });

  test("and counted rightly behind a send whose chain has changed", () => {
    const errors: unknown[] = [];
    setRoutineErrorHandler((error) => errors.push(error));
    const [first, stranger] = [mdl(memory("a"), 1), mdl(memory("b"), 1)];
    const irp = armed();
    irp.takeSend("WskSend", { Mdl: first, Offset: 0, Length: 1 });
    first.Next = stranger;
    irp.settle(null);
    expect([errors.length, isMdlInUse(first), isMdlInUse(stranger)]).toEqual([1, false, false]);
    IoReuseIrp(irp, STATUS_SUCCESS);
    IoSetCompletionRoutine(irp, () => STATUS_MORE_PROCESSING_REQUIRED, null);
    irp.takeSend("WskSend", { Mdl: stranger, Offset: 0, Length: 1 });
    expect(isMdlInUse(stranger)).toBe(true);
    irp.settle(null);
  });
});

test("an IRP has its stack location back when it is complete, and Information of success only", () => {
  const irp = armed();
  const seen: unknown[] = [];
  IoReuseIrp(irp, STATUS_SUCCESS);
  IoSetCompletionRoutine(
    irp,
    () => {
      seen.push(irp.CurrentLocation, irp.IoStatus.Information);
      return STATUS_MORE_PROCESSING_REQUIRED;
    },
    null,
  );
  irp.takeSend("WskSend", wskBuf(memory("abc")));
  expect([irp.CurrentLocation, irp.StackCount]).toEqual([1, 1]);
  irp.settle(null);
  expect(seen).toEqual([2, 3]);
});
