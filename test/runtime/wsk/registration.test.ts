/** Registration, capture, and the table that makes sockets. */
import { describe, expect, test } from "vitest";
import {
  AF_INET, AF_INET6, CallRefused, endpointOf, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_RAW, SOCK_STREAM, sockaddrIn,
  sockaddrIn6, STATUS_BUFFER_OVERFLOW, STATUS_CANCELLED, STATUS_CONNECTION_REFUSED, STATUS_DEVICE_NOT_READY,
  STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_HANDLE, STATUS_INVALID_PARAMETER, STATUS_NOINTERFACE, STATUS_NOT_IMPLEMENTED,
  STATUS_NOT_SUPPORTED, STATUS_PENDING, STATUS_SUCCESS, WSK_CACHE_SD,
  WSK_EVENT_ACCEPT, WSK_EVENT_DISABLE, WSK_EVENT_DISCONNECT, WSK_EVENT_RECEIVE, WSK_EVENT_RECEIVE_FROM, WSK_FLAG_CONNECTION_SOCKET,
  WSK_FLAG_DATAGRAM_SOCKET, WSK_FLAG_LISTEN_SOCKET, WSK_FLAG_STREAM_SOCKET, WSK_INFINITE_WAIT, WSK_NO_WAIT,
  WSK_PROVIDER_BASIC_DISPATCH_SLOTS, WSK_PROVIDER_CONNECTION_DISPATCH_SLOTS, WSK_PROVIDER_DATAGRAM_DISPATCH_SLOTS,
  WSK_PROVIDER_DISPATCH_SLOTS, WSK_PROVIDER_LISTEN_DISPATCH_SLOTS, WSK_PROVIDER_STREAM_DISPATCH_SLOTS,
  WSK_SET_STATIC_EVENT_CALLBACKS, WSK_TDI_BEHAVIOR, WSK_TRANSPORT_LIST_CHANGE, WSK_TRANSPORT_LIST_QUERY,
  SO_REUSEADDR, SOL_SOCKET, WskSetOption,
} from "wskit"; // prettier-ignore
import type { NTSTATUS } from "wskit";
import type { WSK_PROVIDER_NPI, WSK_TRANSPORT } from "wskit/runtime";
import {
  awaitableIrp, BasicSocket, ConnectionSocket, DatagramSocket, IoCancelIrp, ListenSocket, MAKE_WSK_VERSION,
  memoryNetwork, NPI_WSK_INTERFACE_ID, openHandles, RuntimeViolation, StreamSocket, Wsk, WSK_MAJOR_VERSION, WSK_MINOR_VERSION,
  WSK_REGISTRATION, wskSocketOf,
} from "wskit/runtime"; // prettier-ignore
import { handleOf } from "../../../runtime/wsk/handles.js";
import { closedPort, complete } from "../peers.js";
import { Host, localOf, NETWORKS, NO_EVENTS, receive, room, send, settle } from "./host.js";

const npi = (Version = MAKE_WSK_VERSION(1, 0)) => ({
  ClientContext: null,
  Dispatch: { Version, Reserved: 0 as const, WskClientEvent: null },
});
const provider = (): WSK_PROVIDER_NPI => ({ Client: null, Dispatch: null });
const violates = (rule: string): RegExp => new RegExp(`runtime/${rule}`);

