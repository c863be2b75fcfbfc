/** Arguments of types that C would not compile, at every place of every call: none is a raw error. */
import { expect, test } from "vitest";
import {
  AF_INET, CallRefused, ContractError, IPPROTO_TCP, SIO_WSK_QUERY_INSPECT_ID, SIO_WSK_QUERY_RECEIVE_BACKLOG,
  SO_CONDITIONAL_ACCEPT, SO_RCVBUF, SO_WSK_EVENT_CALLBACK, SOCK_STREAM, sockaddrIn, SOL_SOCKET, STATUS_PENDING,
  STATUS_SUCCESS, WSK_FLAG_CONNECTION_SOCKET, WSK_TRANSPORT_LIST_QUERY, WskGetOption, WskIoctl, WskSetOption,
} from "wskit"; // prettier-ignore
import type { WSK_PROVIDER_NPI } from "wskit/runtime";
import {
  awaitableIrp, ConnectionSocket, IoCancelIrp, ListenSocket, memoryNetwork, NPI_WSK_INTERFACE_ID, setRoutineErrorHandler, StreamSocket,
  WSK_REGISTRATION, wskBuf, wskSocketOf,
} from "wskit/runtime"; // prettier-ignore
import { complete } from "../peers.js";
import { Host, LOCAL, localOf, room, text } from "./host.js";

const FROZEN = Object.freeze({ value: 0, sa_family: AF_INET, sa_data: new Uint8Array(26), Key: 0, SerialNumber: 0 }); // prettier-ignore

const ODD: readonly (readonly [string, unknown])[] = [
  ["a bigint", 7n],
  ["a symbol", Symbol("odd")],
  ["a string", "odd"],
  ["undefined", undefined],
  ["null", null],
  ["NaN", Number.NaN],
  ["a fraction", 1.5],
  ["a number below 0", -1],
  ["a large number", 2 ** 40],
  ["an empty object", {}],
  ["a frozen object", FROZEN],
  ["an array", []],
  ["a function", () => 0],
  ["a cell of a bigint", { value: 7n }],
  ["a cell of a symbol", { value: Symbol("odd") }],
];

/** What is passed where nothing is odd, besides the IRP, which comes last. */
function usual(socket: unknown): readonly (readonly [call: string, args: readonly unknown[]])[] {
  const [data, cell, to] = [wskBuf(new Uint8Array(4)), { value: 65_536 }, sockaddrIn("127.0.0.1", 9)];
  const control = (...codes: readonly number[]) => [socket, ...codes, 16, cell, 16, cell, { value: 0 }];
  const events = { NpiId: NPI_WSK_INTERFACE_ID, EventMask: 1 };
  return [
    ["WskBind", [socket, LOCAL, 0]],
    ["WskConnect", [socket, to, 0]],
    ["WskConnectEx", [socket, to, data, 0]],
    ["WskListen", [socket]],
    ["WskAccept", [socket, 0, null, null, room(), room()]],
    ["WskInspectComplete", [socket, { Key: 1, SerialNumber: 1 }, 1]],
    ["WskReceive", [socket, data, 0]],
    ["WskReceiveEx", [socket, data, 0, cell, new Uint8Array(8), null]],
    ["WskReceiveFrom", [socket, data, 0, room(), cell, new Uint8Array(8), { value: 0 }]],
    ["WskDisconnect", [socket, data, 0]],
    ["WskGetLocalAddress", [socket, room()]],
    ["WskGetRemoteAddress", [socket, room()]],
    ["WskControlSocket", control(WskIoctl, SIO_WSK_QUERY_RECEIVE_BACKLOG, 0)],
    ["WskControlSocket", control(WskSetOption, SO_RCVBUF, SOL_SOCKET)],
    ["WskControlSocket", control(WskGetOption, SO_RCVBUF, SOL_SOCKET)],
    ["WskControlSocket", [socket, WskSetOption, SO_WSK_EVENT_CALLBACK, SOL_SOCKET, 16, events, 0, null, null]],
    ["WskSend", [socket, data, 0]],
    ["WskSendEx", [socket, data, 0, 0, null]],
    ["WskSendTo", [socket, data, 0, to, 0, null]],
    ["WskSendMessages", [socket, { Buffer: data, Next: null }, 0, to, 0, null]],
    ["WskSocket", [socket, AF_INET, SOCK_STREAM, IPPROTO_TCP, WSK_FLAG_CONNECTION_SOCKET, null, null, null, null, null]],
    ["WskSocketConnect", [socket, SOCK_STREAM, IPPROTO_TCP, LOCAL, to, 0, null, null, null, null, null]],
    ["WskControlClient", [socket, WSK_TRANSPORT_LIST_QUERY, 0, null, 0, null, cell]],
    ["WskGetAddressInfo", [socket, "name", null, 0, null, null, { value: null }, null, null]],
    ["WskGetNameInfo", [socket, LOCAL, 16, null, null, 0, null, null]],
  ];
} // prettier-ignore

