/**
 * UDP by the native network. What is said of control information is proven at a receiver of its
 * own, which asks the kernel with recvmsg and knows nothing of the network's code.
 */
import { createRequire } from "node:module";
import { constants } from "node:os";
import { describe, expect, test } from "vitest";
import {
  controlInfo, IP_ECN, IP_PKTINFO, IP_TOS, IP_TTL, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP,
  IPPROTO_UDP, IPV6_ECN, IPV6_PKTINFO, IPV6_TCLASS, SO_TIMESTAMP_ID, SOL_SOCKET,
  STATUS_ACCESS_DENIED, STATUS_ADDRESS_ALREADY_EXISTS, STATUS_CANCELLED,
  STATUS_INVALID_ADDRESS_COMPONENT, STATUS_INVALID_BUFFER_SIZE, STATUS_INVALID_PARAMETER,
  STATUS_NETWORK_UNREACHABLE, STATUS_NOT_SUPPORTED, STATUS_PORT_UNREACHABLE, UDP_SEND_MSG_SIZE,
} from "wskit"; // prettier-ignore
import { DONE, TAKEN } from "../../../runtime/network/network.js";
import { findKoffi } from "../../../runtime/transport/native/koffi.js";
import { libcOf } from "../../../runtime/transport/native/libc.js";
import type { Libc } from "../../../runtime/transport/native/libc.js";
import { nativeNetwork, networkOver } from "../../../runtime/transport/native/network.js";
import { atEnd, pattern, udpPeer } from "../peers.js";
import { bind, Fate, missing, titled, to, until } from "./peers.js";

const ANY = { 4: "127.0.0.1", 6: "::1" } as const;
const HOPLIMIT = 21; // IP_HOPLIMIT and IPV6_HOPLIMIT of Windows

/** A socket that tells what the kernel says of each datagram: its bytes, and its control messages. */
function receiver(family: 4 | 6) {
  const koffi = createRequire(import.meta.url)("koffi") as {
    load(path: null): { func(prototype: string): (...args: unknown[]) => number };
    address(memory: Uint8Array): bigint;
  };
  const lib = koffi.load(null);
  const call = (prototype: string) => lib.func(prototype);
  const fd = call("int socket(int, int, int)")(family === 4 ? 2 : 10, 2, 0);
  const address = Buffer.alloc(28);
  address.writeUInt16LE(family === 4 ? 2 : 10);
  if (family === 4) address.set([127, 0, 0, 1], 4);
  else address[23] = 1;
  call("int bind(int, const void *, int)")(fd, address, family === 4 ? 16 : 28);
  call("int getsockname(int, void *, void *)")(fd, address, Buffer.from([28, 0, 0, 0]));
  const one = Buffer.from([1, 0, 0, 0]);
  const setsockopt = call("int setsockopt(int, int, int, const void *, int)");
  // IP_PKTINFO, IP_RECVTTL, IP_RECVTOS; IPV6_RECVPKTINFO, IPV6_RECVHOPLIMIT, IPV6_RECVTCLASS.
  for (const option of family === 4 ? [8, 12, 13] : [49, 51, 66]) {
    expect(setsockopt(fd, family === 4 ? 0 : 41, option, one, 4)).toBe(0);
  }
  const close = call("int close(int)");
  atEnd(() => close(fd));
  const recvmsg = call("long recvmsg(int, void *, int)");
  const [data, control, iovec, name] = [65536, 512, 16, 28].map((n) => Buffer.alloc(n)) as [
    Buffer, Buffer, Buffer, Buffer,
  ]; // prettier-ignore
  iovec.writeBigUInt64LE(koffi.address(data), 0);
  iovec.writeBigUInt64LE(65536n, 8);
  return {
    port: address.readUInt16BE(2),
    async next() {
      const message = Buffer.alloc(56);
      message.writeBigUInt64LE(koffi.address(name), 0);
      message.writeUInt32LE(28, 8);
      message.writeBigUInt64LE(koffi.address(iovec), 16);
      message.writeBigUInt64LE(1n, 24);
      message.writeBigUInt64LE(koffi.address(control), 32);
      message.writeBigUInt64LE(512n, 40);
      let count = -1;
      await until(() => (count = recvmsg(fd, message, 0x40)) >= 0);
      const found: Record<string, number | string> = {};
      for (let at = 0; at < Number(message.readBigUInt64LE(40));) {
        const size = Number(control.readBigUInt64LE(at));
        const of = `${control.readInt32LE(at + 8)} ${control.readInt32LE(at + 12)}`;
        const bytes = control.subarray(at + 16, at + size);
        if (of === "0 2") found["ttl"] = bytes.readInt32LE();
        if (of === "0 1") found["tos"] = bytes[0] ?? -1;
        if (of === "0 8") found["interface"] = bytes.readInt32LE();
        if (of === "41 52") found["ttl"] = bytes.readInt32LE();
        if (of === "41 67") found["tos"] = bytes.readInt32LE();
        if (of === "41 50") found["interface"] = bytes.readInt32LE(16);
        at += (size + 7) & ~7;
      }
      const from =
        family === 4 ? name.subarray(4, 8).join(".") : name.subarray(8, 24).toString("hex");
      return { ...found, data: Buffer.from(data.subarray(0, count)), from };
    },
  };
}