describe("registration", () => {
  test("versions are packed as the macros do", () => {
    expect(MAKE_WSK_VERSION(1, 2)).toBe(0x102);
    expect([WSK_MAJOR_VERSION(0x102), WSK_MINOR_VERSION(0x102)]).toEqual([1, 2]);
  });

  test("a version that is not there is no interface, and the versions can be asked for", async () => {
    const versions = {
      LowestVersion: MAKE_WSK_VERSION(1, 0),
      HighestVersion: MAKE_WSK_VERSION(1, 1),
    };
    const wsk = new Wsk({ versions });
    const status = async (version: number) => {
      const registration = new WSK_REGISTRATION();
      expect(wsk.WskRegister(npi(version), registration)).toBe(STATUS_SUCCESS);
      const captured = await wsk.WskCaptureProviderNPI(registration, WSK_NO_WAIT, provider());
      const found = { LowestVersion: 0, HighestVersion: 0 };
      expect(wsk.WskQueryProviderCharacteristics(registration, found)).toBe(STATUS_SUCCESS);
      expect(found).toEqual(versions);
      if (captured === STATUS_SUCCESS) wsk.WskReleaseProviderNPI(registration);
      await wsk.WskDeregister(registration);
      return captured;
    };
    expect(await status(MAKE_WSK_VERSION(1, 0))).toBe(STATUS_SUCCESS);
    expect(await status(MAKE_WSK_VERSION(1, 1))).toBe(STATUS_SUCCESS);
    expect(await status(MAKE_WSK_VERSION(0, 9))).toBe(STATUS_NOINTERFACE);
    expect(await status(MAKE_WSK_VERSION(2, 0))).toBe(STATUS_NOINTERFACE);
  });

  test("captures wait for a provider that is not ready, as long as they are told to", async () => {
    const wsk = new Wsk({ isReady: false });
    const registration = new WSK_REGISTRATION();
    wsk.WskRegister(npi(), registration);
    const capture = (wait: number) => wsk.WskCaptureProviderNPI(registration, wait, provider());
    const found = { LowestVersion: 0, HighestVersion: 0 };
    expect(wsk.WskQueryProviderCharacteristics(registration, found)).toBe(STATUS_DEVICE_NOT_READY);
    expect(await capture(WSK_NO_WAIT)).toBe(STATUS_DEVICE_NOT_READY);
    expect(await capture(5)).toBe(STATUS_DEVICE_NOT_READY);
    const waiting = capture(WSK_INFINITE_WAIT);
    wsk.becomeReady();
    expect(await waiting).toBe(STATUS_SUCCESS);
    wsk.WskReleaseProviderNPI(registration);
    await wsk.WskDeregister(registration);
  });

  test("WskDeregister wakes captures, and waits for releases and sockets", async () => {
    const early = new Wsk({ isReady: false });
    const first = new WSK_REGISTRATION();
    early.WskRegister(npi(), first);
    const waiting = early.WskCaptureProviderNPI(first, WSK_INFINITE_WAIT, provider());
    await early.WskDeregister(first);
    expect(await waiting).toBe(STATUS_DEVICE_NOT_READY);

    const wsk = new Wsk();
    const registration = new WSK_REGISTRATION();
    wsk.WskRegister(npi(), registration);
    const captured = provider();
    await wsk.WskCaptureProviderNPI(registration, WSK_NO_WAIT, captured);
    const { Client, Dispatch } = captured;
    if (Client === null || Dispatch === null) throw new Error("not captured");
    const { irp } = awaitableIrp();
    Dispatch.WskSocket(
      Client,
      AF_INET,
      SOCK_STREAM,
      IPPROTO_TCP,
      0,
      null,
      null,
      null,
      null,
      null,
      irp,
    );
    const socket = wskSocketOf(irp, BasicSocket);
    let isGone = false;
    const gone = wsk.WskDeregister(registration).then(() => (isGone = true));
    expect(await wsk.WskCaptureProviderNPI(registration, WSK_NO_WAIT, provider())).toBe(
      STATUS_DEVICE_NOT_READY,
    );
    await settle();
    wsk.WskReleaseProviderNPI(registration);
    await settle();
    expect(isGone).toBe(false);
    // A socket outlives the release of the table that it was made with.
    await complete((irp) => socket.Dispatch.WskCloseSocket(socket, irp));
    await gone;
    expect(() => wsk.WskReleaseProviderNPI(registration)).toThrow(
      violates("client-not-registered"),
    );
    await expect(wsk.WskDeregister(registration)).rejects.toThrow(RuntimeViolation);
    expect(await wsk.WskCaptureProviderNPI(registration, WSK_NO_WAIT, provider())).toBe(
      STATUS_DEVICE_NOT_READY,
    );
    expect(() => wskSocketOf(irp, BasicSocket)).toThrow("none that is open");
  });

  test("WskDeregister waits for every release, where no socket is left as well", async () => {
    const wsk = new Wsk();
    const registration = new WSK_REGISTRATION();
    wsk.WskRegister(npi(), registration);
    for (let times = 0; times < 2; times++) {
      const captured = wsk.WskCaptureProviderNPI(registration, WSK_NO_WAIT, provider());
      expect(await captured).toBe(STATUS_SUCCESS);
    }
    let isGone = false;
    const gone = wsk.WskDeregister(registration).then(() => (isGone = true));
    wsk.WskReleaseProviderNPI(registration);
    await settle();
    expect(isGone).toBe(false);
    wsk.WskReleaseProviderNPI(registration);
    await gone;
  });

  test("a registration is used once at a time, releases match captures", async () => {
    const wsk = new Wsk();
    const registration = new WSK_REGISTRATION();
    expect(wsk.WskRegister(npi(), registration)).toBe(STATUS_SUCCESS);
    expect(wsk.WskRegister(npi(), registration)).toBe(STATUS_INVALID_PARAMETER);
    const reserved = npi();
    Object.assign(reserved.Dispatch, { Reserved: 1 });
    expect(wsk.WskRegister(reserved, new WSK_REGISTRATION())).toBe(STATUS_INVALID_PARAMETER);
    expect(() => wsk.WskReleaseProviderNPI(registration)).toThrow(violates("client-not-captured"));
    await wsk.WskDeregister(registration);
  });

  test("what runs at PASSIVE_LEVEL only is refused above", async () => {
    const environment = { irql: 0 };
    const wsk = new Wsk({ environment });
    const registration = new WSK_REGISTRATION();
    wsk.WskRegister(npi(), registration);
    environment.irql = 2;
    expect(() => wsk.WskRegister(npi(), new WSK_REGISTRATION())).toThrow("WskRegister/irql");
    const wait = wsk.WskCaptureProviderNPI(registration, WSK_INFINITE_WAIT, provider());
    await expect(wait).rejects.toThrow("WskCaptureProviderNPI/irql");
    const now = provider();
    expect(await wsk.WskCaptureProviderNPI(registration, WSK_NO_WAIT, now)).toBe(STATUS_SUCCESS);
    wsk.WskReleaseProviderNPI(registration);
    await expect(wsk.WskDeregister(registration)).rejects.toThrow("WskDeregister/irql");
    environment.irql = 0;
    await wsk.WskDeregister(registration);
  });
});

