/** WskSendTo over UDP: IPv4, IPv6, fixed addresses, sizes. */
import { describe, expect, test } from "vitest";
import {
  CallRefused, createWskSendTo, SIO_WSK_SET_REMOTE_ADDRESS, SIO_WSK_SET_SENDTO_ADDRESS, sockaddrIn,
  sockaddrIn6, STATUS_ADDRESS_ALREADY_EXISTS, STATUS_INVALID_BUFFER_SIZE, STATUS_INVALID_DEVICE_STATE,
  STATUS_NOT_SUPPORTED, STATUS_PENDING, STATUS_SUCCESS,
} from "wskit"; // prettier-ignore
import type { WSK_BUF_LIST } from "wskit";
import { awaitableIrp, createDatagramSocket, isMdlInUse, wskBuf } from "wskit/runtime";
import { adopt, bound, closeSocket, complete, fix, pattern, udpPeer } from "./peers.js";

test.each([[4, "udp4"], [6, "udp6"]] as const)("IPv%i: the datagram arrives whole, in pieces' order", async (family, type) => {
  const peer = await udpPeer(type);
  const socket = await bound(family);
  const to = family === 4 ? sockaddrIn("127.0.0.1", peer.port) : sockaddrIn6("::1", peer.port);
  const [a, b] = [pattern(1000, 1), pattern(500, 2)];
  const sent = await complete((irp) => socket.Dispatch.WskSendTo(socket, wskBuf(a, b), 0, to, 0, null, irp));
  expect([sent.returned, sent.block]).toEqual([STATUS_PENDING, { Status: STATUS_SUCCESS, Information: 1500 }]);
  expect(Buffer.compare(await peer.next(), Buffer.concat([a, b]))).toBe(0);
}); // prettier-ignore

test("an empty datagram is a datagram", async () => {
  const peer = await udpPeer("udp4");
  const socket = await bound(4);
  const to = sockaddrIn("127.0.0.1", peer.port);
  const empty = { Mdl: null, Offset: 0, Length: 0 };
  const { block } = await complete((irp) =>
    socket.Dispatch.WskSendTo(socket, empty, 0, to, 0, null, irp),
  );
  expect(block).toEqual({ Status: STATUS_SUCCESS, Information: 0 });
  expect(await peer.next()).toHaveLength(0);
});

test("65,507 bytes fit, 65,508 do not, and the IRP says so", async () => {
  const peer = await udpPeer("udp4");
  const socket = await bound(4);
  const to = sockaddrIn("127.0.0.1", peer.port);
  const send = (size: number) =>
    complete((irp) =>
      socket.Dispatch.WskSendTo(socket, wskBuf(pattern(size)), 0, to, 0, null, irp),
    );
  expect((await send(65_507)).block).toEqual({ Status: STATUS_SUCCESS, Information: 65_507 });
  expect((await send(65_508)).block).toEqual({
    Status: STATUS_INVALID_BUFFER_SIZE,
    Information: 0,
  });
  expect(await peer.next()).toHaveLength(65_507);
});

