/** How a connection socket comes to its connection, and how it leaves it. */
import type { Socket } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import type { NTSTATUS } from "wskit";
import {
  AF_INET, CallRefused, sockaddrIn, STATUS_ACCESS_VIOLATION, STATUS_CANCELLED, STATUS_CONNECTION_REFUSED, STATUS_CONNECTION_RESET,
  STATUS_FILE_FORCED_CLOSED, STATUS_INVALID_DEVICE_STATE, STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING, STATUS_PIPE_DISCONNECTED,
  STATUS_SUCCESS, WSK_FLAG_ABORTIVE,
} from "wskit"; // prettier-ignore
import {
  awaitableIrp, createConnectionSocket, IoAllocateIrp, IoSetCompletionRoutine, isMdlInUse, setRoutineErrorHandler, wskBuf,
} from "wskit/runtime"; // prettier-ignore
import type { ConnectionSocket } from "wskit/runtime";
import {
  adopt, closedPort, closeSocket, complete, connected, listenAt, pattern, sha256, tcpPeer,
} from "./peers.js"; // prettier-ignore

setFlagsFromString("--expose-gc");

const MB = 1024 * 1024;
const failed = (Status: NTSTATUS) => ({ returned: Status, block: { Status, Information: 0 } });
const send = (socket: ConnectionSocket, buffer = wskBuf(pattern(1))) =>
  complete((irp) => socket.Dispatch.WskSend(socket, buffer, 0, irp));
const connect = (socket: ConnectionSocket, port: number) =>
  complete((irp) => socket.Dispatch.WskConnect(socket, sockaddrIn("127.0.0.1", port), 0, irp));
const bind = (socket: ConnectionSocket) =>
  complete((irp) => socket.Dispatch.WskBind(socket, sockaddrIn("127.0.0.1", 0), 0, irp));

/** How many bytes reach a paused peer in all, once its connection is over. */
function all(connection: Socket): Promise<number> {
  connection.resume();
  return new Promise((resolve) => {
    const over = (): void => resolve(connection.bytesRead);
    connection.once("end", over).once("error", over);
  });
}

async function boundSocket(): Promise<ConnectionSocket> {
  const socket = createConnectionSocket({ family: AF_INET });
  expect((await bind(socket)).returned).toBe(STATUS_SUCCESS);
  return socket;
}

describe("WskBind and WskConnect", () => {
  test("a socket is bound once", async () => {
    const socket = await boundSocket();
    expect(await bind(socket)).toEqual(failed(STATUS_INVALID_DEVICE_STATE));
    expect(await bind(await connected(await tcpPeer()))).toEqual(
      failed(STATUS_INVALID_DEVICE_STATE),
    );
  });

  test("while one connect is pending a second one is refused, and the first goes on", async () => {
    const peer = await tcpPeer();
    const socket = await boundSocket();
    const first = connect(socket, peer.port);
    expect(await connect(socket, peer.port)).toEqual(failed(STATUS_INVALID_DEVICE_STATE));
    expect((await first).block.Status).toBe(STATUS_SUCCESS);
    expect(await connect(socket, peer.port)).toEqual(failed(STATUS_INVALID_DEVICE_STATE));
    expect((await send(socket, wskBuf(pattern(9)))).block.Information).toBe(9);
    expect(await peer.received(9)).toBe(sha256(pattern(9)));
    closeSocket(socket);
  });

  test("closing completes a pending connect, before the close", async () => {
    const peer = await tcpPeer();
    const socket = await boundSocket();
    const first = awaitableIrp();
    const to = sockaddrIn("127.0.0.1", peer.port);
    socket.Dispatch.WskConnect(socket, to, 0, first.irp);
    await connect(socket, peer.port);
    closeSocket(socket);
    expect(first.irp.owner).toBe("completed");
    expect((await first.completion).Status).toBe(STATUS_CANCELLED);
  });

  test("after a refused connect the socket connects again, and really sends", async () => {
    const socket = await boundSocket();
    const port = await closedPort();
    const warnings = vi.spyOn(process, "emitWarning");
    // More often than Node lets listeners pile up without a warning.
    for (let i = 0; i < 12; i++) {
      const { returned, block } = await connect(socket, port);
      expect([returned, block.Status]).toEqual([STATUS_PENDING, STATUS_CONNECTION_REFUSED]);
      expect(await send(socket)).toEqual(failed(STATUS_INVALID_DEVICE_STATE));
    }
    expect(warnings).not.toHaveBeenCalled();
    const peer = await listenAt(port);
    expect((await connect(socket, port)).block.Status).toBe(STATUS_SUCCESS);
    expect((await send(socket, wskBuf(pattern(9)))).block.Status).toBe(STATUS_SUCCESS);
    expect(await peer.received(9)).toBe(sha256(pattern(9)));
    closeSocket(socket);
  });

  test("after a reset it does not", async () => {
    const peer = await tcpPeer();
    const socket = await connected(peer);
    (await peer.socket).resetAndDestroy();
    while ((await send(socket)).block.Status !== STATUS_FILE_FORCED_CLOSED);
    expect(await connect(socket, peer.port)).toEqual(failed(STATUS_INVALID_DEVICE_STATE));
  });
});

