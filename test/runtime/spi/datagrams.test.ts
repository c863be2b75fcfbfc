/** WSPSend and WSPSendTo over sockets of SOCK_DGRAM. */
import { describe, expect, test } from "vitest";
import type { PSOCKADDR, WSABUF, WSAOVERLAPPED } from "wskit";
import {
  AF_INET6, checkWSPSendDisconnect, NO_ERROR, SO_BROADCAST, SO_ERROR, SO_LINGER, SO_MAX_MSG_SIZE, SO_SNDBUF, SO_TYPE, SOCK_DGRAM, SOCK_STREAM, sockaddrIn, sockaddrIn6, SOL_SOCKET,
  WSA_IO_PENDING, WSA_OPERATION_ABORTED, WSAEACCES, WSAEADDRINUSE, WSAEADDRNOTAVAIL, WSAEAFNOSUPPORT, WSAECONNRESET,
  WSAEDESTADDRREQ, WSAEFAULT, WSAEINVAL, WSAEMSGSIZE, WSAENOPROTOOPT, WSAENOTCONN, WSAENOTSOCK, WSAEOPNOTSUPP, WSAESHUTDOWN, WSAEWOULDBLOCK,
} from "wskit"; // prettier-ignore
import { memoryNetwork, nativeNetwork, nodeNetwork } from "wskit/runtime";
import type { Network } from "wskit/runtime";
import { missing } from "../native/peers.js";
import { pattern } from "../peers.js";
import type { Setup, With } from "./world.js";
import { bindPeer, HOST, NETWORKS, pause, setUp, structure, until, whole } from "./world.js";

/** With the native one, where it is there. */
const ALL: Readonly<Record<string, () => Network>> = {
  ...NETWORKS,
  ...(missing === null ? { native: () => nativeNetwork() } : {}),
};

type Made = ReturnType<typeof setUp>;

const datagramSocket = (setup: Setup = {}) => setUp({ type: SOCK_DGRAM, ...setup });

function sendTo(
  { code, provider, s }: Made,
  buffers: readonly WSABUF[],
  to: PSOCKADDR | null,
  options: With & { readonly size?: number } = {},
): number {
  const { lpOverlapped = structure(), sent = { value: 0 }, dwFlags = 0 } = options;
  const { size = to === null ? 0 : to.sa_data.length + 2, count = buffers.length } = options;
  return code((lpErrno) =>
    provider.WSPSendTo(s, buffers, count, sent, dwFlags, to, size, lpOverlapped, null, null, lpErrno),
  ); // prettier-ignore
}

/** Starts a datagram, and tells how it ended. */
async function ended({ provider, result }: Made, start: (lpOverlapped: WSAOVERLAPPED) => number) {
  const lpOverlapped = structure();
  const answer = start(lpOverlapped);
  if (answer !== NO_ERROR && answer !== WSA_IO_PENDING) return answer;
  await provider.completed(lpOverlapped);
  const { ok, bytes, error } = result(lpOverlapped);
  return ok ? `${bytes} bytes` : error;
}

const getOption = ({ code, provider, s }: Made, optname: number, level: number = SOL_SOCKET) => {
  const optval = new Uint8Array(4);
  const args = { s, level, optname, optval, optlen: { value: 4 } };
  const answer = code((lpErrno) => provider.WSPGetSockOpt(args, lpErrno));
  return answer === NO_ERROR ? new DataView(optval.buffer).getUint32(0, true) : -answer;
};

const setOption = ({ code, provider, s }: Made, optname: number, value: number) => {
  const optval = new Uint8Array(4);
  new DataView(optval.buffer).setUint32(0, value, true);
  const args = { s, level: SOL_SOCKET, optname, optval, optlen: 4 };
  return code((lpErrno) => provider.WSPSetSockOpt(args, lpErrno));
};

