/** How it ends: closes with everything pending, cancellations, calls that come wrong or too late. */
import { describe, expect, test } from "vitest";
import type { IO_STATUS_BLOCK, NTSTATUS } from "wskit";
import {
  CallRefused, STATUS_BUFFER_OVERFLOW, STATUS_CANCELLED, STATUS_CONNECTION_REFUSED, STATUS_CONNECTION_RESET,
  STATUS_FILE_FORCED_CLOSED,
  STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING,
  STATUS_SUCCESS, sockaddrIn, WSK_FLAG_WAITALL,
} from "wskit"; // prettier-ignore
import type { Irp } from "wskit/runtime";
import {
  awaitableIrp, ConnectionSocket, DatagramSocket, IoAllocateIrp, IoCancelIrp, IoSetCompletionRoutine, isMdlInUse,
  ListenSocket, memoryNetwork, passDown, RuntimeViolation, setRoutineErrorHandler, StreamSocket, wskBuf, wskSocketOf,
} from "wskit/runtime"; // prettier-ignore
import { closedPort, complete, pattern, sha256 } from "../peers.js";
import type { AnySocket } from "./host.js";
import {
  disconnect, events, Host, localOf, NETWORKS, receive, receiving, room, send, settle, text,
} from "./host.js"; // prettier-ignore

const CANCELLED: IO_STATUS_BLOCK = { Status: STATUS_CANCELLED, Information: 0 };