const int = (value: number) => new Uint8Array(Int32Array.of(value).buffer);
const object = (level: number, type: number, data: Uint8Array | number) => ({
  level,
  type,
  data: typeof data === "number" ? int(data) : data,
});

describe.skipIf(missing !== null)(titled("UDP by the native network"), () => {
  test.each([4, 6] as const)("datagrams of IPv%i go both ways", async (family) => {
    const host = ANY[family];
    const one = await bind(nativeNetwork(), host);
    const two = await bind(nativeNetwork(), host);
    const { port } = two.port.local;
    const pieces = [pattern(0), pattern(1), pattern(1472), pattern(one.port.maxDatagram, 9)];
    for (const piece of pieces) {
      expect(one.port.send(to(port, piece, { host }), new Fate())).toBe(DONE);
    }
    expect(one.port.send(to(port, pattern(0), { host, chunks: [] }), new Fate())).toBe(DONE);
    const chunks = [pattern(3), pattern(0), pattern(400, 2)];
    expect(one.port.send(to(port, pattern(0), { host, chunks }), new Fate())).toBe(DONE);
    await until(() => two.heard.datagrams.length === 6);
    const heard = two.heard.datagrams.map(({ data }) => Buffer.from(data));
    expect(heard.map((data) => data.length)).toEqual([0, 1, 1472, one.port.maxDatagram, 0, 403]);
    expect(heard[3]?.equals(pattern(one.port.maxDatagram, 9))).toBe(true);
    expect(heard[5]?.equals(Buffer.concat(chunks))).toBe(true);
    expect(two.heard.datagrams[0]?.from).toBe(`${host} ${one.port.local.port}`);
    expect(two.heard.datagrams[0]?.control).toBe(null);
  });

  test("a socket of Node hears them, and is heard", async () => {
    const peer = await udpPeer("udp4");
    const { port } = await bind(nativeNetwork(), "0.0.0.0");
    expect(port.send(to(peer.port, pattern(64)), new Fate())).toBe(DONE);
    expect((await peer.next()).equals(pattern(64))).toBe(true);
  });

  test("control information of IPv4 is there at a receiver", async () => {
    const receives = receiver(4);
    const { port } = await bind(nativeNetwork(), "0.0.0.0");
    const info = Uint8Array.of(127, 0, 0, 9, 1, 0, 0, 0); // the address, then interface 1: loopback
    const control = controlInfo(
      [
        object(IPPROTO_IP, IP_PKTINFO, info),
        object(IPPROTO_IP, IP_TTL, 7),
        object(IPPROTO_IP, IP_ECN, 1),
        object(IPPROTO_IP, IP_TOS, 0xb8),
      ],
      "x64",
    );
    expect(port.send(to(receives.port, pattern(64), { control }), new Fate())).toBe(DONE);
    expect(await receives.next()).toMatchObject({
      from: "127.0.0.9",
      ttl: 7,
      tos: 0xb9,
      interface: 1,
    });
    expect(port.send(to(receives.port, pattern(64)), new Fate())).toBe(DONE);
    expect(await receives.next()).toMatchObject({ from: "127.0.0.1", ttl: 64, tos: 0 });
  });

  test.each([
    ["IP_TOS", IP_TOS, 0x20, { tos: 0x20 }],
    ["IP_ECN", IP_ECN, 3, { tos: 3 }],
    ["IP_TTL", IP_TTL, 200, { ttl: 200 }],
    ["IP_HOPLIMIT", HOPLIMIT, 3, { ttl: 3 }],
  ] as const)("%s by itself", async (_, type, value, there) => {
    const receives = receiver(4);
    const { port } = await bind(nativeNetwork(), "127.0.0.1");
    const control = controlInfo([object(IPPROTO_IP, type, value)], "x64");
    expect(port.send(to(receives.port, pattern(5), { control }), new Fate())).toBe(DONE);
    expect(await receives.next()).toMatchObject({ ...there, data: Buffer.from(pattern(5)) });
  });

  test("control information of IPv6 is there at a receiver", async () => {
    const receives = receiver(6);
    const { port } = await bind(nativeNetwork(), "::1");
    const info = new Uint8Array(20);
    info.set([1], 15);
    info.set([1], 16);
    const objects = [
      object(IPPROTO_IPV6, IPV6_PKTINFO, info),
      object(IPPROTO_IPV6, HOPLIMIT, 9),
      object(IPPROTO_IPV6, IPV6_TCLASS, 0x2c),
      object(IPPROTO_IPV6, IPV6_ECN, 2),
    ];
    const host = "::1";
    const control = controlInfo(objects, "x64");
    expect(port.send(to(receives.port, pattern(64), { host, control }), new Fate())).toBe(DONE);
    const from = "00000000000000000000000000000001";
    expect(await receives.next()).toMatchObject({ from, ttl: 9, tos: 0x2e, interface: 1 });
  });

  test.each([4, 6] as const)(
    "UDP_SEND_MSG_SIZE cuts a buffer into datagrams, IPv%i",
    async (family) => {
      const receives = receiver(family);
      const host = ANY[family];
      const { port } = await bind(nativeNetwork(), host);
      const control = controlInfo([object(IPPROTO_UDP, UDP_SEND_MSG_SIZE, 100)], "x64");
      const chunks = [pattern(130), pattern(125, 2)];
      const whole = Buffer.concat(chunks);
      expect(port.send(to(receives.port, whole, { host, chunks, control }), new Fate())).toBe(DONE);
      for (const [start, end] of [
        [0, 100],
        [100, 200],
        [200, 255],
      ]) {
        expect((await receives.next()).data).toEqual(whole.subarray(start, end));
      }
    },
  );

  const wrong = (bytes: Uint8Array, at: number, value: number) => {
    bytes[at] = value;
    return bytes;
  };
  const tos = () => controlInfo([object(IPPROTO_IP, IP_TOS, 4)], "x64");
  test.each([
    ["nothing", new Uint8Array(0), STATUS_INVALID_PARAMETER],
    ["less than a header", new Uint8Array(15), STATUS_INVALID_PARAMETER],
    ["a length of 0", wrong(tos(), 0, 0), STATUS_INVALID_PARAMETER],
    ["a length beyond the end", wrong(tos(), 0, 25), STATUS_INVALID_PARAMETER],
    ["half an INT", wrong(tos(), 0, 18), STATUS_INVALID_PARAMETER],
    ["a TOS of 256", wrong(tos(), 17, 1), STATUS_INVALID_PARAMETER],
    ["an ECN of 4", controlInfo([object(0, IP_ECN, 4)], "x64"), STATUS_INVALID_PARAMETER],
    ["a TTL of 0", controlInfo([object(0, IP_TTL, 0)], "x64"), STATUS_INVALID_PARAMETER],
    ["a short IN_PKTINFO", controlInfo([object(0, IP_PKTINFO, 1)], "x64"), STATUS_INVALID_PARAMETER],
    ["datagrams of 65,536 bytes", controlInfo([object(17, UDP_SEND_MSG_SIZE, 65_536)], "x64"), STATUS_INVALID_PARAMETER],
    ["an unknown type", wrong(tos(), 12, 99), STATUS_NOT_SUPPORTED],
    ["another level", wrong(tos(), 8, IPPROTO_TCP), STATUS_NOT_SUPPORTED],
    ["the other family", controlInfo([object(IPPROTO_IPV6, IPV6_TCLASS, 4)], "x64"), STATUS_NOT_SUPPORTED],
    ["a known one, then an unknown", controlInfo([object(0, IP_TOS, 4), object(SOL_SOCKET, SO_TIMESTAMP_ID, 1)], "x64"), STATUS_NOT_SUPPORTED],
  ])("%s is refused, and nothing is sent", async (_, control, status) => {
    const peer = await bind(nativeNetwork(), "127.0.0.1");
    const { port } = await bind(nativeNetwork(), "127.0.0.1");
    const fate = new Fate();
    expect(port.send(to(peer.port.local.port, pattern(9), { control }), fate)).toMatchObject({ status });
    expect(port.send(to(peer.port.local.port, pattern(1)), fate)).toBe(DONE);
    await until(() => peer.heard.datagrams.length > 0);
    expect(peer.heard.datagrams[0]?.data.length).toBe(1);
    expect(fate.end).toBe(undefined);
  }); // prettier-ignore

  test("an address to send from that is not ours is the kernel's to refuse", async () => {
    const info = Uint8Array.of(192, 0, 2, 1, 0, 0, 0, 0);
    const control = controlInfo([object(IPPROTO_IP, IP_PKTINFO, info)], "x64");
    const { port } = await bind(nativeNetwork(), "127.0.0.1");
    const failure = port.send(to(9, pattern(9), { control }), new Fate());
    expect(failure).toHaveProperty("status");
    // It depends on its routes what it says.
    const known = [STATUS_NETWORK_UNREACHABLE, STATUS_INVALID_PARAMETER];
    expect(typeof failure === "object" && known.includes(failure.status)).toBe(true);
  });

  test("a port can tell of control information, as Windows lays it out", async () => {
    for (const [host, level] of [
      ["127.0.0.1", IPPROTO_IP],
      ["::1", IPPROTO_IPV6],
    ] as const) {
      const hears = await bind(nativeNetwork({ receiveControl: true }), host);
      const { port } = await bind(nativeNetwork(), host);
      const type = level === IPPROTO_IP ? IP_TOS : IPV6_TCLASS;
      const control = controlInfo([object(level, type, 0x2e), object(level, HOPLIMIT, 5)], "x64");
      expect(port.send(to(hears.port.local.port, pattern(1), { host, control }), new Fate())).toBe(
        DONE,
      );
      await until(() => hears.heard.datagrams.length > 0);
      const told = Buffer.from(hears.heard.datagrams[0]?.control ?? []);
      const hops = level === IPPROTO_IP ? IP_TTL : HOPLIMIT;
      for (const [of, value] of [
        [type, 0x2e],
        [hops, 5],
      ] as const) {
        expect(
          told.includes(
            Buffer.from(controlInfo([object(level, of, value)], "x64").subarray(0, 20)),
          ),
        ).toBe(true);
      }
      const info =
        level === IPPROTO_IP
          ? [127, 0, 0, 1, 1, 0, 0, 0]
          : [...Array<number>(15).fill(0), 1, 1, 0, 0, 0];
      expect(told.includes(Buffer.from(info))).toBe(true);
    }
  });

  test("failures are told by their causes", async () => {
    const { port } = await bind(nativeNetwork(), "127.0.0.1");
    const send = (datagram: ReturnType<typeof to>) => port.send(datagram, new Fate());
    const long = pattern(65_508);
    expect(send(to(9, long))).toMatchObject({ status: STATUS_INVALID_BUFFER_SIZE });
    expect(send(to(9, pattern(70_000)))).toMatchObject({ status: STATUS_INVALID_BUFFER_SIZE });
    const halves = [long.subarray(0, 33_000), long.subarray(33_000)];
    expect(send(to(9, long, { chunks: halves }))).toMatchObject({
      status: STATUS_INVALID_BUFFER_SIZE,
    });
    for (const wrong of [
      to(0, pattern(1)),
      to(-1, pattern(1)),
      to(9, pattern(1), { host: "::1" }),
      to(9, pattern(1), { host: "x" }),
    ]) {
      expect(send(wrong)).toMatchObject({ status: STATUS_INVALID_ADDRESS_COMPONENT });
    }
    expect(send(to(9, pattern(1), { host: "255.255.255.255" }))).toMatchObject({
      status: STATUS_ACCESS_DENIED,
    });
    const { local } = port;
    const failure = bind(nativeNetwork(), local.host, { port: local.port });
    await expect(failure).rejects.toMatchObject({
      cause: { status: STATUS_ADDRESS_ALREADY_EXISTS },
    });
    await expect(bind(nativeNetwork(), "nowhere")).rejects.toMatchObject({
      cause: { status: STATUS_INVALID_ADDRESS_COMPONENT },
    });
  });

  test("broadcast is allowed where it was asked for", async () => {
    const { port } = await bind(nativeNetwork(), "127.0.0.1", { broadcast: true });
    const peer = await bind(nativeNetwork(), "0.0.0.0");
    const there = to(peer.port.local.port, pattern(3), { host: "127.255.255.255" });
    expect(port.send(there, new Fate())).toBe(DONE);
    await until(() => peer.heard.datagrams.length === 1);
  });

  test.each(["127.0.0.1", "::1"])(
    "a datagram to %s that bounces is told of, and no send fails for it",
    async (host) => {
      const gone = await bind(nativeNetwork(), host);
      const nobody = gone.port.local.port;
      gone.port.close(() => undefined);
      const peer = await bind(nativeNetwork(), host);
      const { port, heard } = await bind(nativeNetwork(), host);
      for (let i = 0; i < 3; i++) {
        expect(port.send(to(nobody, pattern(10), { host }), new Fate())).toBe(DONE);
        expect(port.send(to(peer.port.local.port, pattern(10), { host }), new Fate())).toBe(DONE);
      }
      await until(() => heard.bounces.length === 3);
      expect(heard.bounces.map(({ status }) => status)).toEqual(
        Array(3).fill(STATUS_PORT_UNREACHABLE),
      );
      await until(() => peer.heard.datagrams.length === 3);
      expect(peer.port.send(to(port.local.port, pattern(7), { host }), new Fate())).toBe(DONE);
      await until(() => heard.datagrams.length === 1);
    },
  );

  test("pause and resume", async () => {
    const { port, heard } = await bind(nativeNetwork(), "127.0.0.1");
    port.pause();
    port.send(to(port.local.port, pattern(1)), new Fate());
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(heard.datagrams).toEqual([]);
    port.resume();
    await until(() => heard.datagrams.length === 1);
  });
});

