/** WskControlSocket: options, control codes, event switches; and addresses that are asked for. */
import { describe, expect, test } from "vitest";
import type { NTSTATUS } from "wskit";
import {
  CallRefused, endpointOf, SIO_WSK_QUERY_IDEAL_SEND_BACKLOG, SIO_WSK_QUERY_INSPECT_ID, SIO_WSK_QUERY_RECEIVE_BACKLOG,
  SIO_WSK_REGISTER_EXTENSION, SIO_WSK_SET_REMOTE_ADDRESS, SIO_WSK_SET_SENDTO_ADDRESS, SO_BROADCAST, SO_CONDITIONAL_ACCEPT, SO_EXCLUSIVEADDRUSE,
  SO_KEEPALIVE, SO_RCVBUF, SO_REUSEADDR, SO_SNDBUF, SO_WSK_EVENT_CALLBACK, sockaddrIn, SOL_SOCKET,
  STATUS_EVENT_PENDING, STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER,
  STATUS_NOT_SUPPORTED, STATUS_PENDING, STATUS_REQUEST_NOT_ACCEPTED, STATUS_SUCCESS, WSK_EVENT_ACCEPT,
  WSK_EVENT_DISABLE, WSK_EVENT_DISCONNECT, WSK_EVENT_RECEIVE, WSK_EVENT_RECEIVE_FROM, WSK_EVENT_SEND_BACKLOG,
  WSK_SET_STATIC_EVENT_CALLBACKS, WskGetOption, WskIoctl, WskSetOption,
} from "wskit"; // prettier-ignore
import {
  awaitableIrp, BasicSocket, ConnectionSocket, DatagramSocket, ListenSocket, memoryNetwork, NPI_WSK_INTERFACE_ID,
  StreamSocket,
} from "wskit/runtime"; // prettier-ignore
import { complete, pattern } from "../peers.js";
import type { AnySocket } from "./host.js";
import {
  disconnect, events, Host, localOf, NETWORKS, receive, receiving, room, send, settle, until,
} from "./host.js"; // prettier-ignore

const off = (event: number): number => (event | WSK_EVENT_DISABLE) >>> 0;

const set = (socket: AnySocket, option: number, value: number, level: number = SOL_SOCKET) =>
  complete((irp) =>
    socket.Dispatch.WskControlSocket(
      socket, WskSetOption, option, level, 4, { value }, 0, null, null, irp,
    )); // prettier-ignore

async function get(socket: AnySocket, option: number, level: number = SOL_SOCKET) {
  const out = { value: -1 };
  const { block } = await complete((irp) =>
    socket.Dispatch.WskControlSocket(
      socket, WskGetOption, option, level, 0, null, 4, out, null, irp,
    )); // prettier-ignore
  return block.Status === STATUS_SUCCESS ? [out.value, block.Information] : block.Status;
}

async function query(socket: AnySocket, code: number, size = 8) {
  const out = { value: -1 };
  const { block } = await complete((irp) =>
    socket.Dispatch.WskControlSocket(
      socket, WskIoctl, code, 0, 0, null, size, size === 0 ? null : out, null, irp,
    )); // prettier-ignore
  return { ...block, value: out.value };
}

