/** Control information: the arithmetic of the WSA_CMSG macros, and lengths that lie. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Arch } from "wskit";
import {
  checkWskSendTo, cmsgDataAlign, cmsgHdrAlign, cmsgLen, cmsgSpace, controlInfo, controlObjects,
} from "wskit"; // prettier-ignore
import { isControlInfo } from "../../support/index.js";
import { baseArgs, schema } from "../vectors.js";

/** Bytes of data: length and space on 64 bits, then on x86. As a compiler has them. */
const MACROS = [
  [0, 16, 16, 12, 12], [1, 17, 24, 13, 16], [4, 20, 24, 16, 16], [5, 21, 24, 17, 20],
  [8, 24, 24, 20, 20], [9, 25, 32, 21, 24], [12, 28, 32, 24, 24], [16, 32, 32, 28, 28],
  [20, 36, 40, 32, 32], [33, 49, 56, 45, 48],
] as const; // prettier-ignore

test.each(MACROS)("of %i bytes of data: %i, %i; x86: %i, %i", (n, len, space, len86, space86) => {
  for (const arch of ["x64", "arm64"] as const) {
    expect([cmsgLen(n, arch), cmsgSpace(n, arch)]).toEqual([len, space]);
  }
  expect([cmsgLen(n, "x86"), cmsgSpace(n, "x86")]).toEqual([len86, space86]);
});

test("headers and data are aligned like a pointer", () => {
  for (const align of [cmsgHdrAlign, cmsgDataAlign]) {
    expect([0, 1, 8, 9].map((n) => align(n, "x64"))).toEqual([0, 8, 8, 16]);
    expect([0, 1, 4, 5].map((n) => align(n, "x86"))).toEqual([0, 4, 4, 8]);
  }
});

const arch = fc.constantFrom<Arch>("x64", "x86", "arm64");
const int = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });
const objects = fc.array(fc.record({ level: int, type: int, data: fc.uint8Array({ maxLength: 40 }) }), {
  maxLength: 6,
}); // prettier-ignore

test("what is built is found again, and well-formed", () => {
  fc.assert(
    fc.property(arch, objects, (on, all) => {
      const bytes = controlInfo(all, on);
      const found = [...controlObjects(bytes, on)];
      expect(found.map(({ level, type, data }) => ({ level, type, data }))).toEqual(all);
      expect(isControlInfo(bytes, bytes.length, on)).toBe(all.length > 0);
    }),
  );
});

describe("any bytes at all", () => {
  test("end, in order, within the bytes; only the last has a fault", () => {
    const bytes = fc.uint8Array({ maxLength: 120 }).map((all) => all.map((byte) => byte % 40));
    fc.assert(
      fc.property(arch, bytes, (on, memory) => {
        const found = [...controlObjects(memory, on)];
        let end = 0;
        for (const { offset, data } of found) {
          expect(offset).toBeGreaterThanOrEqual(end);
          end = offset + data.length;
          expect(end).toBeLessThanOrEqual(memory.length);
        }
        expect(found.slice(0, -1).every(({ fault }) => fault === undefined)).toBe(true);
      }),
    );
  });

  const header = (length: bigint, rest = 0): Uint8Array => {
    const bytes = new Uint8Array(16 + rest);
    new DataView(bytes.buffer).setBigUint64(0, length, true);
    return bytes;
  };

  test.each([
    [header(0n), "cmsg_len is 0, less than the 16 bytes of a header"],
    [header(15n), "cmsg_len is 15, less than the 16 bytes of a header"],
    [header(17n), "cmsg_len is 17, but 16 bytes are left"],
    [header(2n ** 64n - 1n, 8), "cmsg_len is 18446744073709551615, but 24 bytes are left"],
    [header(16n), undefined],
    [header(20n, 4), undefined],
  ])("%o: %s", (bytes, fault) => {
    expect([...controlObjects(bytes, "x64")].map((one) => one.fault)).toEqual([fault]);
    expect(isControlInfo(bytes, bytes.length, "x64")).toBe(fault === undefined);
  });

  test("less than a header is nothing, and no control information", () => {
    expect([...controlObjects(new Uint8Array(15), "x64")]).toEqual([]);
    expect(isControlInfo(new Uint8Array(15), 15, "x64")).toBe(false);
  });
});

test("the send functions take what is built", () => {
  const ControlInfo = controlInfo([{ level: 0, type: 19, data: new Uint8Array(8) }], "x64");
  const call = schema.calls.find(({ name }) => name === "WskSendTo");
  const args = call && { ...baseArgs(call), ControlInfo, ControlInfoLength: ControlInfo.length };
  expect(checkWskSendTo(args)).toEqual([]);
});
