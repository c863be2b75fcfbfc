/** A layered provider's sends over streams: without a structure, with routines, events, answers. */
import { describe, expect, test } from "vitest";
import type { LPINT, WSABUF, WSAOVERLAPPED } from "wskit";
import {
  AF_INET, CallRefused, MEM_READ, NO_ERROR, SO_SNDBUF, SOL_SOCKET, STATUS_INVALID_DEVICE_STATE, sockaddrIn, WSA_FLAG_OVERLAPPED, WSA_INVALID_HANDLE, WSA_IO_INCOMPLETE,
  WSA_IO_PENDING, WSA_OPERATION_ABORTED, WSA_WAIT_IO_COMPLETION, WSA_WAIT_TIMEOUT, WSAEADDRNOTAVAIL, WSAECONNRESET, WSAEFAULT, WSAEINVAL, WSAENOTCONN,
  WSAENOTSOCK, WSAENOPROTOOPT, WSAEOPNOTSUPP, WSAESHUTDOWN, WSAEWOULDBLOCK, wsaerrorName,
} from "wskit"; // prettier-ignore
import {
  awaitableIrp, createConnectionSocket, memoryNetwork, nullNetwork, RecordingSwitch, SpiProvider, wskBuf,
} from "wskit/runtime"; // prettier-ignore
import { pattern, sha256 } from "../peers.js";
import {
  connected,
  listen,
  NETWORKS,
  pause,
  setUp,
  structure,
  UNTOUCHED,
  until,
  whole,
} from "./world.js";

const LARGE = 16 * 1024 * 1024;

describe.each(Object.entries(NETWORKS))("without a structure, over the network %s", (_, make) => {
  test("a small send returns 0 and the count, and the memory is the caller's again", async () => {
    const { peer, send } = await connected(make());
    const [data, sent] = [pattern(500), { value: UNTOUCHED }];
    const was = sha256(data);
    expect(send([whole(data.subarray(0, 200)), whole(data.subarray(200))], { lpOverlapped: null, sent })).toBe(NO_ERROR);
    expect(sent.value).toBe(500);
    data.fill(0);
    await until(() => peer.bytes === 500);
    expect(peer.digest()).toBe(was);
  }); // prettier-ignore

  test("to a peer that does not read: a part is taken, then WSAEWOULDBLOCK, later the rest", async () => {
    const { peer, send, result, provider } = await connected(make(), true);
    const data = pattern(LARGE);
    let at = 0;
    const sent = { value: 0 };
    const next = (): number => {
      sent.value = 0;
      const answer = send([whole(data.subarray(at))], { lpOverlapped: null, sent });
      at += sent.value;
      return answer;
    };
    expect(next()).toBe(NO_ERROR);
    expect(sent.value).toBeGreaterThan(0);
    expect(sent.value).toBeLessThan(LARGE);
    expect([next(), sent.value]).toEqual([WSAEWOULDBLOCK, 0]);
    // One with a structure waits behind what was taken.
    const lpOverlapped = structure();
    expect(send([whole(data.subarray(at, at + 10))], { lpOverlapped })).toBe(WSA_IO_PENDING);
    at += 10;
    expect(next()).toBe(WSAEWOULDBLOCK);
    (await peer.connection).resume();
    await provider.completed(lpOverlapped);
    expect(result(lpOverlapped).bytes).toBe(10);
    const isOver = (): boolean =>
      at < LARGE && next() === NO_ERROR ? isOver() : peer.bytes === LARGE;
    await until(isOver);
    expect(peer.digest()).toBe(sha256(data));
  });

  test("on a socket without WSA_FLAG_OVERLAPPED the structure and the routine are ignored", async () => {
    const { peer, send, upcalls } = await connected(make(), false, { dwFlags: 0 });
    const [lpOverlapped, sent] = [structure(), { value: 0 }];
    const routine = (): void => expect.unreachable();
    expect(send([whole(pattern(5))], { lpOverlapped, sent, routine })).toBe(NO_ERROR);
    expect([lpOverlapped, sent.value]).toEqual([structure(), 5]);
    expect(await upcalls.alertableWait()).toBe(WSA_WAIT_TIMEOUT);
    await until(() => peer.bytes === 5);
  });
});