describe("options", () => {
  test("each is kept and read back, by the categories that have it", async () => {
    const host = await Host.start(memoryNetwork());
    const connection = await host.socket(ConnectionSocket);
    const datagram = await host.socket(DatagramSocket);
    const basic = await host.socket(BasicSocket);
    for (const option of [SO_REUSEADDR, SO_EXCLUSIVEADDRUSE, SO_KEEPALIVE]) {
      expect(await get(connection, option)).toEqual([0, 4]);
      expect((await set(connection, option, 1)).block.Status).toBe(STATUS_SUCCESS);
      expect(await get(connection, option)).toEqual([1, 4]);
      expect((await set(connection, option, 2)).block.Status).toBe(STATUS_INVALID_PARAMETER);
    }
    expect(await get(connection, SO_RCVBUF)).toEqual([65_536, 4]);
    expect((await set(connection, SO_RCVBUF, 100_000)).block.Status).toBe(STATUS_SUCCESS);
    expect(await get(connection, SO_RCVBUF)).toEqual([100_000, 4]);
    expect((await set(connection, SO_RCVBUF, 0)).block.Status).toBe(STATUS_INVALID_PARAMETER);
    for (const option of [SO_BROADCAST, SO_CONDITIONAL_ACCEPT, SO_SNDBUF, 12_345]) {
      expect(await get(connection, option)).toBe(STATUS_NOT_SUPPORTED);
      expect((await set(connection, option, 1)).block.Status).toBe(STATUS_NOT_SUPPORTED);
    }
    expect(await get(datagram, SO_KEEPALIVE)).toBe(STATUS_NOT_SUPPORTED);
    expect(await get(basic, SO_RCVBUF)).toBe(STATUS_NOT_SUPPORTED);
    expect(await get(connection, SO_REUSEADDR, 6)).toBe(STATUS_NOT_SUPPORTED);
  });

  test("an accepted socket begins with those of a connection, and with no others", async () => {
    const host = await Host.start(memoryNetwork());
    expect(await get(await host.socket(StreamSocket), SO_CONDITIONAL_ACCEPT)).toBe(
      STATUS_NOT_SUPPORTED,
    );
    const listener = await host.socket(ListenSocket);
    for (const option of [SO_REUSEADDR, SO_KEEPALIVE]) await set(listener, option, 1);
    await set(listener, SO_RCVBUF, 1000);
    await host.bind(listener);
    const accepting = host.accept(listener);
    await host.connect(await host.bound(), listener);
    const server = await accepting;
    const values = [SO_REUSEADDR, SO_KEEPALIVE, SO_RCVBUF].map((option) => get(server, option));
    expect(await Promise.all(values)).toEqual([[0, 4], [1, 4], [1000, 4]]);
  }); // prettier-ignore

  test("those about the address are set before the bind", async () => {
    const host = await Host.start(memoryNetwork());
    for (const socket of [await host.bound(), await host.port(), await host.listener()]) {
      expect((await set(socket, SO_REUSEADDR, 1)).block.Status).toBe(STATUS_INVALID_DEVICE_STATE);
      expect((await set(socket, SO_RCVBUF, 1000)).block.Status).toBe(STATUS_SUCCESS);
    }
  });

  test("sizes, buffers, kinds of request and IRPs that are not right", async () => {
    const host = await Host.start(memoryNetwork());
    const socket = await host.socket(ConnectionSocket);
    const { WskControlSocket } = socket.Dispatch;
    type Rest = readonly [size: number, into: object | null, room: number, out: object | null];
    const call = (kind: number, rest: Rest) =>
      complete((irp) =>
        WskControlSocket(socket, kind, SO_KEEPALIVE, SOL_SOCKET, ...rest, null, irp),
      );
    const bad: readonly (readonly [number, Rest])[] = [
      [WskSetOption, [3, { value: 1 }, 0, null]],
      [WskSetOption, [4, { other: 1 }, 0, null]],
      [WskSetOption, [4, { value: 0.5 }, 0, null]],
      [WskSetOption, [4, { value: -1 }, 0, null]],
      [WskGetOption, [0, null, 3, { value: 1 }]],
      [WskGetOption, [0, null, 4, {}]],
      [3, [0, null, 0, null]],
    ];
    for (const [kind, rest] of bad) {
      expect((await call(kind, rest)).block.Status).toBe(STATUS_INVALID_PARAMETER);
    }
    const refused: readonly Rest[] = [
      [4, null, 0, null],
      [0, { value: 1 }, 0, null],
      [0, null, 4, null],
      [-1, null, 0, null],
      [0, null, 4, Object.freeze({ value: 1 })],
    ];
    for (const rest of refused) {
      await expect(call(WskGetOption, rest)).rejects.toThrow(CallRefused);
    }
    const code = SO_KEEPALIVE;
    expect(
      WskControlSocket(
        socket,
        WskGetOption,
        code,
        SOL_SOCKET,
        0,
        null,
        4,
        { value: 0 },
        null,
        null,
      ),
    ).toBe(STATUS_REQUEST_NOT_ACCEPTED);
  });
});

