/** Arguments that no generated check sees: refused by name, before an IRP or a socket is touched. */
import { describe, expect, test } from "vitest";
import type { NTSTATUS, PSOCKADDR } from "wskit";
import {
  AF_INET, AF_INET6, CallRefused, SIO_WSK_SET_REMOTE_ADDRESS, sockaddrIn, sockaddrIn6,
  STATUS_INVALID_ADDRESS_COMPONENT, STATUS_SUCCESS,
} from "wskit"; // prettier-ignore
import type { Irp } from "wskit/runtime";
import {
  awaitableIrp, ConnectionSocket, createConnectionSocket, createDatagramSocket, IoAllocateIrp, IoSetCompletionRoutine,
  isMdlInUse, setRoutineErrorHandler, wskBuf, wskSocketOf,
} from "wskit/runtime"; // prettier-ignore
import {
  bound,
  closeSocket,
  complete,
  connected,
  fix,
  pattern,
  tcpPeer,
  udpPeer,
} from "./peers.js";

/** What C would not compile, or what points to less than it should. */
const from = (value: unknown): PSOCKADDR => value as PSOCKADDR;

const BAD_ADDRESSES: readonly [string, PSOCKADDR, string][] = [
  ["null", from(null), "expected a pointer to SOCKADDR, received null"],
  ["no family", from({ sa_data: new Uint8Array(14) }), "sa_family"],
  ["an unknown family", { sa_family: 1, sa_data: new Uint8Array(14) }, "received AF_UNIX (1)"],
  [
    "the other family",
    sockaddrIn6("::1", 9),
    "an address of family AF_INET (2), as the socket, received AF_INET6 (23)",
  ],
  ["too short", { sa_family: AF_INET, sa_data: new Uint8Array(13) }, "at least 14 bytes"],
];

