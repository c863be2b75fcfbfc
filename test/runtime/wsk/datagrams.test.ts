/** Datagrams of WSK: receives, callbacks, and the two slots for addresses. */
import { describe, expect, test } from "vitest";
import type { NTSTATUS, SOCKADDR, WSK_BUF_LIST } from "wskit";
import {
  AF_INET6, CallRefused, endpointOf, MSG_TRUNC, SIO_WSK_SET_REMOTE_ADDRESS, SIO_WSK_SET_SENDTO_ADDRESS, SO_BROADCAST, SO_RCVBUF,
  sockaddrIn, sockaddrIn6, SOL_SOCKET, STATUS_ADDRESS_ALREADY_EXISTS, STATUS_CANCELLED, STATUS_DATA_NOT_ACCEPTED,
  STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_PENDING, STATUS_REQUEST_NOT_ACCEPTED, STATUS_SUCCESS,
  WSK_EVENT_RECEIVE_FROM, WSK_SET_STATIC_EVENT_CALLBACKS, WskGetOption, WskIoctl, WskSetOption,
} from "wskit"; // prettier-ignore
import type { Network, WSK_DATAGRAM_INDICATION } from "wskit/runtime";
import {
  awaitableIrp, DatagramSocket, IoCancelIrp, memoryNetwork, NPI_WSK_INTERFACE_ID, wskBuf,
} from "wskit/runtime"; // prettier-ignore
import { complete, fix, pattern } from "../peers.js";
import { events, hasIpv6, Host, localOf, NETWORKS, room, settle, text, until } from "./host.js";

type To = SOCKADDR | null;

const sendTo = (socket: DatagramSocket, words: string, to: To) =>
  complete((irp) => socket.Dispatch.WskSendTo(socket, text(words), 0, to, 0, null, irp));

async function receiveFrom(socket: DatagramSocket, bytes = 100) {
  const [memory, from, flags] = [new Uint8Array(bytes), room(), { value: 0 }];
  const { WskReceiveFrom } = socket.Dispatch;
  const { returned, block } = await complete((irp) =>
    WskReceiveFrom(socket, wskBuf(memory), 0, from, null, null, flags, irp),
  );
  const data = memory.subarray(0, Number(block.Information));
  return { returned, block, from, flags: flags.value, text: String(Buffer.from(data)) };
}

const slot = (socket: DatagramSocket, ioctl: number, address: To) =>
  complete((irp) => fix(socket, ioctl, { address, irp }));

/** Three ports that know each other's addresses. */
async function three(network: Network) {
  const host = await Host.start(network);
  const [a, b, c] = [await host.port(), await host.port(), await host.port()];
  return { host, a, b, c, at: { a: await localOf(a), b: await localOf(b), c: await localOf(c) } };
}