test("a peer that finished and then reset: the next send is told, by EPIPE", async () => {
  const peer = await tcpPeer();
  const socket = await connected(peer);
  const connection = await peer.socket;
  await new Promise<void>((resolve) => connection.end(resolve));
  connection.resetAndDestroy();
  expect(await send(socket)).toEqual(failed(STATUS_CONNECTION_RESET));
  expect(await send(socket)).toEqual(failed(STATUS_FILE_FORCED_CLOSED));
});

describe("WskDisconnect", () => {
  const disconnect = (socket: ConnectionSocket, buffer: ReturnType<typeof wskBuf> | null, flags: 0 | 1) =>
    complete((irp) => socket.Dispatch.WskDisconnect(socket, buffer, flags, irp)); // prettier-ignore

  test("sends its buffer last, then ends", async () => {
    const peer = await tcpPeer({ paused: true });
    const socket = await connected(peer);
    const [data, last] = [pattern(16 * MB), pattern(100, 2)];
    const buffer = wskBuf(last);
    const sent = send(socket, wskBuf(data));
    const ended = disconnect(socket, buffer, 0);
    expect(isMdlInUse(buffer.Mdl ?? expect.unreachable())).toBe(true);
    const connection = await peer.socket;
    const fin = new Promise<void>((resolve) => connection.once("end", resolve));
    const arrived = peer.received(data.length + last.length);
    connection.resume();
    expect((await sent).block.Status).toBe(STATUS_SUCCESS);
    expect((await ended).block).toEqual({ Status: STATUS_SUCCESS, Information: 100 });
    expect(isMdlInUse(buffer.Mdl ?? expect.unreachable())).toBe(false);
    expect(await arrived).toBe(sha256(data, last));
    await fin;
  });

  test("WSK_FLAG_ABORTIVE resets the connection", async () => {
    const peer = await tcpPeer();
    const socket = await connected(peer);
    const connection = await peer.socket;
    const reset = new Promise<Error>((resolve) => connection.once("error", resolve));
    const aborted = await disconnect(socket, null, 1);
    expect([aborted.returned, aborted.block.Status]).toEqual([STATUS_SUCCESS, STATUS_SUCCESS]);
    expect(String(await reset)).toContain("ECONNRESET");
    expect(await send(socket)).toEqual(failed(STATUS_FILE_FORCED_CLOSED));
  });

  test("WSK_FLAG_ABORTIVE cancels what is pending, a graceful disconnect too", async () => {
    const peer = await tcpPeer({ paused: true });
    const socket = await connected(peer);
    const sent = send(socket, wskBuf(pattern(16 * MB)));
    const ended = disconnect(socket, null, 0);
    const arrived = all(await peer.socket);
    await disconnect(socket, null, WSK_FLAG_ABORTIVE as 1);
    expect((await sent).block).toEqual({ Status: STATUS_CANCELLED, Information: 0 });
    expect((await ended).block.Status).toBe(STATUS_CANCELLED);
    expect(await arrived).toBeLessThan(16 * MB);
  });

  test("is refused twice, before a connection, and after its loss", async () => {
    expect(await disconnect(await boundSocket(), null, 0)).toEqual(
      failed(STATUS_INVALID_DEVICE_STATE),
    );
    const socket = await connected(await tcpPeer());
    expect((await disconnect(socket, null, 0)).block.Status).toBe(STATUS_SUCCESS);
    expect(await disconnect(socket, null, 0)).toEqual(failed(STATUS_PIPE_DISCONNECTED));
    expect((await disconnect(socket, null, 1)).block.Status).toBe(STATUS_SUCCESS);
    expect(await disconnect(socket, null, 0)).toEqual(failed(STATUS_FILE_FORCED_CLOSED));
  });

  test("WSK_FLAG_ABORTIVE is refused before a connection too, and one can be made all the same", async () => {
    const [peer, socket] = [await tcpPeer(), await boundSocket()];
    expect(await disconnect(socket, null, WSK_FLAG_ABORTIVE as 1)).toEqual(
      failed(STATUS_INVALID_DEVICE_STATE),
    );
    const to = sockaddrIn("127.0.0.1", peer.port);
    const { block } = await complete((irp) => socket.Dispatch.WskConnect(socket, to, 0, irp));
    expect(block.Status).toBe(STATUS_SUCCESS);
    expect((await disconnect(socket, null, WSK_FLAG_ABORTIVE as 1)).block.Status).toBe(
      STATUS_SUCCESS,
    );
  });

  test("other flags, wrong buffers and a buffer for an abort are refused by name", async () => {
    const socket = await connected(await tcpPeer());
    const { irp } = awaitableIrp();
    const call = (buffer: ReturnType<typeof wskBuf> | null, flags: number) => () =>
      socket.Dispatch.WskDisconnect(socket, buffer, flags as 0, irp);
    for (const flags of [2, 3, -1, 0.5]) expect(call(null, flags)).toThrow("Flags");
    expect(call({ ...wskBuf(pattern(4)), Length: 5 }, 0)).toThrow("Buffer.Length");
    expect(call(wskBuf(pattern(4)), 1)).toThrow("Buffer: expected NULL");
    expect(call(wskBuf(pattern(4)), 1)).toThrow(CallRefused);
    expect(irp.owner).toBe("caller");
  });
});

