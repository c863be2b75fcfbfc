/** Codecs: what is written is read, bytes are those of C, and bad memory is named. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Arch, MDL, WSK_BUF } from "wskit";
import { checkWskSend, checkWSPSend, sockaddrIn, sockaddrIn6 } from "wskit";
import type { Memory, WritableMemory, WriteOptions } from "wskit/codecs";
import {
  flatMemory, MemoryError, readCmsghdr, readImage, readIrp, readIrpImage, readMdl, readMdlImage,
  readSockaddr, readSockaddrIn, readSockaddrIn6, readWsabufArray, readWsaoverlapped,
  readWsaoverlappedImage, readWsathreadid, readWskBuf, readWskBufImage, readWskBufList,
  readWskSocket, SparseMemory, writeCmsghdr, writeIrp, writeMdl, writeSockaddr, writeSockaddrIn, writeSockaddrIn6,
  writeWsabufArray, writeWsaoverlapped, writeWsathreadid, writeWskBuf, writeWskBufList,
  writeWskSocket,
} from "wskit/codecs"; // prettier-ignore
import * as layouts from "wskit/layouts";
import { baseArgs, schema } from "../vectors.js";

const archs = ["x64", "x86", "arm64"] as const;
const arch = fc.constantFrom<Arch>(...archs);
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });

/** A number of pointer width, in the form in which codecs give it. */
const wide = (on: Arch): fc.Arbitrary<number | bigint> =>
  fc
    .bigInt({ min: 0n, max: on === "x86" ? 0xffff_ffffn : 0xffff_ffff_ffff_ffffn })
    .map((n) => (n <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(n) : n));

const mdls = fc
  .array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: -0x8000, max: 0x7fff })), {
    maxLength: 5,
  })
  .map((links) =>
    links.reduceRight<MDL | null>(
      (Next, [bytes, MdlFlags]) => {
        return { Next, MdlFlags, MappedSystemVa: bytes, ByteCount: bytes.length };
      },
      null,
    ),
  ); // prettier-ignore
const buffers = (on: Arch): fc.Arbitrary<WSK_BUF> =>
  fc.record({ Mdl: mdls, Offset: u32, Length: wide(on) });

const withArch = <T>(of: (on: Arch) => fc.Arbitrary<T>): fc.Arbitrary<readonly [Arch, T]> =>
  arch.chain((on) => of(on).map((value) => [on, value] as const));

