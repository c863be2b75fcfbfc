/** When a close is clean, and when the peer sees a reset: told by the wire of a network in memory. */
import { expect, test } from "vitest";
import type { NTSTATUS } from "wskit";
import {
  SO_RCVBUF, SOL_SOCKET, STATUS_CANCELLED, STATUS_INVALID_PARAMETER, STATUS_PENDING, STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL, WSK_EVENT_DISCONNECT, WSK_FLAG_ABORTIVE, WskSetOption,
} from "wskit"; // prettier-ignore
import type { ConnectionSocket, ListenSocket } from "wskit/runtime";
import { awaitableIrp, FaultPlan, memoryNetwork, wskBuf } from "wskit/runtime";
import { ConnectionSide } from "../../../runtime/wsk/connection-side.js";
import { EventSwitches } from "../../../runtime/wsk/events.js";
import { complete } from "../peers.js";
import { disconnect, events, Host, receive, settle, text } from "./host.js";

/** How many resets went over the wire while a client was closed. */
async function resetsOf(
  before: (client: ConnectionSocket, server: ConnectionSocket) => Promise<unknown>,
  options: Parameters<typeof memoryNetwork>[0] = {},
): Promise<number> {
  const network = memoryNetwork({ ...options, log: true });
  const host = await Host.start(network);
  const { client, server } = await host.pair();
  await before(client, server);
  await settle();
  const lines = network.log.length;
  await host.close(client);
  await settle();
  return network.log.slice(lines).filter((line) => line.includes(" > ") && line.endsWith("RST"))
    .length;
}

const ended = async (socket: ConnectionSocket): Promise<void> => {
  expect((await receive(socket, 1)).block).toEqual({ Status: STATUS_SUCCESS, Information: 0 });
};

test("a close behind the ends of both sides is clean", async () => {
  const resets = await resetsOf(async (client, server) => {
    await Promise.all([disconnect(client), disconnect(server)]);
    await Promise.all([ended(client), ended(server)]);
  });
  expect(resets).toBe(0);
});

test("a close behind the end of one side alone is a reset", async () => {
  const resets = await resetsOf(async (client, server) => {
    await disconnect(client);
    await ended(server);
  });
  expect(resets).toBeGreaterThan(0);
});

test("a close behind the end of the other side alone is a reset", async () => {
  const resets = await resetsOf(async (client, server) => {
    await disconnect(server);
    await ended(client);
  });
  expect(resets).toBeGreaterThan(0);
});

test("an end that has not left yet is none", async () => {
  const pending: Promise<NTSTATUS>[] = [];
  const resets = await resetsOf(
    async (client, server) => {
      const { WskSend, WskDisconnect } = client.Dispatch;
      const data = wskBuf(new Uint8Array(1000));
      pending.push(complete((irp) => WskSend(client, data, 0, irp)).then(({ block }) => block.Status));
      pending.push(complete((irp) => WskDisconnect(client, null, 0, irp)).then(({ block }) => block.Status));
      await limit(server, 1);
      await disconnect(server);
      await ended(client);
    },
    { capacity: 64, window: 64, delay: 0 },
  ); // prettier-ignore
  expect([resets > 0, await Promise.all(pending)]).toEqual([
    true,
    [STATUS_CANCELLED, STATUS_CANCELLED],
  ]);
});

/** Sets SO_RCVBUF. */
async function limit(socket: ConnectionSocket | ListenSocket, value: number): Promise<NTSTATUS> {
  const { WskControlSocket } = socket.Dispatch;
  const { block } = await complete((irp) =>
    WskControlSocket(socket, WskSetOption, SO_RCVBUF, SOL_SOCKET, 4, { value }, 0, null, null, irp),
  );
  return block.Status;
}

test.each(["of the connection", "of its listening socket"])("SO_RCVBUF %s holds the peer back", async (whose) => {
  const host = await Host.start(memoryNetwork({ capacity: 64, window: 64 }));
  const listener = await host.listener();
  const isOwn = whose === "of the connection";
  if (!isOwn) expect(await limit(listener, 10)).toBe(STATUS_SUCCESS);
  const accepting = host.accept(listener);
  const client = await host.bound();
  await host.connect(client, listener);
  const server = await accepting;
  if (isOwn) expect(await limit(server, 10)).toBe(STATUS_SUCCESS);
  expect(await limit(server, 0)).toBe(STATUS_INVALID_PARAMETER);
  const { irp, completion } = awaitableIrp();
  expect(client.Dispatch.WskSend(client, wskBuf(new Uint8Array(1000)), 0, irp)).toBe(STATUS_PENDING);
  await settle();
  expect(irp.isOutstanding).toBe(true);
  for (let bytes = 0; bytes < 1000; ) bytes += Number((await receive(server, 100)).block.Information);
  expect((await completion).Information).toBe(1000);
}); // prettier-ignore

test("an abortive disconnect ends sends that are to fail later, as cancelled", async () => {
  const faults = new FaultPlan().failLater("WskSend", STATUS_UNSUCCESSFUL);
  const host = await Host.start(memoryNetwork(), { faults });
  const { client } = await host.pair();
  const { irp, completion } = awaitableIrp();
  expect(client.Dispatch.WskSend(client, text("x"), 0, irp)).toBe(STATUS_PENDING);
  const ending = disconnect(client, WSK_FLAG_ABORTIVE);
  expect([(await completion).Status, (await ending).block.Status]).toEqual([
    STATUS_CANCELLED,
    STATUS_SUCCESS,
  ]);
});

test("an end is told once, though its event is switched on again", async () => {
  let count = 0;
  const WskDisconnectEvent = () => {
    count += 1;
    return STATUS_SUCCESS;
  };
  const host = await Host.start(memoryNetwork());
  const { client, server } = await host.pair({}, { WskDisconnectEvent });
  events(server, WSK_EVENT_DISCONNECT);
  await disconnect(client);
  await settle();
  expect(events(server, WSK_EVENT_DISCONNECT)).toBe(STATUS_SUCCESS);
  await settle();
  expect(count).toBe(1);
});

test("the ideal send backlog doubles from 64 KB up to 4 MB", () => {
  const callbacks = { context: { value: null }, dispatch: { value: null } };
  const events = new EventSwitches(0);
  const side = new ConnectionSide({ events, callbacks, lost: () => undefined });
  const sizes = Array.from({ length: 9 }, () => {
    side.starved();
    return side.idealBacklog / 1024;
  });
  expect(sizes).toEqual([128, 256, 512, 1024, 2048, 4096, 4096, 4096, 4096]);
});
