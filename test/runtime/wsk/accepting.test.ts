/** Our listener and our clients: accepts before and after, callbacks, conditional acceptance. */
import { describe, expect, test } from "vitest";
import {
  endpointOf, sockaddrIn, SO_CONDITIONAL_ACCEPT, SO_KEEPALIVE, SOL_SOCKET, STATUS_CANCELLED,
  STATUS_CONNECTION_REFUSED, STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER,
  STATUS_PENDING, STATUS_REQUEST_NOT_ACCEPTED, STATUS_SUCCESS, SIO_WSK_QUERY_INSPECT_ID, WSK_EVENT_ACCEPT,
  WSK_EVENT_DISABLE, WSK_EVENT_RECEIVE, WskGetOption, WskIoctl, WskSetOption,
} from "wskit"; // prettier-ignore
import type { WSK_INSPECT_ID } from "wskit/runtime";
import {
  awaitableIrp, ConnectionSocket, IoCancelIrp, ListenSocket, memoryNetwork, RuntimeViolation, StreamSocket, WskInspectAccept, WskInspectPend, WskInspectReject,
  wskSocketOf,
} from "wskit/runtime"; // prettier-ignore
import { closedPort, complete } from "../peers.js";
import {
  events, Host, localOf, NETWORKS, NO_EVENTS, receive, room, send, settle, until,
} from "./host.js"; // prettier-ignore

/** A listening socket in conditional accept mode. */
async function choosy(
  host: Host,
  dispatch: Parameters<Host["listener"]>[0],
): Promise<ListenSocket> {
  const callbacks = {
    WskAcceptEvent: null,
    WskInspectEvent: null,
    WskAbortEvent: null,
    ...dispatch,
  };
  const socket = await host.socket(ListenSocket, { dispatch: callbacks, context: "choosy" });
  const { block } = await complete((irp) =>
    socket.Dispatch.WskControlSocket(
      socket, WskSetOption, SO_CONDITIONAL_ACCEPT, SOL_SOCKET, 4, { value: 1 }, 0, null, null, irp,
    )); // prettier-ignore
  expect(block.Status).toBe(STATUS_SUCCESS);
  await host.bind(socket);
  return socket;
}