test("nothing to send is 0, but not behind what waits; SO_SNDBUF says how much may wait", async () => {
  const network = memoryNetwork({ capacity: 1000, window: 1000 });
  const { provider, s, send, code } = await connected(network, true);
  const optval = new Uint8Array(4);
  new DataView(optval.buffer).setUint32(0, 200_000, true);
  const option = { s, level: SOL_SOCKET, optname: SO_SNDBUF, optval, optlen: 4 };
  expect(code((lpErrno) => provider.WSPSetSockOpt(option, lpErrno))).toBe(NO_ERROR);
  const sent = { value: 0 };
  expect(send([whole(pattern(LARGE))], { lpOverlapped: null, sent })).toBe(NO_ERROR);
  expect(sent.value).toBe(4 * 65_536);
  expect(send([], { lpOverlapped: null, sent })).toBe(WSAEWOULDBLOCK);
  expect(sent.value).toBe(4 * 65_536);
  const idle = await connected(network);
  expect(idle.send([], { lpOverlapped: null, sent })).toBe(NO_ERROR);
  expect(sent.value).toBe(0);
});

describe("completion routines", () => {
  test("run in an alertable wait of their own thread only, once, done at once or later", async () => {
    const { peer, send, upcalls, provider } = await connected(memoryNetwork(), true);
    const told: unknown[][] = [];
    const routine = (...args: readonly unknown[]): void => void told.push([...args]);
    const [first, second] = [structure(0x41), structure()];
    expect(send([whole(pattern(5))], { lpOverlapped: first, routine })).toBe(NO_ERROR);
    expect(send([whole(pattern(LARGE))], { lpOverlapped: second, routine })).toBe(WSA_IO_PENDING);
    const thread = { ThreadHandle: 0x999, Reserved: 0 };
    expect(await upcalls.alertableWait({ thread })).toBe(WSA_WAIT_TIMEOUT);
    expect(told).toEqual([]);
    expect(await upcalls.alertableWait()).toBe(WSA_WAIT_IO_COMPLETION);
    expect(told.splice(0)).toEqual([[NO_ERROR, 5, first, 0]]);
    const wait = upcalls.alertableWait({ timeout: 5_000 });
    (await peer.connection).resume();
    expect(await wait).toBe(WSA_WAIT_IO_COMPLETION);
    expect(told).toEqual([[NO_ERROR, LARGE, second, 0]]);
    await provider.completed(second);
    expect(await upcalls.alertableWait({ timeout: 5 })).toBe(WSA_WAIT_TIMEOUT);
    expect([upcalls.notifications.length, upcalls.isSignalled(0x40)]).toEqual([0, false]);
  });

  test("go to the thread that came with the call", async () => {
    const { provider, s, errno, upcalls } = await connected(memoryNetwork());
    const thread = { ThreadHandle: 0x999, Reserved: 0 };
    let calls = 0;
    const routine = (): void => void (calls += 1);
    const buffers = [whole(pattern(1))];
    provider.WSPSend(s, buffers, 1, { value: 0 }, 0, structure(), routine, thread, errno);
    thread.ThreadHandle = 0;
    expect([await upcalls.alertableWait(), calls]).toEqual([WSA_WAIT_TIMEOUT, 0]);
    thread.ThreadHandle = 0x999;
    expect([await upcalls.alertableWait({ thread }), calls]).toEqual([WSA_WAIT_IO_COMPLETION, 1]);
  });

  test("may send again, and one that throws stops no other", async () => {
    const { peer, send, upcalls } = await connected(memoryNetwork());
    let left = 100;
    const again = (): void => {
      left -= 1;
      if (left > 0) send([whole(pattern(1))], { routine: again });
    };
    send([whole(pattern(1))], { routine: again });
    await upcalls.alertableWait();
    expect(left).toBe(0);
    await until(() => peer.bytes === 100);
  });

  test("are told of a failure, and of the close; never of a call that failed at once", async () => {
    const { send, upcalls, provider, s, errno } = await connected(memoryNetwork(), true);
    const told: unknown[] = [];
    const routine = (error: unknown, bytes: unknown): void => void told.push([error, bytes]);
    expect(send([whole(pattern(LARGE))], { routine: routine as never })).toBe(WSA_IO_PENDING);
    expect(provider.WSPShutdown(s, errno)).toBe(0);
    expect(send([whole(pattern(1))], { routine: routine as never })).toBe(WSAESHUTDOWN);
    provider.WSPCloseSocket(s, errno);
    await upcalls.alertableWait();
    expect(told).toEqual([[WSA_OPERATION_ABORTED, 0]]);
  });

  test("without a thread go to the caller's, and without WPUQueueApc are refused", async () => {
    const { provider, s, errno, upcalls } = await connected(memoryNetwork());
    let calls = 0;
    const routine = (): void => void (calls += 1);
    const buffers = [whole(pattern(1))];
    expect(provider.WSPSend(s, buffers, 1, { value: 0 }, 0, structure(), routine, null, errno)).toBe(0);
    await upcalls.alertableWait();
    expect(calls).toBe(1);
    const { WPUCreateSocketHandle, WPUCloseSocketHandle, WPUCompleteOverlappedRequest } = upcalls;
    const few = { WPUCreateSocketHandle, WPUCloseSocketHandle, WPUCompleteOverlappedRequest };
    const other = new SpiProvider({ upcalls: few, profile: "spi", network: nullNetwork() });
    const t = other.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno);
    other.WSPConnect(t, sockaddrIn("127.0.0.1", 9), errno);
    expect(await other.connected(t)).toBe(NO_ERROR);
    const call = () => other.WSPSend(t, buffers, 1, { value: 0 }, 0, structure(), routine, null, errno);
    expect(call).toThrow("WSPSend/routine-needs-apc");
    expect(other.WSPSend(t, buffers, 1, { value: 0 }, 0, structure(), null, null, errno)).toBe(0);
  }); // prettier-ignore
});

