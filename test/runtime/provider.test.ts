/** The provider around WSPSend: addresses, connections, upcalls, memory, results. */
import { describe, expect, test } from "vitest";
import type { LPINT, PSOCKADDR, WSABUF, WSAOVERLAPPED } from "wskit";
import {
  AF_INET, CallRefused, MEM_READ, NO_ERROR, SOCKET_ERROR, sockaddrIn, sockaddrIn6, WSA_FLAG_OVERLAPPED,
  WSA_IO_PENDING, WSA_OPERATION_ABORTED, WSAEAFNOSUPPORT, WSAEALREADY, WSAECONNREFUSED,
  WSAECONNRESET, WSAEFAULT, WSAEINVAL, WSAEISCONN, WSAENOTCONN, WSAENOTSOCK, WSAESHUTDOWN,
  WSS_OPERATION_IN_PROGRESS,
} from "wskit"; // prettier-ignore
import { RecordingSwitch, setRoutineErrorHandler, SpiProvider } from "wskit/runtime";
import type { Upcalls } from "wskit/runtime";
import { atEnd, closedPort, listenAt, pattern, sha256, tcpPeer } from "./peers.js";

const MB = 1024 * 1024;
const LARGE = 16 * MB;
const structure = (hEvent = 0x40): WSAOVERLAPPED => ({
  Internal: 0,
  InternalHigh: 0,
  Offset: 0,
  OffsetHigh: 0,
  hEvent,
});
const whole = (buf: Uint8Array): WSABUF => ({ len: buf.length, buf });

/** What each upcall does before the recording switch does it. */
type Before = (lpOverlapped: WSAOVERLAPPED) => number | void;

function providerOf(before: Before = () => undefined) {
  const recording = new RecordingSwitch();
  /** How many notifications there had been, each time that a handle was given back. */
  const handles: number[] = [];
  const upcalls: Upcalls = {
    WPUCreateSocketHandle: recording.WPUCreateSocketHandle,
    WPUCloseSocketHandle: (...args) => {
      handles.push(recording.notifications.length);
      return recording.WPUCloseSocketHandle(...args);
    },
    WPUCompleteOverlappedRequest: (...args) =>
      before(args[1]) ?? recording.WPUCompleteOverlappedRequest(...args),
  };
  const provider = new SpiProvider({ upcalls });
  const errno = { value: NO_ERROR as number };
  const open = () => provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno);
  const s = open();
  /** The code of a call: NO_ERROR where it returned 0. */
  const code = (call: (lpErrno: LPINT) => number): number => {
    const lpErrno = { value: NO_ERROR as number };
    return call(lpErrno) === SOCKET_ERROR ? lpErrno.value : NO_ERROR;
  };
  const bind = (name: PSOCKADDR = sockaddrIn("127.0.0.1", 0)) =>
    code((lpErrno) => provider.WSPBind(s, name, lpErrno));
  const connectTo = (name: PSOCKADDR) => code((lpErrno) => provider.WSPConnect(s, name, lpErrno));
  const connect = async (port: number) => {
    connectTo(sockaddrIn("127.0.0.1", port));
    return provider.connected(s);
  };
  const register = (lpBuffer: Uint8Array, of = s) =>
    provider.WSPRegisterMemory(
      { s: of, lpBuffer, dwBufferLength: lpBuffer.length, dwFlags: MEM_READ },
      errno,
    );
  const send = (data: Uint8Array, lpOverlapped = structure(), sent = { value: 77 }) => {
    const buffers = [whole(data)];
    return code((lpErrno) =>
      provider.WSPSend(s, buffers, 1, sent, 0, lpOverlapped, null, null, lpErrno),
    );
  };
  const result = (lpOverlapped: WSAOVERLAPPED, of = s) => {
    const lpErrno = { value: NO_ERROR as number };
    const lpcbTransfer = { value: 0 };
    const args = { s: of, lpOverlapped, lpcbTransfer, lpdwFlags: { value: 9 } };
    provider.WSPGetOverlappedResult(args, lpErrno);
    return [lpErrno.value, lpcbTransfer.value];
  };
  return { recording, handles, provider, s, open, errno, code, bind, connectTo, connect, register, send, result };
} // prettier-ignore