describe("WskSocket", () => {
  const make = async (
    kind: readonly [family: number, type: number, protocol: number, flags: number],
    host: Host,
  ) => {
    const { irp, completion } = awaitableIrp();
    const returned = host.table.WskSocket(host.client, ...kind, null, null, null, null, null, irp);
    return { irp, returned, block: await completion };
  };

  test("each category has its table, all slots filled, in their order", async () => {
    const host = await Host.start(memoryNetwork());
    const tables = [
      [BasicSocket, WSK_PROVIDER_BASIC_DISPATCH_SLOTS],
      [ListenSocket, WSK_PROVIDER_LISTEN_DISPATCH_SLOTS],
      [DatagramSocket, WSK_PROVIDER_DATAGRAM_DISPATCH_SLOTS],
      [ConnectionSocket, WSK_PROVIDER_CONNECTION_DISPATCH_SLOTS],
      [StreamSocket, WSK_PROVIDER_STREAM_DISPATCH_SLOTS],
    ] as const;
    for (const [kind, { slots }] of tables) {
      const { Dispatch } = await host.socket<BasicSocket | StreamSocket>(
        kind as typeof BasicSocket,
      );
      expect(Object.keys(Dispatch)).toEqual(slots.map(({ name }) => name));
      expect(Object.values(Dispatch).every((slot) => typeof slot === "function")).toBe(true);
    }
    const functions = Object.keys(host.table).filter((name) => name.startsWith("Wsk"));
    expect(functions).toEqual(WSK_PROVIDER_DISPATCH_SLOTS.slots.map(({ name }) => name));
  });

  test("families, types and protocols that do not go together complete the IRP with a failure", async () => {
    const host = await Host.start(memoryNetwork());
    const bad = [
      [[1, SOCK_STREAM, IPPROTO_TCP, 0], STATUS_NOT_SUPPORTED],
      [[AF_INET, SOCK_RAW, IPPROTO_TCP, 0], STATUS_NOT_SUPPORTED],
      [[AF_INET, SOCK_STREAM, IPPROTO_UDP, WSK_FLAG_CONNECTION_SOCKET], STATUS_NOT_SUPPORTED],
      [[AF_INET, SOCK_DGRAM, IPPROTO_UDP, WSK_FLAG_CONNECTION_SOCKET], STATUS_INVALID_PARAMETER],
      [[AF_INET, SOCK_DGRAM, IPPROTO_UDP, WSK_FLAG_STREAM_SOCKET], STATUS_INVALID_PARAMETER],
      [[AF_INET, SOCK_STREAM, IPPROTO_TCP, WSK_FLAG_DATAGRAM_SOCKET], STATUS_INVALID_PARAMETER],
      [[AF_INET, SOCK_STREAM, IPPROTO_TCP, 3], STATUS_INVALID_PARAMETER],
    ] as const;
    for (const [kind, Status] of bad) {
      const { irp, returned, block } = await make(kind, host);
      expect([returned, block]).toEqual([Status, { Status, Information: 0 }]);
      expect(() => wskSocketOf(irp, BasicSocket)).toThrow(TypeError);
    }
  });

  test("the handle leads to a socket of its kind, and to no other", async () => {
    const host = await Host.start(memoryNetwork());
    const kind = [AF_INET6, SOCK_STREAM, IPPROTO_TCP, WSK_FLAG_STREAM_SOCKET] as const;
    const { irp } = await make(kind, host);
    expect(() => wskSocketOf(irp, DatagramSocket)).toThrow("received one with StreamSocket");
    const socket = host.own(wskSocketOf(irp, StreamSocket));
    expect(socket.family).toBe(AF_INET6);
    await host.close(socket);
    expect(() => wskSocketOf(irp, StreamSocket)).toThrow("none that is open");
  });

  test("a listening socket of datagrams can be made, and not bound", async () => {
    const host = await Host.start(memoryNetwork());
    const { irp } = await make([AF_INET, SOCK_DGRAM, IPPROTO_UDP, WSK_FLAG_LISTEN_SOCKET], host);
    const socket = host.own(wskSocketOf(irp, ListenSocket));
    const { block } = await complete((irp) =>
      socket.Dispatch.WskBind(socket, sockaddrIn("127.0.0.1", 0), 0, irp),
    );
    expect(block.Status).toBe(STATUS_NOT_IMPLEMENTED);
  });

  test("another client, a released one, and a level too high", async () => {
    const [host, other] = [await Host.start(memoryNetwork()), await Host.start(memoryNetwork())];
    const call = (client: Host["client"]) => (irp: ReturnType<typeof awaitableIrp>["irp"]) =>
      host.table.WskSocket(
        client,
        AF_INET,
        SOCK_STREAM,
        IPPROTO_TCP,
        0,
        null,
        null,
        null,
        null,
        null,
        irp,
      );
    expect((await complete(call(other.client))).block.Status).toBe(STATUS_INVALID_HANDLE);
    host.environment.irql = 3;
    await expect(complete(call(host.client))).rejects.toThrow("WskSocket/irql");
    host.environment.irql = 2;
    const { irp } = awaitableIrp();
    expect(call(host.client)(irp)).toBe(STATUS_SUCCESS);
    host.own(wskSocketOf(irp, BasicSocket));
    host.environment.irql = 0;
    host.wsk.WskReleaseProviderNPI(host.registration);
    await expect(complete(call(host.client))).rejects.toThrow("client-not-captured");
    await host.wsk.WskCaptureProviderNPI(host.registration, WSK_NO_WAIT, provider());
  });

  test("look-ups of names are there, and not implemented", async () => {
    const host = await Host.start(memoryNetwork());
    const { WskGetAddressInfo, WskGetNameInfo, WskFreeAddressInfo } = host.table;
    const { client } = host;
    const found = { value: null };
    const address = await complete((irp) =>
      WskGetAddressInfo(client, "localhost", null, 0, null, null, found, null, null, irp),
    );
    const name = await complete((irp) =>
      WskGetNameInfo(client, sockaddrIn("127.0.0.1", 9), 16, null, null, 0, null, null, irp),
    );
    expect([address.returned, name.returned]).toEqual([
      STATUS_NOT_IMPLEMENTED,
      STATUS_NOT_IMPLEMENTED,
    ]);
    expect([address.block.Status, name.block.Status]).toEqual([
      STATUS_NOT_IMPLEMENTED,
      STATUS_NOT_IMPLEMENTED,
    ]);
    expect(WskFreeAddressInfo(client, {})).toBeUndefined();
    host.environment.irql = 1;
    await expect(
      complete((irp) =>
        WskGetNameInfo(client, sockaddrIn("127.0.0.1", 9), 16, null, null, 0, null, null, irp),
      ),
    ).rejects.toThrow("WskGetNameInfo/irql");
  });
});