describe.each(NETWORKS)("over %s", (_, network) => {
  test("a receive waits, or finds what has come; both tell who has sent it", async () => {
    const { a, b, at } = await three(network());
    const waiting = receiveFrom(b);
    await sendTo(a, "one", at.b);
    const first = await waiting;
    expect([first.returned, first.block.Information, first.text]).toEqual([
      STATUS_PENDING,
      3,
      "one",
    ]);
    expect(endpointOf(first.from)).toEqual(endpointOf(at.a));
    await sendTo(a, "two", at.b);
    await settle();
    const second = await receiveFrom(b);
    expect([second.returned, second.text]).toEqual([STATUS_SUCCESS, "two"]);
  });

  test("datagrams stay apart; an empty one is one; a long one is cut, and that is said", async () => {
    const { a, b, at } = await three(network());
    for (const words of ["first", "", "a long one"]) await sendTo(a, words, at.b);
    expect((await receiveFrom(b)).text).toBe("first");
    const empty = await receiveFrom(b);
    expect([empty.block, empty.flags]).toEqual([{ Status: STATUS_SUCCESS, Information: 0 }, 0]);
    const cut = await receiveFrom(b, 6);
    expect([cut.text, cut.flags, cut.block.Status]).toEqual(["a long", MSG_TRUNC, STATUS_SUCCESS]);
  });

  test("a list is a datagram each, and its IRP waits for all of them", async () => {
    const { host, a, b, at } = await three(network());
    const words = ["one", "two", "three"];
    const list = words.reduceRight<WSK_BUF_LIST | null>(
      (Next, word) => ({ Next, Buffer: text(word) }),
      null,
    );
    if (list === null) throw new Error("no list");
    const { WskSendMessages } = a.Dispatch;
    const sent = await complete((irp) => WskSendMessages(a, list, 0, at.b, 0, null, irp));
    expect(sent.block).toEqual({ Status: STATUS_SUCCESS, Information: 11 });
    for (const word of words) expect((await receiveFrom(b)).text).toBe(word);
    const pending = complete((irp) => WskSendMessages(a, list, 0, at.b, 0, null, irp));
    await host.close(a);
    expect((await pending).block.Information).toBe(11);
  });

  test("receives are served in their order, and can be cancelled", async () => {
    const { a, b, at } = await three(network());
    const waits = Array.from({ length: 3 }, () => {
      const [memory, wait] = [new Uint8Array(10), awaitableIrp()];
      b.Dispatch.WskReceiveFrom(b, wskBuf(memory), 0, null, null, null, null, wait.irp);
      return { memory, ...wait };
    });
    const [first, second, third] = waits as [
      (typeof waits)[0],
      (typeof waits)[0],
      (typeof waits)[0],
    ];
    expect(IoCancelIrp(second.irp)).toBe(true);
    expect((await second.completion).Status).toBe(STATUS_CANCELLED);
    await sendTo(a, "1", at.b);
    await sendTo(a, "3", at.b);
    await Promise.all([first.completion, third.completion]);
    expect([first.memory[0], third.memory[0]]).toEqual([0x31, 0x33]);
  });

  test("a fixed remote address is the destination, and the only one that is listened to", async () => {
    const { a, b, c, at } = await three(network());
    expect((await slot(a, SIO_WSK_SET_REMOTE_ADDRESS, at.b)).block.Status).toBe(STATUS_SUCCESS);
    await sendTo(a, "to b", null);
    expect((await receiveFrom(b)).text).toBe("to b");
    await sendTo(a, "to c", at.c);
    expect((await receiveFrom(c)).text).toBe("to c");
    for (const stranger of [c, a]) await sendTo(stranger, "from a stranger", at.a);
    await settle();
    await sendTo(b, "from b", at.a);
    expect((await receiveFrom(a)).text).toBe("from b");
    await sendTo(a, "to b again", null);
    expect((await receiveFrom(b)).text).toBe("to b again");
    await slot(a, SIO_WSK_SET_REMOTE_ADDRESS, null);
    await sendTo(c, "heard now", at.a);
    expect((await receiveFrom(a)).text).toBe("heard now");
    await expect(sendTo(a, "nowhere", null)).rejects.toThrow(CallRefused);
  });

  test("a fixed destination restricts nobody; the slots are two", async () => {
    const { a, b, c, at } = await three(network());
    await slot(a, SIO_WSK_SET_SENDTO_ADDRESS, at.c);
    await sendTo(a, "to c", null);
    expect((await receiveFrom(c)).text).toBe("to c");
    await sendTo(b, "from b", at.a);
    expect((await receiveFrom(a)).text).toBe("from b");
    await slot(a, SIO_WSK_SET_REMOTE_ADDRESS, at.b);
    await sendTo(a, "the remote address counts", null);
    expect((await receiveFrom(b)).text).toBe("the remote address counts");
    await slot(a, SIO_WSK_SET_REMOTE_ADDRESS, null);
    await sendTo(a, "to c again", null);
    expect((await receiveFrom(c)).text).toBe("to c again");
    await slot(a, SIO_WSK_SET_SENDTO_ADDRESS, null);
    await expect(sendTo(a, "nowhere", null)).rejects.toThrow(CallRefused);
  });

  test("the slots want a bound socket, an IRP, and room for an address", async () => {
    const host = await Host.start(network());
    const [unbound, bound] = [await host.socket(DatagramSocket), await host.port()];
    const address = sockaddrIn("127.0.0.1", 9);
    const code = SIO_WSK_SET_REMOTE_ADDRESS;
    expect((await slot(unbound, code, address)).returned).toBe(STATUS_INVALID_DEVICE_STATE);
    const { WskControlSocket } = bound.Dispatch;
    expect(WskControlSocket(bound, WskIoctl, code, 0, 16, address, 0, null, null, null)).toBe(
      STATUS_REQUEST_NOT_ACCEPTED,
    );
    const short = await complete((irp) =>
      WskControlSocket(bound, WskIoctl, code, 0, 15, address, 0, null, null, irp),
    );
    expect(short.block.Status).toBe(STATUS_INVALID_PARAMETER);
  });

  test.runIf(hasIpv6)("a slot wants a whole address of IPv6", async () => {
    const host = await Host.start(network());
    const socket = await host.socket(DatagramSocket, { family: AF_INET6 });
    await host.bind(socket, sockaddrIn6("::1", 0));
    const { WskControlSocket } = socket.Dispatch;
    const address = sockaddrIn6("::1", 9);
    const [code, statuses] = [SIO_WSK_SET_REMOTE_ADDRESS, [] as NTSTATUS[]];
    for (const size of [27, 28]) {
      const { block } = await complete((irp) =>
        WskControlSocket(socket, WskIoctl, code, 0, size, address, 0, null, null, irp),
      );
      statuses.push(block.Status);
    }
    expect(statuses).toEqual([STATUS_INVALID_PARAMETER, STATUS_SUCCESS]);
  });

  test("what nobody receives is kept as far as SO_RCVBUF goes, the rest is lost", async () => {
    const { a, b, at } = await three(network());
    const set = await complete((irp) =>
      b.Dispatch.WskControlSocket(
        b, WskSetOption, SO_RCVBUF, SOL_SOCKET, 4, { value: 2500 }, 0, null, null, irp,
      )); // prettier-ignore
    expect(set.block.Status).toBe(STATUS_SUCCESS);
    for (let i = 0; i < 5; i++) {
      await complete((irp) =>
        a.Dispatch.WskSendTo(a, wskBuf(pattern(1000, i)), 0, at.b, 0, null, irp),
      );
    }
    await settle();
    expect((await receiveFrom(b, 2000)).block.Information).toBe(1000);
    expect((await receiveFrom(b, 2000)).block.Information).toBe(1000);
    const { irp, completion } = awaitableIrp();
    const { WskReceiveFrom } = b.Dispatch;
    expect(WskReceiveFrom(b, wskBuf(new Uint8Array(9)), 0, null, null, null, null, irp)).toBe(
      STATUS_PENDING,
    );
    IoCancelIrp(irp);
    await completion;
  });

  test("a callback takes datagrams, keeps them, and is switched off where it does not accept", async () => {
    const host = await Host.start(network());
    const kept: WSK_DATAGRAM_INDICATION[] = [];
    const answers: NTSTATUS[] = [STATUS_SUCCESS, STATUS_PENDING, STATUS_DATA_NOT_ACCEPTED];
    const heard: string[] = [];
    const b = await host.port({
      WskReceiveFromEvent: (context, flags, list) => {
        if (list === null) return STATUS_DATA_NOT_ACCEPTED;
        const { Mdl, Length } = list.Buffer;
        const words = String(Buffer.from(Mdl?.MappedSystemVa ?? []));
        heard.push(`${String(context)} ${flags} ${Number(Length)} ${words}`);
        const answer = answers[heard.length - 1] ?? STATUS_SUCCESS;
        if (answer === STATUS_PENDING) kept.push(list);
        return answer;
      },
    });
    const a = await host.port();
    const at = await localOf(b);
    expect(events(b, WSK_EVENT_RECEIVE_FROM)).toBe(STATUS_SUCCESS);
    for (const words of ["one", "two", "three", "four"]) await sendTo(a, words, at);
    await until(() => heard.length === 3);
    await settle();
    expect(heard).toEqual(["port 0 3 one", "port 0 3 two", "port 0 5 three"]);
    expect((await receiveFrom(b)).text).toBe("three");
    expect(events(b, WSK_EVENT_RECEIVE_FROM)).toBe(STATUS_SUCCESS);
    await until(() => heard.length === 4);
    expect(heard[3]).toBe("port 0 4 four");
    const [list] = kept as [WSK_DATAGRAM_INDICATION];
    expect(endpointOf(list.RemoteAddress)).toEqual(endpointOf(await localOf(a)));
    expect(() => b.Dispatch.WskCloseSocket(b, awaitableIrp().irp)).toThrow("indication-retained");
    expect(b.Dispatch.WskRelease(b, list)).toBe(STATUS_SUCCESS);
    expect(b.Dispatch.WskRelease(b, list)).toBe(STATUS_INVALID_PARAMETER);
  });

  test("a callback that is on for good stays on", async () => {
    const host = await Host.start(network());
    const control = { NpiId: NPI_WSK_INTERFACE_ID, EventMask: WSK_EVENT_RECEIVE_FROM };
    const { WskControlClient } = host.table;
    const set = () =>
      WskControlClient(
        host.client,
        WSK_SET_STATIC_EVENT_CALLBACKS,
        16,
        control,
        0,
        null,
        null,
        null,
      );
    expect(set()).toBe(STATUS_SUCCESS);
    const heard: string[] = [];
    const b = await host.port({
      WskReceiveFromEvent: (_context, _flags, list) => {
        heard.push(`${list?.Buffer.Length} ${list?.RemoteAddress.sa_family}`);
        return STATUS_DATA_NOT_ACCEPTED;
      },
    });
    expect(set()).toBe(STATUS_INVALID_DEVICE_STATE);
    const a = await host.port();
    for (const words of ["1", "22", "333"]) await sendTo(a, words, await localOf(b));
    await until(() => heard.length === 3);
    expect(heard).toEqual(["1 2", "2 2", "3 2"]);
    // What was not accepted is lost: a receive waits for the next one, and goes before the callback.
    const next = receiveFrom(b);
    await settle();
    await sendTo(a, "next", await localOf(b));
    expect(await next).toMatchObject({ returned: STATUS_PENDING, text: "next" });
    expect(heard).toHaveLength(3);
  });

  test("a bind is refused twice, at a taken address, and given up by a close", async () => {
    const { host, a, at } = await three(network());
    const again = await complete((irp) =>
      a.Dispatch.WskBind(a, sockaddrIn("127.0.0.1", 0), 0, irp),
    );
    expect(again.returned).toBe(STATUS_INVALID_DEVICE_STATE);
    const other = await host.socket(DatagramSocket);
    const taken = await complete((irp) => other.Dispatch.WskBind(other, at.a, 0, irp));
    expect(taken.block.Status).toBe(STATUS_ADDRESS_ALREADY_EXISTS);
    const [one, two] = [awaitableIrp(), awaitableIrp()];
    other.Dispatch.WskBind(other, sockaddrIn("127.0.0.1", 0), 0, one.irp);
    expect(IoCancelIrp(one.irp)).toBe(true);
    expect((await one.completion).Status).toBe(STATUS_CANCELLED);
    other.Dispatch.WskBind(other, sockaddrIn("127.0.0.1", 0), 0, two.irp);
    await host.close(other);
    expect((await two.completion).Status).toBe(STATUS_CANCELLED);
    await settle();
  });

  test("closing ends receives, once each", async () => {
    const { host, b } = await three(network());
    const waits = Array.from({ length: 100 }, () => awaitableIrp());
    for (const { irp } of waits) {
      b.Dispatch.WskReceiveFrom(b, wskBuf(new Uint8Array(9)), 0, null, null, null, null, irp);
    }
    await host.close(b);
    for (const { completion } of waits) {
      expect(await completion).toEqual({ Status: STATUS_CANCELLED, Information: 0 });
    }
  });
});

