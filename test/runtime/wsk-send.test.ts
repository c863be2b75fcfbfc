/** WskSend and WskSendEx over TCP: real bytes, true completions. */
import { describe, expect, test } from "vitest";
import type { NTSTATUS } from "wskit";
import {
  AF_INET, CallRefused, NT_SUCCESS, sockaddrIn, STATUS_CANCELLED, STATUS_CONNECTION_RESET,
  STATUS_FILE_FORCED_CLOSED, STATUS_INVALID_DEVICE_STATE, STATUS_MORE_PROCESSING_REQUIRED,
  STATUS_NOT_SUPPORTED, STATUS_PENDING, STATUS_PIPE_DISCONNECTED, STATUS_SUCCESS, WSK_FLAG_NODELAY,
  WSK_FLAG_OOB,
} from "wskit"; // prettier-ignore
import {
  awaitableIrp, createConnectionSocket, IoAllocateIrp, IoReuseIrp, IoSetCompletionRoutine, isMdlInUse,
  RuntimeViolation, wskBuf,
} from "wskit/runtime"; // prettier-ignore
import { closeSocket, complete, connected, pattern, sha256, tcpPeer } from "./peers.js";

const MB = 1024 * 1024;

test("a small send succeeds at once: the IRP is completed before the call returns", async () => {
  const peer = await tcpPeer();
  const socket = await connected(peer);
  const data = pattern(4096);
  const { irp } = awaitableIrp();
  const returned = socket.Dispatch.WskSend(socket, wskBuf(data), WSK_FLAG_NODELAY, irp);
  expect(returned).toBe(STATUS_SUCCESS);
  expect(irp.IoStatus).toEqual({ Status: STATUS_SUCCESS, Information: 4096 });
  expect(await peer.received(4096)).toBe(sha256(data));
});

test("32 MB to a peer that reads nothing are pending until the peer reads", async () => {
  const peer = await tcpPeer({ paused: true });
  const socket = await connected(peer);
  const data = pattern(32 * MB);
  const buffer = wskBuf(data);
  const { irp, completion } = awaitableIrp();
  expect(socket.Dispatch.WskSend(socket, buffer, 0, irp)).toBe(STATUS_PENDING);
  expect(irp.IoStatus.Status).toBe(STATUS_PENDING);
  expect(buffer.Mdl !== null && isMdlInUse(buffer.Mdl)).toBe(true);
  const arrived = peer.received(data.length);
  (await peer.socket).resume();
  expect(await completion).toEqual({ Status: STATUS_SUCCESS, Information: data.length });
  expect(buffer.Mdl !== null && isMdlInUse(buffer.Mdl)).toBe(false);
  expect(await arrived).toBe(sha256(data));
});

test("sends behind a pending one keep their order, and complete one by one", async () => {
  const peer = await tcpPeer({ paused: true });
  const socket = await connected(peer);
  const pieces = [pattern(16 * MB, 1), pattern(100, 2), pattern(3, 3), pattern(8 * MB, 4)];
  const order: number[] = [];
  const sends = pieces.map((piece, i) => {
    const sent = complete((irp) => socket.Dispatch.WskSend(socket, wskBuf(piece), 0, irp));
    return sent.then(({ returned, block }) => {
      order.push(i);
      expect([returned, block]).toEqual([STATUS_PENDING, { Status: 0, Information: piece.length }]);
    });
  });
  const arrived = peer.received(pieces.reduce((sum, piece) => sum + piece.length, 0));
  (await peer.socket).resume();
  await Promise.all(sends);
  expect(order).toEqual([0, 1, 2, 3]);
  expect(await arrived).toBe(sha256(...pieces));
});

test("Offset and Length cut a chain exactly", async () => {
  const peer = await tcpPeer();
  const socket = await connected(peer);
  const [a, b] = [pattern(100, 1), pattern(200, 2)];
  const buffer = { ...wskBuf(a, b), Offset: 50, Length: 250n };
  const { block } = await complete((irp) => socket.Dispatch.WskSend(socket, buffer, 0, irp));
  expect(block).toEqual({ Status: STATUS_SUCCESS, Information: 250 });
  expect(await peer.received(250)).toBe(sha256(a.subarray(50), b));
});

