/** Event switches by themselves: masks, callbacks that run, and who waits for their end. */
import { expect, test } from "vitest";
import type { SOCKADDR } from "wskit";
import {
  MSG_CTRUNC, SO_RCVBUF, SOL_SOCKET, STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_PENDING,
  STATUS_SUCCESS, WSK_EVENT_ACCEPT, WSK_EVENT_DISCONNECT, WSK_EVENT_RECEIVE, WSK_EVENT_RECEIVE_FROM,
  WSK_EVENT_SEND_BACKLOG, WskSetOption,
} from "wskit"; // prettier-ignore
import type { DatagramSocket, WSK_DATAGRAM_INDICATION } from "wskit/runtime";
import {
  DatagramSocket as Datagrams,
  memoryNetwork,
  NPI_WSK_INTERFACE_ID,
  wskBuf,
} from "wskit/runtime";
import {
  connectionEvents, datagramEvents, listenEvents,
} from "../../../runtime/wsk/event-masks.js"; // prettier-ignore
import { EventSwitches } from "../../../runtime/wsk/events.js";
import { complete } from "../peers.js";
import { events, Host, localOf, NO_ACCEPTS, NO_EVENTS, settle, text, until } from "./host.js";

test("what may be switched is what there are callbacks for; what is passed on, at any listener", () => {
  const none = (): number => STATUS_SUCCESS;
  const of = (name: keyof typeof NO_EVENTS) => connectionEvents({ ...NO_EVENTS, [name]: none });
  expect([of("WskReceiveEvent"), of("WskDisconnectEvent"), of("WskSendBacklogEvent")]).toEqual([
    WSK_EVENT_RECEIVE, WSK_EVENT_DISCONNECT, WSK_EVENT_SEND_BACKLOG,
  ]); // prettier-ignore
  expect([connectionEvents(NO_EVENTS), connectionEvents(null), datagramEvents(null)]).toEqual([0, 0, 0]);
  expect(datagramEvents({ WskReceiveFromEvent: none })).toBe(WSK_EVENT_RECEIVE_FROM);
  const passedOn = WSK_EVENT_RECEIVE | WSK_EVENT_DISCONNECT | WSK_EVENT_SEND_BACKLOG;
  expect([listenEvents(null), listenEvents({ ...NO_ACCEPTS, WskAcceptEvent: none })]).toEqual([
    passedOn, passedOn | WSK_EVENT_ACCEPT,
  ]); // prettier-ignore
}); // prettier-ignore

test("who waits for one event, or for all, goes on when the last call of it has returned", () => {
  const switches = new EventSwitches(0);
  const [one, other] = [WSK_EVENT_RECEIVE, WSK_EVENT_DISCONNECT];
  switches.enable(one | other);
  const log: string[] = [];
  const inside = (): void => {
    expect([switches.disable(one), switches.disable(other)]).toEqual([false, false]);
    for (const event of [one, other, 0]) switches.whenIdle(event, () => log.push(`idle ${event}`));
  };
  switches.run(one, () => {
    switches.run(other, () => {
      switches.run(one, inside);
      log.push("one has returned");
    });
    log.push("other has returned");
  });
  expect(log).toEqual([
    "one has returned", `idle ${other}`, "other has returned", `idle ${one}`, "idle 0",
  ]); // prettier-ignore
  expect([switches.mask, switches.disable(one)]).toEqual([0, true]);
  switches.run(one, () => {
    switches.run(other, () => undefined);
    expect([switches.disable(other), switches.disable(one)]).toEqual([true, false]);
  });
});

test("a switch takes the interface in any case of letters, whole controls, and bound sockets", async () => {
  const host = await Host.start(memoryNetwork());
  const dispatch = { WskReceiveFromEvent: () => STATUS_SUCCESS };
  const socket = await host.socket(Datagrams, { dispatch });
  expect(events(socket, WSK_EVENT_RECEIVE_FROM)).toBe(STATUS_INVALID_DEVICE_STATE);
  await host.bind(socket);
  const upper = NPI_WSK_INTERFACE_ID.toUpperCase();
  expect(events(socket, WSK_EVENT_RECEIVE_FROM, null, upper)).toBe(STATUS_SUCCESS);
});