test("SO_BROADCAST reaches the network, when it is set before the bind", async () => {
  const asked: (boolean | undefined)[] = [];
  const real = memoryNetwork();
  const network: Network = {
    name: "spy",
    reaches: real.reaches,
    connect: (request) => real.connect(request),
    listen: (request) => real.listen(request),
    bind: (request) => {
      asked.push(request.broadcast);
      real.bind(request);
    },
  };
  const host = await Host.start(network);
  const socket = await host.socket(DatagramSocket);
  const option = (kind: number, cell: { value: number }) =>
    complete((irp) => {
      const isSet = kind === WskSetOption;
      const [into, out] = isSet ? [cell, null] : [null, cell];
      const [size, room] = isSet ? [4, 0] : [0, 4];
      const { WskControlSocket } = socket.Dispatch;
      return WskControlSocket(
        socket,
        kind,
        SO_BROADCAST,
        SOL_SOCKET,
        size,
        into,
        room,
        out,
        null,
        irp,
      );
    });
  const out = { value: 7 };
  expect((await option(WskGetOption, out)).block.Information).toBe(4);
  expect(out.value).toBe(0);
  expect((await option(WskSetOption, { value: 2 })).block.Status).toBe(STATUS_INVALID_PARAMETER);
  expect((await option(WskSetOption, { value: 1 })).block.Status).toBe(STATUS_SUCCESS);
  await option(WskGetOption, out);
  expect(out.value).toBe(1);
  await host.bind(socket);
  expect(asked).toEqual([true]);
  expect((await option(WskSetOption, { value: 0 })).block.Status).toBe(STATUS_INVALID_DEVICE_STATE);
});

test("control information arrives where the network carries it, and is cut where room is short", async () => {
  const { a, b, at } = await three(memoryNetwork());
  const info = Uint8Array.of(
    20,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    3,
    0,
    0,
    0,
    7,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  );
  const { WskSendTo } = a.Dispatch;
  await complete((irp) => WskSendTo(a, text("x"), 0, at.b, info.length, info, irp));
  await complete((irp) => WskSendTo(a, text("y"), 0, at.b, info.length, info, irp));
  const [length, into, flags] = [{ value: 24 }, new Uint8Array(24), { value: 0 }];
  const { WskReceiveFrom } = b.Dispatch;
  await complete((irp) =>
    WskReceiveFrom(b, wskBuf(new Uint8Array(1)), 0, null, length, into, flags, irp),
  );
  expect([length.value, flags.value, into]).toEqual([24, 0, info]);
  length.value = 8;
  await complete((irp) =>
    WskReceiveFrom(b, wskBuf(new Uint8Array(1)), 0, null, length, into, flags, irp),
  );
  expect([length.value, flags.value]).toEqual([8, 0x200]);
});
