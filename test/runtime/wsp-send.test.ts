/** WSPSend over TCP: overlapped operations, registered memory, notifications. */
import { describe, expect, test } from "vitest";
import type { WSABUF, WSAOVERLAPPED } from "wskit";
import {
  AF_INET, CallRefused, MEM_READ, MEM_WRITE, NO_ERROR, SOCKET_ERROR, sockaddrIn, sockaddrIn6, WSA_FLAG_OVERLAPPED,
  WSA_IO_INCOMPLETE, WSA_IO_PENDING, WSA_OPERATION_ABORTED, WSAEAFNOSUPPORT, WSAECONNRESET, WSAEFAULT, WSAEINVAL,
  WSAENOTCONN, WSAENOTSOCK, WSAESHUTDOWN, WSAEWOULDBLOCK, WSS_OPERATION_IN_PROGRESS,
} from "wskit"; // prettier-ignore
import { RecordingSwitch, SpiProvider } from "wskit/runtime";
import { pattern, sha256, tcpPeer } from "./peers.js";

const MB = 1024 * 1024;
const overlapped = (hEvent = 0x40): WSAOVERLAPPED => ({
  Internal: 0,
  InternalHigh: 0,
  Offset: 0,
  OffsetHigh: 0,
  hEvent,
});

async function setUp(
  options: { paused?: boolean; maxMessageSize?: number; connect?: boolean } = {},
) {
  const { paused = false, connect = true, ...rest } = options;
  const upcalls = new RecordingSwitch();
  const provider = new SpiProvider({ upcalls, ...rest });
  const errno = { value: 0 };
  const s = provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno);
  const peer = await tcpPeer({ paused });
  expect(provider.WSPBind(s, sockaddrIn("127.0.0.1", 0), errno)).toBe(0);
  if (connect) {
    expect(provider.WSPConnect(s, sockaddrIn("127.0.0.1", peer.port), errno)).toBe(SOCKET_ERROR);
    expect(errno.value).toBe(WSAEWOULDBLOCK);
    expect(await provider.connected(s)).toBe(NO_ERROR);
  }
  errno.value = 0;
  const register = (memory: Uint8Array, dwFlags: number = MEM_READ): number =>
    provider.WSPRegisterMemory(
      { s, lpBuffer: memory, dwBufferLength: memory.length, dwFlags },
      errno,
    );
  const send = (
    buffers: readonly WSABUF[],
    lpOverlapped = overlapped(),
    sent = { value: 0xcccc_cccc },
  ) => ({
    before: (errno.value = 0),
    result: provider.WSPSend(s, buffers, buffers.length, sent, 0, lpOverlapped, null, null, errno),
    error: errno.value,
    sent: sent.value,
    lpOverlapped,
  });
  const result = (lpOverlapped: WSAOVERLAPPED) => {
    const cell = { value: 0 };
    const args = { s, lpOverlapped, lpcbTransfer: cell, lpdwFlags: { value: 9 } };
    const ok = provider.WSPGetOverlappedResult(args, errno);
    return ok ? { ok, bytes: cell.value } : { ok, error: errno.value };
  };
  return { upcalls, provider, s, errno, peer, register, send, result };
}

const whole = (buf: Uint8Array): WSABUF => ({ len: buf.length, buf });

test("a send that completes at once returns 0 and the count, and notifies nobody", async () => {
  const { register, send, result, peer, upcalls } = await setUp();
  const [a, b] = [pattern(100, 1), pattern(50, 2)];
  register(a);
  register(b);
  const sent = send([whole(a), { len: 0, buf: null }, whole(b)]);
  expect([sent.result, sent.sent]).toEqual([0, 150]);
  expect(sent.lpOverlapped).toMatchObject({ Internal: 0, InternalHigh: 150 });
  expect(result(sent.lpOverlapped)).toEqual({ ok: true, bytes: 150 });
  expect(await peer.received(150)).toBe(sha256(a, b));
  expect(upcalls.notifications).toEqual([]);
});

test("a pending send: count untouched, in progress, one notification, then the result", async () => {
  const { register, send, result, peer, upcalls, provider } = await setUp({ paused: true });
  const data = pattern(64 * MB);
  const handle = register(data);
  const sent = send([whole(data)]);
  expect([sent.result, sent.error, sent.sent]).toEqual([SOCKET_ERROR, WSA_IO_PENDING, 0xcccc_cccc]);
  expect(sent.lpOverlapped.Internal).toBe(WSS_OPERATION_IN_PROGRESS);
  expect(result(sent.lpOverlapped)).toEqual({ ok: false, error: WSA_IO_INCOMPLETE });
  expect(handle).toBeGreaterThan(0);
  const arrived = peer.received(data.length);
  (await peer.socket).resume();
  await provider.completed(sent.lpOverlapped);
  expect(result(sent.lpOverlapped)).toEqual({ ok: true, bytes: data.length });
  expect(upcalls.notifications).toEqual([
    { s: 0x1000, lpOverlapped: sent.lpOverlapped, dwError: NO_ERROR, cbTransferred: data.length },
  ]);
  expect(await arrived).toBe(sha256(data));
});