async function connectedProvider(options: { paused?: boolean; before?: Before } = {}) {
  const peer = await tcpPeer({ paused: options.paused ?? false });
  const all = providerOf(options.before);
  expect(await all.connect(peer.port)).toBe(NO_ERROR);
  atEnd(() => all.provider.WSPCloseSocket(all.s, all.errno));
  return { peer, ...all };
}

/** Three sends that are pending, and their structures. */
async function pendingProvider(before?: Before) {
  const all = await connectedProvider({ paused: true, ...(before && { before }) });
  const data = pattern(LARGE);
  const handle = all.register(data);
  const operations = [structure(), structure(), structure()];
  for (const operation of operations) expect(all.send(data, operation)).toBe(WSA_IO_PENDING);
  return { ...all, data, handle, operations };
}

describe("WSPBind and WSPConnect", () => {
  test("without WSPBind a socket is bound by WSPConnect, and not again", async () => {
    const { peer, bind, register, send } = await connectedProvider();
    expect(bind()).toBe(WSAEINVAL);
    const data = pattern(100);
    register(data);
    expect(send(data)).toBe(NO_ERROR);
    expect(await peer.received(100)).toBe(sha256(data));
  });

  test("an address that is none, too short, or of another family", () => {
    const { bind, connectTo } = providerOf();
    const bad = [null, {}, { sa_family: AF_INET, sa_data: new Uint8Array(13) }];
    for (const name of bad) {
      expect([bind(name as PSOCKADDR), connectTo(name as PSOCKADDR)]).toEqual([
        WSAEFAULT,
        WSAEFAULT,
      ]);
    }
    expect([bind(sockaddrIn6("::1", 0)), connectTo(sockaddrIn6("::1", 1))]).toEqual([
      WSAEFAULT,
      WSAEAFNOSUPPORT,
    ]);
    expect([bind(), bind()]).toEqual([NO_ERROR, WSAEINVAL]);
  });

  test("connecting twice", async () => {
    const { provider, s, connectTo } = providerOf();
    const to = sockaddrIn("127.0.0.1", (await tcpPeer()).port);
    connectTo(to);
    expect(connectTo(to)).toBe(WSAEALREADY);
    expect(await provider.connected(s)).toBe(NO_ERROR);
    expect(connectTo(to)).toBe(WSAEISCONN);
  });

  test("after a refused attempt the next one makes a connection that sends", async () => {
    const { bind, connect, register, send } = providerOf();
    const port = await closedPort();
    const data = pattern(10);
    register(data);
    expect(bind()).toBe(NO_ERROR);
    expect(await connect(port)).toBe(WSAECONNREFUSED);
    expect(send(data)).toBe(WSAENOTCONN);
    const peer = await listenAt(port);
    expect(await connect(port)).toBe(NO_ERROR);
    expect(send(data)).toBe(NO_ERROR);
    expect(await peer.received(10)).toBe(sha256(data));
  });

  test("closing while it connects tells whoever waits", async () => {
    const { provider, s, errno, connectTo } = providerOf();
    connectTo(sockaddrIn("127.0.0.1", (await tcpPeer()).port));
    const connected = provider.connected(s);
    expect(provider.WSPCloseSocket(s, errno)).toBe(0);
    expect(await connected).toBe(WSA_OPERATION_ABORTED);
    expect(await provider.connected(s)).toBe(WSAENOTSOCK);
  });
});

