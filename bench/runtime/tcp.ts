/** WSK over real TCP: beside Node's own sockets, and on the native network beside C. */
import { Socket } from "node:net";
import { isNativeAvailable, nativeNetwork, nodeNetwork } from "../../dist/runtime/index.js";
import type { Network } from "../../dist/runtime/index.js";
import { bound, bufferOf, connected, Posted, tcpSender, udpSender } from "./client.js";
import { buildFloor, startFloor, startSink } from "./floor.js";
import type { Floor, Sink } from "./floor.js";
import type { Contest, Figure, Subject } from "./rounds.js";
import { compete, inTurns } from "./rounds.js";

const SIZES = [64, 1024, 65_536] as const;
const RAW = "node:net, a callback a write";
const POSTED = 64;
/** Milliseconds of a turn. */
const SLOT = 3;

/** A size as it is written. */
export const sizeText = (bytes: number): string =>
  bytes < 1024 ? `${bytes} B` : `${bytes / 1024} kB`;

async function nodeSocket(port: number): Promise<Socket> {
  const socket = new Socket();
  socket.setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.connect(port, "127.0.0.1", resolve);
  });
  return socket;
}

/** Writes, each when the one before has called back. */
async function rawOneByOne(port: number, bytes: number): Promise<(times: number) => unknown> {
  const socket = await nodeSocket(port);
  const data = Buffer.alloc(bytes, 7);
  return (times) =>
    new Promise<void>((resolve) => {
      let left = times;
      const next = (): void => {
        if (left === 0) return resolve();
        left -= 1;
        socket.write(data, next);
      };
      next();
    });
}

/** Writes 64 at once, each with a callback of its own, and waits for all of them. */
async function rawPosted(port: number, bytes: number): Promise<(times: number) => unknown> {
  const socket = await nodeSocket(port);
  const data = Buffer.alloc(bytes, 7);
  return (times) =>
    new Promise<void>((resolve) => {
      let rest = times;
      let left = 0;
      const done = (): void => {
        left -= 1;
        if (left === 0) post();
      };
      const post = (): void => {
        if (rest === 0) return resolve();
        rest -= 1;
        left = POSTED;
        for (let i = 0; i < POSTED; i++) socket.write(data, done);
      };
      post();
    });
}

async function wskOneByOne(network: Network, port: number, bytes: number): Promise<Subject["run"]> {
  const sender = tcpSender(await connected(network, port), bufferOf(bytes));
  return (times) => sender.run(times);
}

async function wskPosted(network: Network, port: number, bytes: number): Promise<Subject["run"]> {
  const posted = new Posted(await connected(network, port), bufferOf(bytes), POSTED);
  return (times) => posted.run(times);
}

async function wskSendsTo(network: Network, port: number, bytes: number): Promise<Subject["run"]> {
  const sender = udpSender(await bound(network), bufferOf(bytes), port);
  return (times) => sender.run(times);
}

const cSends = (floor: Floor, kind: "tcp" | "udp", bytes: number): Subject => ({
  name: kind === "tcp" ? "C, a loop of send" : "C, a loop of sendto",
  run: (times) => floor.send(kind, bytes, times),
});

async function inTurn(contests: readonly Contest[], rounds: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const contest of contests) figures.push(...(await compete(contest, rounds)));
  return figures;
}

/** Runs something with a sink, and with the C sender where there is one. */
async function withSink<T>(work: (sink: Sink, floor: Floor | null) => Promise<T>): Promise<T> {
  const program = buildFloor();
  const sink = await startSink(program);
  const floor = program === null ? null : startFloor(program, sink);
  try {
    return await work(sink, floor);
  } finally {
    floor?.close();
    sink.close();
  }
}

/** Measures WSK over Node's sockets. */
export const measureNode = (rounds: number): Promise<Figure[]> =>
  withSink(async ({ tcp }) => {
    const contests: Contest[] = [];
    for (const bytes of SIZES) {
      contests.push({
        topic: "node",
        case: `${sizeText(bytes)}, one at a time`,
        subjects: [
          await inTurns(RAW, () => rawOneByOne(tcp, bytes)),
          await inTurns("WSK", () => wskOneByOne(nodeNetwork, tcp, bytes)),
        ],
        slot: SLOT,
      });
    }
    for (const bytes of SIZES) {
      const raw = await rawPosted(tcp, bytes);
      contests.push({
        topic: "node",
        case: `${sizeText(bytes)}, ${POSTED} in one turn`,
        subjects: [
          { name: RAW, run: raw, each: POSTED },
          { name: "WSK", run: await wskPosted(nodeNetwork, tcp, bytes), each: POSTED },
        ],
        slot: SLOT,
      });
    }
    return inTurn(contests, rounds);
  });

/** Measures WSK over sockets of Linux; nothing where they are not to be had. */
export async function measureNative(rounds: number): Promise<Figure[]> {
  if (!isNativeAvailable()) return [];
  const { koffiSends, koffiSendsTo } = await import("./koffi.js");
  return withSink(async ({ tcp, udp }, floor) => {
    const contests: Contest[] = [];
    const native = nativeNetwork();
    for (const bytes of SIZES) {
      const inC = floor === null ? [] : [cSends(floor, "tcp", bytes)];
      contests.push({
        topic: "native",
        case: `${sizeText(bytes)}, one at a time`,
        subjects: [
          ...inC,
          await inTurns("koffi, a loop of send", () => koffiSends(tcp, bytes)),
          await inTurns(RAW, () => rawOneByOne(tcp, bytes)),
          await inTurns("WSK", () => wskOneByOne(native, tcp, bytes)),
        ],
        slot: SLOT,
      });
    }
    for (const bytes of [64, 1024]) {
      const inC = floor === null ? [] : [cSends(floor, "udp", bytes)];
      contests.push({
        topic: "native",
        case: `${sizeText(bytes)}, datagrams`,
        subjects: [
          ...inC,
          await inTurns("koffi, a loop of sendto", () => koffiSendsTo(udp, bytes)),
          await inTurns("WSK", () => wskSendsTo(native, udp, bytes)),
        ],
        slot: SLOT,
        // A datagram that finds no room at the sink is lost, and costs less: here one of a hundred.
        most: 1024,
      });
    }
    return inTurn(contests, rounds);
  });
}