describe("control codes", () => {
  test.each([SIO_WSK_QUERY_IDEAL_SEND_BACKLOG, SIO_WSK_QUERY_RECEIVE_BACKLOG])("%i wants a connection, an IRP and room", async (code) => {
    const host = await Host.start(memoryNetwork());
    const unconnected = await host.bound();
    expect((await query(unconnected, code)).Status).toBe(STATUS_INVALID_DEVICE_STATE);
    const { client } = await host.pair();
    expect((await query(client, code)).Information).toBe(8);
    expect((await query(client, code, 4)).Status).toBe(STATUS_INVALID_PARAMETER);
    const { WskControlSocket } = client.Dispatch;
    expect(WskControlSocket(client, WskIoctl, code, 0, 0, null, 8, { value: 0 }, null, null)).toBe(
      STATUS_REQUEST_NOT_ACCEPTED,
    );
  }); // prettier-ignore

  test("those of another category, and those that there are not", async () => {
    const host = await Host.start(memoryNetwork());
    const { client, listener } = await host.pair();
    expect((await query(client, SIO_WSK_REGISTER_EXTENSION)).Status).toBe(STATUS_NOT_SUPPORTED);
    expect((await query(client, SIO_WSK_SET_REMOTE_ADDRESS, 0)).Status).toBe(STATUS_NOT_SUPPORTED);
    expect((await query(listener, SIO_WSK_QUERY_IDEAL_SEND_BACKLOG)).Status).toBe(
      STATUS_NOT_SUPPORTED,
    );
    expect((await query(client, SIO_WSK_QUERY_INSPECT_ID)).Status).toBe(
      STATUS_INVALID_DEVICE_REQUEST,
    );
  });

  test("a number that is a control code is no option of that name, and no address is asked for", async () => {
    const port = await (await Host.start(memoryNetwork())).port();
    for (const code of [SIO_WSK_SET_REMOTE_ADDRESS, SIO_WSK_SET_SENDTO_ADDRESS]) {
      expect((await set(port, code, 1)).block.Status).toBe(STATUS_NOT_SUPPORTED);
      expect((await set(port, code, 1, 0)).block.Status).toBe(STATUS_NOT_SUPPORTED);
    }
  }); // prettier-ignore

  test.each(NETWORKS)("the receive backlog is what has come and nobody has taken: %s", async (_, network) => {
    const { client, server } = await (await Host.start(network())).pair();
    await send(client, pattern(1000));
    await settle();
    expect((await query(server, SIO_WSK_QUERY_RECEIVE_BACKLOG)).value).toBe(1000);
    await receive(server, 300);
    expect((await query(server, SIO_WSK_QUERY_RECEIVE_BACKLOG)).value).toBe(700);
  }); // prettier-ignore

  test.each(NETWORKS)("the ideal send backlog grows where a sender leaves the connection idle: %s", async (_, network) => {
    const host = await Host.start(network());
    const told: number[] = [];
    const { client, server } = await host.pair({
      WskSendBacklogEvent: (context, bytes) => {
        expect(context).toBe("client");
        told.push(bytes);
        return STATUS_SUCCESS;
      },
    });
    const ideal = async () => (await query(client, SIO_WSK_QUERY_IDEAL_SEND_BACKLOG)).value;
    expect(await ideal()).toBe(65_536);
    expect(events(client, WSK_EVENT_SEND_BACKLOG)).toBe(STATUS_SUCCESS);
    const drain = receiving(server, new Uint8Array(32 * 1024 * 1024), 2);
    await send(client, pattern(16 * 1024 * 1024));
    await until(() => told.length === 1);
    expect([told, await ideal()]).toEqual([[131_072], 131_072]);
    await send(client, pattern(16 * 1024 * 1024));
    await drain.completion;
    await until(() => told.length === 2);
    expect(events(client, off(WSK_EVENT_SEND_BACKLOG))).toBe(STATUS_SUCCESS);
  }, 30_000); // prettier-ignore
});