describe("what is written is read", () => {
  test("WSK_BUF with its MDL chain", () => {
    fc.assert(
      fc.property(withArch(buffers), ([on, value]) => {
        const memory = new SparseMemory();
        const address = writeWskBuf(memory, value, { arch: on });
        expect(readWskBuf(memory, address, on)).toEqual(value);
      }),
    );
  });

  test("WSK_BUF_LIST, with a buffer inside each link", () => {
    const lists = (on: Arch) => fc.array(buffers(on), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(withArch(lists), ([on, all]) => {
        const make = (i: number): NonNullable<ReturnType<typeof readWskBufList>["Next"]> | null => {
          const Buffer = all[i];
          return Buffer === undefined ? null : { Next: make(i + 1), Buffer };
        };
        const value = make(0);
        if (value === null) return;
        const memory = new SparseMemory();
        expect(readWskBufList(memory, writeWskBufList(memory, value, { arch: on }), on)).toEqual(
          value,
        );
      }),
    );
  });

  test("arrays of WSABUF", () => {
    const one = fc.uint8Array({ maxLength: 30 }).map((buf) => ({ len: buf.length, buf }));
    const none = fc.record({ len: u32, buf: fc.constant(null) });
    fc.assert(
      fc.property(arch, fc.array(fc.oneof(one, none), { maxLength: 5 }), (on, values) => {
        const memory = new SparseMemory();
        const address = writeWsabufArray(memory, values, { arch: on });
        expect(readWsabufArray(memory, address, { count: values.length, arch: on })).toEqual(
          values,
        );
      }),
    );
  });

  test("WSAOVERLAPPED and WSATHREADID, exact to the last bit", () => {
    const overlapped = (on: Arch) =>
      fc.record({
        Internal: wide(on),
        InternalHigh: wide(on),
        Offset: u32,
        OffsetHigh: u32,
        hEvent: wide(on),
      });
    const threads = (on: Arch) => fc.record({ ThreadHandle: wide(on), Reserved: wide(on) });
    fc.assert(
      fc.property(
        withArch((on) => fc.tuple(overlapped(on), threads(on))),
        ([on, [value, thread]]) => {
          const memory = new SparseMemory(0xffff_0000n);
          const options = { arch: on };
          const at = writeWsaoverlapped(memory, value, options);
          expect(readWsaoverlapped(memory, at, on)).toEqual(value);
          expect(readWsathreadid(memory, writeWsathreadid(memory, thread, options), on)).toEqual(
            thread,
          );
        },
      ),
    );
  });

  test("IRP, CMSGHDR and WSK_SOCKET", () => {
    const memory = new SparseMemory();
    for (const on of archs) {
      const irp = {
        IoStatus: { Status: -0x3fff_ff4a, Information: 0xffff_ffff },
        PendingReturned: true, StackCount: -1, CurrentLocation: 127, Cancel: false,
      }; // prettier-ignore
      const header = { cmsg_len: 16, cmsg_level: -1, cmsg_type: 0x7fff_ffff };
      const socket = { Dispatch: { address: 0x1234n } };
      const options = { arch: on };
      expect(readIrp(memory, writeIrp(memory, irp, options), on)).toEqual(irp);
      expect(readCmsghdr(memory, writeCmsghdr(memory, header, options), on)).toEqual(header);
      expect(readWskSocket(memory, writeWskSocket(memory, socket, options), on)).toEqual(socket);
    }
  });

  test("addresses, as long as their family says", () => {
    const memory = new SparseMemory();
    for (const address of [sockaddrIn("192.0.2.1", 8080), sockaddrIn6("fe80::1", 443, 7)]) {
      expect(readSockaddr(memory, writeSockaddr(memory, address, { arch: "x64" }), "x64")).toEqual(
        address,
      );
    }
    const other = { sa_family: 1, sa_data: new Uint8Array(30).fill(7) };
    const read = readSockaddr(memory, writeSockaddr(memory, other, { arch: "x64" }), "x64");
    expect(read).toEqual({ sa_family: 1, sa_data: new Uint8Array(14).fill(7) });
  });
});

/** A codec whose value is only handed on. */
type Codec = readonly [
  read: (memory: Memory, address: bigint, arch: Arch) => unknown,
  write: (memory: WritableMemory, value: unknown, options: WriteOptions) => bigint,
];

describe("what is read is written", () => {
  /** Bytes of an address of a family, whatever else they hold. */
  const addressOf = (family: number, size: number): fc.Arbitrary<Uint8Array> =>
    fc.uint8Array({ minLength: size - 2, maxLength: size - 2 }).map((data) => {
      return Uint8Array.of(family & 0xff, family >> 8, ...data);
    });
  const others = fc.integer({ min: 0, max: 0xffff }).filter((family) => ![2, 23].includes(family));

  test.each([
    [
      "AF_INET",
      addressOf(2, 16),
      [
        [readSockaddr, writeSockaddr],
        [readSockaddrIn, writeSockaddrIn],
      ],
    ],
    [
      "AF_INET6",
      addressOf(23, 28),
      [
        [readSockaddr, writeSockaddr],
        [readSockaddrIn6, writeSockaddrIn6],
      ],
    ],
    [
      "any other family",
      others.chain((family) => addressOf(family, 16)),
      [[readSockaddr, writeSockaddr]],
    ],
  ] as const)("SOCKADDR of %s, byte for byte", (_, bytes, codecs) => {
    fc.assert(
      fc.property(arch, bytes, (on, wanted) => {
        const memory = new SparseMemory();
        for (const [read, write] of codecs as readonly Codec[]) {
          const value = read(flatMemory(wanted, 0x1000n), 0x1000n, on);
          const address = write(memory, value, { arch: on });
          expect(memory.read(address, wanted.length + 1)).toEqual(wanted);
        }
      }),
    );
  });
});