describe.each(Object.entries(ALL))("over the network %s", (name, make) => {
  const knowsAtOnce = name !== "node";

  test("the first datagram of an unbound socket is as the second", async () => {
    const us = datagramSocket({ network: make() });
    const sent = () => sendTo(us, [whole(pattern(5))], sockaddrIn(HOST, 9));
    const wanted = knowsAtOnce ? NO_ERROR : WSA_IO_PENDING;
    expect([sent(), sent()]).toEqual([wanted, wanted]);
    expect(await us.provider.bound(us.s)).toBe(NO_ERROR);
  });

  test("an address that is taken is told by WSPBind, or later by the sends that wait for it", async () => {
    const network = make();
    const { at } = await bindPeer(network);
    const us = datagramSocket({ network });
    const bind = (port: number) =>
      us.code((lpErrno) => us.provider.WSPBind(us.s, sockaddrIn(HOST, port), lpErrno));
    expect(bind(at.port)).toBe(knowsAtOnce ? WSAEADDRINUSE : NO_ERROR);
    expect(await us.provider.bound(us.s)).toBe(WSAEADDRINUSE);
    expect([bind(0), await us.provider.bound(us.s), bind(0)]).toEqual([NO_ERROR, NO_ERROR, WSAEINVAL]);
  }); // prettier-ignore

  test("a broadcast needs SO_BROADCAST, at the moment of the call, and by WSPConnect too", async () => {
    const us = datagramSocket({ network: make() });
    for (const host of ["255.255.255.255", "127.255.255.255"]) {
      const everybody = sockaddrIn(host, 9);
      const connect = () => us.code((lpErrno) => us.provider.WSPConnect(us.s, everybody, lpErrno));
      const data = [whole(pattern(5))];
      expect([sendTo(us, data, everybody), connect(), us.send(data)]).toEqual([
        WSAEACCES,
        WSAEACCES,
        WSAENOTCONN,
      ]);
      setOption(us, SO_BROADCAST, 1);
      const sent = await ended(us, (o) => sendTo(us, data, everybody, { lpOverlapped: o }));
      // A machine may have no way to everybody.
      if (host !== "255.255.255.255" || name === "memory") expect(sent).toBe("5 bytes");
      expect(connect()).toBe(NO_ERROR);
      setOption(us, SO_BROADCAST, 0);
      expect(await ended(us, (lpOverlapped) => us.send(data, { lpOverlapped }))).toBe(WSAEACCES);
      await us.connect({ host: "0.0.0.0", port: 0 });
    }
  });

  test("a datagram of thousands of buffers is one", async () => {
    const network = make();
    const { at, datagrams } = await bindPeer(network);
    const us = datagramSocket({ network });
    const pieces = Array.from({ length: 3000 }, (_, i) => whole(pattern(1, i)));
    const to = sockaddrIn(at.host, at.port);
    for (const count of [1024, 1025, 3000]) {
      const start = (lpOverlapped: WSAOVERLAPPED) => sendTo(us, pieces, to, { lpOverlapped, count });
      expect(await ended(us, start)).toBe(`${count} bytes`);
    }
    await until(() => datagrams.length === 3);
    expect(datagrams.map(({ length }) => length)).toEqual([1024, 1025, 3000]);
    expect(datagrams[2]).toEqual(Uint8Array.from(pieces.flatMap(({ buf }) => [...(buf ?? [])])));
  }); // prettier-ignore

  test("over IPv6 an unbound socket sends what fits, and says at once what does not", async () => {
    const network = make();
    const us = datagramSocket({ network, family: AF_INET6 });
    const { at, datagrams } = await bindPeer(network, "::1");
    const to = sockaddrIn6(at.host, at.port);
    expect(sendTo(us, [whole(pattern(65_528))], to)).toBe(WSAEMSGSIZE);
    const start = (o: WSAOVERLAPPED) => sendTo(us, [whole(pattern(65_527))], to, { lpOverlapped: o });
    expect(await ended(us, start)).toBe("65527 bytes");
    await until(() => datagrams.length === 1);
    if (name !== "memory") return;
    const small = datagramSocket({ network: memoryNetwork({ maxDatagram: 9 }), family: AF_INET6 });
    expect(sendTo(small, [whole(pattern(10))], to)).toBe(WSAEMSGSIZE);
  }); // prettier-ignore

  test.runIf(knowsAtOnce)("a bounce meets the next send of a connected socket, or SO_ERROR, once", async () => {
    const network = make();
    const us = datagramSocket({ network });
    const nobody = { host: HOST, port: 1 };
    const data = [whole(pattern(5))];
    expect(sendTo(us, data, sockaddrIn(HOST, 1))).toBe(NO_ERROR);
    await pause();
    // Nobody knows which send of an unconnected socket it was.
    expect(sendTo(us, data, sockaddrIn(HOST, 1))).toBe(NO_ERROR);
    await pause();
    expect([getOption(us, SO_ERROR), getOption(us, SO_ERROR)]).toEqual([WSAECONNRESET, NO_ERROR]);
    await us.connect(nobody);
    const lpOverlapped = structure();
    expect(us.send(data)).toBe(NO_ERROR);
    await pause();
    expect([us.send(data, { lpOverlapped }), lpOverlapped]).toEqual([WSAECONNRESET, structure()]);
    expect([getOption(us, SO_ERROR), us.send(data)]).toEqual([NO_ERROR, NO_ERROR]);
    await pause();
    expect(us.send(data, { lpOverlapped: null })).toBe(WSAECONNRESET);
    expect(us.send(data)).toBe(NO_ERROR);
    await pause();
    expect([getOption(us, SO_ERROR), us.send(data)]).toEqual([WSAECONNRESET, NO_ERROR]);
  }); // prettier-ignore

  test("an address of zeros, its family too, ends the connection of datagrams, and of no stream", async () => {
    const network = make();
    const us = datagramSocket({ network });
    const zeros: PSOCKADDR = { sa_family: 0, sa_data: new Uint8Array(14) };
    await us.connect({ host: HOST, port: 9 });
    expect(us.code((lpErrno) => us.provider.WSPConnect(us.s, zeros, lpErrno))).toBe(NO_ERROR);
    expect(us.send([whole(pattern(5))])).toBe(WSAENOTCONN);
    const other = { sa_family: 0, sa_data: new Uint8Array(14).fill(1) };
    expect(us.code((lpErrno) => us.provider.WSPConnect(us.s, other, lpErrno))).toBe(WSAEAFNOSUPPORT);
    const stream = setUp({ network });
    const answer = stream.code((lpErrno) => stream.provider.WSPConnect(stream.s, zeros, lpErrno));
    expect(answer).toBe(WSAEAFNOSUPPORT);
  }); // prettier-ignore
});

