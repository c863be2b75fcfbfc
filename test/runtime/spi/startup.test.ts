/** A provider as its DLL shows it: WSPStartup, its table by C prototypes, WSPCleanup. */
import { describe, expect, test } from "vitest";
import type { LPINT, WSPUPCALLTABLE } from "wskit";
import {
  AF_INET, AF_INET6, INVALID_SOCKET, IPPROTO_TCP, IPPROTO_UDP, MEM_READ, NO_ERROR, SD_SEND, SIO_GET_EXTENSION_FUNCTION_POINTER,
  SO_MAX_MSG_SIZE, SOCK_DGRAM, SOCK_RAW, SOCK_STREAM, SOCKET_ERROR, sockaddrIn, SOL_SOCKET, WSA_FLAG_OVERLAPPED,
  WSA_IO_PENDING, WSA_OPERATION_ABORTED, WSAEAFNOSUPPORT, WSAEFAULT, WSAEINVAL, WSAENOPROTOOPT, WSAENOTCONN, WSAENOTSOCK,
  WSAEOPNOTSUPP, WSAEPROTONOSUPPORT, WSAEPROTOTYPE, WSAESOCKTNOSUPPORT, WSAEWOULDBLOCK, WSANOTINITIALISED,
  WSAVERNOTSUPPORTED, WSPPROC_TABLE_SLOTS, WSPUPCALLTABLEEX_SLOTS,
} from "wskit"; // prettier-ignore
import { loadProvider, memoryNetwork, RecordingSwitch } from "wskit/runtime";
import type {
  LPFN_WSPREGISTERMEMORY,
  ProviderLibraryOptions,
  SpiProcTable,
  WSPDATA,
} from "wskit/runtime";
import { pattern } from "../peers.js";
import { listen, structure, until, whole } from "./world.js";

const blank = (): WSPDATA => ({ wVersion: 0, wHighVersion: 0, szDescription: "" });
const errno = (): LPINT => ({ value: NO_ERROR });

function load(options: ProviderLibraryOptions = {}) {
  const upcalls = new RecordingSwitch();
  const library = loadProvider({ profile: "spi", ...options });
  const table: Partial<SpiProcTable> = {};
  const data = blank();
  const start = (version = 0x0202, into: Partial<SpiProcTable> = table): number =>
    library.WSPStartup(version, data, { dwCatalogEntryId: 77 }, upcalls.table, into);
  return { upcalls, library, table: table as SpiProcTable, data, start };
}

function socketOf(table: SpiProcTable, type: number = SOCK_STREAM, lpErrno = errno()) {
  return table.WSPSocket(AF_INET, type, 0, null, 0, WSA_FLAG_OVERLAPPED, lpErrno);
}

describe("WSPStartup", () => {
  test.each([
    [0x0202, NO_ERROR, 0x0202],
    [0x0002, NO_ERROR, 0x0002],
    [0x0102, NO_ERROR, 0x0102],
    [0x0302, NO_ERROR, 0x0202],
    [0x0003, NO_ERROR, 0x0202],
    [0x0101, WSAVERNOTSUPPORTED, 0x0202],
    [0x0201, WSAVERNOTSUPPORTED, 0x0202],
    [0, WSAVERNOTSUPPORTED, 0x0202],
  ])("asked for %i answers %i, and tells the version %i", (version, answer, told) => {
    const { start, data, table } = load();
    expect([start(version), data.wVersion, data.wHighVersion]).toEqual([answer, told, 0x0202]);
    expect(Object.keys(table).length).toBe(answer === NO_ERROR ? 30 : 0);
  });

  test("fills every slot of WSPPROC_TABLE, in its order", () => {
    const { start, table } = load();
    start();
    expect(Object.keys(table)).toEqual(WSPPROC_TABLE_SLOTS.slots.map((slot) => slot.name));
  });

  test("wants a place for what it tells, and the upcalls that sends need", () => {
    const { library, upcalls, data } = load();
    const whole = upcalls.table;
    const { WPUCreateSocketHandle: _, ...less } = whole;
    for (const [told, calls, table] of [
      [null, whole, {}],
      [data, whole, null],
      [data, null, {}],
      [data, less, {}],
    ])
      expect(library.WSPStartup(0x0202, told as never, null, calls as never, table as never)).toBe(WSAEFAULT);
  }); // prettier-ignore

  test("takes WPUCompleteOverlappedRequest from the table or from its imports", () => {
    const { upcalls } = load();
    const { WPUCompleteOverlappedRequest, ...rest } = upcalls.table;
    const plain = rest as object as WSPUPCALLTABLE;
    const into = {};
    expect(loadProvider().WSPStartup(0x0202, blank(), null, plain, into)).toBe(WSAEFAULT);
    const imports = { WPUCompleteOverlappedRequest: upcalls.WPUCompleteOverlappedRequest };
    expect(loadProvider(imports).WSPStartup(0x0202, blank(), null, plain, into)).toBe(NO_ERROR);
    expect(WPUCompleteOverlappedRequest).toBeTypeOf("function");
  });

  test("the table of the recording switch has all slots; those that nobody needs throw", () => {
    const { table } = new RecordingSwitch();
    expect(Object.keys(table)).toEqual(WSPUPCALLTABLEEX_SLOTS.slots.map((slot) => slot.name));
    const { WPUFDIsSet } = table as unknown as { WPUFDIsSet: () => void };
    expect(() => WPUFDIsSet()).toThrow("RecordingSwitch has no WPUFDIsSet");
  });
});