describe("bytes are those of C", () => {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

  test("WSK_BUF on x64 and x86, by hand", () => {
    const x64 = Buffer.from("00000000000000000a00000000000000ffffffffffffffff", "hex");
    expect(readWskBuf(flatMemory(x64, 0x1000n), 0x1000n, "x64")).toEqual({
      Mdl: null, Offset: 10, Length: 0xffff_ffff_ffff_ffffn,
    }); // prettier-ignore
    const x86 = Buffer.from("000000000a000000ffffffff", "hex");
    expect(readWskBuf(flatMemory(x86, 0x1000n), 0x1000n, "x86")).toEqual({
      Mdl: null, Offset: 10, Length: 0xffff_ffff,
    }); // prettier-ignore
  });

  test("signed and unsigned, and the order of bytes", () => {
    const memory = new SparseMemory();
    const mdl = { Next: null, MdlFlags: -2, MappedSystemVa: new Uint8Array([1, 2]), ByteCount: 2 };
    const at = writeMdl(memory, mdl, { arch: "x86" });
    const bytes = memory.read(at, 28);
    expect(hex(bytes.subarray(4, 8))).toBe("0000feff");
    expect(hex(bytes.subarray(20, 24))).toBe("02000000");
  });

  test("a port is in network order in memory, and in host order in the struct", () => {
    const memory = new SparseMemory();
    const { sa_family, sa_data } = sockaddrIn("127.0.0.1", 8080);
    const at = writeSockaddr(memory, { sa_family, sa_data }, { arch: "x64" });
    expect(readSockaddrIn(memory, at, "x64")).toMatchObject({
      sin_family: 2, sin_port: 8080, sin_addr: Uint8Array.of(127, 0, 0, 1),
    }); // prettier-ignore
    const again = writeSockaddrIn(memory, readSockaddrIn(memory, at, "x64"), { arch: "x64" });
    expect(hex(memory.read(again, 16))).toBe(hex(memory.read(at, 16)));
    const at6 = writeSockaddr(memory, sockaddrIn6("::1", 443, 9), { arch: "x64" });
    expect(readSockaddrIn6(memory, at6, "x64")).toMatchObject({ sin6_port: 443, sin6_scope_id: 9 });
  });

  test("raw values show all members, and addresses where pointers are", () => {
    const memory = new SparseMemory(0xffff_8000_0000_0000n);
    const data = new Uint8Array(8);
    const mdl = { Next: null, MdlFlags: 4, MappedSystemVa: data, ByteCount: 8 };
    const at = writeWskBuf(memory, { Mdl: mdl, Offset: 0, Length: 8 }, { arch: "x64" });
    const image = readWskBufImage(memory, at, "x64");
    expect(image).toMatchObject({ Offset: 0, Length: 8 });
    expect(image.Mdl).toBeGreaterThan(0xffff_8000_0000_0000n);
    expect(readMdlImage(memory, image.Mdl, "x64")).toMatchObject({
      Next: 0n,
      Size: 0,
      StartVa: 0n,
    });
    expect(readMdlImage(memory, image.Mdl, "x64").MappedSystemVa).toBeGreaterThan(0n);
    const zeros = flatMemory(new Uint8Array(256).fill(0xff));
    expect(readIrpImage(zeros, 0n, "x64")["Tail.Overlay.DriverContext"]).toEqual(
      Array(4).fill(0xffff_ffff_ffff_ffffn),
    );
    expect(readWsaoverlappedImage(zeros, 0n, "x86")).toEqual({
      Internal: 0xffff_ffff, InternalHigh: 0xffff_ffff, Offset: 0xffff_ffff, OffsetHigh: 0xffff_ffff,
      Pointer: 0xffff_ffffn, hEvent: 0xffff_ffff,
    }); // prettier-ignore
    const scope = flatMemory(Uint8Array.of(0x78, 0x56, 0x34, 0x92));
    expect(readImage(scope, 0n, { layout: layouts.SCOPE_ID_LAYOUT, arch: "x64" })).toEqual({
      Zone: 0x234_5678, Level: 9, Value: 0x9234_5678,
    }); // prettier-ignore
  });

  test("into a struct that is there, only its fields are written", () => {
    const memory = new SparseMemory();
    const address = memory.allocate(208, 16);
    memory.write(address, new Uint8Array(208).fill(0xee));
    const irp = readIrp(memory, address, "x64");
    const done = { ...irp, IoStatus: { Status: 0, Information: 5 } };
    expect(writeIrp(memory, done, { arch: "x64", address })).toBe(address);
    const bytes = memory.read(address, 208);
    expect(hex(bytes.subarray(48, 64))).toBe("00000000eeeeeeee0500000000000000");
    expect(bytes.filter((byte) => byte === 0xee)).toHaveLength(208 - 4 - 8 - 2);
  });
});