describe.skipIf(missing !== null)(titled("datagrams without room"), () => {
  /** The network over a libc that has no room as often as asked. */
  function crowded(name: "sendto" | "sendmsg") {
    const found = findKoffi();
    if ("missing" in found) throw new Error(found.missing);
    const real = libcOf(found.koffi);
    const state = { full: 0, is: constants.errno.EAGAIN, failed: false };
    const refuse = (): number => {
      state.full--;
      state.failed = true;
      return -1;
    };
    const libc: Libc = {
      ...real,
      errno: () => (state.failed ? ((state.failed = false), state.is) : real.errno()),
      [name]: (...args: never[]) =>
        state.full > 0 ? refuse() : (real[name] as (...args: never[]) => number)(...args),
    };
    return { network: networkOver(libc, {}), state };
  }

  test.each(["sendto", "sendmsg"] as const)(
    "wait, in their order, and are settled once: %s",
    async (name) => {
      const { network, state } = crowded(name);
      const { port } = await bind(network, "127.0.0.1");
      const peer = await bind(nativeNetwork(), "127.0.0.1");
      const control = name === "sendmsg" ? controlInfo([object(0, IP_TOS, 4)], "x64") : null;
      const fates = [new Fate(), new Fate(), new Fate()];
      state.full = 5;
      const there = { host: "127.0.0.1", port: peer.port.local.port };
      for (const [i, fate] of fates.entries()) {
        expect(port.send({ chunks: [pattern(i + 1)], to: there, control }, fate)).toBe(TAKEN);
        expect(fate.end).toBe(undefined);
      }
      await until(() => fates.every((fate) => fate.end !== undefined));
      expect(fates.map(({ end }) => end)).toEqual([null, null, null]);
      await until(() => peer.heard.datagrams.length === 3);
      expect(peer.heard.datagrams.map(({ data }) => data.length)).toEqual([1, 2, 3]);
      expect(port.send({ chunks: [pattern(4)], to: there, control }, new Fate())).toBe(DONE);
    },
  );

  test("are cancelled by close, before it is done", async () => {
    const { network, state } = crowded("sendto");
    const { port } = await bind(network, "127.0.0.1");
    const fate = new Fate();
    state.full = 1000;
    expect(port.send(to(9, pattern(1)), fate)).toBe(TAKEN);
    let atDone: unknown = "not called";
    port.close(() => (atDone = fate.end));
    expect(atDone).toMatchObject({ status: STATUS_CANCELLED });
    expect(port.send(to(9, pattern(1)), new Fate())).toMatchObject({ status: STATUS_CANCELLED });
  });

  test("fail with what the kernel says then", async () => {
    const { network, state } = crowded("sendto");
    const { port } = await bind(network, "127.0.0.1");
    const fate = new Fate();
    state.full = 2;
    expect(port.send(to(0, pattern(1)), fate)).toBe(TAKEN);
    await until(() => fate.end !== undefined);
    expect(fate.end).toMatchObject({ status: STATUS_INVALID_ADDRESS_COMPONENT });
  });
});