describe.each(NETWORKS)("over %s", (_, network) => {
  test("a close ends sends and receives of a connection, once each, and itself last", async () => {
    const host = await Host.start(network());
    const { client, server } = await host.pair();
    const order: string[] = [];
    const plug = pattern(64 * 1024 * 1024);
    const pending: Promise<IO_STATUS_BLOCK>[] = [];
    const buffer = wskBuf(new Uint8Array(100));
    const begin = (name: string, call: (irp: Irp) => NTSTATUS): void => {
      const irp = IoAllocateIrp(1);
      pending.push(new Promise((resolve) => {
        const routine = (): NTSTATUS => {
          order.push(name);
          resolve({ ...irp.IoStatus });
          return STATUS_MORE_PROCESSING_REQUIRED;
        };
        IoSetCompletionRoutine(irp, routine, null);
      })); // prettier-ignore
      expect(call(irp)).toBe(STATUS_PENDING);
    };
    const { WskSend, WskReceive, WskCloseSocket } = client.Dispatch;
    begin("plug", (irp) => WskSend(client, wskBuf(plug), 0, irp));
    for (let i = 0; i < 50; i++) {
      begin("send", (irp) => WskSend(client, wskBuf(pattern(10)), 0, irp));
      begin("receive", (irp) => WskReceive(client, buffer, 0, irp));
    }
    expect(buffer.Mdl !== null && isMdlInUse(buffer.Mdl)).toBe(true);
    host.disown(client);
    const close = await complete((irp) => WskCloseSocket(client, irp));
    order.push("close");
    expect(close.returned).toBe(STATUS_SUCCESS);
    for (const block of await Promise.all(pending)) expect(block).toEqual(CANCELLED);
    expect([order.length, order.at(-1)]).toEqual([102, "close"]);
    expect(buffer.Mdl !== null && isMdlInUse(buffer.Mdl)).toBe(false);
    // The peer is not told that this was all.
    const memory = new Uint8Array(plug.length);
    const rest = receiving(server, memory, WSK_FLAG_WAITALL);
    expect((await rest.completion).Status).not.toBe(STATUS_SUCCESS);
  }, 30_000);

  test("an accept, a connect and a bind that are pending end with their sockets", async () => {
    const host = await Host.start(network());
    const listener = await host.listener();
    const accept = awaitableIrp();
    listener.Dispatch.WskAccept(listener, 0, null, null, null, null, accept.irp);
    const client = await host.bound();
    const connect = awaitableIrp();
    client.Dispatch.WskConnect(client, await localOf(listener), 0, connect.irp);
    await host.close(client);
    expect(await connect.completion).toEqual(CANCELLED);
    await host.close(listener);
    const [{ Status }] = [await accept.completion];
    expect([STATUS_CANCELLED, STATUS_SUCCESS]).toContain(Status);
    if (Status === STATUS_SUCCESS) host.own(wskSocketOf(accept.irp, ConnectionSocket));
    const stream = await host.socket(StreamSocket);
    await host.bind(stream);
    const listen = awaitableIrp();
    stream.Dispatch.WskListen(stream, listen.irp);
    await host.close(stream);
    expect(await listen.completion).toEqual(CANCELLED);
    await settle();
  });

  test("a connect can be cancelled, and made again", async () => {
    const host = await Host.start(network());
    const listener = await host.listener();
    const client = await host.bound();
    const { irp, completion } = awaitableIrp();
    client.Dispatch.WskConnect(client, await localOf(listener), 0, irp);
    expect(IoCancelIrp(irp)).toBe(true);
    expect(await completion).toEqual(CANCELLED);
    expect(IoCancelIrp(irp)).toBe(false);
    const accepting = host.accept(listener);
    expect(await host.connect(client, listener)).toBe(STATUS_SUCCESS);
    await accepting;
    expect(await host.connect(client, listener)).toBe(STATUS_INVALID_DEVICE_STATE);
  });

  test("a listen can be cancelled, and made again", async () => {
    const host = await Host.start(network());
    const stream = await host.socket(StreamSocket);
    await host.bind(stream);
    const { irp, completion } = awaitableIrp();
    expect(stream.Dispatch.WskListen(stream, irp)).toBe(STATUS_PENDING);
    expect(IoCancelIrp(irp)).toBe(true);
    expect(await completion).toEqual(CANCELLED);
    await settle();
    const again = await complete((irp) => stream.Dispatch.WskListen(stream, irp));
    expect(again.block.Status).toBe(STATUS_SUCCESS);
  });

  test("a graceful disconnect waits for sends; then the other side ends, and nothing is reset", async () => {
    const host = await Host.start(network());
    const { client, server } = await host.pair();
    const data = pattern(8 * 1024 * 1024);
    const sending = send(client, data);
    const ending = disconnect(client);
    const memory = new Uint8Array(data.length);
    const all = receiving(server, memory, WSK_FLAG_WAITALL);
    expect((await sending).block.Information).toBe(data.length);
    expect((await ending).block.Status).toBe(STATUS_SUCCESS);
    expect((await all.completion).Information).toBe(data.length);
    expect(sha256(memory)).toBe(sha256(data));
    expect((await receive(server, 1)).block).toEqual({ Status: STATUS_SUCCESS, Information: 0 });
    expect((await disconnect(server)).block.Status).toBe(STATUS_SUCCESS);
    expect((await receive(client, 1)).block).toEqual({ Status: STATUS_SUCCESS, Information: 0 });
    expect(await host.close(server)).toBe(STATUS_SUCCESS);
    expect(await host.close(client)).toBe(STATUS_SUCCESS);
  });

  test("what was sent before a close arrives, and then the reset", async () => {
    const host = await Host.start(network());
    const { client, server } = await host.pair();
    const first = receiving(server, new Uint8Array(10));
    expect((await send(client, "hello")).returned).toBe(STATUS_SUCCESS);
    expect(await host.close(client)).toBe(STATUS_SUCCESS);
    expect(await first.completion).toEqual({ Status: STATUS_SUCCESS, Information: 5 });
    const { Status } = (await receive(server, 10)).block;
    expect([STATUS_CONNECTION_RESET, STATUS_FILE_FORCED_CLOSED]).toContain(Status);
  });

  test("WskConnectEx brings data along; its IRP waits for that too", async () => {
    const host = await Host.start(network());
    const listener = await host.listener();
    const at = await localOf(listener);
    const accepting = host.accept(listener);
    const client = await host.bound();
    const { WskConnectEx } = client.Dispatch;
    const ex = (buffer: ReturnType<typeof wskBuf> | null, flags = 0) =>
      complete((irp) => WskConnectEx(client, at, buffer, flags, irp));
    const large = await ex(wskBuf(pattern(65_536)));
    expect([large.returned, large.block.Status]).toEqual([
      STATUS_BUFFER_OVERFLOW,
      STATUS_BUFFER_OVERFLOW,
    ]);
    expect((await ex(null, 1)).returned).toBe(STATUS_INVALID_PARAMETER);
    const data = pattern(65_535);
    const buffer = wskBuf(data);
    const { returned, block } = await ex(buffer);
    expect([returned, block]).toEqual([
      STATUS_PENDING,
      { Status: STATUS_SUCCESS, Information: 65_535 },
    ]);
    expect(buffer.Mdl !== null && isMdlInUse(buffer.Mdl)).toBe(false);
    const got = await receive(await accepting, 65_535, WSK_FLAG_WAITALL);
    expect(sha256(got.memory)).toBe(sha256(data));
    expect((await ex(null)).returned).toBe(STATUS_INVALID_DEVICE_STATE);
  });

  test("WskConnectEx without data connects, and a refused one lets go of its memory", async () => {
    const host = await Host.start(network());
    const client = await host.bound();
    const { WskConnectEx } = client.Dispatch;
    const buffer = text("lost");
    const to = sockaddrIn("127.0.0.1", await closedPort());
    const refused = await complete((irp) => WskConnectEx(client, to, buffer, 0, irp));
    expect(refused.block).toEqual({ Status: STATUS_CONNECTION_REFUSED, Information: 0 });
    expect(buffer.Mdl !== null && isMdlInUse(buffer.Mdl)).toBe(false);
    const listener = await host.listener();
    const at = await localOf(listener);
    const { block } = await complete((irp) => WskConnectEx(client, at, null, 0, irp));
    expect(block).toEqual({ Status: STATUS_SUCCESS, Information: 0 });
    await host.accept(listener);
  });

  test("a routine may close its socket, and accept and receive again from there", async () => {
    const host = await Host.start(network());
    const listener = await host.listener();
    const client = await host.bound();
    const closed = awaitableIrp();
    host.disown(client);
    const irp = IoAllocateIrp(1);
    const routine = (): NTSTATUS => {
      client.Dispatch.WskCloseSocket(client, closed.irp);
      return STATUS_MORE_PROCESSING_REQUIRED;
    };
    IoSetCompletionRoutine(irp, routine, null);
    client.Dispatch.WskConnect(client, await localOf(listener), 0, irp);
    expect((await closed.completion).Status).toBe(STATUS_SUCCESS);
    const { server, client: other } = await host.pair();
    let bytes = 0;
    const buffer = wskBuf(new Uint8Array(1));
    const done = new Promise<void>((resolve) => {
      const next = (): void => {
        const again = IoAllocateIrp(1);
        const routine = (): NTSTATUS => {
          bytes += 1;
          if (bytes === 10_000) resolve();
          else next();
          return STATUS_MORE_PROCESSING_REQUIRED;
        };
        IoSetCompletionRoutine(again, routine, null);
        server.Dispatch.WskReceive(server, buffer, 0, again);
      };
      next();
    });
    await send(other, pattern(10_000));
    await done;
  });

  test("an IRP of another driver goes through a receive", async () => {
    const { client, server } = await (await Host.start(network())).pair();
    const memory = new Uint8Array(5);
    const { returned, completion } = passDown((_device, irp) => {
      return server.Dispatch.WskReceive(server, wskBuf(memory), 0, irp);
    });
    expect(returned).toBe(STATUS_PENDING);
    await send(client, "hello");
    expect(await completion).toEqual({ Status: STATUS_SUCCESS, Information: 5 });
  });

  test("the two hundredth connection is as the first: nothing stays behind", async () => {
    const host = await Host.start(network());
    const listener = await host.listener();
    for (let i = 0; i < 200; i++) {
      const accepting = host.accept(listener);
      const client = await host.bound();
      await host.connect(client, listener);
      const server = await accepting;
      await send(client, `number ${i}`);
      expect((await receive(server, 20)).text).toBe(`number ${i}`);
      await host.close(client);
      await host.close(server);
    }
  }, 30_000);
});