describe("WskControlClient", () => {
  test("transports are listed, with the size that is wanted where there is none", async () => {
    const host = await Host.start(memoryNetwork());
    const { WskControlClient } = host.table;
    const [list, size] = [[] as WSK_TRANSPORT[], { value: 0 }];
    const code = WSK_TRANSPORT_LIST_QUERY;
    expect(WskControlClient(host.client, code, 0, null, 0, null, size, null)).toBe(
      STATUS_BUFFER_OVERFLOW,
    );
    expect(size.value).toBe(112);
    expect(WskControlClient(host.client, code, 0, null, size.value, list, size, null)).toBe(
      STATUS_SUCCESS,
    );
    expect([size.value, list.length]).toEqual([112, 4]);
    for (const { AddressFamily, SocketType, Protocol } of list) {
      const { irp } = awaitableIrp();
      const { client, table } = host;
      const status = table.WskSocket(
        client, AddressFamily, SocketType, Protocol, 0, null, null, null, null, null, irp,
      ); // prettier-ignore
      expect(status).toBe(STATUS_SUCCESS);
      host.own(wskSocketOf(irp, BasicSocket));
    }
    const { block } = await complete((irp) =>
      WskControlClient(host.client, code, 0, null, 112, list, size, irp),
    );
    expect(block.Status).toBe(STATUS_INVALID_PARAMETER);
    size.value = 0;
    expect([
      WskControlClient(host.client, code, 0, null, 111, list, size, null),
      size.value,
    ]).toEqual([STATUS_BUFFER_OVERFLOW, 112]);
    expect(WskControlClient(host.client, code, 0, null, 112, list, null, null)).toBe(
      STATUS_INVALID_PARAMETER,
    );
  });

  test("a change of transports is waited for: until it is cancelled, or the client leaves", async () => {
    const wsk = new Wsk();
    const registration = new WSK_REGISTRATION();
    wsk.WskRegister(npi(), registration);
    const captured = provider();
    await wsk.WskCaptureProviderNPI(registration, WSK_NO_WAIT, captured);
    const { Client, Dispatch } = captured;
    if (Client === null || Dispatch === null) throw new Error("not captured");
    const [one, two] = [awaitableIrp(), awaitableIrp()];
    for (const { irp } of [one, two]) {
      const status = Dispatch.WskControlClient(
        Client,
        WSK_TRANSPORT_LIST_CHANGE,
        0,
        null,
        0,
        null,
        null,
        irp,
      );
      expect(status).toBe(STATUS_PENDING);
    }
    expect(
      Dispatch.WskControlClient(Client, WSK_TRANSPORT_LIST_CHANGE, 0, null, 0, null, null, null),
    ).toBe(STATUS_INVALID_PARAMETER);
    expect(IoCancelIrp(one.irp)).toBe(true);
    wsk.WskReleaseProviderNPI(registration);
    await wsk.WskDeregister(registration);
    expect((await one.completion).Status).toBe(STATUS_CANCELLED);
    expect((await two.completion).Status).toBe(STATUS_CANCELLED);
  });

  test("what there is not, and what makes no sense", async () => {
    const host = await Host.start(memoryNetwork());
    const control = (code: number, input: object | null) =>
      host.table.WskControlClient(
        host.client,
        code,
        input === null ? 0 : 16,
        input,
        0,
        null,
        null,
        null,
      );
    expect(control(WSK_CACHE_SD, null)).toBe(STATUS_NOT_SUPPORTED);
    expect(control(99, null)).toBe(STATUS_NOT_SUPPORTED);
    expect(control(WSK_TDI_BEHAVIOR, { value: 1 })).toBe(STATUS_SUCCESS);
    expect(control(WSK_TDI_BEHAVIOR, { value: 0 })).toBe(STATUS_NOT_SUPPORTED);
    const NpiId = NPI_WSK_INTERFACE_ID;
    expect(control(WSK_SET_STATIC_EVENT_CALLBACKS, null)).toBe(STATUS_INVALID_PARAMETER);
    expect(control(WSK_SET_STATIC_EVENT_CALLBACKS, { NpiId, EventMask: 0 })).toBe(
      STATUS_INVALID_PARAMETER,
    );
    expect(control(WSK_SET_STATIC_EVENT_CALLBACKS, { NpiId: "x", EventMask: 64 })).toBe(
      STATUS_NOT_SUPPORTED,
    );
    const { WskControlClient } = host.table;
    expect(() => WskControlClient(host.client, 2, 4, null, 0, null, null, null)).toThrow(
      CallRefused,
    );
  });
});