describe("events", () => {
  test("are reset at the start, signalled at the end, the low bit notwithstanding", async () => {
    const { peer, send, upcalls, provider } = await connected(memoryNetwork(), true);
    upcalls.WPUSetEvent(0x40, { value: 0 });
    const [small, large] = [structure(0x44n), structure(0x41)];
    expect(send([whole(pattern(5))], { lpOverlapped: small })).toBe(NO_ERROR);
    expect(send([whole(pattern(LARGE))], { lpOverlapped: large })).toBe(WSA_IO_PENDING);
    expect([upcalls.isSignalled(0x44n), upcalls.isSignalled(0x40)]).toEqual([true, false]);
    (await peer.connection).resume();
    await provider.completed(large);
    expect([upcalls.isSignalled(0x40), upcalls.notifications.length]).toEqual([true, 0]);
  });

  test("are taken back by calls that fail at once, but for no socket, and not for a routine", async () => {
    const { code, provider, s, send, upcalls } = await connected(memoryNetwork());
    const taken = (call: (lpOverlapped: WSAOVERLAPPED) => number): unknown => {
      upcalls.WPUSetEvent(0x40, { value: 0 });
      return [call(structure(0x41)), upcalls.isSignalled(0x40)];
    };
    const data = [whole(pattern(5))];
    const nowhere = [{ len: 5, buf: null }];
    expect(taken((lpOverlapped) => send(nowhere, { lpOverlapped }))).toEqual([WSAEFAULT, false]);
    expect(taken((o) => send(data, { lpOverlapped: o, dwFlags: 1 }))).toEqual([WSAEOPNOTSUPP, false]);
    expect(code((lpErrno) => provider.WSPShutdown(s, lpErrno))).toBe(NO_ERROR);
    const routine = (): void => undefined;
    expect(taken((lpOverlapped) => send(data, { lpOverlapped }))).toEqual([WSAESHUTDOWN, false]);
    expect(taken((o) => send(data, { lpOverlapped: o, routine }))).toEqual([WSAESHUTDOWN, true]);
    expect(taken((o) => send(data, { lpOverlapped: o, s: 0x999 }))).toEqual([WSAENOTSOCK, true]);
    expect(taken(() => send(data, { lpOverlapped: null }))).toEqual([WSAESHUTDOWN, true]);
  }); // prettier-ignore

  test("are the switch's with a SAN provider", async () => {
    const { send, upcalls, provider, s, errno } = await connected(memoryNetwork(), true, { profile: "san" });
    const data = pattern(LARGE);
    provider.WSPRegisterMemory({ s, lpBuffer: data, dwBufferLength: LARGE, dwFlags: MEM_READ }, errno);
    upcalls.WPUSetEvent(0x48, { value: 0 });
    expect(send([whole(data.subarray(0, 5))])).toBe(NO_ERROR);
    expect(send([whole(data)], { lpOverlapped: structure(0x48) })).toBe(WSA_IO_PENDING);
    expect([upcalls.isSignalled(0x40), upcalls.isSignalled(0x48)]).toEqual([false, true]);
  }); // prettier-ignore
});

