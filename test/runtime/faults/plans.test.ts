/** Failures on order: a call that is to fail later is pending as any other. */
import { expect, test } from "vitest";
import type { LPINT, NTSTATUS, WSK_BUF, WSK_BUF_LIST } from "wskit";
import {
  AF_INET, CallRefused, NO_ERROR, ntstatusName, SOCK_DGRAM, sockaddrIn, STATUS_CANCELLED, STATUS_FILE_FORCED_CLOSED, STATUS_PENDING,
  STATUS_SUCCESS, WSA_FLAG_OVERLAPPED, WSA_IO_PENDING, WSA_OPERATION_ABORTED, wsaerrorName, WSAENETDOWN, WSAENOBUFS, WSAENOTCONN,
  WSK_FLAG_ABORTIVE,
} from "wskit"; // prettier-ignore
import type { Irp, WskSocketOptions } from "wskit/runtime";
import {
  awaitableIrp, createConnectionSocket, createDatagramSocket, createListenSocket, FaultPlan, IoCancelIrp, IoFreeIrp,
  isMdlInUse,
  memoryNetwork, RecordingSwitch, RuntimeViolation, SpiProvider, wskBuf, wskSocketOf, ConnectionSocket,
} from "wskit/runtime"; // prettier-ignore
import { complete, pattern } from "../peers.js";
import { connected, structure, whole } from "../spi/world.js";
import { Host } from "../wsk/host.js";

const AT = sockaddrIn("127.0.0.1", 7);
const inUse = ({ Mdl }: WSK_BUF): boolean => isMdlInUse(Mdl ?? expect.unreachable());

/** A connected pair and a bound datagram socket, all with one plan and what else they have. */
async function lab(more: Pick<WskSocketOptions, "profile" | "environment"> = {}) {
  const [network, faults] = [memoryNetwork(), new FaultPlan()];
  const common = { family: AF_INET, network, faults, ...more };
  const listener = createListenSocket(common);
  await complete((irp) => listener.Dispatch.WskBind(listener, AT, 0, irp));
  const client = createConnectionSocket(common);
  const any = sockaddrIn("127.0.0.1", 0);
  await complete((irp) => client.Dispatch.WskBind(client, any, 0, irp));
  const { irp, completion } = awaitableIrp();
  listener.Dispatch.WskAccept(listener, 0, null, null, null, null, irp);
  await complete((other) => client.Dispatch.WskConnect(client, AT, 0, other));
  await completion;
  const server = wskSocketOf(irp, ConnectionSocket);
  const port = createDatagramSocket(common);
  await complete((other) => port.Dispatch.WskBind(port, any, 0, other));
  return { faults, client, server, port };
}

type Lab = Awaited<ReturnType<typeof lab>>;

/** Each send, and how its socket is closed. */
const SENDS: readonly (readonly [
  "WskSend" | "WskSendEx" | "WskSendTo" | "WskSendMessages",
  (lab: Lab, buffer: WSK_BUF, irp: Irp) => NTSTATUS,
  (lab: Lab, irp: Irp) => NTSTATUS,
])[] = [
  ["WskSend", ({ client }, buffer, irp) => client.Dispatch.WskSend(client, buffer, 0, irp), ({ client }, irp) => client.Dispatch.WskCloseSocket(client, irp)],
  ["WskSendEx", ({ server }, buffer, irp) => server.Dispatch.WskSendEx(server, buffer, 0, 0, null, irp), ({ server }, irp) => server.Dispatch.WskDisconnect(server, null, WSK_FLAG_ABORTIVE, irp)],
  ["WskSendTo", ({ port }, buffer, irp) => port.Dispatch.WskSendTo(port, buffer, 0, AT, 0, null, irp), ({ port }, irp) => port.Dispatch.WskCloseSocket(port, irp)],
  ["WskSendMessages", ({ port }, buffer, irp) => {
    const list: WSK_BUF_LIST = { Buffer: wskBuf(pattern(1)), Next: { Buffer: buffer, Next: null } };
    return port.Dispatch.WskSendMessages(port, list, 0, AT, 0, null, irp);
  }, ({ port }, irp) => port.Dispatch.WskCloseSocket(port, irp)],
]; // prettier-ignore

