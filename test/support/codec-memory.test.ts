/** Memory that does not keep its word, and codecs that are asked amiss: every refusal says how. */
import { describe, expect, test } from "vitest";
import type { Arch, WSABUF, WSK_BUF } from "wskit";
import {
  cmsgSpace,
  controlInfo,
  controlObjects,
  offsetOf,
  slotAt,
  WSPPROC_TABLE_SLOTS,
} from "wskit";
import { isControlInfo } from "../../support/index.js";
import type { Memory } from "wskit/codecs";
import {
  MemoryError, readMdl, readMdlImage, readWsabufArray, readWskBuf, readWskBufImage, SparseMemory, writeMdl, writeWsabufArray,
  writeWskBuf,
} from "wskit/codecs"; // prettier-ignore

const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("memory that answers no bytes", () => {
  test.each([
    [null, "expected a Uint8Array from memory, received null"],
    [undefined, "expected a Uint8Array from memory, received undefined"],
    [[0, 0, 0], "expected a Uint8Array from memory, received an array of 3"],
    [new ArrayBuffer(64), "expected a Uint8Array from memory, received an object"],
    [new Uint16Array(64), "expected a Uint8Array from memory, received 128 bytes"],
    [{ length: 64 }, "expected a Uint8Array from memory, received an object"],
    [new Uint8Array(3), "only 3 bytes can be read"],
  ])("%o: %s", (answer, why) => {
    const memory = { read: () => answer } as unknown as Memory;
    const read = thrownBy(() => readWskBuf(memory, 0x1000n, "x64"));
    expect(read).toBeInstanceOf(MemoryError);
    expect(String(read)).toBe(`MemoryError: WSK_BUF.Mdl: ${why}, 8 bytes at 0x1000`);
    const image = thrownBy(() => readMdlImage(memory, 0x1000n, "x64"));
    expect(image).toBeInstanceOf(MemoryError);
    expect(image).toMatchObject({ struct: "MDL", address: 0x1000n, size: 48 });
    expect(String(image)).toContain(why);
  });

  test("a Buffer is bytes, and more than was asked is cut", () => {
    const memory = { read: () => Buffer.alloc(64) };
    expect(readWskBuf(memory, 0x1000n, "x64")).toEqual({ Mdl: null, Offset: 0, Length: 0 });
    expect(readMdlImage(memory, 0x1000n, "x64").ByteCount).toBe(0);
  });
});

describe("addresses that an architecture does not have", () => {
  /** Memory that answers wherever it is asked, as one that wraps would. */
  const everywhere: Memory = { read: (_, size) => new Uint8Array(size) };
  const wskBuf = { Mdl: null, Offset: 0, Length: 0 };

  test.each([
    ["x64", -16n, "WSK_BUF.Mdl: expected an address of 8 bytes, as x64 has them, 8 bytes at -0x10"],
    [
      "x64",
      1n << 64n,
      "expected an address of 8 bytes, as x64 has them, 8 bytes at 0x10000000000000000",
    ],
    ["x64", (1n << 64n) - 16n, "WSK_BUF.Length: expected an address of 8 bytes"],
    ["x86", (1n << 32n) - 8n, "WSK_BUF.Length: expected an address of 4 bytes, as x86 has them"],
    ["x86", 1n << 32n, "WSK_BUF.Mdl: expected an address of 4 bytes, as x86 has them"],
  ] as const)("%s has no %i: %s", (arch, address, message) => {
    const read = thrownBy(() => readWskBuf(everywhere, address, arch));
    expect(read).toBeInstanceOf(MemoryError);
    expect(String(read)).toContain(message);
    expect(thrownBy(() => readMdlImage(everywhere, address, arch))).toBeInstanceOf(MemoryError);
    const memory = { write: () => undefined, allocate: () => address, ...everywhere };
    for (const options of [{ arch }, { arch, address }]) {
      const written = thrownBy(() => writeWskBuf(memory, wskBuf, options));
      expect(written).toBeInstanceOf(MemoryError);
      expect(String(written)).toMatch(/WSK_BUF: expected an address of [48] bytes, as x/);
    }
  });

  test("the last bytes that there are can be read", () => {
    expect(readWskBuf(everywhere, (1n << 32n) - 12n, "x86")).toEqual(wskBuf);
    expect(readWskBuf(everywhere, (1n << 64n) - 24n, "x64")).toEqual(wskBuf);
  });

  test("an array does not go round the end either", () => {
    const of = { count: 3, arch: "x86" } as const;
    expect(() => readWsabufArray(everywhere, (1n << 32n) - 16n, of)).toThrow(
      "WSABUF.len: expected an address of 4 bytes, as x86 has them, 4 bytes at 0x100000000",
    );
  });
});