describe("WSPGetOverlappedResult", () => {
  test("writes only with TRUE; fWait cannot wait, and wants an event", async () => {
    const { peer, send, result, provider } = await connected(memoryNetwork(), true);
    const [evented, eventless] = [structure(), structure(1)];
    for (const lpOverlapped of [evented, eventless])
      expect(send([whole(pattern(LARGE))], { lpOverlapped })).toBe(WSA_IO_PENDING);
    const nothing = { ok: false, bytes: UNTOUCHED, flags: UNTOUCHED };
    expect(result(evented)).toEqual({ ...nothing, error: WSA_IO_INCOMPLETE });
    expect(result(evented, undefined, true)).toEqual({ ...nothing, error: WSA_IO_INCOMPLETE });
    expect(result(eventless, undefined, true)).toEqual({ ...nothing, error: WSA_INVALID_HANDLE });
    expect([evented.Internal, evented.InternalHigh]).toEqual([0x103, 6]);
    (await peer.connection).resume();
    await provider.completed(eventless);
    expect(result(evented, undefined, true)).toEqual({
      ok: true,
      error: 0,
      bytes: LARGE,
      flags: 0,
    });
  });

  test("knows its operations: not of another socket, nor a copy, nor one that failed at once", async () => {
    const { send, result, provider, s, errno } = await connected(memoryNetwork(), true);
    const operation = structure();
    expect(send([whole(pattern(LARGE))], { lpOverlapped: operation })).toBe(WSA_IO_PENDING);
    const other = provider.WSPSocket(AF_INET, 0, errno);
    expect(result(operation, other).error).toBe(WSAEINVAL);
    expect(result({ ...operation }).error).toBe(WSAEINVAL);
    const failed = structure();
    expect(send([whole(pattern(1))], { lpOverlapped: failed, dwFlags: 1 })).toBe(WSAEOPNOTSUPP);
    expect(result(failed).error).toBe(WSAEINVAL);
    provider.WSPCloseSocket(s, errno);
    const closed = { ok: false, error: WSAENOTSOCK, bytes: UNTOUCHED, flags: UNTOUCHED };
    expect([result(operation), result(operation, 0x999)]).toEqual([closed, closed]);
    expect(operation.Internal).toBe(WSA_OPERATION_ABORTED);
  });
});

test("an immediate failure of WSPSend completes nothing, one of WskSend completes the IRP", async () => {
  const us = setUp({ network: memoryNetwork() });
  const lpOverlapped = structure();
  expect(us.send([whole(pattern(1))], { lpOverlapped })).toBe(WSAENOTCONN);
  await pause(5);
  expect([lpOverlapped, us.upcalls.notifications]).toEqual([structure(), []]);
  const socket = createConnectionSocket({ family: AF_INET, network: memoryNetwork() });
  const { irp, completion } = awaitableIrp();
  const { WskSend } = socket.Dispatch;
  expect(WskSend(socket, wskBuf(pattern(1)), 0, irp)).toBe(STATUS_INVALID_DEVICE_STATE);
  expect((await completion).Status).toBe(STATUS_INVALID_DEVICE_STATE);
});

