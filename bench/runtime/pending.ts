/** Sends that wait for a peer who does not read: what each costs while it waits, and at the end. */
import {
  STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING, STATUS_SUCCESS,
} from "../../dist/index.js"; // prettier-ignore
import type { PWSK_BUF } from "../../dist/index.js";
import {
  IoAllocateIrp, IoCancelIrp, IoReuseIrp, IoSetCompletionRoutine,
} from "../../dist/runtime/index.js"; // prettier-ignore
import type { ConnectionSocket, Irp } from "../../dist/runtime/index.js";
import { bufferOf, complete } from "./client.js";
import { inMemory } from "./memory.js";
import type { Figure } from "./rounds.js";
import { spread } from "./rounds.js";

const MOST = 100_000;
const COUNTS = [10, 1000, MOST] as const;
/** More than the peer and the buffers on the way take. */
const PLUG = bufferOf(4 * 1024 * 1024);
const SMALL = bufferOf(64);

let completions = 0;
/** Which completions the clock is read at, and what it said. */
let [first, last, began, ended] = [0, 0, 0, 0];
const routine = (): number => {
  completions += 1;
  if (completions === first) began = performance.now();
  if (completions === last) ended = performance.now();
  return STATUS_MORE_PROCESSING_REQUIRED;
};

function post(socket: ConnectionSocket, irp: Irp, buffer: PWSK_BUF): void {
  IoSetCompletionRoutine(irp, routine, null, true, true, true);
  const status = socket.Dispatch.WskSend(socket, buffer, 0, irp);
  if (status !== STATUS_PENDING) throw new Error("A send that was to wait is complete.");
}

/** A socket that takes nothing more. */
async function stalled(): Promise<ConnectionSocket> {
  const socket = await inMemory(true);
  post(socket, IoAllocateIrp(1), PLUG);
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  return socket;
}

const close = (socket: ConnectionSocket): Promise<void> =>
  complete((irp) => socket.Dispatch.WskCloseSocket(socket, irp));

interface Cost {
  readonly send: number;
  readonly completion: number;
}

/** Nanoseconds of each send and of each completion, where all of these wait on each socket. */
async function once(groups: readonly (readonly Irp[])[]): Promise<Cost> {
  const sockets: ConnectionSocket[] = [];
  for (const { length } of groups) if (length > 0) sockets.push(await stalled());
  let sending = 0;
  groups.forEach((irps, i) => {
    const socket = sockets[i];
    if (socket === undefined) return;
    warm(socket, irps);
    const start = performance.now();
    for (const irp of irps) post(socket, irp, SMALL);
    sending += performance.now() - start;
  });
  let completing = 0;
  const closings: Promise<void>[] = [];
  for (const [i, irps] of groups.entries()) {
    // The plug is the first, and what closing costs besides is no part of it.
    [first, last] = [completions + 1, completions + 1 + irps.length];
    const socket = sockets[i];
    if (socket !== undefined) closings.push(close(socket));
    if (completions !== last) throw new Error("A send is not complete.");
    completing += ended - began;
  }
  await Promise.all(closings);
  for (const irp of groups.flat()) IoReuseIrp(irp, STATUS_SUCCESS);
  const count = groups.reduce((sum, { length }) => sum + length, 0);
  const each = (ms: number): number => (ms * 1e6) / count;
  return { send: each(sending), completion: each(completing) };
}

/** Sends and withdraws: the first send of a socket finds nothing of it in the caches. */
function warm(socket: ConnectionSocket, irps: readonly Irp[]): void {
  for (const irp of irps.slice(0, 10)) {
    post(socket, irp, SMALL);
    IoCancelIrp(irp);
    IoReuseIrp(irp, STATUS_SUCCESS);
  }
}

async function heapOfEach(): Promise<number> {
  const socket = await stalled();
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < MOST; i++) post(socket, IoAllocateIrp(1), SMALL);
  globalThis.gc?.();
  const bytes = process.memoryUsage().heapUsed - before;
  await close(socket);
  return bytes / MOST;
}

/** A round of 10 is one of a hundred sockets: else it would be over before the code is warm. */
async function round(pool: readonly Irp[], count: number, turn: number): Promise<Cost> {
  const sockets = Math.max(1, 1000 / count);
  const start = (turn * 9973) % (pool.length - count * sockets + 1);
  const from = (i: number): number => start + i * count;
  return once(Array.from({ length: sockets }, (_, i) => pool.slice(from(i), from(i) + count)));
}

/** Measures the heap, the sends and the completions. */
export async function measurePending(rounds: number): Promise<Figure[]> {
  const pool = Array.from({ length: MOST }, () => IoAllocateIrp(1));
  const taken = COUNTS.map((count) => ({
    count,
    send: [] as number[],
    completion: [] as number[],
  }));
  for (let i = 0; i < 300; i++) await round(pool, 1000, i);
  for (let turn = 0; turn < Math.max(5, rounds / 2); turn++) {
    for (const { count, send, completion } of taken) {
      const cost = await round(pool, count, turn);
      send.push(cost.send);
      completion.push(cost.completion);
    }
  }
  const unit = "ns";
  const figures = taken.flatMap(({ count, send, completion }): Figure[] => {
    const at = { topic: "pending", case: `${count} pending`, unit, ratio: null };
    return [
      { ...at, subject: "a send", ...spread(send) },
      { ...at, subject: "a completion on close", ...spread(completion) },
    ];
  });
  const heap: number[] = [];
  for (let i = 0; i < 3; i++) heap.push(await heapOfEach());
  const bytes = { unit: "bytes of heap", subject: "a send with its IRP", ratio: null };
  figures.push({ topic: "pending", case: `${MOST} pending`, ...bytes, ...spread(heap) });
  return figures;
}