describe("what is no address", () => {
  const memory = new SparseMemory();
  const mdl = { Next: null, MdlFlags: 4, MappedSystemVa: new Uint8Array(1), ByteCount: 1 };

  test.each([
    [4096, "4096"],
    [1.5, "1.5"],
    ["0x1000", '"0x1000"'],
    [{ address: 1n }, "an object"],
  ])("%o", (wrong, received) => {
    const address = wrong as unknown as bigint;
    const at = { arch: "x64", address } as const;
    const runs = [
      () => readWskBuf(memory, address, "x64"),
      () => readMdlImage(memory, address, "x64"),
      () => readWsabufArray(memory, address, { count: 1, arch: "x64" }),
      () => writeMdl(memory, mdl, at),
      () => writeWsabufArray(memory, [], at),
    ];
    for (const run of runs) {
      const error = thrownBy(run);
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toBe(
        `TypeError: expected an address as a bigint, for instance 0x1000n, received ${received}`,
      );
    }
  });
});

describe("arguments that are no such thing", () => {
  const memory = new SparseMemory();
  const value = { Mdl: null, Offset: 0, Length: 0 };
  const address = writeWskBuf(memory, value, { arch: "x64" });

  test.each(["x32", "X64", "toString", undefined, null, 64])("the architecture %o", (wrong) => {
    const arch = wrong as Arch;
    const runs = [
      () => readWskBuf(memory, address, arch),
      () => readWskBufImage(memory, address, arch),
      () => readWsabufArray(memory, address, { count: 0, arch }),
      () => writeWskBuf(memory, value, { arch }),
      () => writeWsabufArray(memory, [], { arch }),
      () => [...controlObjects(new Uint8Array(32), arch)],
      () => controlInfo([], arch),
      () => cmsgSpace(4, arch),
      () => offsetOf(WSPPROC_TABLE_SLOTS, "WSPSend", arch),
      () => slotAt(WSPPROC_TABLE_SLOTS, 8, arch),
    ];
    for (const run of runs) {
      const error = thrownBy(run);
      expect(error).toBeInstanceOf(RangeError);
      expect(String(error)).toMatch(
        /^RangeError: expected one of the architectures x64, x86, arm64, received /,
      );
    }
  });

  test.each([-1, 1.5, Number.NaN, "3", undefined])("the number of elements %o", (wrong) => {
    const run = () => readWsabufArray(memory, address, { count: wrong as number, arch: "x64" });
    expect(run).toThrow(RangeError);
    expect(run).toThrow("expected how many elements there are, received ");
  });

  test.each([null, undefined, 5, []])("the struct %o", (wrong) => {
    const run = () => writeWskBuf(memory, wrong as unknown as WSK_BUF, { arch: "x64" });
    expect(run).toThrow(TypeError);
    expect(run).toThrow("WSK_BUF: expected an object, received ");
  });

  test("elements that are no array, or no structs", () => {
    const write = (values: unknown) => () =>
      writeWsabufArray(memory, values as WSABUF[], { arch: "x64" });
    expect(write({ length: 1 })).toThrow("expected an array of WSABUF, received an object");
    expect(write([null])).toThrow("WSABUF: expected an object, received null");
  });
});

test("a check with an architecture that is none reports that, and goes on", () => {
  expect(isControlInfo(controlInfo([], "x64"), 0, "x32" as Arch)).toBe(false);
  const one = { level: 0, type: 19, data: new Uint8Array(8) };
  expect(isControlInfo(controlInfo([one], "x64"), 24, "x32" as Arch)).toBe(true);
});

test("an MDL that is no longer mapped: the error says how to read it alone", () => {
  const memory = new SparseMemory(0x8000n);
  const mdl = { Next: null, MdlFlags: 2, MappedSystemVa: new Uint8Array(8), ByteCount: 8 };
  const address = writeWskBuf(memory, { Mdl: mdl, Offset: 0, Length: 8 }, { arch: "x64" });
  const { Mdl } = readWskBufImage(memory, address, "x64");
  memory.write(Mdl + 24n, new Uint8Array([0xef, 0xbe, 0xad, 0xde]));
  for (const run of [() => readMdl(memory, Mdl, "x64"), () => readWskBuf(memory, address, "x64")]) {
    expect(run).toThrow(
      "MDL.MappedSystemVa: only 0 bytes can be read, 8 bytes at 0xdeadbeef; " +
        `readMdlImage reads the MDL at 0x${Mdl.toString(16)} alone`,
    );
  }
  expect(readMdlImage(memory, Mdl, "x64")).toMatchObject({
    Next: 0n, MdlFlags: 2, MappedSystemVa: 0xdeadbeefn, ByteCount: 8,
  }); // prettier-ignore
});