type Call = (...args: never[]) => unknown;

/** What is wrong with how a call takes its arguments. A new socket is given to `close`. */
async function wrongWith(call: Call, given: readonly unknown[], close: (socket: ConnectionSocket) => unknown) {
  const { irp, completion } = awaitableIrp();
  try {
    Reflect.apply(call, null, [...given, irp]);
  } catch (error) {
    if (!(error instanceof ContractError)) return String(error);
    return irp.owner === "caller" ? null : `${String(error)}; the IRP is ${irp.owner}`;
  }
  if (irp.owner === "caller") return null; // a function that takes no IRP, or has not got it
  if (irp.owner === "wsk") IoCancelIrp(irp);
  await completion;
  if (irp.IoStatus.Status === STATUS_SUCCESS && Number(irp.IoStatus.Information) > 0x1000) {
    await close(wskSocketOf(irp, ConnectionSocket));
  }
  return null;
} // prettier-ignore

test("whatever is passed wherever, it is refused by name, or the IRP completes", async () => {
  const host = await Host.start(memoryNetwork());
  const { client, server, listener } = await host.pair();
  const [port, stream, fresh] = [await host.port(), await host.socket(StreamSocket), await host.socket(ConnectionSocket)];
  const tables = { port, client, server, listener, stream, fresh };
  const close = (socket: ConnectionSocket) => complete((irp) => socket.Dispatch.WskCloseSocket(socket, irp));
  const wrong: string[] = [];
  const play = async (name: string, table: object, self: unknown): Promise<void> => {
    for (const [i, [call, { length }]] of usual(self).entries()) {
      const run: unknown = Reflect.get(table, call);
      if (typeof run !== "function") continue;
      for (let at = 0; at < length; at++) {
        for (const [what, odd] of ODD) {
          const given = [...(usual(self)[i]?.[1] ?? [])];
          given[at] = odd;
          const words = await wrongWith(run as Call, given, close);
          if (words !== null) wrong.push(`${name}.${call}, argument ${at}, ${what}: ${words}`);
        }
      }
    }
  };
  for (const [name, socket] of Object.entries(tables)) await play(name, socket.Dispatch, socket);
  await play("client", host.table, host.client);
  expect(wrong).toEqual([]);
}, 20_000); // prettier-ignore

const words = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(CallRefused);
    return String(error);
  }
  return "not refused";
};

test("the refusals say what was expected", async () => {
  const host = await Host.start(memoryNetwork());
  const { client, listener } = await host.pair();
  const port = await host.port();
  const { irp } = awaitableIrp();
  const odd = (value: unknown) => value as never;
  const { WskReceiveEx, WskConnect, WskControlSocket } = client.Dispatch;
  expect(words(() => WskReceiveEx(client, text("x"), 0, odd(5n), null, null, irp))).toContain(
    "ControlInfoLength: expected a pointer to a number, received 5n",
  );
  expect(words(() => WskConnect(client, LOCAL, odd(0n), irp))).toContain("Flags: expected 0, because it is reserved, received 0n");
  const control = () => WskControlSocket(client, WskIoctl, odd(5n), 0, 0, null, 0, null, null, irp);
  expect(words(control)).toContain("ControlCode: expected a ULONG, received 5n");
  const { WskReceiveFrom } = port.Dispatch;
  const flags = Object.freeze({ value: 0 });
  const from = () => WskReceiveFrom(port, text("x"), 0, null, null, null, flags, irp);
  expect(words(from)).toContain("ControlFlags.value: expected memory that can be written");
  const { WskAccept, WskInspectComplete } = listener.Dispatch;
  const accept = () => WskAccept(listener, 0, null, null, FROZEN, null, irp);
  expect(words(accept)).toContain("LocalAddress.sa_family: expected memory that can be written");
  expect(words(() => WskInspectComplete(listener, odd(null), 1, irp))).toContain("InspectID: expected a pointer to a WSK_INSPECT_ID, received null");
  expect(irp.owner).toBe("caller");
}); // prettier-ignore