test("static events add up, are there for sockets alone that come later, and are events", async () => {
  const host = await Host.start(memoryNetwork());
  const set = (EventMask: number, client = host.client) =>
    host.table.WskControlClient(
      client, WSK_SET_STATIC_EVENT_CALLBACKS, 16, { NpiId: NPI_WSK_INTERFACE_ID, EventMask }, 0, null, null, null,
    ); // prettier-ignore
  expect(set((WSK_EVENT_RECEIVE | WSK_EVENT_DISABLE) >>> 0)).toBe(STATUS_INVALID_PARAMETER);
  expect(set(WSK_EVENT_RECEIVE, { ...host.client })).toBe(STATUS_INVALID_HANDLE);
  expect(set(WSK_EVENT_RECEIVE)).toBe(STATUS_SUCCESS);
  expect(set(WSK_EVENT_RECEIVE_FROM | WSK_EVENT_ACCEPT)).toBe(STATUS_SUCCESS);
  const socket = await host.socket(ConnectionSocket);
  expect(socket.events.mask).toBe(WSK_EVENT_RECEIVE | WSK_EVENT_RECEIVE_FROM | WSK_EVENT_ACCEPT);
  expect(set(WSK_EVENT_DISCONNECT)).toBe(STATUS_INVALID_DEVICE_STATE);
});