type Call = (socket: AnySocket, irp: Irp) => unknown;

/** All functions of all tables, called in a way that would do. */
const CALLS: readonly (readonly [name: string, kind: string, call: Call])[] = [
  ["WskControlSocket", "basic", (s, irp) => on(s, ConnectionSocket).WskControlSocket(s, 1, 8, 65_535, 0, null, 4, { value: 0 }, null, irp)],
  ["WskBind", "connection", (s, irp) => on(s, ConnectionSocket).WskBind(s, sockaddrIn("127.0.0.1", 0), 0, irp)],
  ["WskConnect", "connection", (s, irp) => on(s, ConnectionSocket).WskConnect(s, sockaddrIn("127.0.0.1", 9), 0, irp)],
  ["WskConnectEx", "connection", (s, irp) => on(s, ConnectionSocket).WskConnectEx(s, sockaddrIn("127.0.0.1", 9), null, 0, irp)],
  ["WskGetLocalAddress", "connection", (s, irp) => on(s, ConnectionSocket).WskGetLocalAddress(s, room(), irp)],
  ["WskGetRemoteAddress", "connection", (s, irp) => on(s, ConnectionSocket).WskGetRemoteAddress(s, room(), irp)],
  ["WskReceive", "connection", (s, irp) => on(s, ConnectionSocket).WskReceive(s, text("x"), 0, irp)],
  ["WskReceiveEx", "connection", (s, irp) => on(s, ConnectionSocket).WskReceiveEx(s, text("x"), 0, null, null, null, irp)],
  ["WskDisconnect", "connection", (s, irp) => on(s, ConnectionSocket).WskDisconnect(s, null, 0, irp)],
  ["WskRelease", "connection", (s) => on(s, ConnectionSocket).WskRelease(s, { Next: null, Buffer: text("x") })],
  ["WskCloseSocket", "connection", (s, irp) => on(s, ConnectionSocket).WskCloseSocket(s, irp)],
  ["WskListen", "stream", (s, irp) => on(s, StreamSocket).WskListen(s, irp)],
  ["WskAccept", "listen", (s, irp) => on(s, ListenSocket).WskAccept(s, 0, null, null, null, null, irp)],
  ["WskInspectComplete", "listen", (s, irp) => on(s, ListenSocket).WskInspectComplete(s, { Key: 1, SerialNumber: 1 }, 1, irp)],
  ["WskReceiveFrom", "datagram", (s, irp) => on(s, DatagramSocket).WskReceiveFrom(s, text("x"), 0, null, null, null, null, irp)],
]; // prettier-ignore