describe.each(Object.entries(NETWORKS))("over the network %s", (name, make) => {
  test("a socket that nobody has bound sends, in order, and several buffers are one datagram", async () => {
    const network = make();
    const { at, datagrams } = await bindPeer(network);
    const us = datagramSocket({ network });
    const to = sockaddrIn(at.host, at.port);
    const all = [[whole(pattern(3)), whole(pattern(4))], [], [{ len: 0, buf: null }], [whole(pattern(9))]];
    const ends = all.map((buffers) => ended(us, (o) => sendTo(us, buffers, to, { lpOverlapped: o })));
    expect(await Promise.all(ends)).toEqual(["7 bytes", "0 bytes", "0 bytes", "9 bytes"]);
    await until(() => datagrams.length === 4);
    expect(datagrams.map(({ length }) => length)).toEqual([7, 0, 0, 9]);
    expect(datagrams[0]).toEqual(Uint8Array.from([...pattern(3), ...pattern(4)]));
  }); // prettier-ignore

  test("WSPConnect fixes where datagrams go, an address holds for one, zeros take it back", async () => {
    const network = make();
    const [first, second] = [await bindPeer(network), await bindPeer(network)];
    const us = datagramSocket({ network });
    const data = [whole(pattern(5))];
    expect(us.send(data)).toBe(WSAENOTCONN);
    expect(sendTo(us, data, null)).toBe(WSAEDESTADDRREQ);
    await us.connect(first.at);
    expect(await ended(us, (lpOverlapped) => us.send(data, { lpOverlapped }))).toBe("5 bytes");
    expect(await ended(us, (o) => sendTo(us, data, null, { lpOverlapped: o }))).toBe("5 bytes");
    const other = sockaddrIn(second.at.host, second.at.port);
    expect(await ended(us, (o) => sendTo(us, data, other, { lpOverlapped: o }))).toBe("5 bytes");
    await until(() => first.datagrams.length === 2 && second.datagrams.length === 1);
    await us.connect({ host: "0.0.0.0", port: 0 });
    expect(us.send(data)).toBe(WSAENOTCONN);
  });

  test("what 0 was returned for arrives, though the socket is closed at once", async () => {
    const network = make();
    const { at, datagrams } = await bindPeer(network);
    const to = sockaddrIn(at.host, at.port);
    for (const isBound of [false, true]) {
      const us = datagramSocket({ network });
      if (isBound) {
        us.code((lpErrno) => us.provider.WSPBind(us.s, sockaddrIn(HOST, 0), lpErrno));
        await us.provider.bound(us.s);
      }
      expect(sendTo(us, [whole(pattern(7))], to, { lpOverlapped: null })).toBe(NO_ERROR);
      us.code((lpErrno) => us.provider.WSPCloseSocket(us.s, lpErrno));
    }
    await until(() => datagrams.length === 2);
    expect(datagrams.map(({ length }) => length)).toEqual([7, 7]);
  }); // prettier-ignore

  test("without a structure the datagram is copied, and 0 tells its length", async () => {
    const network = make();
    const { at, datagrams } = await bindPeer(network);
    const us = datagramSocket({ network });
    const [data, sent] = [pattern(50), { value: 0 }];
    const was = Uint8Array.from(data);
    const to = sockaddrIn(at.host, at.port);
    expect(sendTo(us, [whole(data)], to, { lpOverlapped: null, sent })).toBe(NO_ERROR);
    data.fill(0);
    expect(sent.value).toBe(50);
    await until(() => datagrams.length === 1);
    expect(datagrams[0]).toEqual(was);
  });

  test("closing aborts each outstanding datagram once, and gives the handle back last", () => {
    const memory = memoryNetwork({ capacity: 10 });
    memory.stall({ host: HOST, port: 4007 });
    const us = datagramSocket({ network: name === "memory" ? memory : make() });
    us.provider.WSPBind(us.s, sockaddrIn(HOST, 4007), us.errno);
    const operations = [structure(), structure()];
    for (const lpOverlapped of operations) {
      const to = sockaddrIn("127.0.0.1", 9);
      expect(sendTo(us, [whole(pattern(50))], to, { lpOverlapped })).toBe(WSA_IO_PENDING);
    }
    expect(us.code((lpErrno) => us.provider.WSPCloseSocket(us.s, lpErrno))).toBe(NO_ERROR);
    expect(us.upcalls.notifications.map(({ dwError }) => dwError)).toEqual([
      WSA_OPERATION_ABORTED,
      WSA_OPERATION_ABORTED,
    ]);
    const gone = { value: 0 };
    expect(us.upcalls.WPUCloseSocketHandle(0x1000, gone)).toBe(-1);
  });
});