describe("WSPCleanup", () => {
  test("counts, and the last one aborts what is pending without a word", async () => {
    const network = memoryNetwork();
    const peer = await listen(network, true);
    const { start, table, upcalls, library } = load({ network });
    expect([start(), start()]).toEqual([NO_ERROR, NO_ERROR]);
    const s = socketOf(table);
    const lpErrno = errno();
    table.WSPConnect(s, sockaddrIn("127.0.0.1", peer.at.port), 16, null, null, null, null, lpErrno);
    expect(lpErrno.value).toBe(WSAEWOULDBLOCK);
    await peer.connection;
    await new Promise((resolve) => setTimeout(resolve, 10));
    const operation = structure();
    const buffers = [whole(pattern(4_000_000))];
    table.WSPSend(s, buffers, 1, { value: 0 }, 0, operation, null, null, lpErrno);
    expect(lpErrno.value).toBe(WSA_IO_PENDING);
    expect(table.WSPCleanup(lpErrno)).toBe(0);
    expect(operation.Internal).toBe(0x103);
    expect(table.WSPCleanup(lpErrno)).toBe(0);
    expect([operation.Internal, operation.InternalHigh]).toEqual([WSA_OPERATION_ABORTED, 0]);
    expect([upcalls.notifications.length, upcalls.isSignalled(0x40)]).toEqual([0, false]);
    expect([table.WSPCleanup(lpErrno), lpErrno.value]).toEqual([SOCKET_ERROR, WSANOTINITIALISED]);
    expect(table.WSPSend(s, [], 0, null, 0, structure(), null, null, lpErrno)).toBe(SOCKET_ERROR);
    expect(lpErrno.value).toBe(WSAENOTSOCK);
    expect([socketOf(table, SOCK_STREAM, lpErrno), lpErrno.value]).toEqual([
      INVALID_SOCKET.x64,
      WSANOTINITIALISED,
    ]);
    const other = new RecordingSwitch();
    expect(library.WSPStartup(0x0202, blank(), null, other.table, {})).toBe(NO_ERROR);
    expect(socketOf(table)).not.toBe(INVALID_SOCKET.x64);
    expect(other.WPUCloseSocketHandle(0x1000, lpErrno)).toBe(0);
  });

  test("has nothing to do with a start that was refused", () => {
    const { start, library, data, upcalls } = load();
    const table: Partial<SpiProcTable> = {};
    expect(start(0x0202, table)).toBe(NO_ERROR);
    expect(start(0x0101, {})).toBe(WSAVERNOTSUPPORTED);
    expect(library.WSPStartup(0x0202, data, null, {} as never, {})).toBe(WSAEFAULT);
    const { WSPCleanup } = table as SpiProcTable;
    const lpErrno = errno();
    expect([WSPCleanup(lpErrno), WSPCleanup(lpErrno)]).toEqual([0, SOCKET_ERROR]);
    expect(lpErrno.value).toBe(WSANOTINITIALISED);
    expect(upcalls.notifications).toEqual([]);
  });

  test("closes what sockets there are, whichever start they are of", () => {
    const { start, table } = load({ network: memoryNetwork() });
    start();
    const first = socketOf(table);
    start();
    const [second, lpErrno] = [socketOf(table), errno()];
    const shut = () =>
      [first, second].map((s) => table.WSPShutdown(s, SD_SEND, lpErrno) === 0 || lpErrno.value);
    expect(second).not.toBe(first);
    expect(shut()).toEqual([WSAENOTCONN, WSAENOTCONN]);
    expect([table.WSPCleanup(lpErrno), shut()]).toEqual([0, [WSAENOTCONN, WSAENOTCONN]]);
    expect(table.WSPCleanup(lpErrno)).toBe(0);
    expect(shut()).toEqual([WSAENOTSOCK, WSAENOTSOCK]);
  });
});