test("a connect that is given up when its failure is on the way completes once", async () => {
  const errors: unknown[] = [];
  setRoutineErrorHandler((error) => errors.push(error));
  const socket = createConnectionSocket({ family: AF_INET });
  const { Dispatch } = socket;
  // Nobody has an address of a network for documents.
  await complete((irp) => Dispatch.WskBind(socket, sockaddrIn("192.0.2.1", 0), 0, irp));
  const { irp, completion } = awaitableIrp();
  Dispatch.WskConnect(socket, sockaddrIn("127.0.0.1", 9), 0, irp);
  const closing = awaitableIrp();
  process.nextTick(() => Dispatch.WskCloseSocket(socket, closing.irp));
  const { Status } = await completion;
  await closing.completion;
  await new Promise((later) => setTimeout(later, 20));
  setRoutineErrorHandler(null);
  expect(errors).toEqual([]);
  expect(Status).toBeLessThan(0);
});

describe("WskCloseSocket", () => {
  test.each(["while it is open", "after the peer has finished"])("resets %s", async (when) => {
    const peer = await tcpPeer();
    const socket = await connected(peer);
    const connection = await peer.socket;
    const reset = new Promise<Error>((resolve) => connection.once("error", resolve));
    if (when !== "while it is open") {
      await new Promise<void>((resolve) => connection.end(resolve));
      await new Promise((later) => setTimeout(later, 5));
    }
    closeSocket(socket);
    expect(String(await reset)).toContain("ECONNRESET");
  });

  test.each(["sends", "a last buffer"])("cuts %s short", async (what) => {
    const peer = await tcpPeer({ paused: true });
    const socket = await connected(peer);
    const buffer = wskBuf(pattern(32 * MB));
    const pending =
      what === "sends"
        ? send(socket, buffer)
        : complete((irp) => socket.Dispatch.WskDisconnect(socket, buffer, 0, irp));
    const connection = await peer.socket;
    closeSocket(socket);
    expect((await pending).block).toEqual({ Status: STATUS_CANCELLED, Information: 0 });
    // An end without a reset would let the peer write once more, and take what it has for all.
    expect(await new Promise((written) => connection.write("x", written))).toBeInstanceOf(Error);
  });

  test("after WskDisconnect the peer sees an end, and no reset", async () => {
    const peer = await tcpPeer();
    const socket = await connected(peer);
    await complete((irp) => socket.Dispatch.WskDisconnect(socket, null, 0, irp));
    const connection = await peer.socket;
    const gone = new Promise<boolean>((resolve) => connection.once("close", resolve));
    closeSocket(socket);
    connection.end();
    expect(await gone).toBe(false);
  });

  test("after WskDisconnect all arrives that was handed over before", async () => {
    const peer = await tcpPeer({ paused: true });
    const socket = await connected(peer);
    const data = pattern(2 * MB);
    expect((await send(socket, wskBuf(data))).returned).toBe(STATUS_SUCCESS);
    await complete((irp) => socket.Dispatch.WskDisconnect(socket, null, 0, irp));
    const arrived = peer.received(data.length);
    (await peer.socket).resume();
    expect(await arrived).toBe(sha256(data));
    closeSocket(socket);
  });

  test("completes a pending WskDisconnect first", async () => {
    const socket = await connected(await tcpPeer({ paused: true }));
    const { irp } = awaitableIrp();
    socket.Dispatch.WskDisconnect(socket, null, 0, irp);
    closeSocket(socket);
    expect([irp.owner, irp.IoStatus.Status]).toEqual(["completed", STATUS_CANCELLED]);
  });

  test("inside a completion routine completes all others, and itself last", async () => {
    const peer = await tcpPeer({ paused: true });
    const socket = await connected(peer);
    const order: string[] = [];
    const close = IoAllocateIrp(1);
    const routine = (name: string) => (): NTSTATUS => {
      order.push(name);
      if (name === "first") {
        adopt(socket);
        socket.Dispatch.WskCloseSocket(socket, close);
      }
      return STATUS_MORE_PROCESSING_REQUIRED;
    };
    IoSetCompletionRoutine(close, routine("close"), null);
    const buffer = wskBuf(pattern(16 * MB));
    for (const name of ["first", "second", "third"]) {
      const irp = IoAllocateIrp(1);
      IoSetCompletionRoutine(irp, routine(name), null);
      expect(socket.Dispatch.WskSend(socket, buffer, 0, irp)).toBe(STATUS_PENDING);
    }
    const last = complete((irp) => socket.Dispatch.WskSend(socket, buffer, 0, irp));
    (await peer.socket).resetAndDestroy();
    expect((await last).block.Status).toBe(STATUS_CONNECTION_RESET);
    expect(order).toEqual(["first", "second", "third", "close"]);
  });
});