function refused(call: (irp: Irp) => NTSTATUS, ...words: readonly string[]): void {
  const { irp } = awaitableIrp();
  let error: unknown;
  try {
    call(irp);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(CallRefused);
  for (const word of words) expect((error as CallRefused).message).toContain(word);
  expect(irp.owner).toBe("caller");
}

describe.each(BAD_ADDRESSES)("an address that is %s", (_, address, words) => {
  test("is refused by the calls of a connection socket, which work afterwards", async () => {
    const socket = createConnectionSocket({ family: AF_INET });
    const { WskBind, WskConnect } = socket.Dispatch;
    refused((irp) => WskBind(socket, address, 0, irp), "LocalAddress", words);
    const local = sockaddrIn("127.0.0.1", 0);
    const { block } = await complete((irp) => WskBind(socket, local, 0, irp));
    expect(block.Status).toBe(STATUS_SUCCESS);
    refused((irp) => WskConnect(socket, address, 0, irp), "RemoteAddress", words);
    const to = sockaddrIn("127.0.0.1", (await tcpPeer()).port);
    const connecting = await complete((irp) => WskConnect(socket, to, 0, irp));
    expect(connecting.block.Status).toBe(STATUS_SUCCESS);
    closeSocket(socket);
  });

  test("is refused by the calls of a datagram socket, which work afterwards", async () => {
    const socket = createDatagramSocket({ family: AF_INET });
    const { WskBind, WskSendTo } = socket.Dispatch;
    refused((irp) => WskBind(socket, address, 0, irp), "LocalAddress", words);
    const local = sockaddrIn("127.0.0.1", 0);
    const { block } = await complete((irp) => WskBind(socket, local, 0, irp));
    expect(block.Status).toBe(STATUS_SUCCESS);
    const buffer = wskBuf(pattern(4));
    if (address !== null) {
      const ioctl = SIO_WSK_SET_REMOTE_ADDRESS;
      refused((irp) => fix(socket, ioctl, { address, irp }), "InputBuffer", words);
    }
    refused((irp) => WskSendTo(socket, buffer, 0, address, 0, null, irp), "RemoteAddress");
    expect(isMdlInUse(buffer.Mdl ?? expect.unreachable())).toBe(false);
    closeSocket(socket);
  });
});

test.each([0, 1, 17, 2.5, Number.NaN, null, "2"])("no socket is of the family %s", (family) => {
  const options = { family: family as number };
  expect(() => createConnectionSocket(options)).toThrow("family");
  expect(() => createDatagramSocket(options)).toThrow("family");
});

test("messages have the names of numbers", async () => {
  expect(() => createConnectionSocket({ family: 1 })).toThrow("AF_INET6, received AF_UNIX (1)");
  const environment = { irql: 2 };
  const socket = createConnectionSocket({ family: AF_INET, environment });
  const { WskDisconnect, WskGetLocalAddress, WskCloseSocket } = socket.Dispatch;
  refused((irp) => WskDisconnect(socket, null, 4 as 0, irp), "expected 0 or WSK_FLAG_ABORTIVE");
  const short = { sa_family: 0, sa_data: new Uint8Array(2) };
  refused((irp) => WskGetLocalAddress(socket, short, irp), "for an address of family AF_INET (2)");
  environment.irql = 15;
  refused((irp) => WskDisconnect(socket, null, 0, irp), "an IRQL of at most DISPATCH_LEVEL (2)");
  environment.irql = 0;
  const failed = IoAllocateIrp(1);
  failed.IoStatus.Status = STATUS_INVALID_ADDRESS_COMPONENT;
  expect(() => wskSocketOf(failed, ConnectionSocket)).toThrow("STATUS_INVALID_ADDRESS_COMPONENT");
  expect(() => wskSocketOf(failed, undefined as never)).toThrow(
    "wskSocketOf(Irp, kind): expected a class of sockets, such as ConnectionSocket, received undefined",
  );
  const errors: unknown[] = [];
  const before = setRoutineErrorHandler((error) => errors.push(error));
  const { irp } = awaitableIrp();
  IoSetCompletionRoutine(irp, () => STATUS_SUCCESS, null);
  WskCloseSocket(socket, irp);
  setRoutineErrorHandler(before);
  expect(String(errors[0])).toContain("It was STATUS_SUCCESS.");
});

test("reserved flags are refused", async () => {
  const flags = 1 as 0;
  const local = sockaddrIn("127.0.0.1", 0);
  const stream = createConnectionSocket({ family: AF_INET });
  refused((irp) => stream.Dispatch.WskBind(stream, local, flags, irp), "Flags: expected 0");
  refused((irp) => stream.Dispatch.WskConnect(stream, local, flags, irp), "Flags: expected 0");
  const datagram = await bound(4);
  refused((irp) => datagram.Dispatch.WskBind(datagram, local, flags, irp), "Flags: expected 0");
});

test("a frozen IRP cannot be completed, and is refused", async () => {
  const socket = await connected(await tcpPeer());
  const buffer = wskBuf(pattern(4));
  refused((irp) => socket.Dispatch.WskSend(socket, buffer, 0, Object.freeze(irp)), "Irp.");
  const block = (irp: Irp): Irp => {
    Object.freeze(irp.IoStatus);
    return irp;
  };
  refused((irp) => socket.Dispatch.WskSend(socket, buffer, 0, block(irp)), "Irp.IoStatus.");
  expect(isMdlInUse(buffer.Mdl ?? expect.unreachable())).toBe(false);
});

test("memory that pretends to be longer than it is, is refused", async () => {
  const peer = await tcpPeer();
  const socket = await connected(peer);
  const memory = Object.defineProperty(pattern(4), "length", { value: 1_000_000 });
  const Mdl = { Next: null, MdlFlags: 4, MappedSystemVa: memory, ByteCount: 1_000_000 };
  const buffer = { Mdl, Offset: 0, Length: 1_000_000 };
  refused((irp) => socket.Dispatch.WskSend(socket, buffer, 0, irp), "Buffer");
  expect(isMdlInUse(Mdl)).toBe(false);
});

test("the control code keeps no hold of the caller's address", async () => {
  const [first, second] = [await udpPeer("udp4"), await udpPeer("udp4")];
  const socket = await bound(4);
  const { WskSendTo } = socket.Dispatch;
  const address = sockaddrIn("127.0.0.1", first.port);
  await complete((irp) => fix(socket, SIO_WSK_SET_REMOTE_ADDRESS, { address, irp }));
  address.sa_data.set(sockaddrIn("127.0.0.1", second.port).sa_data);
  await complete((irp) => WskSendTo(socket, wskBuf(Buffer.from("x")), 0, null, 0, null, irp));
  expect(String(await first.next())).toBe("x");
});

test("no datagram goes to port 0, and the IRP says so", async () => {
  const socket = await bound(4);
  const to = sockaddrIn("127.0.0.1", 0);
  const { block } = await complete((irp) =>
    socket.Dispatch.WskSendTo(socket, wskBuf(pattern(1)), 0, to, 0, null, irp),
  );
  expect(block).toEqual({ Status: STATUS_INVALID_ADDRESS_COMPONENT, Information: 0 });
});

test("an AF_INET6 socket leaves the port free for AF_INET", async () => {
  const six = createDatagramSocket({ family: AF_INET6 });
  const local = sockaddrIn6("::", 0);
  await complete((irp) => six.Dispatch.WskBind(six, local, 0, irp));
  const four = createDatagramSocket({ family: AF_INET });
  const same = sockaddrIn("0.0.0.0", six.port);
  const { block } = await complete((irp) => four.Dispatch.WskBind(four, same, 0, irp));
  expect(block.Status).toBe(STATUS_SUCCESS);
  closeSocket(six);
  closeSocket(four);
});