test("a window that is refused is not set", async () => {
  const host = await Host.start(memoryNetwork());
  const [socket, sender] = [await host.port(), await host.port()];
  const { WskControlSocket } = socket.Dispatch;
  const { block } = await complete((irp) =>
    WskControlSocket(socket, WskSetOption, SO_RCVBUF, SOL_SOCKET, 4, { value: 0 }, 0, null, null, irp),
  );
  expect(block.Status).toBe(STATUS_INVALID_PARAMETER);
  const to = await localOf(socket);
  const { WskSendTo } = sender.Dispatch;
  for (const words of ["a", "b"]) await complete((irp) => WskSendTo(sender, text(words), 0, to, 0, null, irp));
  await settle();
  expect([await take(socket), await take(socket)].map(({ data }) => data)).toEqual(["a", "b"]);
}); // prettier-ignore

/** Receives a datagram with room for so many bytes of control information, in so much memory. */
async function take(socket: DatagramSocket, length = 0, memory = 0, before = 0) {
  const [data, into, room, flags] = [new Uint8Array(9), new Uint8Array(memory), { value: length }, { value: before }];
  const { WskReceiveFrom } = socket.Dispatch;
  const { block } = await complete((irp) => WskReceiveFrom(socket, wskBuf(data), 0, null, room, into, flags, irp));
  const text = String(Buffer.from(data.subarray(0, Number(block.Information))));
  return { data: text, flags: flags.value, length: room.value, into };
} // prettier-ignore

/** An object of control information. */
const INFO = Uint8Array.from({ length: 24 }, (_, i) => [20, 3, 7][[0, 12, 16].indexOf(i)] ?? 0);

test("control information of a list is that of each datagram; room is the least of length and memory", async () => {
  const host = await Host.start(memoryNetwork());
  const [a, b] = [await host.port(), await host.port()];
  const to: SOCKADDR = await localOf(b);
  const list = { Buffer: text("1"), Next: { Buffer: text("2"), Next: { Buffer: text("3"), Next: null } } };
  const { WskSendMessages } = a.Dispatch;
  await complete((irp) => WskSendMessages(a, list, 0, to, INFO.length, INFO, irp));
  await settle();
  expect(await take(b, 24, 30, MSG_CTRUNC)).toMatchObject({ data: "1", flags: 0, length: 24 });
  const short = [await take(b, 8, 24), await take(b, 24, 8)];
  for (const { flags, length, into } of short) {
    expect([flags, length]).toEqual([MSG_CTRUNC, 8]);
    expect([...into].slice(8).every((byte) => byte === 0)).toBe(true);
  }
}); // prettier-ignore

test("an indication has the control information, and counts for the window while it is retained", async () => {
  const host = await Host.start(memoryNetwork());
  const lists: WSK_DATAGRAM_INDICATION[] = [];
  const dispatch = {
    WskReceiveFromEvent: (_context: unknown, _flags: number, list: WSK_DATAGRAM_INDICATION | null) => {
      if (list !== null) lists.push(list);
      return STATUS_PENDING;
    },
  };
  const [a, b] = [await host.port(), await host.port(dispatch)];
  const { WskControlSocket, WskRelease } = b.Dispatch;
  await complete((irp) =>
    WskControlSocket(b, WskSetOption, SO_RCVBUF, SOL_SOCKET, 4, { value: 3 }, 0, null, null, irp),
  );
  events(b, WSK_EVENT_RECEIVE_FROM);
  const to = await localOf(b);
  const send = (words: string) =>
    complete((irp) => a.Dispatch.WskSendTo(a, text(words), 0, to, INFO.length, INFO, irp));
  for (const words of ["12", "no", "3"]) await send(words);
  await until(() => lists.length === 2);
  await settle();
  expect(lists.map(({ Buffer: { Length }, ControlInfoLength }) => [Length, ControlInfoLength])).toEqual([
    [2, 24], [1, 24],
  ]); // prettier-ignore
  for (const list of lists) expect(WskRelease(b, list)).toBe(STATUS_SUCCESS);
}); // prettier-ignore