describe("chains", () => {
  const link = (Next: MDL | null): MDL => {
    return { Next, MdlFlags: 4, MappedSystemVa: new Uint8Array(1), ByteCount: 1 };
  };

  test("that turn back are read as objects that do, and a check says so", () => {
    const first = link(null);
    first.Next = link(link(first));
    const memory = new SparseMemory();
    const at = writeWskBuf(memory, { Mdl: first, Offset: 0, Length: 1 }, { arch: "x64" });
    const { Mdl } = readWskBuf(memory, at, "x64");
    expect(Mdl?.Next?.Next?.Next).toBe(Mdl);
    const call = schema.calls.find(({ name }) => name === "WskSend");
    const args = call && { ...baseArgs(call), Buffer: readWskBuf(memory, at, "x64") };
    expect(checkWskSend(args).map((issue) => issue.expected)).toContain("an MDL chain that ends");
  });

  test("of 100,000 links are walked, not recursed into", () => {
    let first: MDL | null = null;
    for (let i = 0; i < 100_000; i++) first = link(first);
    const memory = new SparseMemory();
    const at = writeMdl(memory, first ?? link(null), { arch: "x86" });
    let count = 0;
    for (let mdl: MDL | null = readMdl(memory, at, "x86"); mdl !== null; mdl = mdl.Next) count++;
    expect(count).toBe(100_000);
  });

  test("that do not end are an error that says so", () => {
    const endless: Memory = {
      read(address, size) {
        const bytes = new Uint8Array(size);
        if (size >= 28) new DataView(bytes.buffer).setUint32(0, Number(address) + 32, true);
        return bytes;
      },
    };
    expect(() => readMdl(endless, 32n, "x86")).toThrow("more than 1000000 structs are linked");
  });
});

describe("memory that cannot be read", () => {
  const failure = (run: () => unknown): MemoryError => {
    try {
      run();
    } catch (error) {
      if (error instanceof MemoryError) return error;
      throw error;
    }
    throw new Error("nothing was thrown");
  };

  test("the field is named that could not be read, with address and size", () => {
    const short = flatMemory(new Uint8Array(14), 0x1000n);
    const error = failure(() => readWskBuf(short, 0x1000n, "x64"));
    expect(error).toMatchObject({ struct: "WSK_BUF", field: "Length", address: 0x1010n, size: 8 });
    expect(error.message).toBe("WSK_BUF.Length: only 0 bytes can be read, 8 bytes at 0x1010");
  });

  test("so is what lies behind a pointer, and what memory says about it", () => {
    const buffer = Buffer.from("efbeadde0000000000000000000000000100000000000000", "hex");
    const flat = flatMemory(buffer);
    const guarded: Memory = {
      read(address, size) {
        if (address > 0x1000n) throw new Error("access violation");
        return flat.read(address, size);
      },
    };
    const error = failure(() => readWskBuf(guarded, 0n, "x64"));
    expect(error.message).toBe("MDL.Next: cannot be read, 8 bytes at 0xdeadbeef: access violation");
    expect(error.cause).toBeInstanceOf(Error);
    const wild = flatMemory(Buffer.from("ffffffff000000000010000000000000", "hex"));
    expect(failure(() => readWsabufArray(wild, 0n, { count: 1, arch: "x64" })).message).toContain(
      "WSABUF.buf: more than 1073741824 bytes would be read",
    );
    const long = flatMemory(Buffer.from("09000000000000000800000000000000", "hex"));
    expect(failure(() => readWsabufArray(long, 0n, { count: 1, arch: "x64" }))).toMatchObject({
      struct: "WSABUF", field: "buf", address: 8n, size: 9,
    }); // prettier-ignore
    expect(failure(() => readMdlImage(long, 0n, "x64"))).toMatchObject({ field: "Process" });
  });

  test("NULL that the contract forbids is read as null, and left to the check", () => {
    const mdl = readMdl(flatMemory(new Uint8Array(64)), 0n, "x64");
    expect(mdl.MappedSystemVa).toBe(null);
    const buffers = readWsabufArray(flatMemory(Uint8Array.of(5, 0, 0, 0, 0, 0, 0, 0)), 0n, {
      count: 1, arch: "x86",
    }); // prettier-ignore
    const call = schema.calls.find(({ name }) => name === "WSPSend");
    const args = call && { ...baseArgs(call), lpBuffers: buffers, dwBufferCount: 1 };
    expect(checkWSPSend(args).map((issue) => issue.rule)).toEqual(["WSABUF/buf-not-null"]);
  });
});