let made: AnySocket | null = null;
/** The table of the socket that was made for the test, whichever socket is passed. */
function on<T extends AnySocket>(_given: AnySocket, kind: abstract new (...args: never[]) => T): T["Dispatch"] {
  if (made instanceof kind) return made.Dispatch;
  throw new TypeError(`made no ${kind.name}`);
} // prettier-ignore

describe.each(CALLS)("%s", (name, kind, call) => {
  const kinds = { connection: ConnectionSocket, basic: ConnectionSocket, stream: StreamSocket, listen: ListenSocket, datagram: DatagramSocket }; // prettier-ignore
  const make = async (host: Host): Promise<AnySocket> => {
    const wanted = kinds[kind as keyof typeof kinds] as typeof ConnectionSocket;
    return (made = await host.socket(wanted));
  };
  const rule = (act: () => unknown): unknown => {
    try {
      act();
    } catch (error) {
      if (error instanceof RuntimeViolation) return error.rule;
      if (error instanceof CallRefused) return error.issues[0]?.rule;
    }
    return null;
  };

  test("through another socket's table, too high, and after the close", async () => {
    const host = await Host.start(memoryNetwork());
    const [other, socket] = [await make(host), await make(host)];
    const { irp } = awaitableIrp();
    expect(rule(() => call(other, irp))).toBe("socket-wrong-table");
    host.environment.irql = 3;
    expect(rule(() => call(socket, irp))).toBe(`${name}/irql`);
    host.environment.irql = 0;
    await host.close(socket);
    expect(rule(() => call(socket, irp))).toBe("socket-closed");
    expect(irp.owner).toBe("caller");
  });

  test("inside a completion routine, where the profile forbids it", async () => {
    const host = await Host.start(memoryNetwork(), { profile: "strict" });
    const socket = await make(host);
    const found: unknown[] = [];
    const first = IoAllocateIrp(1);
    const { irp } = awaitableIrp();
    const routine = (): NTSTATUS => {
      found.push(rule(() => call(socket, irp)));
      return STATUS_MORE_PROCESSING_REQUIRED;
    };
    IoSetCompletionRoutine(first, routine, null);
    const { WskControlSocket } = socket.Dispatch;
    WskControlSocket(socket, 1, 0x1002, 65_535, 0, null, 4, { value: 0 }, null, first);
    expect([found, irp.owner]).toEqual([["call-in-routine"], "caller"]);
  });

  test("with an IRP that is in use, or none", async () => {
    if (name === "WskRelease") return;
    const host = await Host.start(memoryNetwork());
    const socket = await make(host);
    const fake = { ...awaitableIrp().irp };
    expect(rule(() => call(socket, fake as Irp))).toBe("irp-not-allocated");
    const unarmed = IoAllocateIrp(1);
    expect(rule(() => call(socket, unarmed))).toBe("irp-no-routine");
    await host.close(socket);
  });
});

test("calls of clients are forbidden inside routines by the same profile", async () => {
  const host = await Host.start(memoryNetwork(), { profile: "strict" });
  const errors: unknown[] = [];
  const before = setRoutineErrorHandler((error) => errors.push(error));
  const socket = await host.socket(ConnectionSocket);
  const irp = IoAllocateIrp(1);
  const routine = (): NTSTATUS => {
    host.table.WskControlClient(host.client, 2, 0, null, 0, null, { value: 0 }, null);
    return STATUS_MORE_PROCESSING_REQUIRED;
  };
  IoSetCompletionRoutine(irp, routine, null);
  socket.Dispatch.WskGetLocalAddress(socket, room(), irp);
  expect(String(errors[0])).toContain("call-in-routine");
  setRoutineErrorHandler(before);
});

test("a reset while WskConnectEx sends fails its IRP", async () => {
  const network = memoryNetwork({ window: 1000, capacity: 1000 });
  const host = await Host.start(network);
  const listener = await host.listener();
  const client = await host.bound();
  const { irp, completion } = awaitableIrp();
  const at = await localOf(listener);
  client.Dispatch.WskConnectEx(client, at, wskBuf(pattern(60_000)), 0, irp);
  const server = await host.accept(listener);
  await host.close(server);
  expect(await completion).toEqual({ Status: STATUS_CONNECTION_RESET, Information: 0 });
  expect(events(client, 64)).toBe(STATUS_INVALID_PARAMETER);
});
