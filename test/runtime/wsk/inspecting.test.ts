/** Conditional accept mode at its borders: what is told, who is known, and what is decided twice. */
import { afterEach, expect, test } from "vitest";
import type { NTSTATUS } from "wskit";
import {
  endpointOf, SIO_WSK_QUERY_INSPECT_ID, SO_CONDITIONAL_ACCEPT, SOL_SOCKET, STATUS_CANCELLED,
  STATUS_INVALID_PARAMETER, STATUS_PENDING, STATUS_SUCCESS, WskIoctl, WskSetOption,
} from "wskit"; // prettier-ignore
import type { ConnectionSocket, WSK_CLIENT_LISTEN_DISPATCH, WSK_INSPECT_ID } from "wskit/runtime";
import {
  awaitableIrp, ListenSocket, memoryNetwork, setRoutineErrorHandler, WskInspectAccept,
  WskInspectPend, WskInspectReject,
} from "wskit/runtime"; // prettier-ignore
import { complete } from "../peers.js";
import { Host, localOf, NO_ACCEPTS, receive, send, settle } from "./host.js";

type Inspect = NonNullable<WSK_CLIENT_LISTEN_DISPATCH["WskInspectEvent"]>;

afterEach(() => {
  setRoutineErrorHandler(null);
});

/** A listening socket in conditional accept mode, and what its callback was asked about. */
async function choosy(decide: Inspect, WskAbortEvent: WSK_CLIENT_LISTEN_DISPATCH["WskAbortEvent"] = null) {
  const host = await Host.start(memoryNetwork());
  const ids: WSK_INSPECT_ID[] = [];
  const WskInspectEvent: Inspect = (...args) => {
    ids.push({ ...(args[3] ?? expect.unreachable()) });
    return decide(...args);
  };
  const dispatch = { ...NO_ACCEPTS, WskInspectEvent, WskAbortEvent };
  const listener = await host.socket(ListenSocket, { dispatch });
  const { WskControlSocket, WskInspectComplete } = listener.Dispatch;
  await complete((irp) =>
    WskControlSocket(listener, WskSetOption, SO_CONDITIONAL_ACCEPT, SOL_SOCKET, 4, { value: 1 }, 0, null, null, irp),
  );
  await host.bind(listener);
  const connect = async (): Promise<ConnectionSocket> => {
    const client = await host.bound();
    await host.connect(client, listener);
    await settle();
    return client;
  };
  const end = async (id: WSK_INSPECT_ID, action: 0 | 1 | 2): Promise<NTSTATUS> =>
    (await complete((irp) => WskInspectComplete(listener, id, action, irp))).block.Status;
  return { host, listener, ids, connect, end, id: () => ids.at(-1) ?? expect.unreachable() };
} // prettier-ignore

const isCut = async (client: ConnectionSocket): Promise<boolean> =>
  (await receive(client, 1)).block.Status !== STATUS_SUCCESS;

test("the callback is told first where the connection has come in, then where it comes from", async () => {
  const ports: number[] = [];
  const { listener, connect } = await choosy((_context, local, remote) => {
    ports.push(endpointOf(local).port, endpointOf(remote).port);
    return WskInspectReject;
  });
  const client = await connect();
  expect(ports).toEqual([
    endpointOf(await localOf(listener)).port,
    endpointOf(await localOf(client)).port,
  ]);
});

test("requests are known from the first to the last that came, and by this socket alone", async () => {
  const { connect, end, id } = await choosy(() => WskInspectPend);
  await connect();
  const first = id();
  await connect();
  const { Key, SerialNumber } = id();
  expect(SerialNumber).toBe(first.SerialNumber + 1);
  for (const other of [first.SerialNumber - 1, SerialNumber + 1, SerialNumber + 0.5]) {
    expect(await end({ Key, SerialNumber: other }, WskInspectAccept)).toBe(STATUS_INVALID_PARAMETER);
  }
  expect(await end({ Key: Key + 1, SerialNumber }, WskInspectAccept)).toBe(STATUS_INVALID_PARAMETER);
  expect(await end({ Key, SerialNumber }, WskInspectReject)).toBe(STATUS_SUCCESS);
  expect(await end(first, WskInspectReject)).toBe(STATUS_SUCCESS);
}); // prettier-ignore