test("where WSK is ready no capture waits; a registration is taken back once, versions are bytes", async () => {
  const environment = { irql: 0 };
  const wsk = new Wsk({ environment });
  const registration = new WSK_REGISTRATION();
  wsk.WskRegister(npi(), registration);
  const capture = wsk.WskCaptureProviderNPI(registration, WSK_INFINITE_WAIT, provider());
  expect(await Promise.race([capture, settle()])).toBe(STATUS_SUCCESS);
  const versions = { LowestVersion: 0, HighestVersion: 0 };
  environment.irql = 3;
  expect(() => wsk.WskQueryProviderCharacteristics(registration, versions)).toThrow("WskQueryProviderCharacteristics/irql");
  environment.irql = 0;
  const gone = wsk.WskDeregister(registration);
  await expect(wsk.WskDeregister(registration)).rejects.toThrow(violates("client-not-registered"));
  wsk.WskReleaseProviderNPI(registration);
  await gone;
  expect([MAKE_WSK_VERSION(1, 0x302), MAKE_WSK_VERSION(0x101, 2)]).toEqual([0x102, 0x102]);
}); // prettier-ignore

test("a socket has one handle, which an IRP that failed does not bring, nor one that has been closed", async () => {
  const host = await Host.start(memoryNetwork());
  const [socket, other, before] = [await host.bound(), await host.bound(), openHandles()];
  const Information = handleOf(socket);
  expect([handleOf(socket), openHandles()]).toEqual([Information, before]);
  expect(handleOf(other)).not.toBe(Information);
  const brings = (Status: NTSTATUS) => () => wskSocketOf({ IoStatus: { Status, Information } }, ConnectionSocket);
  expect(brings(STATUS_SUCCESS)()).toBe(socket);
  expect(brings(STATUS_CANCELLED)).toThrow("expected an IRP with a ConnectionSocket, received one with STATUS_CANCELLED");
  expect(brings(STATUS_PENDING)).toThrow("received one with STATUS_PENDING");
  await host.close(socket);
  expect(openHandles()).toBe(before - 1);
  expect(brings(STATUS_SUCCESS)).toThrow("none that is open");
}); // prettier-ignore