test("a reset that the next write finds out is told to all that wait", async () => {
  const peer = await tcpPeer({ paused: true });
  const socket = await connected(peer);
  const connection = await peer.socket;
  const first = IoAllocateIrp(1);
  const routine = (): NTSTATUS => {
    connection.resetAndDestroy();
    return STATUS_MORE_PROCESSING_REQUIRED;
  };
  IoSetCompletionRoutine(first, routine, null);
  socket.Dispatch.WskSend(socket, wskBuf(pattern(16 * MB)), 0, first);
  const others = [1, 2].map(() => send(socket));
  connection.resume();
  for (const { block } of await Promise.all(others))
    expect(block).toEqual({ Status: STATUS_CONNECTION_RESET, Information: 0 });
  expect(first.IoStatus).toEqual({ Status: STATUS_SUCCESS, Information: 16 * MB });
});

test("an IRP that somebody else completes is a violation, and keeps no other from its end", async () => {
  const errors: unknown[] = [];
  setRoutineErrorHandler((error) => errors.push(error));
  const socket = await connected(await tcpPeer({ paused: true }));
  const { irp } = awaitableIrp();
  socket.Dispatch.WskSend(socket, wskBuf(pattern(16 * MB)), 0, irp);
  const other = send(socket);
  irp.complete(STATUS_SUCCESS, 0);
  closeSocket(socket);
  expect((await other).block.Status).toBe(STATUS_CANCELLED);
  setRoutineErrorHandler(null);
  expect(errors.map(String)).toEqual([expect.stringContaining("irp-completed-twice")]);
});