test.each(Object.entries(NETWORKS))(
  "over the network %s, a datagram under way is aborted once, whatever is told of it later",
  async (_, make) => {
    const network = make();
    const { at } = await bindPeer(network);
    const us = datagramSocket({ network });
    us.provider.WSPBind(us.s, sockaddrIn("127.0.0.1", 0), us.errno);
    expect(await us.provider.bound(us.s)).toBe(NO_ERROR);
    const lpOverlapped = structure();
    const answer = sendTo(us, [whole(pattern(5))], sockaddrIn(at.host, at.port), { lpOverlapped });
    us.provider.WSPCloseSocket(us.s, us.errno);
    await pause();
    const told = us.upcalls.notifications.map(({ dwError }) => dwError);
    expect(told).toEqual(answer === WSA_IO_PENDING ? [WSA_OPERATION_ABORTED] : []);
    const end = answer === WSA_IO_PENDING ? WSA_OPERATION_ABORTED : NO_ERROR;
    expect(lpOverlapped.Internal).toBe(end);
  },
);

test("no datagram over IPv6 goes to an address of IPv4", () => {
  const us = datagramSocket({ network: memoryNetwork(), family: AF_INET6 });
  for (const host of ["::ffff:127.0.0.1", "::ffff:7f00:1"])
    expect(sendTo(us, [whole(pattern(5))], sockaddrIn6(host, 9))).toBe(WSAEADDRNOTAVAIL);
  for (const host of ["::ffff:0:7f00:1", "::ffff"])
    expect(sendTo(us, [whole(pattern(5))], sockaddrIn6(host, 9))).toBe(NO_ERROR);
});