test("nothing at all is sent successfully", async () => {
  const socket = await connected(await tcpPeer());
  const buffer = { Mdl: null, Offset: 0xffff_ffff, Length: 0 };
  const { returned, block } = await complete((irp) =>
    socket.Dispatch.WskSend(socket, buffer, 0, irp),
  );
  expect([returned, block]).toEqual([STATUS_SUCCESS, { Status: STATUS_SUCCESS, Information: 0 }]);
});

describe("a connection that is lost", () => {
  test("completes each pending IRP once, none with a false success; later sends are told", async () => {
    const peer = await tcpPeer({ paused: true });
    const socket = await connected(peer);
    let completions = 0;
    const sends = Array.from({ length: 6 }, () =>
      complete((irp) => socket.Dispatch.WskSend(socket, wskBuf(pattern(4 * MB)), 0, irp)).then(
        (sent) => {
          completions += 1;
          return sent;
        },
      ),
    );
    (await peer.socket).resetAndDestroy();
    const results = await Promise.all(sends);
    expect(completions).toBe(6);
    const pended = results.filter((result) => result.returned === STATUS_PENDING);
    expect(pended.length).toBeGreaterThanOrEqual(5);
    for (const { block } of pended) {
      expect(block).toEqual({ Status: STATUS_CONNECTION_RESET, Information: 0 });
    }
    const later = await complete((irp) =>
      socket.Dispatch.WskSend(socket, wskBuf(pattern(1)), 0, irp),
    );
    expect([later.returned, later.block.Status]).toEqual([
      STATUS_FILE_FORCED_CLOSED,
      STATUS_FILE_FORCED_CLOSED,
    ]);
  });

  test("a peer that has only finished sending still receives", async () => {
    const peer = await tcpPeer();
    const socket = await connected(peer);
    const connection = await peer.socket;
    await new Promise<void>((resolve) => connection.end(resolve));
    // The end of the peer's data has to reach this side, which offers no event for it yet.
    await new Promise((later) => setTimeout(later, 30));
    const { block } = await complete((irp) =>
      socket.Dispatch.WskSend(socket, wskBuf(pattern(1000)), 0, irp),
    );
    expect(block.Information).toBe(1000);
    expect(await peer.received(1000)).toBe(sha256(pattern(1000)));
  });
});

describe("WskCloseSocket", () => {
  test("cancels and completes a thousand pending sends, each once", async () => {
    const peer = await tcpPeer({ paused: true });
    const socket = await connected(peer);
    const plug = complete((irp) =>
      socket.Dispatch.WskSend(socket, wskBuf(pattern(32 * MB)), 0, irp),
    );
    const buffers = Array.from({ length: 1000 }, () => wskBuf(pattern(64)));
    const sends = buffers.map((buffer) =>
      complete((irp) => socket.Dispatch.WskSend(socket, buffer, 0, irp)),
    );
    closeSocket(socket);
    for (const { returned, block } of [await plug, ...(await Promise.all(sends))]) {
      expect([returned, block]).toEqual([
        STATUS_PENDING,
        { Status: STATUS_CANCELLED, Information: 0 },
      ]);
    }
    expect(buffers.some(({ Mdl }) => Mdl !== null && isMdlInUse(Mdl))).toBe(false);
  });

  test("is the last call: another one is a violation, and touches no IRP", async () => {
    const socket = await connected(await tcpPeer());
    closeSocket(socket);
    const { irp } = awaitableIrp();
    expect(() => socket.Dispatch.WskSend(socket, wskBuf(pattern(1)), 0, irp)).toThrow(
      RuntimeViolation,
    );
    expect(irp.owner).toBe("caller");
  });
});