test("the number of an inspection is not written into what is frozen", async () => {
  const host = await Host.start(memoryNetwork());
  const listener = await host.socket(ListenSocket, {
    dispatch: { WskAcceptEvent: null, WskAbortEvent: null, WskInspectEvent: () => 1 },
  });
  const option = { value: 1 };
  await complete((irp) =>
    listener.Dispatch.WskControlSocket(listener, WskSetOption, SO_CONDITIONAL_ACCEPT, SOL_SOCKET, 4, option, 0, null, null, irp),
  );
  await host.bind(listener);
  const accepting = host.accept(listener);
  const client = await host.bound();
  expect(await host.connect(client, listener)).toBe(STATUS_SUCCESS);
  const inspected = await accepting;
  const query = (OutputBuffer: object) =>
    inspected.Dispatch.WskControlSocket(inspected, WskIoctl, SIO_WSK_QUERY_INSPECT_ID, 0, 0, null, 16, OutputBuffer, null, null);
  expect(words(() => query(Object.freeze({ Key: 0, SerialNumber: 0 })))).toContain("OutputBuffer.Key: expected memory that can be written");
  expect(query({})).toBe(STATUS_SUCCESS);
}); // prettier-ignore

test("what is frozen while the call is pending is told, and the IRP completes all the same", async () => {
  const errors: unknown[] = [];
  const before = setRoutineErrorHandler((error) => errors.push(error));
  const host = await Host.start(memoryNetwork());
  const listener = await host.listener();
  const [local, flags, from] = [room(), { value: 0 }, room()];
  const accepting = awaitableIrp();
  listener.Dispatch.WskAccept(listener, 0, null, null, local, null, accepting.irp);
  Object.freeze(local);
  expect(await host.connect(await host.bound(), listener)).toBe(STATUS_SUCCESS);
  expect((await accepting.completion).Status).toBe(STATUS_SUCCESS);
  host.own(wskSocketOf(accepting.irp, ConnectionSocket));
  expect(errors.map(String)).toEqual([expect.stringContaining("sa_family")]);

  const [a, b] = [await host.port(), await host.port()];
  const receiving = awaitableIrp();
  const { WskReceiveFrom } = a.Dispatch;
  const buffer = wskBuf(new Uint8Array(4));
  expect(WskReceiveFrom(a, buffer, 0, from, null, null, flags, receiving.irp)).toBe(STATUS_PENDING);
  for (const frozen of [flags, from]) Object.freeze(frozen);
  const to = await localOf(a);
  await complete((irp) => b.Dispatch.WskSendTo(b, text("data"), 0, to, 0, null, irp));
  expect(await receiving.completion).toEqual({ Status: STATUS_SUCCESS, Information: 4 });
  expect(errors.slice(1).map(String)).toEqual([expect.stringContaining("sa_family"), expect.stringContaining("value")]);
  setRoutineErrorHandler(before);
}); // prettier-ignore

test("a capture into what is frozen is refused, and nothing is captured", async () => {
  const host = await Host.start(memoryNetwork());
  const registration = new WSK_REGISTRATION();
  const Dispatch = { Version: 0x100, Reserved: 0, WskClientEvent: null } as const;
  host.wsk.WskRegister({ ClientContext: null, Dispatch }, registration);
  const npi: WSK_PROVIDER_NPI = Object.freeze({ Client: null, Dispatch: null });
  await expect(host.wsk.WskCaptureProviderNPI(registration, 0, npi)).rejects.toThrow("Client: expected memory that can");
  const versions = Object.freeze({ HighestVersion: 0, LowestVersion: 0 });
  expect(() => host.wsk.WskQueryProviderCharacteristics(registration, versions)).toThrow("expected memory that can be written");
  await host.wsk.WskDeregister(registration);
}); // prettier-ignore