describe("fixed addresses", () => {
  test.each([
    ["SIO_WSK_SET_REMOTE_ADDRESS", SIO_WSK_SET_REMOTE_ADDRESS],
    ["SIO_WSK_SET_SENDTO_ADDRESS", SIO_WSK_SET_SENDTO_ADDRESS],
  ])("%s makes the address optional; a given one holds for one datagram", async (_, ioctl) => {
    const [fixed, other] = [await udpPeer("udp4"), await udpPeer("udp4")];
    const socket = await bound(4);
    const { WskSendTo } = socket.Dispatch;
    const control = (address: ReturnType<typeof sockaddrIn> | null) =>
      complete((irp) => fix(socket, ioctl, { address, irp }));
    const send = (text: string, to: ReturnType<typeof sockaddrIn> | null) =>
      complete((irp) => WskSendTo(socket, wskBuf(Buffer.from(text)), 0, to, 0, null, irp));
    await expect(send("nowhere", null)).rejects.toThrow(CallRefused);
    expect((await control(sockaddrIn("127.0.0.1", fixed.port))).block.Status).toBe(STATUS_SUCCESS);
    await send("one", null);
    await send("two", sockaddrIn("127.0.0.1", other.port));
    await send("three", null);
    expect([String(await fixed.next()), String(await fixed.next()), String(await other.next())]).toEqual([
      "one", "three", "two",
    ]); // prettier-ignore
    await control(null);
    await expect(send("nowhere", null)).rejects.toThrow("RemoteAddress.null-only-if");
  });

  test("of two, the remote address counts", async () => {
    const [remote, destination] = [await udpPeer("udp4"), await udpPeer("udp4")];
    const socket = await bound(4);
    const { WskSendTo } = socket.Dispatch;
    for (const [ioctl, { port }] of [
      [SIO_WSK_SET_SENDTO_ADDRESS, destination],
      [SIO_WSK_SET_REMOTE_ADDRESS, remote],
    ] as const) {
      const address = sockaddrIn("127.0.0.1", port);
      await complete((irp) => fix(socket, ioctl, { address, irp }));
    }
    await complete((irp) => WskSendTo(socket, wskBuf(Buffer.from("x")), 0, null, 0, null, irp));
    expect(String(await remote.next())).toBe("x");
  });

  test("are refused before the socket is bound, and by other codes", async () => {
    const unbound = createDatagramSocket({ family: 2 });
    const set = (socket: typeof unbound, ioctl: number, address = sockaddrIn("127.0.0.1", 1)) =>
      complete((irp) => fix(socket, ioctl, { address, irp }));
    expect((await set(unbound, SIO_WSK_SET_REMOTE_ADDRESS)).block.Status).toBe(
      STATUS_INVALID_DEVICE_STATE,
    );
    closeSocket(unbound);
    const socket = await bound(4);
    expect((await set(socket, 0x4f000003)).block.Status).toBe(STATUS_NOT_SUPPORTED);
  });
});

test("what Node's UDP cannot carry is said", async () => {
  const socket = await bound(4);
  const control = Uint8Array.of(16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 19, 0, 0, 0);
  const to = sockaddrIn("127.0.0.1", 9);
  const { returned, block } = await complete((irp) =>
    socket.Dispatch.WskSendTo(socket, wskBuf(pattern(1)), 0, to, 16, control, irp),
  );
  expect([returned, block.Status]).toEqual([STATUS_NOT_SUPPORTED, STATUS_NOT_SUPPORTED]);
});

test("an unbound socket sends nothing", async () => {
  const socket = createDatagramSocket({ family: 2 });
  const to = sockaddrIn("127.0.0.1", 9);
  const { returned } = await complete((irp) =>
    socket.Dispatch.WskSendTo(socket, wskBuf(pattern(1)), 0, to, 0, null, irp),
  );
  expect(returned).toBe(STATUS_INVALID_DEVICE_STATE);
  closeSocket(socket);
});

test("a socket is bound once, and used until it is closed", async () => {
  const socket = await bound(4);
  const again = await complete((irp) =>
    socket.Dispatch.WskBind(socket, sockaddrIn("127.0.0.1", 0), 0, irp),
  );
  expect(again.returned).toBe(STATUS_INVALID_DEVICE_STATE);
  closeSocket(socket);
  const to = sockaddrIn("127.0.0.1", 9);
  await expect(
    complete((irp) => socket.Dispatch.WskSendTo(socket, wskBuf(pattern(1)), 0, to, 0, null, irp)),
  ).rejects.toThrow("runtime/socket-closed");
});

test("an address of another family is refused", async () => {
  const socket = await bound(4);
  await expect(
    complete((irp) =>
      socket.Dispatch.WskSendTo(socket, wskBuf(pattern(1)), 0, sockaddrIn6("::1", 9), 0, null, irp),
    ),
  ).rejects.toThrow("WskSendTo/remote-address-fits-socket");
});