describe("arguments: what the page has a row for is answered, all else is refused", () => {
  const NULL_BUFFER: readonly WSABUF[] = [{ len: 5, buf: null }];

  test("no socket, memory that is none; the state of the socket comes first", async () => {
    const { send, provider, s, errno } = await connected(memoryNetwork());
    const all: WSAOVERLAPPED[] = [];
    const lpOverlapped = () => all[all.push(structure()) - 1] ?? expect.unreachable();
    for (const none of [0x999, 0xffff_ffff_ffff_ffffn])
      expect(send([], { s: none, lpOverlapped: lpOverlapped() })).toBe(WSAENOTSOCK);
    expect(send(NULL_BUFFER, { lpOverlapped: lpOverlapped() })).toBe(WSAEFAULT);
    expect(send([whole(pattern(4)), ...NULL_BUFFER], { lpOverlapped: lpOverlapped() })).toBe(WSAEFAULT);
    expect(send(NULL_BUFFER, { s: 0x999, lpOverlapped: lpOverlapped() })).toBe(WSAENOTSOCK);
    expect(send(null, { count: 1, lpOverlapped: lpOverlapped() })).toBe(WSAEFAULT);
    expect(send([], { count: 1, lpOverlapped: lpOverlapped() })).toBe(WSAEFAULT);
    expect(send(null)).toBe(NO_ERROR);
    provider.WSPShutdown(s, errno);
    expect(send(NULL_BUFFER, { lpOverlapped: lpOverlapped() })).toBe(WSAESHUTDOWN);
    for (const one of all) expect(one).toEqual(structure());
  }); // prettier-ignore

  test("a SAN provider answers those two, and never sees the others", async () => {
    const { send } = await connected(memoryNetwork(), false, { profile: "san" });
    expect(send(NULL_BUFFER)).toBe(WSAEFAULT);
    expect(send([], { s: 0xffff_ffff_ffff_ffffn })).toBe(WSAENOTSOCK);
    expect(() => send([], { count: 1 })).toThrow("WSPSend/dwBufferCount.count-of");
    expect(() => send(null)).toThrow("WSPSend/lpBuffers.type");
    expect(() => send([], { lpOverlapped: null })).toThrow("WSPSend/overlapped-wanted");
    expect(() => send([], { routine: () => undefined })).toThrow("WSPSend/no-completion-routine");
    expect(() => send([], { dwFlags: 1 })).toThrow(CallRefused);
    expect(() => send([], { sent: null })).toThrow("WSPSend/bytes-sent-wanted");
  });

  test("flags: what TCP cannot do is WSAEOPNOTSUPP, what means nothing to a send is refused", async () => {
    const { send } = await connected(memoryNetwork());
    const flags = (dwFlags: number) => send([whole(pattern(1))], { dwFlags });
    expect([1, 4, 0x8000, 0x8005].map(flags)).toEqual([WSAEOPNOTSUPP, NO_ERROR, WSAEOPNOTSUPP, WSAEOPNOTSUPP]);
    for (const dwFlags of [2, 0x40, 0x8000_0000]) expect(() => flags(dwFlags)).toThrow("dwFlags.flags");
    expect(() => send(NULL_BUFFER, { dwFlags: 2 })).toThrow("dwFlags.flags");
  }); // prettier-ignore

  test("a structure of which one member cannot be written is refused by its name", async () => {
    const { send } = await connected(memoryNetwork());
    for (const member of ["Internal", "InternalHigh", "Offset", "OffsetHigh"]) {
      const lpOverlapped = Object.defineProperty(structure(), member, { writable: false });
      expect(() => send([], { lpOverlapped })).toThrow(`lpOverlapped.${member}`);
    }
  });

  test("what TCP cannot do is told only of a socket that could send", async () => {
    const data = [whole(pattern(1))];
    const oob = { dwFlags: 1 };
    expect(setUp({ network: memoryNetwork() }).send(data, oob)).toBe(WSAENOTCONN);
    const us = await connected(memoryNetwork());
    expect(us.send([{ len: 5, buf: null }], oob)).toBe(WSAEFAULT);
    expect(us.provider.WSPShutdown(us.s, us.errno)).toBe(0);
    expect(us.send(data, oob)).toBe(WSAESHUTDOWN);
    const lost = await connected(memoryNetwork());
    (await lost.peer.connection).abort();
    await pause();
    expect(lost.send(data, oob)).toBe(WSAECONNRESET);
    expect(setUp({ network: memoryNetwork() }).send(data, { ...oob, s: 0x999 })).toBe(WSAENOTSOCK);
  });

  test("neither count nor structure is WSAEFAULT, behind WSAENOTSOCK and before all else", () => {
    const { send } = setUp({ network: memoryNetwork() });
    const neither = { sent: null, lpOverlapped: null };
    expect([send([], neither), send([], { ...neither, s: 0x999 })]).toEqual([
      WSAEFAULT,
      WSAENOTSOCK,
    ]);
  });

  test("a structure whose operation is outstanding is refused, and where that is hidden, answered", async () => {
    const { send } = await connected(memoryNetwork(), true);
    const lpOverlapped = structure();
    expect(send([whole(pattern(LARGE))], { lpOverlapped })).toBe(WSA_IO_PENDING);
    expect(() => send([], { lpOverlapped })).toThrow("WSPSend/overlapped-not-in-use");
    lpOverlapped.Internal = 0;
    expect(send([], { lpOverlapped })).toBe(WSAEINVAL);
  });

  test("addresses that nobody connects to, and data that TCP cannot carry", async () => {
    const { provider, s, code } = setUp({ network: memoryNetwork() });
    for (const name of [sockaddrIn("0.0.0.0", 9), sockaddrIn("127.0.0.1", 0)])
      expect(code((lpErrno) => provider.WSPConnect(s, name, lpErrno))).toBe(WSAEADDRNOTAVAIL);
    const last = [whole(pattern(1))];
    const disconnect = (data: typeof last | null) => code((lpErrno) => provider.WSPSendDisconnect(s, data, lpErrno));
    expect([disconnect(last), disconnect(null)]).toEqual([WSAENOTCONN, WSAENOTCONN]);
    const other = await connected(memoryNetwork());
    const data = (lpErrno: { value: number }) => other.provider.WSPSendDisconnect(other.s, last, lpErrno);
    expect(other.code(data)).toBe(WSAENOPROTOOPT);
    expect(other.send(last)).toBe(NO_ERROR);
  }); // prettier-ignore
});