describe.each(NETWORKS)("over %s", (_, network) => {
  test("an accept that waits gets the connection, and both addresses", async () => {
    const host = await Host.start(network());
    const listener = await host.listener();
    const [local, remote] = [room(), room()];
    const { irp, completion } = awaitableIrp();
    const { WskAccept } = listener.Dispatch;
    expect(WskAccept(listener, 0, null, null, local, remote, irp)).toBe(STATUS_PENDING);
    const client = await host.bound();
    expect(await host.connect(client, listener)).toBe(STATUS_SUCCESS);
    expect((await completion).Status).toBe(STATUS_SUCCESS);
    const server = host.own(wskSocketOf(irp, ConnectionSocket));
    expect(endpointOf(local)).toEqual(endpointOf(await localOf(listener)));
    expect(endpointOf(remote).port).toBe(endpointOf(await localOf(client)).port);
    const peer = room();
    await complete((irp) => server.Dispatch.WskGetRemoteAddress(server, peer, irp));
    expect(peer).toEqual(remote);
    await send(client, "to the server");
    await send(server, "to the client");
    expect((await receive(server, 100)).text).toBe("to the server");
    expect((await receive(client, 100)).text).toBe("to the client");
  });

  test("a connection that waits is accepted at once, with what it has sent", async () => {
    const host = await Host.start(network());
    const listener = await host.listener();
    const clients = [await host.bound(), await host.bound()] as const;
    for (const client of clients) expect(await host.connect(client, listener)).toBe(STATUS_SUCCESS);
    await send(clients[0], "first");
    await send(clients[1], "second");
    await settle();
    for (const words of ["first", "second"]) {
      const { irp } = awaitableIrp();
      const status = listener.Dispatch.WskAccept(listener, 0, null, null, null, null, irp);
      expect(status).toBe(STATUS_SUCCESS);
      const server = host.own(wskSocketOf(irp, ConnectionSocket));
      expect((await receive(server, 100)).text).toBe(words);
    }
  });

  test("accepts are served in their order", async () => {
    const host = await Host.start(network());
    const listener = await host.listener();
    const accepted = [host.accept(listener), host.accept(listener), host.accept(listener)];
    const order: number[] = [];
    accepted.forEach((one, i) => void one.then(() => order.push(i)));
    for (let i = 0; i < 3; i++) await host.connect(await host.bound(), listener);
    await Promise.all(accepted);
    expect(order).toEqual([0, 1, 2]);
  });

  test("an accept that is cancelled ends, and the next one gets the connection", async () => {
    const host = await Host.start(network());
    const listener = await host.listener();
    const { WskAccept } = listener.Dispatch;
    const waits = Array.from({ length: 3 }, () => awaitableIrp());
    for (const { irp } of waits) WskAccept(listener, 0, null, null, null, null, irp);
    const [first, second, third] = waits as [
      (typeof waits)[0],
      (typeof waits)[0],
      (typeof waits)[0],
    ];
    expect(IoCancelIrp(second.irp)).toBe(true);
    expect(await second.completion).toEqual({ Status: STATUS_CANCELLED, Information: 0 });
    expect(IoCancelIrp(first.irp)).toBe(true);
    await host.connect(await host.bound(), listener);
    expect((await third.completion).Status).toBe(STATUS_SUCCESS);
    host.own(wskSocketOf(third.irp, ConnectionSocket));
    expect(IoCancelIrp(third.irp)).toBe(false);
  });

  test("WskAcceptEvent gives the socket its context and callbacks, and passes events on", async () => {
    const host = await Host.start(network());
    const heard: unknown[] = [];
    const accepted: ConnectionSocket[] = [];
    const dispatch = {
      ...NO_EVENTS,
      WskReceiveEvent: (context: unknown, _flags: number, _data: unknown, bytes: number) => {
        heard.push([context, bytes]);
        return STATUS_SUCCESS;
      },
    };
    const listener = await host.listener({
      WskAcceptEvent: (context, flags, local, remote, socket, itsContext, itsDispatch) => {
        heard.push([context, flags, endpointOf(local).host, endpointOf(remote).host]);
        if (!(socket instanceof ConnectionSocket)) return STATUS_REQUEST_NOT_ACCEPTED;
        accepted.push(host.own(socket));
        itsContext.value = "accepted";
        itsDispatch.value = dispatch;
        return STATUS_SUCCESS;
      },
    });
    expect(events(listener, WSK_EVENT_ACCEPT | WSK_EVENT_RECEIVE)).toBe(STATUS_SUCCESS);
    const client = await host.bound();
    await host.connect(client, listener);
    await send(client, "12345");
    await until(() => heard.length === 2);
    expect(heard).toEqual([
      ["listener", 0, "127.0.0.1", "127.0.0.1"],
      ["accepted", 5],
    ]);
    // Events that were passed on stay on at the listening socket.
    expect(events(listener, (WSK_EVENT_RECEIVE | WSK_EVENT_DISABLE) >>> 0)).toBe(
      STATUS_INVALID_PARAMETER,
    );
    expect(events(listener, (WSK_EVENT_ACCEPT | WSK_EVENT_DISABLE) >>> 0)).toBe(STATUS_SUCCESS);
    await host.connect(await host.bound(), listener);
    await settle();
    expect(accepted).toHaveLength(1);
    host.own(await host.accept(listener));
  });

  test("connections that have come before are told of when the event is switched on", async () => {
    const host = await Host.start(network());
    let count = 0;
    const listener = await host.listener({
      WskAcceptEvent: (_context, _flags, _local, _remote, socket) => {
        if (socket instanceof ConnectionSocket) host.own(socket);
        count += 1;
        return STATUS_SUCCESS;
      },
    });
    await host.connect(await host.bound(), listener);
    await host.connect(await host.bound(), listener);
    await settle();
    expect(events(listener, WSK_EVENT_ACCEPT)).toBe(STATUS_SUCCESS);
    expect(count).toBe(0);
    await until(() => count === 2);
  });

  test("a callback that does not accept has the connection cut", async () => {
    const host = await Host.start(network());
    const listener = await host.listener({ WskAcceptEvent: () => STATUS_REQUEST_NOT_ACCEPTED });
    events(listener, WSK_EVENT_ACCEPT);
    const client = await host.bound();
    await host.connect(client, listener);
    const { block } = await receive(client, 10);
    expect([block.Status < 0, block.Information]).toEqual([true, 0]);
  });

  test("an accept that waits goes before the callback", async () => {
    const host = await Host.start(network());
    let count = 0;
    const listener = await host.listener({
      WskAcceptEvent: () => {
        count += 1;
        return STATUS_REQUEST_NOT_ACCEPTED;
      },
    });
    events(listener, WSK_EVENT_ACCEPT);
    const accepting = host.accept(listener);
    await host.connect(await host.bound(), listener);
    await accepting;
    expect(count).toBe(0);
  });

  test("conditional acceptance: accepted, turned away, and decided later", async () => {
    const host = await Host.start(network());
    const seen: WSK_INSPECT_ID[] = [];
    const actions = [WskInspectAccept, WskInspectReject, WskInspectPend, WskInspectPend] as const;
    const listener = await choosy(host, {
      WskInspectEvent: (context, _local, remote, id) => {
        expect([context, endpointOf(remote).host]).toEqual(["choosy", "127.0.0.1"]);
        if (id !== null) seen.push({ ...id });
        return actions[seen.length - 1] ?? WskInspectReject;
      },
    });
    const connect = async (): Promise<ConnectionSocket> => {
      const client = await host.bound();
      await host.connect(client, listener);
      return client;
    };
    const accepting = host.accept(listener);
    await connect();
    const server = await accepting;
    const out = { Key: 0, SerialNumber: 0 };
    const returned = { value: 0 };
    const query = (socket: ConnectionSocket) =>
      socket.Dispatch.WskControlSocket(
        socket, WskIoctl, SIO_WSK_QUERY_INSPECT_ID, 0, 0, null, 16, out, returned, null,
      ); // prettier-ignore
    expect(query(server)).toBe(STATUS_SUCCESS);
    expect([out, returned.value]).toEqual([seen[0], 16]);
    const away = await connect();
    expect((await receive(away, 1)).block.Status).not.toBe(STATUS_SUCCESS);
    expect(query(away)).toBe(STATUS_INVALID_DEVICE_REQUEST);

    const { WskInspectComplete } = listener.Dispatch;
    const decide = (id: WSK_INSPECT_ID | undefined, action: 0 | 1 | 2) =>
      complete((irp) =>
        WskInspectComplete(listener, id ?? { Key: 0, SerialNumber: 0 }, action, irp),
      );
    const third = await connect();
    await until(() => seen.length === 3);
    const later = host.accept(listener);
    await send(third, "patience");
    expect((await decide(seen[2], WskInspectPend)).block.Status).toBe(STATUS_INVALID_PARAMETER);
    expect((await decide(seen[2], WskInspectAccept)).block.Status).toBe(STATUS_SUCCESS);
    expect((await receive(await later, 100)).text).toBe("patience");
    const fourth = await connect();
    await until(() => seen.length === 4);
    expect((await decide(seen[3], WskInspectReject)).block.Status).toBe(STATUS_SUCCESS);
    expect((await receive(fourth, 1)).block.Status).not.toBe(STATUS_SUCCESS);
    expect((await decide({ Key: -1, SerialNumber: 1 }, WskInspectAccept)).block.Status).toBe(
      STATUS_INVALID_PARAMETER,
    );
  });

  test("a request that is gone before the decision is told of, once", async () => {
    const host = await Host.start(network());
    const seen: WSK_INSPECT_ID[] = [];
    const gone: WSK_INSPECT_ID[] = [];
    const listener = await choosy(host, {
      WskInspectEvent: (_context, _local, _remote, id) => {
        if (id !== null) seen.push({ ...id });
        return WskInspectPend;
      },
      WskAbortEvent: (_context, id) => {
        gone.push({ ...id });
        return STATUS_SUCCESS;
      },
    });
    const client = await host.bound();
    await host.connect(client, listener);
    await until(() => seen.length === 1);
    await host.close(client);
    await until(() => gone.length === 1);
    expect(gone).toEqual(seen);
    const { WskInspectComplete } = listener.Dispatch;
    const [id] = seen as [WSK_INSPECT_ID];
    const { block } = await complete((irp) =>
      WskInspectComplete(listener, id, WskInspectAccept, irp),
    );
    expect(block.Status).toBe(STATUS_SUCCESS);
    await settle();
    expect(gone).toHaveLength(1);
  });

  test("a stream socket listens or connects, whichever comes first", async () => {
    const host = await Host.start(network());
    const listening = await host.socket(StreamSocket);
    const { Dispatch } = listening;
    const listen = () => complete((irp) => Dispatch.WskListen(listening, irp));
    expect((await listen()).block.Status).toBe(STATUS_INVALID_DEVICE_STATE);
    await host.bind(listening);
    const accept = () =>
      complete((irp) => Dispatch.WskAccept(listening, 0, null, null, null, null, irp));
    expect((await accept()).block.Status).toBe(STATUS_INVALID_DEVICE_STATE);
    expect((await listen()).block.Status).toBe(STATUS_SUCCESS);
    expect((await listen()).block.Status).toBe(STATUS_INVALID_DEVICE_STATE);
    expect(await host.connect(listening, listening)).toBe(STATUS_INVALID_DEVICE_STATE);
    const connecting = await host.socket(StreamSocket);
    await host.bind(connecting, sockaddrIn("0.0.0.0", 0));
    const accepting = host.accept(listening);
    expect(await host.connect(connecting, listening)).toBe(STATUS_SUCCESS);
    const server = await accepting;
    expect(
      (await complete((irp) => connecting.Dispatch.WskListen(connecting, irp))).block.Status,
    ).toBe(STATUS_INVALID_DEVICE_STATE);
    await send(connecting, "hello");
    expect((await receive(server, 10)).text).toBe("hello");
    await send(server, "world");
    expect((await receive(connecting, 10)).text).toBe("world");
  });

  test("an accepted socket has the options of its listening socket that are passed on", async () => {
    const host = await Host.start(network());
    const listener = await host.listener();
    const option = (socket: ListenSocket | ConnectionSocket, kind: number, cell: { value: number }) =>
      complete((irp) =>
        socket.Dispatch.WskControlSocket(
          socket, kind, SO_KEEPALIVE, SOL_SOCKET,
          kind === WskSetOption ? 4 : 0, kind === WskSetOption ? cell : null,
          kind === WskSetOption ? 0 : 4, kind === WskSetOption ? null : cell, null, irp,
        )); // prettier-ignore
    await option(listener, WskSetOption, { value: 1 });
    const accepting = host.accept(listener);
    await host.connect(await host.bound(), listener);
    const out = { value: 9 };
    expect((await option(await accepting, WskGetOption, out)).block).toEqual({
      Status: STATUS_SUCCESS,
      Information: 4,
    });
    expect(out.value).toBe(1);
  });

  test("closing a listening socket ends accepts, and cuts what was not accepted", async () => {
    const host = await Host.start(network());
    const listener = await host.listener();
    const at = await localOf(listener);
    const early = await host.bound();
    await host.connect(early, listener);
    await settle();
    host.own(await host.accept(listener));
    const client = await host.bound();
    const other = await host.listener();
    await host.connect(client, other);
    const waits = Array.from({ length: 5 }, () => awaitableIrp());
    for (const { irp } of waits)
      listener.Dispatch.WskAccept(listener, 0, null, null, null, null, irp);
    await settle();
    await host.close(listener);
    for (const { completion } of waits) {
      expect(await completion).toEqual({ Status: STATUS_CANCELLED, Information: 0 });
    }
    await host.close(other);
    expect((await receive(client, 1)).block.Status).not.toBe(STATUS_SUCCESS);
    const late = await host.bound();
    const { block } = await complete((irp) => late.Dispatch.WskConnect(late, at, 0, irp));
    expect(block.Status).toBe(STATUS_CONNECTION_REFUSED);
    expect(() => listener.Dispatch.WskAccept(listener, 0, null, null, null, null, awaitableIrp().irp))
      .toThrow(RuntimeViolation); // prettier-ignore
  });

  test("a bind that is closed or cancelled under way ends, and holds no address", async () => {
    const host = await Host.start(network());
    const at = sockaddrIn("127.0.0.1", await closedPort());
    const first = await host.socket(ListenSocket);
    const [one, two] = [awaitableIrp(), awaitableIrp()];
    expect(first.Dispatch.WskBind(first, at, 0, one.irp)).toBe(STATUS_PENDING);
    expect(IoCancelIrp(one.irp)).toBe(true);
    expect((await one.completion).Status).toBe(STATUS_CANCELLED);
    await settle();
    first.Dispatch.WskBind(first, at, 0, two.irp);
    await host.close(first);
    expect((await two.completion).Status).toBe(STATUS_CANCELLED);
    await settle();
    await host.listener({}, { local: at });
  });

  test("nothing is accepted by a socket that is not bound", async () => {
    const host = await Host.start(network());
    const socket = await host.socket(ListenSocket);
    const accept = await complete((irp) =>
      socket.Dispatch.WskAccept(socket, 0, null, null, null, null, irp),
    );
    expect(accept.returned).toBe(STATUS_INVALID_DEVICE_STATE);
    expect(events(socket, WSK_EVENT_ACCEPT)).toBe(STATUS_INVALID_DEVICE_STATE);
    const inspect = await complete((irp) =>
      socket.Dispatch.WskInspectComplete(
        socket,
        { Key: 1, SerialNumber: 1 },
        WskInspectAccept,
        irp,
      ),
    );
    expect(inspect.returned).toBe(STATUS_INVALID_DEVICE_STATE);
  });

  test("a connection that waits brings what it has sent along, when its events are passed on", async () => {
    const host = await Host.start(network());
    const heard: unknown[] = [];
    const dispatch = {
      ...NO_EVENTS,
      WskReceiveEvent: (_context: unknown, _flags: number, _data: unknown, bytes: number) => {
        heard.push(bytes);
        return STATUS_SUCCESS;
      },
    };
    const listener = await host.listener({
      WskAcceptEvent: (_context, _flags, local, remote, socket, _itsContext, itsDispatch) => {
        heard.push(endpointOf(local).port, endpointOf(remote).port);
        if (socket instanceof ConnectionSocket) host.own(socket);
        itsDispatch.value = dispatch;
        return STATUS_SUCCESS;
      },
    });
    const client = await host.bound();
    await host.connect(client, listener);
    await send(client, "12345");
    await settle();
    events(listener, WSK_EVENT_ACCEPT | WSK_EVENT_RECEIVE);
    await until(() => heard.length === 3);
    const ports = [await localOf(listener), await localOf(client)].map((at) => endpointOf(at).port);
    expect(heard).toEqual([...ports, 5]);
  });
});