test.each(SENDS)("%s that is to fail later holds its data until it does", async (call, send) => {
  const all = await lab();
  all.faults.failLater(call, STATUS_FILE_FORCED_CLOSED);
  const buffer = wskBuf(pattern(10));
  const { irp, completion } = awaitableIrp();
  expect(send(all, buffer, irp)).toBe(STATUS_PENDING);
  expect(inUse(buffer)).toBe(true);
  expect(await completion).toEqual({ Status: STATUS_FILE_FORCED_CLOSED, Information: 0 });
  expect(inUse(buffer)).toBe(false);
  expect((await complete((other) => send(all, buffer, other))).block.Status).toBe(STATUS_SUCCESS);
});

test.each(SENDS)("%s that is to fail at once lets go of its data", async (call, send) => {
  const all = await lab();
  all.faults.fail(call, STATUS_FILE_FORCED_CLOSED);
  const buffer = wskBuf(pattern(10));
  const { returned, block } = await complete((irp) => send(all, buffer, irp));
  expect([returned, block.Status].map(ntstatusName)).toEqual(
    Array.from({ length: 2 }, () => "STATUS_FILE_FORCED_CLOSED"),
  );
  expect(inUse(buffer)).toBe(false);
});

test.each(SENDS)("%s that is to fail later ends as cancelled where its socket is closed", async (call, send, close) => {
  const all = await lab();
  all.faults.failLater(call, STATUS_FILE_FORCED_CLOSED);
  const buffer = wskBuf(pattern(10));
  const { irp, completion } = awaitableIrp();
  const told: string[] = [];
  void completion.then(({ Status }) => told.push(ntstatusName(Status)));
  send(all, buffer, irp);
  const { block } = await complete((other) => close(all, other));
  told.push(`the close: ${ntstatusName(block.Status)}`);
  await new Promise((later) => setTimeout(later, 10));
  expect(told).toEqual(["STATUS_CANCELLED", "the close: STATUS_SUCCESS"]);
  expect(inUse(buffer)).toBe(false);
}); // prettier-ignore

test.each(SENDS)("%s that is to fail later can be cancelled", async (call, send) => {
  const all = await lab();
  all.faults.failLater(call, STATUS_FILE_FORCED_CLOSED);
  const { irp, completion } = awaitableIrp();
  send(all, wskBuf(pattern(10)), irp);
  expect(IoCancelIrp(irp)).toBe(true);
  expect((await completion).Status).toBe(STATUS_CANCELLED);
  expect(IoCancelIrp(irp)).toBe(false);
});

async function spi() {
  const [network, faults, upcalls] = [memoryNetwork(), new FaultPlan(), new RecordingSwitch()];
  const provider = new SpiProvider({ upcalls, network, faults, profile: "spi" });
  const errno: LPINT = { value: NO_ERROR };
  const s = provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno, SOCK_DGRAM);
  provider.WSPBind(s, sockaddrIn("127.0.0.1", 0), errno);
  await provider.bound(s);
  const send = (lpOverlapped: ReturnType<typeof structure> | null): string => {
    const buffers = [whole(pattern(10))];
    const sent = { value: 0 };
    const returned = provider.WSPSendTo(s, buffers, 1, sent, 0, AT, 16, lpOverlapped, null, null, errno);
    return returned === 0 ? "0" : wsaerrorName(errno.value);
  };
  return { provider, faults, upcalls, errno, s, send };
} // prettier-ignore

test("a closed socket of a provider ends such an operation once, as aborted", async () => {
  const { provider, faults, upcalls, errno, s, send } = await spi();
  faults.failLater("WSPSendTo", WSAENOBUFS);
  expect(send(structure())).toBe(wsaerrorName(WSA_IO_PENDING));
  provider.WSPCloseSocket(s, errno);
  await new Promise((later) => setTimeout(later, 10));
  expect(upcalls.notifications.map(({ dwError }) => wsaerrorName(dwError))).toEqual([
    wsaerrorName(WSA_OPERATION_ABORTED),
  ]);
});

test("what cannot be pending uses up no failure that comes later", async () => {
  const { provider, faults, upcalls, errno, send } = await spi();
  faults.failLater("WSPSendTo", WSAENOBUFS).failLater("WSPSend", WSAENOBUFS);
  expect(send(null)).toBe("0");
  const unconnected = provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno);
  provider.WSPSend(unconnected, [], 0, { value: 0 }, 0, structure(), null, null, errno);
  expect(wsaerrorName(errno.value)).toBe(wsaerrorName(WSAENOTCONN));
  expect([faults.next("WSPSend"), faults.next("WSPSendTo")]).not.toContain(null);
  const overlapped = structure();
  expect(send(overlapped)).toBe(wsaerrorName(WSA_IO_PENDING));
  await upcalls.notified(overlapped);
  expect(upcalls.notifications.map(({ dwError }) => dwError)).toEqual([WSAENOBUFS]);
});