describe("WskDisconnect", () => {
  test("waits for what was sent before, and then the peer sees the end", async () => {
    const peer = await tcpPeer({ paused: true });
    const socket = await connected(peer);
    const data = pattern(16 * MB);
    const order: string[] = [];
    const { WskSend, WskDisconnect } = socket.Dispatch;
    const [last, more] = [pattern(10, 9), wskBuf(pattern(10, 9))];
    const sent = complete((irp) => WskSend(socket, wskBuf(data), 0, irp));
    const queued = complete((irp) => WskSend(socket, more, 0, irp));
    const ended = complete((irp) => WskDisconnect(socket, null, 0, irp));
    void sent.then(() => order.push("sent"));
    void ended.then(() => order.push("ended"));
    const connection = await peer.socket;
    const fin = new Promise<void>((resolve) => connection.once("end", resolve));
    const arrived = peer.received(data.length + 10);
    connection.resume();
    expect((await queued).block.Status).toBe(STATUS_SUCCESS);
    expect((await sent).block).toEqual({ Status: STATUS_SUCCESS, Information: data.length });
    expect((await ended).block.Status).toBe(STATUS_SUCCESS);
    expect(order).toEqual(["sent", "ended"]);
    await fin;
    expect(await arrived).toBe(sha256(data, last));
  });

  test.each(["reset", "close"])(
    "completes once where the connection ends by a %s meanwhile",
    async (how) => {
      const peer = await tcpPeer({ paused: true });
      const socket = await connected(peer);
      const { WskSend, WskDisconnect } = socket.Dispatch;
      const sent = complete((irp) => WskSend(socket, wskBuf(pattern(16 * MB)), 0, irp));
      const ended = complete((irp) => WskDisconnect(socket, null, 0, irp));
      if (how === "close") closeSocket(socket);
      else (await peer.socket).resetAndDestroy();
      const wanted = how === "close" ? STATUS_CANCELLED : STATUS_CONNECTION_RESET;
      expect([(await sent).block.Status, (await ended).block.Status]).toEqual([wanted, wanted]);
    },
  );

  test("a connection that both sides have ended is shut down, not lost", async () => {
    const peer = await tcpPeer();
    const socket = await connected(peer);
    const connection = await peer.socket;
    const gone = new Promise((resolve) => connection.once("close", resolve));
    await complete((irp) => socket.Dispatch.WskDisconnect(socket, null, 0, irp));
    connection.end();
    await gone;
    await new Promise((resolve) => setImmediate(resolve));
    const { returned } = await complete((irp) =>
      socket.Dispatch.WskSend(socket, wskBuf(pattern(1)), 0, irp),
    );
    expect(returned).toBe(STATUS_PIPE_DISCONNECTED);
  });
});

test("closing a socket that is still connecting cancels the connect, and leaves nothing behind", async () => {
  const socket = createConnectionSocket({ family: AF_INET });
  const { WskBind, WskConnect } = socket.Dispatch;
  await complete((irp) => WskBind(socket, sockaddrIn("127.0.0.1", 0), 0, irp));
  const peer = await tcpPeer();
  const connecting = complete((irp) =>
    WskConnect(socket, sockaddrIn("127.0.0.1", peer.port), 0, irp),
  );
  closeSocket(socket);
  expect(await connecting).toEqual({
    returned: STATUS_PENDING,
    block: { Status: STATUS_CANCELLED, Information: 0 },
  });
});