test("a listening socket that is not in conditional accept mode decides about nobody", async () => {
  const host = await Host.start(memoryNetwork());
  const listener = await host.listener();
  const { WskInspectComplete } = listener.Dispatch;
  const { returned } = await complete((irp) =>
    WskInspectComplete(listener, { Key: 1, SerialNumber: 1 }, WskInspectAccept, irp),
  );
  expect(returned).toBe(STATUS_INVALID_DEVICE_STATE);
});

test.each(["accepted", "decided about"])(
  "200 wait to be %s, and the next one is cut",
  async (what) => {
    const host = await Host.start(memoryNetwork());
    const listener =
      what === "accepted"
        ? await host.listener()
        : await choosy(host, { WskInspectEvent: () => WskInspectPend });
    const clients: ConnectionSocket[] = [];
    for (let i = 0; i < 201; i++) {
      const client = await host.bound();
      await host.connect(client, listener);
      clients.push(client);
    }
    await settle();
    const isCut = async (client: ConnectionSocket | undefined): Promise<boolean> =>
      (await send(client ?? expect.unreachable(), "x")).block.Status !== STATUS_SUCCESS;
    expect([await isCut(clients[0]), await isCut(clients[199]), await isCut(clients[200])]).toEqual(
      [false, false, true],
    );
  },
);
