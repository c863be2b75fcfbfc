/** What the IRP layer costs by itself: sends over a network that takes all and carries nothing. */
import {
  isWskSendArgs, STATUS_MORE_PROCESSING_REQUIRED, STATUS_SUCCESS, WSK_FLAG_NODELAY,
} from "../../dist/index.js"; // prettier-ignore
import type { PWSK_BUF } from "../../dist/index.js";
import {
  IoAllocateIrp, IoReuseIrp, IoSetCompletionRoutine, nullNetwork,
} from "../../dist/runtime/index.js"; // prettier-ignore
import type { ConnectionSocket, Irp } from "../../dist/runtime/index.js";
import { bufferOf, connected } from "./client.js";
import type { Figure, Subject } from "./rounds.js";
import { compete, spread } from "./rounds.js";

/** 0.4 ms: most turns end before the scheduler gives the core to somebody else. */
const SLOT = 0.4;
const BYTES = 64;

let completions = 0;
const routine = (): number => {
  completions += 1;
  return STATUS_MORE_PROCESSING_REQUIRED;
};

function ready(irp: Irp): void {
  IoReuseIrp(irp, STATUS_SUCCESS);
  IoSetCompletionRoutine(irp, routine, null, true, true, true);
}

/** Sends through the dispatch table, one behind the other; each is complete when it returns. */
export function sender(socket: ConnectionSocket, buffer: PWSK_BUF): (times: number) => void {
  const { WskSend } = socket.Dispatch;
  const irp = IoAllocateIrp(1);
  return (times) => {
    for (let i = 0; i < times; i++) {
      ready(irp);
      WskSend(socket, buffer, WSK_FLAG_NODELAY, irp);
    }
  };
}

/** The IRP alone: it is taken with its data, and completed. */
function irpAlone(buffer: PWSK_BUF): (times: number) => void {
  const irp = IoAllocateIrp(1);
  return (times) => {
    for (let i = 0; i < times; i++) {
      ready(irp);
      irp.takeSend("WskSend", buffer);
      irp.settle(null);
    }
  };
}

/** What the stub asks first. */
function check(socket: ConnectionSocket, buffer: PWSK_BUF): (times: number) => void {
  const irp = IoAllocateIrp(1);
  const args = { Socket: socket, Buffer: buffer, Flags: WSK_FLAG_NODELAY, Irp: irp };
  return (times) => {
    for (let i = 0; i < times; i++) if (isWskSendArgs(args)) completions += 1;
  };
}

/** The network alone: a function that is called. */
function bare(socket: ConnectionSocket): (times: number) => void {
  const { connection } = socket;
  const memory = new Uint8Array(BYTES);
  return (times) => {
    for (let i = 0; i < times; i++) if (connection?.writeOne(memory) === 0) completions += 1;
  };
}

/** The sends of `irp` figures, which `bytes.ts` counts the memory of. */
export async function sendLoops(): Promise<Readonly<Record<string, (times: number) => void>>> {
  const socket = await connected(nullNetwork(), 9);
  return {
    "1 MDL": sender(socket, bufferOf(BYTES)),
    "4 MDLs": sender(socket, bufferOf(BYTES, 4)),
  };
}

/** Without the check: the difference, round by round, is not to be had; the medians are. */
function without(send: Figure, is: Figure): Figure {
  const subject = "WskSend, the check taken off (a difference)";
  const less = (of: "value" | "p10" | "p90"): number => send[of] - is[of];
  return {
    ...send,
    subject,
    value: less("value"),
    p10: less("p10"),
    p90: less("p90"),
    ratio: null,
  };
}

/** Measures sends of one MDL and of four. */
export async function measureIrp(rounds: number): Promise<Figure[]> {
  const socket = await connected(nullNetwork(), 9);
  const cases = [["1 MDL", 1], ["4 MDLs", 4]] as const; // prettier-ignore
  const contests = cases.map(([name, mdls]) => {
    const buffer = bufferOf(BYTES, mdls);
    const subjects: Subject[] = [
      { name: "WskSend", run: sender(socket, buffer) },
      { name: "is…, a part of it", run: check(socket, buffer) },
      { name: "the IRP alone, a part of it", run: irpAlone(buffer) },
      { name: "the network alone, a part of it", run: bare(socket) },
    ];
    return { topic: "irp", case: name, subjects, slot: SLOT };
  });
  const figures: Figure[] = [];
  for (const contest of contests) {
    const own = await compete({ ...contest, single: true }, rounds * 10);
    const [send, is] = own;
    figures.push(...own);
    if (send !== undefined && is !== undefined) figures.push(without(send, is));
  }
  if (completions === 0) throw new Error("Nothing was sent.");
  return figures;
}

/** The bytes that a send allocates. Needs a young generation that nothing is collected from. */
export async function measureBytes(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, send] of Object.entries(await sendLoops())) {
    for (let i = 0; i < 300; i++) send(1000);
    const idle = spread(growths(() => undefined)).p10;
    const { value, p10, p90 } = spread(growths(send).map((n) => (n - idle) / 1000));
    const [of, less, more] = [value, p10, p90].map((n) => Math.max(0, Math.round(n)));
    figures.push({
      topic: "irp", case: name, subject: "WskSend", unit: "bytes allocated", ratio: null,
      value: of ?? NaN, p10: less ?? NaN, p90: more ?? NaN,
    }); // prettier-ignore
  }
  return figures;
}

function growths(loop: (times: number) => void): number[] {
  return Array.from({ length: 15 }, () => {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    loop(1000);
    return process.memoryUsage().heapUsed - before;
  });
}