test("a code that only completions have is no failure of a fresh call", () => {
  const plan = new FaultPlan();
  for (const call of ["WSPSend", "WSPSendTo"] as const) {
    expect(() => plan.fail(call, WSA_OPERATION_ABORTED)).toThrow(
      /documents \((?:WSAE\w+(?:, )?)+\), received WSA_OPERATION_ABORTED \(995\), which ends an operation that is pending: use failLater/,
    );
    expect(plan.next(call)).toBe(null);
    plan.failLater(call, WSA_OPERATION_ABORTED);
  }
  expect(() => plan.fail("WskSent" as "WskSend", 0)).toThrow("received WskSent (perhaps WskSend)");
});

test.each(SENDS)("what is ordered of %s comes in its order, and a call that is refused uses up none of it", async (call, send) => {
  const all = await lab();
  const [first, second] = [STATUS_FILE_FORCED_CLOSED, STATUS_CANCELLED];
  all.faults.fail(call, first).failLater(call, second).fail(call, first);
  const next = async (): Promise<string> =>
    ntstatusName((await complete((irp) => send(all, wskBuf(pattern(10)), irp))).block.Status);
  const { irp } = awaitableIrp();
  irp.CurrentLocation = 1;
  const buffer = wskBuf(pattern(10));
  expect(() => send(all, buffer, irp)).toThrow("CurrentLocation");
  irp.CurrentLocation = 2;
  IoFreeIrp(irp);
  expect(() => send(all, buffer, irp)).toThrow(RuntimeViolation);
  expect([inUse(buffer), all.faults.next(call)?.when]).toEqual([false, "at once"]);
  expect([await next(), await next(), await next(), await next()]).toEqual(
    [first, second, first, STATUS_SUCCESS].map(ntstatusName),
  );
}); // prettier-ignore

test("a plan has calls alone, and none that is pending of WSPSendDisconnect", () => {
  const plan = new FaultPlan();
  for (const name of ["toString", "constructor", "WSPSendDisconnec"]) {
    expect(() => plan.fail(name as "WSPSend", WSAENOBUFS)).toThrow(`received ${name}`);
  }
  const none = "WSPSendDisconnect" as "WSPSend";
  expect(() => plan.failLater(none, WSAENOTCONN)).toThrow("expected a call that may be pending");
  expect([plan.next(none), plan.take(none)]).toEqual([null, null]);
  expect(plan.fail(none, WSAENOTCONN).take(none)).toEqual({ when: "at once", code: WSAENOTCONN });
});

test("a registered client has its plan from its WSK, and so have the sockets that it accepts", async () => {
  const faults = new FaultPlan();
  const host = await Host.start(memoryNetwork(), { faults });
  const { client, server } = await host.pair();
  for (const socket of [client, server]) {
    faults.fail("WskSend", STATUS_FILE_FORCED_CLOSED);
    const { block } = await complete((irp) => socket.Dispatch.WskSend(socket, wskBuf(pattern(1)), 0, irp));
    expect(ntstatusName(block.Status)).toBe("STATUS_FILE_FORCED_CLOSED");
  }
}); // prettier-ignore

test("what a listening socket was created with, its connections have as well", async () => {
  const environment = { irql: 0 };
  const strict = await lab({ profile: "strict", environment });
  expect(strict.server.environment).toBe(environment);
  // An Offset behind the last byte is a breach by the strict reading alone.
  const { Mdl } = wskBuf(pattern(4));
  const behind = { Mdl, Offset: 4, Length: 0 };
  const { irp } = awaitableIrp();
  expect(() => strict.server.Dispatch.WskSend(strict.server, behind, 0, irp)).toThrow(CallRefused);
  const { server } = await lab();
  const { block } = await complete((other) => server.Dispatch.WskSend(server, behind, 0, other));
  expect(block.Status).toBe(STATUS_SUCCESS);
});

test("one failure of WSPSendDisconnect on order is one", async () => {
  const faults = new FaultPlan().fail("WSPSendDisconnect", WSAENETDOWN);
  const { provider, s, code } = await connected(memoryNetwork(), false, { faults });
  const disconnect = (): number => code((lpErrno) => provider.WSPSendDisconnect(s, null, lpErrno));
  expect([disconnect(), disconnect()]).toEqual([WSAENETDOWN, NO_ERROR]);
});