describe("values that cannot be written", () => {
  const memory = new SparseMemory();
  const mdl = { Next: null, MdlFlags: 4, MappedSystemVa: new Uint8Array(1), ByteCount: 1 };

  test.each([
    [{ ...mdl, ByteCount: -1 }, "MDL.ByteCount: expected a whole number from 0 to 4294967295"],
    [{ ...mdl, ByteCount: 1.5 }, "MDL.ByteCount: expected a whole number"],
    [{ ...mdl, MdlFlags: 0x8000 }, "MDL.MdlFlags: expected a whole number from -32768 to 32767"],
    [{ ...mdl, MappedSystemVa: [1] }, "MDL.MappedSystemVa: expected bytes or null"],
    [{ ...mdl, Next: 5 }, "MDL.Next: expected an object or null, received 5"],
  ])("%o: %s", (value, message) => {
    expect(() => writeMdl(memory, value as MDL, { arch: "x64" })).toThrow(message);
  });

  test("pointers that are too wide, or nobody knows", () => {
    const far = new SparseMemory(1n << 40n);
    expect(() => writeMdl(far, mdl, { arch: "x86" })).toThrow("an address of 4 bytes");
    expect(() => writeWskSocket(memory, { Dispatch: {} }, { arch: "x64" })).toThrow(
      "WSK_SOCKET.Dispatch: expected a pointer as { address }",
    );
    expect(() => writeMdl(memory, mdl, { arch: "x64", address: 5n })).toThrow("cannot be written");
  });
});

describe("memory of our own", () => {
  test("SparseMemory has what was allocated, and nothing between", () => {
    const memory = new SparseMemory(0xffff_ffff_ffff_0000n);
    const [a, b] = [memory.allocate(5, 16), memory.allocate(5000, 4096)];
    expect([a % 16n, b % 4096n]).toEqual([0n, 0n]);
    memory.write(b, new Uint8Array(5000).fill(3));
    expect(memory.read(a, 10)).toEqual(new Uint8Array(5));
    expect(memory.read(b + 4990n, 20)).toEqual(new Uint8Array(10).fill(3));
    expect(memory.read(a + 5n, 1)).toHaveLength(0);
    expect(() => memory.write(a + 3n, new Uint8Array(3))).toThrow("nothing is allocated there");
    const low = memory.map(0x1000n, 8);
    memory.write(low, Uint8Array.of(1, 2, 3));
    expect(memory.read(0x1001n, 2)).toEqual(Uint8Array.of(2, 3));
    expect(() => memory.allocate(1 << 20, 1)).toThrow("memory ends");
  });

  test("SparseMemory holds what it is told, mapped in any order, also over itself", () => {
    const region = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(fc.array(region, { maxLength: 12 }), (regions) => {
        const memory = new SparseMemory();
        const there = new Set<number>();
        for (const [from, size] of regions) {
          memory.map(BigInt(from), size);
          for (let at = from; at < from + size; at++) there.add(at);
        }
        for (let at = 0; at < 80; at++) {
          expect(memory.read(BigInt(at), 1).length === 1).toBe(there.has(at));
        }
      }),
    );
  });

  test("SparseMemory finds one of many regions, and that there is none, in no time", () => {
    const memory = new SparseMemory();
    const [regions, step] = [100_000, 16n];
    for (let i = regions; i > 0; i--) memory.map(BigInt(i) * step, 1);
    const start = performance.now();
    let found = 0;
    for (let i = 1; i <= regions; i++) {
      found +=
        memory.read(BigInt(i) * step, 2).length + memory.read(BigInt(i) * step + 1n, 1).length;
    }
    expect(found).toBe(regions);
    // A search through all of them takes minutes.
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test("flatMemory begins at its base", () => {
    const memory = flatMemory(Uint8Array.of(1, 2, 3), 100n);
    expect(memory.read(101n, 5)).toEqual(Uint8Array.of(2, 3));
    expect(memory.read(99n, 1)).toHaveLength(0);
    memory.write(102n, Uint8Array.of(9));
    expect(memory.read(102n, 1)).toEqual(Uint8Array.of(9));
    expect(() => memory.write(102n, new Uint8Array(2))).toThrow("nothing is there");
    expect(() => memory.write(1n << 80n, new Uint8Array(1))).toThrow("nothing is there");
  });
});