test("a datagram over IPv6, and the longest one", async () => {
  const { at, datagrams } = await bindPeer(nodeNetwork, "::1");
  const us = datagramSocket({ family: AF_INET6 });
  const to = sockaddrIn6(at.host, at.port);
  expect(
    await ended(us, (o) => sendTo(us, [whole(pattern(65_527))], to, { lpOverlapped: o })),
  ).toBe("65527 bytes");
  expect(sendTo(us, [whole(pattern(65_528))], to)).toBe(WSAEMSGSIZE);
  await until(() => datagrams.length === 1);
  expect(getOption(us, SO_MAX_MSG_SIZE)).toBe(65_527);
});

describe("what the page has a code for", () => {
  const to = sockaddrIn("127.0.0.1", 9);
  const data = [whole(pattern(5))];
  test.each<[string, PSOCKADDR | null, With & { size?: number }, number]>([
    ["another family", sockaddrIn6("::1", 9), {}, WSAEAFNOSUPPORT],
    ["a short address", to, { size: 15 }, WSAEFAULT],
    ["an address of no length", to, { size: 0 }, WSAEFAULT],
    ["port 0", sockaddrIn("127.0.0.1", 0), {}, WSAEADDRNOTAVAIL],
    ["the wildcard", sockaddrIn("0.0.0.0", 9), {}, WSAEADDRNOTAVAIL],
    ["everybody", sockaddrIn("255.255.255.255", 9), {}, WSAEACCES],
    ["nowhere", null, {}, WSAEDESTADDRREQ],
    ["out-of-band data", to, { dwFlags: 1 }, WSAEOPNOTSUPP],
    ["a part of a message", to, { dwFlags: 0x8000 }, WSAEOPNOTSUPP],
    ["no routing, which is not ours", to, { dwFlags: 4 }, NO_ERROR],
    ["neither count nor structure", to, { sent: null, lpOverlapped: null }, WSAEFAULT],
    ["more buffers than there are", to, { count: 2 }, WSAEFAULT],
  ])("%s", (_, address, options, code) => {
    const us = datagramSocket({ network: memoryNetwork() });
    const lpOverlapped = options.lpOverlapped === null ? null : structure();
    expect(sendTo(us, data, address, { ...options, lpOverlapped })).toBe(code);
    if (lpOverlapped !== null && code !== NO_ERROR) expect(lpOverlapped).toEqual(structure());
    expect(us.upcalls.notifications).toEqual([]);
  });

  test("a buffer at NULL, a datagram too long, sending shut down, no socket", () => {
    const us = datagramSocket({ network: memoryNetwork() });
    expect(sendTo(us, [{ len: 5, buf: null }], to)).toBe(WSAEFAULT);
    // Where it cannot go anywhere, that comes first.
    expect(us.send([{ len: 5, buf: null }])).toBe(WSAENOTCONN);
    const nowhere = [null, sockaddrIn6("::1", 9), sockaddrIn("255.255.255.255", 9)];
    expect(nowhere.map((address) => sendTo(us, [{ len: 5, buf: null }], address))).toEqual([
      WSAEDESTADDRREQ,
      WSAEAFNOSUPPORT,
      WSAEACCES,
    ]);
    const long = [whole(pattern(65_500)), whole(pattern(8))];
    expect(sendTo(us, long, to)).toBe(WSAEMSGSIZE);
    expect(sendTo(us, long, to, { lpOverlapped: null })).toBe(WSAEMSGSIZE);
    expect(us.code((lpErrno) => us.provider.WSPSendDisconnect(us.s, null, lpErrno))).toBe(NO_ERROR);
    expect(sendTo(us, data, to)).toBe(WSAESHUTDOWN);
    us.provider.WSPCloseSocket(us.s, us.errno);
    expect(sendTo(us, data, to)).toBe(WSAENOTSOCK);
  });
});