describe("event switches", () => {
  const answer = (): NTSTATUS => STATUS_SUCCESS;

  test("what may be switched, when, and how", async () => {
    const host = await Host.start(memoryNetwork());
    const dispatch = { WskReceiveEvent: answer, WskDisconnectEvent: answer };
    const unconnected = await host.bound(dispatch);
    expect(events(unconnected, WSK_EVENT_RECEIVE)).toBe(STATUS_INVALID_DEVICE_STATE);
    const { client } = await host.pair(dispatch);
    expect(events(client, WSK_EVENT_RECEIVE | WSK_EVENT_DISCONNECT)).toBe(STATUS_SUCCESS);
    expect(events(client, off(WSK_EVENT_RECEIVE))).toBe(STATUS_SUCCESS);
    for (const mask of [
      0, WSK_EVENT_DISABLE, WSK_EVENT_ACCEPT, WSK_EVENT_RECEIVE_FROM, 1, WSK_EVENT_SEND_BACKLOG,
      off(WSK_EVENT_RECEIVE | WSK_EVENT_DISCONNECT),
    ]) expect(events(client, mask), String(mask)).toBe(STATUS_INVALID_PARAMETER); // prettier-ignore
    const on = await complete((irp) => events(client, WSK_EVENT_RECEIVE, irp));
    expect(on.returned).toBe(STATUS_INVALID_PARAMETER);
    const away = await complete((irp) => events(client, off(WSK_EVENT_DISCONNECT), irp));
    expect(away).toEqual({ returned: 0, block: { Status: STATUS_SUCCESS, Information: 0 } });
    const other = "00000000-0000-0000-0000-000000000000";
    expect(events(client, WSK_EVENT_RECEIVE, null, other)).toBe(STATUS_NOT_SUPPORTED);
    const { WskControlSocket } = client.Dispatch;
    const control = { NpiId: NPI_WSK_INTERFACE_ID, EventMask: 64 };
    const code = SO_WSK_EVENT_CALLBACK;
    expect(
      WskControlSocket(client, WskSetOption, code, SOL_SOCKET, 15, control, 0, null, null, null),
    ).toBe(STATUS_INVALID_PARAMETER);
    expect(await get(client, code)).toBe(STATUS_NOT_SUPPORTED);
    expect(events(await host.socket(BasicSocket), WSK_EVENT_RECEIVE)).toBe(
      STATUS_INVALID_DEVICE_STATE,
    );
    expect(events(await host.socket(StreamSocket), WSK_EVENT_ACCEPT)).toBe(
      STATUS_INVALID_DEVICE_STATE,
    );
  });

  test.each(NETWORKS)("off, while the callback runs: later, by its IRP or without a word; %s", async (_, network) => {
    const host = await Host.start(network());
    const order: string[] = [];
    const wait = awaitableIrp();
    let calls = 0;
    const { client, server } = await host.pair({}, {
      WskReceiveEvent: () => {
        calls += 1;
        if (calls === 1) expect(events(server, off(WSK_EVENT_RECEIVE))).toBe(STATUS_EVENT_PENDING);
        if (calls === 2) expect(events(server, off(WSK_EVENT_RECEIVE), wait.irp)).toBe(STATUS_PENDING);
        if (calls === 2) expect(wait.irp.owner).toBe("wsk");
        return STATUS_SUCCESS;
      },
    }); // prettier-ignore
    void wait.completion.then(() => order.push("off"));
    for (let i = 1; i <= 2; i++) {
      expect(events(server, WSK_EVENT_RECEIVE)).toBe(STATUS_SUCCESS);
      await send(client, "x");
      await until(() => calls === i);
    }
    expect((await wait.completion).Status).toBe(STATUS_SUCCESS);
    await send(client, "nobody is told");
    await settle();
    expect(calls).toBe(2);
    expect((await receive(server, 20)).text).toBe("nobody is told");
  }); // prettier-ignore

  test.each(NETWORKS)("on for good: every socket of the client, accepted ones too; %s", async (_, network) => {
    const host = await Host.start(network());
    const EventMask = WSK_EVENT_RECEIVE | WSK_EVENT_DISCONNECT;
    const control = { NpiId: NPI_WSK_INTERFACE_ID, EventMask };
    const { WskControlClient } = host.table;
    const code = WSK_SET_STATIC_EVENT_CALLBACKS;
    expect(WskControlClient(host.client, code, 16, control, 0, null, null, null)).toBe(STATUS_SUCCESS);
    const heard: unknown[] = [];
    const dispatch = {
      WskReceiveEvent: (context: unknown, _flags: number, _list: unknown, bytes: number) => {
        heard.push([context, bytes]);
        return STATUS_SUCCESS;
      },
      WskDisconnectEvent: (context: unknown) => {
        heard.push([context, "end"]);
        return STATUS_SUCCESS;
      },
    };
    const listener = await host.listener();
    const client = await host.bound(dispatch);
    await host.connect(client, listener);
    await send(client, "early");
    await settle();
    const server = await host.accept(listener, dispatch);
    await until(() => heard.length === 1);
    await send(server, "back");
    await until(() => heard.length === 2);
    expect(events(server, off(WSK_EVENT_RECEIVE))).toBe(STATUS_INVALID_PARAMETER);
    await disconnect(client);
    await until(() => heard.length === 3);
    expect(heard).toEqual([["server", 5], ["client", 4], ["server", "end"]]);
  }); // prettier-ignore
});