describe("upcalls that misbehave", () => {
  test("one that throws keeps no operation from its end, and is reported", async () => {
    const errors: unknown[] = [];
    const before = setRoutineErrorHandler((error) => errors.push(error));
    atEnd(() => setRoutineErrorHandler(before));
    let calls = 0;
    const { provider, operations, s, errno, recording, handles, result } = await pendingProvider(
      () => {
        calls += 1;
        if (calls === 1) throw new Error("boom");
      },
    );
    expect(provider.WSPCloseSocket(s, errno)).toBe(0);
    await Promise.all(operations.map((operation) => provider.completed(operation)));
    for (const operation of operations) {
      expect([operation.Internal, operation.InternalHigh]).toEqual([WSA_OPERATION_ABORTED, 0]);
      expect(result(operation)).toEqual([WSAENOTSOCK, 0]);
    }
    expect(errors.map(String)).toEqual(["Error: boom"]);
    expect(recording.notifications).toHaveLength(2);
    expect(handles).toEqual([2]);
  });

  test("one that answers SOCKET_ERROR leaves no structure in progress", async () => {
    const { provider, peer, operations } = await pendingProvider(() => SOCKET_ERROR);
    (await peer.socket).resume();
    await Promise.all(operations.map((operation) => provider.completed(operation)));
    for (const operation of operations) {
      expect([operation.Internal, operation.InternalHigh]).toEqual([NO_ERROR, LARGE]);
    }
  });

  test("one that uses its structure again and then throws does not disturb the new operation", async () => {
    const errors: unknown[] = [];
    const handler = setRoutineErrorHandler((error) => errors.push(error));
    atEnd(() => setRoutineErrorHandler(handler));
    let again: () => void = () => undefined;
    const all = await pendingProvider((operation) => {
      if (operation !== all.operations[0]) return;
      operation.Internal = NO_ERROR;
      const act = again;
      again = () => undefined;
      act();
    });
    const [first = expect.unreachable()] = all.operations;
    again = () => {
      expect(all.send(all.data, first)).toBe(WSA_IO_PENDING);
      throw new Error("boom");
    };
    const told = all.provider.completed(first);
    (await all.peer.socket).resume();
    await told;
    expect(first.Internal).toBe(WSS_OPERATION_IN_PROGRESS);
    await all.provider.completed(first);
    expect(first.Internal).toBe(NO_ERROR);
    expect(errors.map(String)).toEqual(["Error: boom"]);
  });

  test("one that closes the socket: the other operations end before the handle does", async () => {
    const closing: Before = () => void all.provider.WSPCloseSocket(all.s, all.errno);
    const all = await pendingProvider(closing);
    (await all.peer.socket).resetAndDestroy();
    await Promise.all(all.operations.map((operation) => all.provider.completed(operation)));
    expect(all.operations.map(({ Internal }) => Internal)).toEqual(
      all.operations.map(() => WSAECONNRESET),
    );
    expect(all.recording.notifications).toHaveLength(3);
    expect(all.handles).toEqual([3]);
  });
});

describe("RecordingSwitch.notified", () => {
  test("waits for the operation that is outstanding, whoever asks", async () => {
    const { peer, recording, operations, data, send } = await pendingProvider();
    const [first = expect.unreachable()] = operations;
    const both = Promise.all([recording.notified(first), recording.notified(first)]);
    (await peer.socket).resume();
    await both;
    const told = () => recording.notifications.filter((n) => n.lpOverlapped === first).length;
    expect(told()).toBe(1);
    expect(send(data, first)).toBe(WSA_IO_PENDING);
    await recording.notified(first);
    expect(told()).toBe(2);
    await recording.notified(first);
  });

  test("has nothing to wait for after a send that was done at once", async () => {
    const { recording, register, send } = await connectedProvider();
    const data = pattern(10);
    register(data);
    const operation = { ...structure(), Offset: 5, OffsetHigh: WSAECONNRESET };
    expect(send(data, operation)).toBe(NO_ERROR);
    expect(operation).toEqual({ ...structure(), InternalHigh: 10 });
    await recording.notified(operation);
    expect(recording.notifications).toEqual([]);
  });

  test("refuses to wait where the low bit of hEvent forbids the report", async () => {
    const { provider, peer, recording, register, send } = await connectedProvider({ paused: true });
    const data = pattern(LARGE);
    register(data);
    const operation = structure(0x41);
    expect(send(data, operation)).toBe(WSA_IO_PENDING);
    await expect(recording.notified(operation)).rejects.toThrow("hEvent");
    (await peer.socket).resume();
    await provider.completed(operation);
  });
});