test("what is decided stays decided: accepted twice it comes in once", async () => {
  const { host, listener, connect, end, id } = await choosy(() => WskInspectPend);
  const client = await connect();
  expect(await end(id(), WskInspectAccept)).toBe(STATUS_SUCCESS);
  expect(await end(id(), WskInspectAccept)).toBe(STATUS_SUCCESS);
  expect(await end(id(), WskInspectReject)).toBe(STATUS_SUCCESS);
  const server = await host.accept(listener);
  await send(client, "in");
  expect((await receive(server, 9)).text).toBe("in");
  const { irp, completion } = awaitableIrp();
  expect(listener.Dispatch.WskAccept(listener, 0, null, null, null, null, irp)).toBe(
    STATUS_PENDING,
  );
  await host.close(listener);
  expect((await completion).Status).toBe(STATUS_CANCELLED);
});

test("a request that is gone comes in no more, though it is accepted inside or behind the callback", async () => {
  const told: unknown[] = [];
  const inspected = await choosy(() => WskInspectPend, (_context, id) => {
    const { listener } = inspected;
    const irp = awaitableIrp();
    told.push(id.SerialNumber, listener.Dispatch.WskInspectComplete(listener, id, WskInspectAccept, irp.irp));
    return STATUS_SUCCESS;
  });
  const { host, listener, connect, end, id } = inspected;
  const client = await connect();
  await host.close(client);
  await settle();
  expect(told).toEqual([id().SerialNumber, STATUS_SUCCESS]);
  expect(await end(id(), WskInspectAccept)).toBe(STATUS_SUCCESS);
  const { irp, completion } = awaitableIrp();
  listener.Dispatch.WskAccept(listener, 0, null, null, null, null, irp);
  await settle();
  expect(irp.owner).toBe("wsk");
  await host.close(listener);
  expect((await completion).Status).toBe(STATUS_CANCELLED);
}); // prettier-ignore

test.each(["throws", "returns what is no action"])("a callback that %s has accepted nothing, and is reported", async (what) => {
  const errors: string[] = [];
  setRoutineErrorHandler((error) => errors.push(String(error)));
  const { connect } = await choosy(() => {
    if (what === "throws") throw new Error("boom");
    return 7 as typeof WskInspectReject;
  });
  expect(await isCut(await connect())).toBe(true);
  expect(errors).toEqual([expect.stringContaining(what === "throws" ? "boom" : "WskInspectEvent")]);
}); // prettier-ignore

test.each([
  ["accept", WskInspectAccept],
  ["pend", WskInspectPend],
] as const)("a callback that closes its socket, and then says %s, has accepted nothing", async (_, action) => {
  const closing = awaitableIrp();
  const { host, listener, connect } = await choosy(() => {
    expect(listener.Dispatch.WskCloseSocket(listener, closing.irp)).toBe(STATUS_PENDING);
    return action;
  });
  host.disown(listener);
  expect(await isCut(await connect())).toBe(true);
  expect((await closing.completion).Status).toBe(STATUS_SUCCESS);
}); // prettier-ignore

test("SIO_WSK_QUERY_INSPECT_ID wants room for a whole WSK_INSPECT_ID, and no IRP", async () => {
  const { host, listener, connect, id } = await choosy(() => WskInspectAccept);
  await connect();
  const server = await host.accept(listener);
  const { WskControlSocket } = server.Dispatch;
  const [none, out, size] = [{ Key: 0, SerialNumber: 0 }, { Key: 0, SerialNumber: 0 }, { value: 0 }];
  const query = (bytes: number, irp: ReturnType<typeof awaitableIrp>["irp"] | null = null) =>
    WskControlSocket(server, WskIoctl, SIO_WSK_QUERY_INSPECT_ID, 0, 0, null, bytes, out, size, irp);
  expect(query(15)).toBe(STATUS_INVALID_PARAMETER);
  expect(query(16, awaitableIrp().irp)).toBe(STATUS_INVALID_PARAMETER);
  expect([out, size.value]).toEqual([none, 0]);
  expect(query(16)).toBe(STATUS_SUCCESS);
  expect([out, size.value]).toEqual([id(), 16]);
}); // prettier-ignore