test("a connection that was reset may be shut down; then its sends say that it is", async () => {
  const { peer, send, provider, s, errno } = await connected(memoryNetwork());
  (await peer.connection).abort();
  await pause();
  expect(send([whole(pattern(1))])).toBe(WSAECONNRESET);
  expect([provider.WSPShutdown(s, errno), provider.WSPShutdown(s, errno)]).toEqual([0, 0]);
  expect(send([whole(pattern(1))])).toBe(WSAESHUTDOWN);
});

test("closing lets go of memory first, then reports, and gives the handle back last", async () => {
  const network = memoryNetwork();
  const peer = await listen(network, true);
  const order: string[] = [];
  const recording = new RecordingSwitch();
  const data = pattern(LARGE);
  const errno: LPINT = { value: NO_ERROR };
  const upcalls = {
    WPUCreateSocketHandle: recording.WPUCreateSocketHandle,
    WPUCloseSocketHandle: () => {
      order.push("handle");
      return 0;
    },
    WPUCompleteOverlappedRequest: () => {
      provider.WSPDeregisterMemory(s, handle, errno);
      order.push(`report, ${wsaerrorName(errno.value)}`);
      return 0;
    },
  };
  const provider = new SpiProvider({ upcalls, network });
  const s = provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno);
  provider.WSPConnect(s, sockaddrIn(peer.at.host, peer.at.port), errno);
  await provider.connected(s);
  const region = { s, lpBuffer: data, dwBufferLength: LARGE, dwFlags: MEM_READ };
  const handle = provider.WSPRegisterMemory(region, errno);
  const buffers = [whole(data)];
  for (const lpOverlapped of [structure(), structure()])
    provider.WSPSend(s, buffers, 1, { value: 0 }, 0, lpOverlapped, null, null, errno);
  expect(errno.value).toBe(WSA_IO_PENDING);
  expect(provider.WSPCloseSocket(s, errno)).toBe(0);
  // The memory went with the socket.
  expect(order).toEqual(["report, WSAENOTSOCK", "report, WSAENOTSOCK", "handle"]);
});