describe("WSPGetOverlappedResult", () => {
  test("answers for the socket that the operation was started on", async () => {
    const { provider, s, errno, open, operations, result } = await pendingProvider();
    const [first = expect.unreachable()] = operations;
    const other = open();
    provider.WSPCloseSocket(s, errno);
    expect(result(first)).toEqual([WSAENOTSOCK, 0]);
    expect(first.Internal).toBe(WSA_OPERATION_ABORTED);
    expect(result(first, other)).toEqual([WSAEINVAL, 0]);
    expect(result(first, 0x999)).toEqual([WSAENOTSOCK, 0]);
  });
});

describe("memory", () => {
  test("a length, flags or a buffer that no memory has", async () => {
    const { provider, s } = providerOf();
    const code = (wrong: object): number => {
      const lpErrno = { value: NO_ERROR as number };
      const args = { s, lpBuffer: new Uint8Array(8), dwBufferLength: 8, dwFlags: MEM_READ };
      const handle = provider.WSPRegisterMemory({ ...args, ...wrong }, lpErrno);
      return handle === 0 ? lpErrno.value : NO_ERROR;
    };
    for (const dwBufferLength of [Number.NaN, -5, 1.5, 2 ** 32, "8", null])
      expect(code({ dwBufferLength })).toBe(WSAEINVAL);
    for (const dwFlags of [0, 4, 7, 1.5, -1]) expect(code({ dwFlags })).toBe(WSAEINVAL);
    for (const lpBuffer of [null, "memory", [1, 2], new DataView(new ArrayBuffer(8))])
      expect(code({ lpBuffer })).toBe(WSAEFAULT);
    expect(code({ dwBufferLength: 9 })).toBe(WSAEFAULT);
    expect([code({ dwBufferLength: 8 }), code({ dwFlags: 3 })]).toEqual([NO_ERROR, NO_ERROR]);
  });

  test("is tied to its socket, and in use once for each send", async () => {
    const { provider, peer, s, open, data, handle, operations, code } = await pendingProvider();
    const deregister = (of: number | bigint) =>
      code((lpErrno) => provider.WSPDeregisterMemory(of, handle, lpErrno));
    const other = open();
    (await peer.socket).resume();
    await provider.completed(operations[0] ?? expect.unreachable());
    expect(deregister(s)).toBe(WSAEINVAL);
    await Promise.all(operations.map((operation) => provider.completed(operation)));
    expect([deregister(other), deregister(s), deregister(s)]).toEqual([
      WSAEINVAL,
      NO_ERROR,
      WSAEINVAL,
    ]);
    expect(data).toHaveLength(LARGE);
  });

  test("that claims a length it has not is refused, and nothing is sent", async () => {
    const { register, send } = await connectedProvider();
    register(new Uint8Array(8));
    const memory = Object.defineProperty(pattern(4), "length", { value: 1000 });
    register(memory);
    expect(() => send(memory)).toThrow(
      "expected at least 1000 bytes, as len says, received 4 bytes",
    );
  });
});