test("with the low bit of hEvent set nobody is notified, and polling tells", async () => {
  const { register, send, result, peer, upcalls, provider } = await setUp({ paused: true });
  const data = pattern(16 * MB);
  register(data);
  const { lpOverlapped, error } = send([whole(data)], overlapped(0x41));
  expect(error).toBe(WSA_IO_PENDING);
  (await peer.socket).resume();
  await provider.completed(lpOverlapped);
  expect(result(lpOverlapped)).toEqual({ ok: true, bytes: data.length });
  expect(upcalls.notifications).toEqual([]);
  expect(send([], lpOverlapped).result).toBe(0);
});

test("the array is the caller's again at the return; the memory is not", async () => {
  const { register, send, peer, provider, s, errno } = await setUp({ paused: true });
  const [data, other] = [pattern(16 * MB, 1), pattern(16 * MB, 2)];
  const handle = register(data);
  register(other);
  const array = [whole(data)];
  const { lpOverlapped } = send(array);
  array[0] = whole(other);
  expect(provider.WSPDeregisterMemory(s, handle, errno)).toBe(SOCKET_ERROR);
  expect(errno.value).toBe(WSAEINVAL);
  const arrived = peer.received(data.length);
  (await peer.socket).resume();
  await provider.completed(lpOverlapped);
  expect(await arrived).toBe(sha256(data));
  expect(provider.WSPDeregisterMemory(s, handle, errno)).toBe(0);
  expect(provider.WSPDeregisterMemory(s, handle, errno)).toBe(SOCKET_ERROR);
});

test("data keeps the order of the calls", async () => {
  const { register, send, peer, provider } = await setUp({ paused: true });
  const pieces = [pattern(8 * MB, 1), pattern(10, 2), pattern(MB, 3)];
  const operations = pieces.map((piece) => {
    register(piece);
    return send([whole(piece)]).lpOverlapped;
  });
  const arrived = peer.received(9 * MB + 10);
  (await peer.socket).resume();
  await Promise.all(operations.map((operation) => provider.completed(operation)));
  expect(await arrived).toBe(sha256(...pieces));
});

describe("a call that fails at once completes nothing", () => {
  test("a descriptor that is no socket", async () => {
    const { provider, errno, upcalls } = await setUp();
    const lpOverlapped = overlapped();
    const sent = { value: 5 };
    expect(provider.WSPSend(0x999, [], 0, sent, 0, lpOverlapped, null, null, errno)).toBe(
      SOCKET_ERROR,
    );
    expect([errno.value, sent.value, lpOverlapped.Internal]).toEqual([WSAENOTSOCK, 5, 0]);
    expect(upcalls.notifications).toEqual([]);
  });

  test("not connected, not bound, not overlapped, shut down", async () => {
    expect((await setUp({ connect: false })).send([]).error).toBe(WSAENOTCONN);
    const { provider, send, s, errno } = await setUp();
    const unbound = provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno);
    const plain = provider.WSPSocket(AF_INET, 0, errno);
    for (const socket of [unbound, plain]) {
      provider.WSPSend(socket, [], 0, { value: 0 }, 0, overlapped(), null, null, errno);
      expect(errno.value).toBe(WSAEINVAL);
    }
    expect(provider.WSPShutdown(s, errno)).toBe(0);
    expect(send([]).error).toBe(WSAESHUTDOWN);
  });

  test("memory that is not registered, in part, for writing only, or on another socket", async () => {
    const { register, send, provider, errno } = await setUp();
    const region = pattern(4096);
    expect(send([whole(region)]).error).toBe(WSAEFAULT);
    register(region, MEM_WRITE);
    expect(send([whole(region)]).error).toBe(WSAEFAULT);
    const other = provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno);
    const args = { lpBuffer: region, dwBufferLength: 4096, dwFlags: MEM_READ };
    provider.WSPRegisterMemory({ s: other, ...args }, errno);
    expect(send([whole(region)]).error).toBe(WSAEFAULT);
    register(pattern(4096, 2));
    expect(send([whole(region)]).error).toBe(WSAEFAULT);
    const half = region.subarray(0, 2048);
    register(half);
    expect(send([whole(region)]).error).toBe(WSAEFAULT);
    expect(send([whole(region.subarray(1, 2048))]).result).toBe(0);
    expect(send([whole(region.subarray(1, 2049))]).error).toBe(WSAEFAULT);
  });
});