test("an address that is taken: the sends that waited for it fail, and the socket is unbound", async () => {
  const { at } = await bindPeer(nodeNetwork);
  const us = datagramSocket();
  const bind = () => us.code((lpErrno) => us.provider.WSPBind(us.s, sockaddrIn(at.host, at.port), lpErrno));
  expect([bind(), bind()]).toEqual([NO_ERROR, WSAEINVAL]);
  const to = sockaddrIn("127.0.0.1", at.port);
  const end = ended(us, (o) => sendTo(us, [whole(pattern(5))], to, { lpOverlapped: o }));
  expect([await us.provider.bound(us.s), await end]).toEqual([WSAEADDRINUSE, WSAEADDRINUSE]);
  expect(await ended(us, (o) => sendTo(us, [whole(pattern(5))], to, { lpOverlapped: o }))).toBe("5 bytes");
}); // prettier-ignore

describe("options", () => {
  test("SO_BROADCAST opens the way to everybody", async () => {
    const us = datagramSocket({ network: memoryNetwork() });
    const everybody = sockaddrIn("255.255.255.255", 9);
    expect([setOption(us, SO_BROADCAST, 1), getOption(us, SO_BROADCAST)]).toEqual([NO_ERROR, 1]);
    const data = [whole(pattern(5))];
    expect(await ended(us, (o) => sendTo(us, data, everybody, { lpOverlapped: o }))).toBe(
      "5 bytes",
    );
    expect([setOption(us, SO_BROADCAST, 0), getOption(us, SO_BROADCAST)]).toEqual([NO_ERROR, 0]);
    expect(sendTo(us, data, everybody)).toBe(WSAEACCES);
  });

  test("SO_SNDBUF bounds what waits without a structure", () => {
    const us = datagramSocket({ network: nodeNetwork });
    expect([getOption(us, SO_SNDBUF), setOption(us, SO_SNDBUF, 10)]).toEqual([65_536, NO_ERROR]);
    const to = sockaddrIn("127.0.0.1", 9);
    const plain = () => sendTo(us, [whole(pattern(6))], to, { lpOverlapped: null });
    expect([plain(), plain(), plain()]).toEqual([NO_ERROR, NO_ERROR, WSAEWOULDBLOCK]);
  });

  test("SO_ERROR tells of a failure that no call was told of, once", async () => {
    const us = datagramSocket();
    const { at } = await bindPeer(nodeNetwork);
    us.provider.WSPBind(us.s, sockaddrIn(at.host, at.port), us.errno);
    sendTo(us, [whole(pattern(6))], sockaddrIn("127.0.0.1", 9), { lpOverlapped: null });
    await us.provider.bound(us.s);
    expect([getOption(us, SO_ERROR), getOption(us, SO_ERROR)]).toEqual([WSAEADDRINUSE, NO_ERROR]);
  });

  test("others, and what cannot be set or has no room", () => {
    const us = datagramSocket({ network: memoryNetwork(), maxMessageSize: 1000 });
    expect([getOption(us, SO_TYPE), getOption(us, SO_MAX_MSG_SIZE)]).toEqual([SOCK_DGRAM, 1000]);
    expect(sendTo(us, [whole(pattern(1001))], sockaddrIn("127.0.0.1", 9))).toBe(WSAEMSGSIZE);
    expect([getOption(us, 0x4242), getOption(us, SO_TYPE, 6)]).toEqual([-WSAENOPROTOOPT, -WSAEINVAL]);
    expect(setOption(us, SO_MAX_MSG_SIZE, 5)).toBe(WSAENOPROTOOPT);
    expect([setOption(us, SO_ERROR, 5), getOption(us, SO_ERROR)]).toEqual([NO_ERROR, NO_ERROR]);
    const stream = setUp({ network: memoryNetwork() });
    expect(getOption(stream, SO_BROADCAST)).toBe(-WSAENOPROTOOPT);
    expect([getOption(stream, SO_LINGER), getOption(us, SO_LINGER)]).toEqual([0, -WSAENOPROTOOPT]);
    const { provider, s, code } = us;
    const small = { s, level: SOL_SOCKET, optname: SO_TYPE, optval: new Uint8Array(4), optlen: { value: 3 } };
    expect(code((lpErrno) => provider.WSPGetSockOpt(small, lpErrno))).toBe(WSAEFAULT);
    const wide = { ...small, optval: new Uint8Array(6).fill(9), optlen: { value: 6 } };
    expect(code((lpErrno) => provider.WSPGetSockOpt(wide, lpErrno))).toBe(NO_ERROR);
    expect([wide.optlen.value, [...wide.optval]]).toEqual([4, [SOCK_DGRAM, 0, 0, 0, 9, 9]]);
    const none = { s, level: SOL_SOCKET, optname: SO_SNDBUF, optval: null, optlen: 4 };
    expect(code((lpErrno) => provider.WSPSetSockOpt(none, lpErrno))).toBe(WSAEFAULT);
    for (const call of [
      code((lpErrno) => provider.WSPGetSockOpt({ ...small, s: 0x999 }, lpErrno)),
      code((lpErrno) => provider.WSPSetSockOpt({ ...none, s: 0x999 }, lpErrno)),
    ])
      expect(call).toBe(WSAENOTSOCK);
  }); // prettier-ignore
});

test.each([[SOCK_DGRAM, NO_ERROR], [SOCK_STREAM, WSAENOTCONN]] as const)("WSPSendDisconnect of an unconnected socket of type %i: provider and contract agree", (type, wanted) => {
  const us = setUp({ type });
  const answer = us.code((lpErrno) => us.provider.WSPSendDisconnect(us.s, null, lpErrno));
  expect(answer).toBe(wanted);
  const args = { s: us.s, lpOutboundDisconnectData: null, lpErrno: { value: 0 } };
  const facts = { "socket.connection-oriented": type === SOCK_STREAM, "socket.connected": false };
  const rules = checkWSPSendDisconnect(args, facts).map(({ rule }) => rule);
  expect(rules).toEqual(wanted === NO_ERROR ? [] : ["WSPSendDisconnect/connection-needed"]);
  if (wanted === NO_ERROR) expect(sendTo(us, [whole(pattern(1))], sockaddrIn(HOST, 9))).toBe(WSAESHUTDOWN);
}); // prettier-ignore
