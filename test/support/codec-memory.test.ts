/** Memory that does not keep its word, and codecs that are asked amiss: every refusal says how. */
import { describe, expect, test } from "vitest";
import type { Memory } from "wskit/codecs";
import { MemoryError, readMdlImage, readWskBuf } from "wskit/codecs";

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