test("sockets, addresses and structures that the provider does not know", async () => {
  const { provider, errno, s, result } = await setUp({ connect: false });
  expect(provider.WSPSocket(17, 0, errno)).toBe(SOCKET_ERROR);
  expect(provider.WSPConnect(s, sockaddrIn6("::1", 1), errno)).toBe(SOCKET_ERROR);
  expect(errno.value).toBe(WSAEAFNOSUPPORT);
  expect(provider.WSPBind(s, sockaddrIn("127.0.0.1", 0), errno)).toBe(SOCKET_ERROR);
  expect(errno.value).toBe(WSAEINVAL);
  expect(provider.WSPShutdown(s, errno)).toBe(SOCKET_ERROR);
  expect(errno.value).toBe(WSAENOTCONN);
  expect(result(overlapped())).toEqual({ ok: false, error: WSAEINVAL });
  for (const call of [
    () => provider.WSPBind(0x999, sockaddrIn("127.0.0.1", 0), errno),
    () => provider.WSPConnect(0x999, sockaddrIn("127.0.0.1", 1), errno),
    () => provider.WSPShutdown(0x999, errno),
    () => provider.WSPDeregisterMemory(0x999, 1, errno),
  ]) {
    errno.value = 0;
    expect([call(), errno.value]).toEqual([SOCKET_ERROR, WSAENOTSOCK]);
  }
  const unknown = {
    s: 0x999,
    lpOverlapped: overlapped(),
    lpcbTransfer: { value: 0 },
    lpdwFlags: { value: 0 },
  };
  expect(provider.WSPGetOverlappedResult(unknown, errno)).toBe(false);
  expect(errno.value).toBe(WSAENOTSOCK);
});

describe("a connection that ends", () => {
  test("by a reset: each operation once, none with a false success", async () => {
    const { register, send, result, peer, provider, upcalls } = await setUp({ paused: true });
    const data = pattern(8 * MB);
    register(data);
    const sends = Array.from({ length: 4 }, () => send([whole(data)]));
    const pending = sends.filter((sent) => sent.error === WSA_IO_PENDING);
    expect(pending.length).toBeGreaterThanOrEqual(3);
    (await peer.socket).resetAndDestroy();
    await Promise.all(pending.map(({ lpOverlapped }) => provider.completed(lpOverlapped)));
    for (const { lpOverlapped } of pending) {
      expect(result(lpOverlapped)).toEqual({ ok: false, error: WSAECONNRESET });
      expect(lpOverlapped.OffsetHigh).toBe(WSAECONNRESET);
    }
    expect(upcalls.notifications).toHaveLength(pending.length);
    expect(send([]).error).toBe(WSAECONNRESET);
  });

  test("by WSPCloseSocket: aborted once each, the handle last", async () => {
    const { register, send, result, provider, upcalls, s, errno } = await setUp({ paused: true });
    const data = pattern(8 * MB);
    register(data);
    const sends = [send([whole(data)]), send([whole(data)]), send([whole(data)])];
    expect(provider.WSPCloseSocket(s, errno)).toBe(0);
    for (const { lpOverlapped } of sends) {
      expect(result(lpOverlapped)).toEqual({ ok: false, error: WSAENOTSOCK });
      expect(lpOverlapped.Internal).toBe(WSA_OPERATION_ABORTED);
    }
    expect(upcalls.notifications.map((n) => n.dwError)).toEqual(
      sends.map(() => WSA_OPERATION_ABORTED),
    );
    expect(upcalls.WPUCloseSocketHandle(0x1000, errno)).toBe(SOCKET_ERROR);
    expect(provider.WSPCloseSocket(s, errno)).toBe(SOCKET_ERROR);
    expect(errno.value).toBe(WSAENOTSOCK);
  });
});

describe("what the contract refuses", () => {
  test("flags, a routine, no structure, a structure in use, too much", async () => {
    const { provider, s, errno, send, register } = await setUp({
      paused: true,
      maxMessageSize: 8 * MB,
    });
    const call =
      (dwFlags: number, routine: (() => void) | null, lpOverlapped: WSAOVERLAPPED | null) => () =>
        provider.WSPSend(s, [], 0, { value: 0 }, dwFlags, lpOverlapped, routine, null, errno);
    expect(call(1, null, overlapped())).toThrow("WSPSend/dwFlags.must-be");
    expect(call(0, () => undefined, overlapped())).toThrow("WSPSend/no-completion-routine");
    expect(call(0, null, null)).toThrow("WSPSend/overlapped-wanted");
    const data = pattern(8 * MB);
    register(data);
    const { lpOverlapped, error } = send([whole(data)]);
    expect(error).toBe(WSA_IO_PENDING);
    expect(call(0, null, lpOverlapped)).toThrow("WSPSend/overlapped-not-in-use");
    const more = pattern(8 * MB + 1);
    register(more);
    expect(() => send([whole(more)])).toThrow(CallRefused);
    expect(() => send([whole(more)])).toThrow("WSPSend/within-message-size");
  });
});