test("WskSocketConnect comes from its LocalAddress, over IPv6 too", async () => {
  const host = await Host.start(memoryNetwork());
  for (const [local, at] of [
    [sockaddrIn("127.0.0.9", 4711), sockaddrIn("127.0.0.1", 0)],
    [sockaddrIn6("::9", 4711), sockaddrIn6("::1", 0)],
  ] as const) {
    const listener = await host.listener({}, { local: at });
    const accepting = host.accept(listener);
    const [{ irp, completion }, to] = [awaitableIrp(), room()];
    await complete((asked) => listener.Dispatch.WskGetLocalAddress(listener, to, asked));
    host.table.WskSocketConnect(
      host.client, SOCK_STREAM, IPPROTO_TCP, local, to, 0, null, null, null, null, null, irp,
    ); // prettier-ignore
    expect((await completion).Status).toBe(STATUS_SUCCESS);
    host.own(wskSocketOf(irp, ConnectionSocket));
    const server = await accepting;
    const remote = room();
    await complete((asked) => server.Dispatch.WskGetRemoteAddress(server, remote, asked));
    expect(endpointOf(remote)).toMatchObject(endpointOf(local));
  }
});

describe.each(NETWORKS)("WskSocketConnect over %s", (_, network) => {
  const begin = (
    host: Host,
    to: ReturnType<typeof sockaddrIn>,
    local = sockaddrIn("0.0.0.0", 0),
  ) => {
    const wait = awaitableIrp();
    const { table, client } = host;
    const returned = table.WskSocketConnect(
      client, SOCK_STREAM, IPPROTO_TCP, local, to, 0, "context", NO_EVENTS, null, null, null, wait.irp,
    ); // prettier-ignore
    return { returned, ...wait };
  };

  test("the IRP brings a socket that is connected", async () => {
    const host = await Host.start(network());
    const listener = await host.listener();
    const accepting = host.accept(listener);
    const { returned, irp, completion } = begin(host, await localOf(listener));
    expect(returned).toBe(STATUS_PENDING);
    expect((await completion).Status).toBe(STATUS_SUCCESS);
    const socket = host.own(wskSocketOf(irp, ConnectionSocket));
    await send(socket, "hello");
    expect((await receive(await accepting, 9)).text).toBe("hello");
    // It is bound, by the call that has connected it.
    const { WskBind, WskControlSocket } = socket.Dispatch;
    const again = await complete((other) => WskBind(socket, sockaddrIn("127.0.0.1", 0), 0, other));
    const option = await complete((other) =>
      WskControlSocket(
        socket, WskSetOption, SO_REUSEADDR, SOL_SOCKET, 4, { value: 1 }, 0, null, null, other,
      )); // prettier-ignore
    expect([again.returned, option.returned]).toEqual([
      STATUS_INVALID_DEVICE_STATE,
      STATUS_INVALID_DEVICE_STATE,
    ]);
  });

  test("refused, or cancelled, there is no socket left", async () => {
    const host = await Host.start(network());
    const refused = begin(host, sockaddrIn("127.0.0.1", await closedPort()));
    expect(await refused.completion).toEqual({ Status: STATUS_CONNECTION_REFUSED, Information: 0 });
    const listener = await host.listener();
    const given = begin(host, await localOf(listener));
    expect(IoCancelIrp(given.irp)).toBe(true);
    expect(await given.completion).toEqual({ Status: STATUS_CANCELLED, Information: 0 });
  });

  test("addresses of two families are refused", async () => {
    const host = await Host.start(network());
    expect(() => begin(host, sockaddrIn6("::1", 9))).toThrow("RemoteAddress");
  });
});