test("memory that is gone when its turn comes fails its send, and only that one", async () => {
  const peer = await tcpPeer({ paused: true });
  const socket = await connected(peer);
  const pieces = [pattern(16 * MB, 1), pattern(50, 2), pattern(60, 3)];
  const sends = pieces.map((piece) => send(socket, wskBuf(piece)));
  structuredClone(null, { transfer: [(pieces[1]?.buffer ?? expect.unreachable()) as ArrayBuffer] });
  const [first, , third] = pieces;
  const arrived = peer.received(16 * MB + 60);
  (await peer.socket).resume();
  const blocks = (await Promise.all(sends)).map(({ block }) => block.Information);
  expect(blocks).toEqual([16 * MB, 0, 60]);
  expect(await arrived).toBe(sha256(first ?? expect.unreachable(), third ?? expect.unreachable()));
});

test("memory that is freed under way fails its send, and the peer sees no end", async () => {
  const collect = runInNewContext("gc") as () => void;
  const peer = await tcpPeer({ paused: true });
  const socket = await connected(peer);
  const connection = await peer.socket;
  const told: string[] = [];
  // Node shows an end where data came just before the reset; then a write tells.
  connection.on("end", () => connection.write("?"));
  connection.on("error", (error) => told.push("code" in error ? String(error.code) : ""));
  const over = new Promise((resolve) => connection.on("close", resolve));
  const sent = (() => {
    const memory = pattern(16 * MB);
    const sending = send(socket, wskBuf(memory));
    structuredClone(null, { transfer: [memory.buffer as ArrayBuffer] });
    return sending;
  })();
  for (let i = 0; i < 5; i++) collect();
  await new Promise((later) => setTimeout(later, 20));
  connection.resume();
  expect((await sent).block).toEqual({ Status: STATUS_ACCESS_VIOLATION, Information: 0 });
  await over;
  expect(told).toEqual(["ECONNRESET"]);
  expect((await send(socket)).block.Status).toBe(STATUS_FILE_FORCED_CLOSED);
});

test("what the caller changes in a WSK_BUF after the call changes nothing", async () => {
  const peer = await tcpPeer({ paused: true });
  const socket = await connected(peer);
  const buffer = wskBuf(pattern(16 * MB));
  const sent = send(socket, buffer);
  Object.assign(buffer, { Length: 7, Offset: 3, Mdl: null });
  (await peer.socket).resume();
  expect((await sent).block).toEqual({ Status: STATUS_SUCCESS, Information: 16 * MB });
});