test("closing tells what was handed over, and completes after it", async () => {
  const peer = await udpPeer("udp4");
  const socket = await bound(4);
  const to = sockaddrIn("127.0.0.1", peer.port);
  const order: string[] = [];
  const sends = Array.from({ length: 20 }, async (_, i) => {
    const { block } = await complete((irp) =>
      socket.Dispatch.WskSendTo(socket, wskBuf(pattern(10, i)), 0, to, 0, null, irp),
    );
    order.push("sent");
    return block;
  });
  adopt(socket);
  const closing = complete((irp) => socket.Dispatch.WskCloseSocket(socket, irp));
  void closing.then(() => order.push("closed"));
  for (const block of await Promise.all(sends)) {
    expect(block).toEqual({ Status: STATUS_SUCCESS, Information: 10 });
  }
  expect(await closing).toEqual({
    returned: STATUS_PENDING,
    block: { Status: STATUS_SUCCESS, Information: 0 },
  });
  expect(order.at(-1)).toBe("closed");
  for (let i = 0; i < 20; i++) expect(Buffer.compare(await peer.next(), pattern(10, i))).toBe(0);
});

test("with nothing to tell, closing succeeds at once", async () => {
  const socket = await bound(4);
  adopt(socket);
  const closed = await complete((irp) => socket.Dispatch.WskCloseSocket(socket, irp));
  expect(closed.returned).toBe(STATUS_SUCCESS);
});

test("a send that failed stays failed, though the socket is closed meanwhile", async () => {
  const socket = await bound(4);
  const to = sockaddrIn("127.0.0.1", 9);
  const sent = complete((irp) =>
    socket.Dispatch.WskSendTo(socket, wskBuf(pattern(65_508)), 0, to, 0, null, irp),
  );
  closeSocket(socket);
  expect((await sent).block).toEqual({ Status: STATUS_INVALID_BUFFER_SIZE, Information: 0 });
});

test("after a refused bind the socket is bound elsewhere, and each IRP completes once", async () => {
  const [taken, socket] = [await bound(4), createDatagramSocket({ family: 2 })];
  const bind = (port: number) =>
    complete((irp) => socket.Dispatch.WskBind(socket, sockaddrIn("127.0.0.1", port), 0, irp));
  expect((await bind(taken.port)).block.Status).toBe(STATUS_ADDRESS_ALREADY_EXISTS);
  expect((await bind(0)).block.Status).toBe(STATUS_SUCCESS);
  closeSocket(socket);
});

test("a stub of one's own takes the place of the runtime", () => {
  expect(createWskSendTo(() => STATUS_PENDING)).toBeTypeOf("function");
});

describe("a list of buffers that share one MDL chain", () => {
  /** So many entries over one chain of so many links, of which each sends the first byte. */
  const shared = (entries: number, links: number): WSK_BUF_LIST => {
    const { Mdl } = wskBuf(...Array.from({ length: links }, () => new Uint8Array(1)));
    let list: WSK_BUF_LIST | null = null;
    for (let i = 0; i < entries; i++) list = { Buffer: { Mdl, Offset: 0, Length: 1 }, Next: list };
    return list ?? expect.unreachable();
  };

  test("is refused where it takes far longer to go through than to make, and at once", async () => {
    const socket = await bound(4);
    const { WskSendMessages } = socket.Dispatch;
    const to = sockaddrIn("127.0.0.1", 9);
    const list = shared(20_000, 20_000);
    const { irp } = awaitableIrp();
    const begun = performance.now();
    expect(() => WskSendMessages(socket, list, 0, to, 0, null, irp)).toThrow(/BufferList.shared/);
    expect(performance.now() - begun).toBeLessThan(500);
    expect([irp.owner, isMdlInUse(list.Buffer.Mdl ?? expect.unreachable())]).toEqual(["caller", false]);
  });

  test("is sent where that is not so, and one without an end is the contract's to refuse", async () => {
    const peer = await udpPeer("udp4");
    const socket = await bound(4);
    const { WskSendMessages } = socket.Dispatch;
    const to = sockaddrIn("127.0.0.1", peer.port);
    const send = (list: WSK_BUF_LIST) =>
      complete((irp) => WskSendMessages(socket, list, 0, to, 0, null, irp));
    expect((await send(shared(3, 70_000))).block).toEqual({ Status: STATUS_SUCCESS, Information: 3 });
    const endless = shared(1, 1);
    Object.assign(endless, { Next: endless });
    await expect(send(endless)).rejects.toThrow("WSK_BUF_LIST/Next.chain");
    const around = shared(2, 1);
    Object.assign(around.Buffer.Mdl ?? {}, { Next: around.Buffer.Mdl });
    await expect(send(around)).rejects.toThrow("MDL/Next.chain");
  });
}); // prettier-ignore