describe("what cannot be written", () => {
  test("is refused by name before anything is sent", async () => {
    const { provider, s, peer, register, send, errno } = await connectedProvider();
    const data = pattern(100);
    const handle = register(data);
    const buffers = [whole(data)];
    const call = (lpOverlapped: WSAOVERLAPPED, sent: { value: number }, lpErrno: LPINT) => () =>
      provider.WSPSend(s, buffers, 1, sent, 0, lpOverlapped, null, null, lpErrno);
    const frozen = Object.freeze({ value: 0 });
    expect(call(structure(), { value: 0 }, frozen)).toThrow("lpErrno.value");
    expect(call(structure(), frozen, errno)).toThrow("lpNumberOfBytesSent.value");
    const operation = Object.freeze(structure());
    expect(call(operation, { value: 0 }, errno)).toThrow("lpOverlapped.Internal");
    expect(call(operation, { value: 0 }, errno)).toThrow(CallRefused);
    const cells = { s, lpOverlapped: structure(), lpcbTransfer: frozen, lpdwFlags: frozen };
    expect(() => provider.WSPGetOverlappedResult(cells, errno)).toThrow("lpcbTransfer");
    expect(() => provider.WSPSocket(AF_INET, 0, frozen)).toThrow("WSPSocket refused");
    expect(() => provider.WSPSocket(AF_INET, 0, null as unknown as LPINT)).toThrow("lpErrno");
    const name = sockaddrIn("127.0.0.1", 1);
    const readOnly = {
      get value() {
        return 0;
      },
    };
    expect(() => provider.WSPBind(s, name, readOnly)).toThrow("lpErrno.value");
    expect(() => provider.WSPBind(s, name, {} as LPINT)).toThrow("lpErrno: expected a pointer");
    for (const act of [
      () => provider.WSPBind(s, name, frozen),
      () => provider.WSPConnect(s, name, frozen),
      () => provider.WSPShutdown(s, frozen),
      () => provider.WSPSendDisconnect(s, null, frozen),
      () => provider.WSPCloseSocket(s, frozen),
      () => provider.WSPDeregisterMemory(s, handle, frozen),
    ])
      expect(act).toThrow("lpErrno.value");
    expect(send(data)).toBe(NO_ERROR);
    expect(await peer.received(100)).toBe(sha256(data));
    expect(provider.WSPDeregisterMemory(s, handle, errno)).toBe(0);
  });

  test("from halfway on is reported, and the operation ends all the same", async () => {
    const errors: unknown[] = [];
    const before = setRoutineErrorHandler((error) => errors.push(error));
    atEnd(() => setRoutineErrorHandler(before));
    const { provider, s, errno, peer, handle, operations, result } = await pendingProvider();
    for (const operation of operations) Object.freeze(operation);
    (await peer.socket).resume();
    await Promise.all(operations.map((operation) => provider.completed(operation)));
    for (const operation of operations) expect(result(operation)).toEqual([NO_ERROR, LARGE]);
    expect(errors.length).toBeGreaterThan(0);
    expect(provider.WSPDeregisterMemory(s, handle, errno)).toBe(0);
  });
});

test("a structure whose operation is outstanding starts no second one", async () => {
  const { operations, data, send } = await pendingProvider();
  const [first = expect.unreachable()] = operations;
  first.Internal = NO_ERROR;
  expect(send(data, first)).toBe(WSAEINVAL);
});

test("a call that fails at once leaves the structure and the count as they were", async () => {
  const { provider, s, peer, errno, register, send } = await connectedProvider();
  const data = pattern(10);
  register(data);
  const connection = await peer.socket;
  await new Promise<void>((resolve) => connection.end(resolve));
  connection.resetAndDestroy();
  const [operation, sent] = [{ ...structure(), Internal: 5, Offset: 6 }, { value: 77 }];
  expect(send(data, operation, sent)).toBe(WSAECONNRESET);
  expect([operation, sent.value]).toEqual([{ ...structure(), Internal: 5, Offset: 6 }, 77]);
  expect(provider.WSPShutdown(s, errno)).toBe(0);
  expect(send(data)).toBe(WSAESHUTDOWN);
});

test("shutting down twice is shutting down", async () => {
  const { provider, s, errno, peer, send } = await connectedProvider();
  const connection = await peer.socket;
  const end = new Promise<void>((resolve) => connection.once("end", resolve));
  expect(provider.WSPShutdown(s, errno)).toBe(0);
  expect(provider.WSPSendDisconnect(s, null, errno)).toBe(0);
  await end;
  await new Promise((resolve) => setImmediate(resolve));
  expect(send(new Uint8Array(0))).toBe(WSAESHUTDOWN);
});