describe("what cannot be sent is said, and the IRP is completed", () => {
  const outcome = async (
    send: (irp: Parameters<Parameters<typeof complete>[0]>[0]) => NTSTATUS,
  ): Promise<NTSTATUS[]> => {
    const { returned, block } = await complete(send);
    expect(block.Information).toBe(0);
    return [returned, block.Status];
  };

  test("before the socket is connected", async () => {
    const socket = createConnectionSocket({ family: AF_INET });
    const send = await outcome((irp) =>
      socket.Dispatch.WskSend(socket, wskBuf(pattern(1)), 0, irp),
    );
    expect(send).toEqual([STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_DEVICE_STATE]);
    const to = sockaddrIn("127.0.0.1", 1);
    const connect = await outcome((irp) => socket.Dispatch.WskConnect(socket, to, 0, irp));
    expect(connect).toEqual([STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_DEVICE_STATE]);
  });

  test("after WskDisconnect", async () => {
    const peer = await tcpPeer();
    const socket = await connected(peer);
    const { block } = await complete((irp) => socket.Dispatch.WskDisconnect(socket, null, 0, irp));
    expect(block.Status).toBe(STATUS_SUCCESS);
    const send = await outcome((irp) =>
      socket.Dispatch.WskSend(socket, wskBuf(pattern(1)), 0, irp),
    );
    expect(send).toEqual([STATUS_PIPE_DISCONNECTED, STATUS_PIPE_DISCONNECTED]);
  });

  test("out-of-band data, which the header profile lets through", async () => {
    const socket = await connected(await tcpPeer(), "header");
    const send = await outcome((irp) =>
      socket.Dispatch.WskSend(socket, wskBuf(pattern(1)), WSK_FLAG_OOB, irp),
    );
    expect(send).toEqual([STATUS_NOT_SUPPORTED, STATUS_NOT_SUPPORTED]);
  });

  test("control information, which Node's TCP cannot carry", async () => {
    const peer = await tcpPeer();
    const socket = await connected(peer);
    const { WskSendEx } = socket.Dispatch;
    const control = Uint8Array.of(16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 19, 0, 0, 0);
    const send = await outcome((irp) => WskSendEx(socket, wskBuf(pattern(1)), 0, 16, control, irp));
    expect(send).toEqual([STATUS_NOT_SUPPORTED, STATUS_NOT_SUPPORTED]);
    const { block } = await complete((irp) =>
      WskSendEx(socket, wskBuf(pattern(7)), 0, 0, null, irp),
    );
    expect(block.Information).toBe(7);
    expect(await peer.received(7)).toBe(sha256(pattern(7)));
  });

  test("a connection that nobody accepts", async () => {
    const socket = createConnectionSocket({ family: AF_INET });
    await complete((irp) => socket.Dispatch.WskBind(socket, sockaddrIn("127.0.0.1", 0), 0, irp));
    const peer = await tcpPeer();
    const to = sockaddrIn("127.0.0.1", peer.port === 1 ? 2 : 1);
    const { returned, block } = await complete((irp) =>
      socket.Dispatch.WskConnect(socket, to, 0, irp),
    );
    expect(returned).toBe(STATUS_PENDING);
    expect(NT_SUCCESS(block.Status)).toBe(false);
  });
});

test("a call that breaks the contract is refused before the IRP is touched", async () => {
  const socket = await connected(await tcpPeer());
  const { irp } = awaitableIrp();
  const buffer = { ...wskBuf(pattern(8)), Length: 9 };
  expect(() => socket.Dispatch.WskSend(socket, buffer, 0, irp)).toThrow(CallRefused);
  socket.environment.irql = 3;
  expect(() => socket.Dispatch.WskSend(socket, wskBuf(pattern(8)), 0, irp)).toThrow("WskSend/irql");
  socket.environment.irql = 0;
  expect(irp.owner).toBe("caller");
});

test("a completion routine may send again 20,000 times without overflowing the stack", async () => {
  const peer = await tcpPeer();
  const socket = await connected(peer);
  const buffer = wskBuf(new Uint8Array(1));
  const irp = IoAllocateIrp(1);
  let [sent, depth, deepest] = [0, 0, 0];
  await new Promise<void>((done) => {
    const again = (): NTSTATUS => {
      depth += 1;
      deepest = Math.max(deepest, depth);
      sent += 1;
      if (sent === 20_000) done();
      else {
        IoReuseIrp(irp, STATUS_SUCCESS);
        IoSetCompletionRoutine(irp, again, null);
        socket.Dispatch.WskSend(socket, buffer, 0, irp);
      }
      depth -= 1;
      return STATUS_MORE_PROCESSING_REQUIRED;
    };
    IoSetCompletionRoutine(irp, again, null);
    socket.Dispatch.WskSend(socket, buffer, 0, irp);
  });
  expect(deepest).toBeLessThanOrEqual(16);
  expect(await peer.received(20_000)).toBe(sha256(new Uint8Array(20_000)));
});