test("an end that comes before the accept is told behind it", async () => {
  const host = await Host.start(memoryNetwork());
  const control = { NpiId: NPI_WSK_INTERFACE_ID, EventMask: WSK_EVENT_DISCONNECT };
  const { WskControlClient } = host.table;
  const code = WSK_SET_STATIC_EVENT_CALLBACKS;
  WskControlClient(host.client, code, 16, control, 0, null, null, null);
  const heard: unknown[] = [];
  const listener = await host.listener();
  const client = await host.bound();
  await host.connect(client, listener);
  await disconnect(client);
  await settle();
  const WskDisconnectEvent = (context: unknown, flags: number): NTSTATUS => {
    heard.push([context, flags]);
    return STATUS_SUCCESS;
  };
  await host.accept(listener, { WskDisconnectEvent });
  await until(() => heard.length === 1);
  expect(heard).toEqual([["server", 0]]);
});

describe.each(NETWORKS)("addresses over %s", (_, network) => {
  test("of a socket that is bound, listens, is connected, and is none of it", async () => {
    const host = await Host.start(network());
    const unbound = await host.socket(ConnectionSocket);
    const local = (socket: ConnectionSocket | StreamSocket | DatagramSocket) =>
      complete((irp) => socket.Dispatch.WskGetLocalAddress(socket, room(), irp));
    expect((await local(unbound)).returned).toBe(STATUS_INVALID_DEVICE_STATE);
    expect((await local(await host.socket(DatagramSocket))).returned).toBe(
      STATUS_INVALID_DEVICE_STATE,
    );
    const { client, server, listener } = await host.pair();
    const remote = async (socket: ConnectionSocket) => {
      const address = room();
      const { block } = await complete((irp) =>
        socket.Dispatch.WskGetRemoteAddress(socket, address, irp),
      );
      return block.Status === STATUS_SUCCESS ? endpointOf(address) : block.Status;
    };
    expect(await remote(unbound)).toBe(STATUS_INVALID_DEVICE_STATE);
    expect(await remote(client)).toEqual(endpointOf(await localOf(listener)));
    expect(await remote(client)).toEqual(endpointOf(await localOf(server)));
    expect(await remote(server)).toEqual(endpointOf(await localOf(client)));
  });

  test("want room for an address of the family", async () => {
    const host = await Host.start(network());
    const { WskGetLocalAddress } = (await host.bound()).Dispatch;
    const socket = await host.bound();
    void WskGetLocalAddress;
    const ask = (address: unknown) => () =>
      socket.Dispatch.WskGetLocalAddress(
        socket,
        address as ReturnType<typeof room>,
        awaitableIrp().irp,
      );
    for (const address of [
      null,
      {},
      { sa_family: 2, sa_data: new Uint8Array(13) },
      Object.freeze(room()),
    ]) {
      expect(ask(address)).toThrow(CallRefused);
    }
    expect(ask(sockaddrIn("0.0.0.0", 0))).not.toThrow();
  });
});