describe("the table", () => {
  test.each([
    [AF_INET, SOCK_STREAM, IPPROTO_TCP, NO_ERROR],
    [AF_INET6, SOCK_DGRAM, IPPROTO_UDP, NO_ERROR],
    [AF_INET, SOCK_STREAM, 0, NO_ERROR],
    [-1, -1, -1, NO_ERROR],
    [1, SOCK_STREAM, 0, WSAEAFNOSUPPORT],
    [AF_INET, SOCK_RAW, 0, WSAESOCKTNOSUPPORT],
    [AF_INET, SOCK_STREAM, IPPROTO_UDP, WSAEPROTOTYPE],
    [AF_INET, SOCK_DGRAM, IPPROTO_TCP, WSAEPROTOTYPE],
    [AF_INET, SOCK_STREAM, 99, WSAEPROTONOSUPPORT],
  ])("WSPSocket(%i, %i, %i) is %i", (af, type, protocol, code) => {
    const { start, table } = load();
    start();
    const lpErrno = errno();
    const info = { iAddressFamily: AF_INET6, iSocketType: SOCK_DGRAM, iProtocol: IPPROTO_UDP };
    const s = table.WSPSocket(af, type, protocol, info, 0, WSA_FLAG_OVERLAPPED, lpErrno);
    expect([s === INVALID_SOCKET.x64, lpErrno.value]).toEqual([code !== NO_ERROR, code]);
  });

  test("a SAN provider has no datagrams", () => {
    const { start, table } = load({ profile: "san" });
    start();
    const lpErrno = errno();
    expect(socketOf(table, SOCK_DGRAM, lpErrno)).toBe(INVALID_SOCKET.x64);
    expect(lpErrno.value).toBe(WSAESOCKTNOSUPPORT);
  });

  test("a switch that gives no handle has its code passed on", () => {
    const upcalls = new RecordingSwitch();
    const refusing = {
      ...upcalls.table,
      WPUCreateSocketHandle: (entry: number, _context: number, lpErrno: LPINT) => {
        lpErrno.value = entry;
        return INVALID_SOCKET.x64;
      },
    };
    const table = {} as SpiProcTable;
    loadProvider({ profile: "spi" }).WSPStartup(0x0202, blank(), { dwCatalogEntryId: 77 }, refusing, table);
    const lpErrno = errno();
    expect([socketOf(table, SOCK_STREAM, lpErrno), lpErrno.value]).toEqual([INVALID_SOCKET.x64, 77]);
  }); // prettier-ignore

  test("sends from its first function to its last", async () => {
    const network = memoryNetwork();
    const peer = await listen(network);
    const { start, table, upcalls } = load({ network });
    start();
    const s = socketOf(table);
    const lpErrno = errno();
    const name = sockaddrIn("127.0.0.1", peer.at.port);
    const bad = [
      () => table.WSPBind(s, name, 8, lpErrno),
      () => table.WSPConnect(s, name, 15, null, null, null, null, lpErrno),
      () => table.WSPConnect(s, name, 16, [], null, null, null, lpErrno),
      () => table.WSPConnect(s, name, 16, null, null, {}, null, lpErrno),
      () => table.WSPShutdown(s, 3, lpErrno),
    ].map((call) => [call(), lpErrno.value]);
    const codes = [WSAEFAULT, WSAEFAULT, WSAENOPROTOOPT, WSAEOPNOTSUPP, WSAEINVAL];
    expect(bad).toEqual(codes.map((code) => [SOCKET_ERROR, code]));
    expect(table.WSPBind(s, sockaddrIn("127.0.0.1", 0), 16, lpErrno)).toBe(0);
    table.WSPConnect(s, name, 16, null, null, null, null, lpErrno);
    await peer.connection;
    await new Promise((resolve) => setTimeout(resolve, 10));
    const [operation, sent] = [structure(), { value: 0 }];
    const buffers = [whole(pattern(9))];
    expect(table.WSPSend(s, buffers, 1, sent, 0, operation, null, null, lpErrno)).toBe(0);
    const [bytes, flags] = [{ value: 1 }, { value: 1 }];
    expect(table.WSPGetOverlappedResult(s, operation, bytes, true, flags, lpErrno)).toBe(true);
    expect([sent.value, bytes.value, flags.value]).toEqual([9, 9, 0]);
    expect(table.WSPSendTo(s, buffers, 1, sent, 0, null, 0, structure(), null, null, lpErrno)).toBe(0);
    const optval = new Uint8Array(4);
    expect(table.WSPGetSockOpt(s, SOL_SOCKET, SO_MAX_MSG_SIZE, optval, { value: 4 }, lpErrno)).toBe(0);
    expect([...optval]).toEqual([255, 255, 255, 255]);
    expect(table.WSPShutdown(s, SD_SEND, lpErrno)).toBe(0);
    await until(() => peer.hasEnded);
    expect([peer.bytes, table.WSPCloseSocket(s, lpErrno)]).toEqual([18, 0]);
    expect(upcalls.notifications).toEqual([]);
  }); // prettier-ignore

  test("what is not there answers WSAEOPNOTSUPP, and throws where it has nowhere to", () => {
    const { start, table } = load();
    start();
    const lpErrno = errno();
    const { WSPRecv, WSPAccept } = table as unknown as Record<string, (...args: unknown[]) => unknown>;
    expect([WSPRecv?.(0x104, [], lpErrno), lpErrno.value]).toEqual([SOCKET_ERROR, WSAEOPNOTSUPP]);
    expect(WSPAccept?.(0x104, lpErrno)).toBe(INVALID_SOCKET.x64);
    expect(() => WSPRecv?.()).toThrow("WSPRecv");
  }); // prettier-ignore

  test("WSPIoctl hands out the extension functions of a SAN provider", () => {
    const { start, table } = load({ profile: "san", network: memoryNetwork() });
    start();
    const s = socketOf(table);
    const lpErrno = errno();
    const guid = Uint8Array.from([0xf5, 0x22, 0xb4, 0xc0, 0x8c, 0xf5, 0xd1, 0x11, 0xad, 0x6c, 0, 0xc0, 0x4f, 0xa3, 0x4a, 0x2d]);
    const ask = (bytes: Uint8Array | null, code: number = SIO_GET_EXTENSION_FUNCTION_POINTER, of = s) => {
      const [out, returned] = [{ value: null as unknown }, { value: 0 }];
      const answer = table.WSPIoctl(of, code, bytes, 16, out, 8, returned, null, null, null, lpErrno);
      return answer === 0 ? [out.value, returned.value] : lpErrno.value;
    };
    const [register] = ask(guid) as [LPFN_WSPREGISTERMEMORY];
    expect(Number(register(s, new Uint8Array(8), 8, MEM_READ, lpErrno))).toBeGreaterThan(0);
    expect(register(s, new Uint8Array(8), 9, MEM_READ, lpErrno)).toBe(0);
    expect(ask(guid.with(15, 0))).toBe(WSAEINVAL);
    expect(ask(guid.subarray(1))).toBe(WSAEFAULT);
    expect(ask(null)).toBe(WSAEFAULT);
    expect(ask(guid, 1)).toBe(WSAEOPNOTSUPP);
    expect(ask(guid, undefined, 0x999)).toBe(WSAENOTSOCK);
  }); // prettier-ignore
});
