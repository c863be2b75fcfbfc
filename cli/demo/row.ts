/** A row of the demo's table, and how one is judged. */
import { createHash } from "node:crypto";
import type { NTSTATUS } from "../../index.js";
import { ntstatusName, STATUS_SUCCESS } from "../../index.js";
import type { Irp } from "../../runtime/index.js";
import { awaitableIrp } from "../../runtime/index.js";
import type { Arrived } from "./peer-process.js";

/** What a call was asked, what it answered, when it completed, what arrived. */
export interface Row {
  readonly call: string;
  /** The arguments as C code would show them. */
  readonly args: string;
  readonly returned: string;
  readonly completed: string;
  readonly atPeer: string;
  /** False where the row does not show what it is there to show. */
  readonly ok: boolean;
}

/** A call with its IRP, watched. */
export interface Watched {
  readonly returned: NTSTATUS;
  readonly status: NTSTATUS;
  readonly information: number;
  /** `before the return`, or how long after it. */
  readonly when: string;
}

/** Makes a call with a fresh IRP, and watches when and how the IRP completes. */
export async function watch(call: (irp: Irp) => NTSTATUS): Promise<Watched> {
  const { irp, completion } = awaitableIrp();
  const started = performance.now();
  const returned = call(irp);
  const isDone = irp.owner === "completed";
  const block = await completion;
  const when = isDone
    ? "before the return"
    : `${(performance.now() - started).toFixed(1)} ms later`;
  return { returned, status: block.Status, information: Number(block.Information), when };
}

/** The completion as a cell: when, with which status, with how many bytes. */
export function completionCell({ status, information, when }: Watched): string {
  return `IRP ${when}: ${ntstatusName(status)}, Information ${count(information)}`;
}

/** Whether the peer has exactly what was sent. */
export function compare(
  sent: readonly Uint8Array[],
  arrived: Arrived,
): { text: string; ok: boolean } {
  const hash = createHash("sha256");
  for (const piece of sent) hash.update(piece);
  const bytes = sent.reduce((sum, piece) => sum + piece.length, 0);
  const ok = arrived.bytes === bytes && arrived.sha256 === hash.digest("hex");
  const digest = arrived.sha256.slice(0, 8);
  return {
    text: ok
      ? `${count(bytes)} B, SHA-256 ${digest}… equal`
      : `MISMATCH: ${count(arrived.bytes)} B of ${count(bytes)}, SHA-256 ${digest}…`,
    ok,
  };
}

/** A whole number with separators between thousands. */
export const count = (n: number): string => n.toLocaleString("en-US");

/** True for an IRP that ended well with all its bytes. */
export const isWhole = (watched: Watched, bytes: number): boolean =>
  watched.status === STATUS_SUCCESS && watched.information === bytes;

/** Bytes that differ from place to place, and from seed to seed. */
export function pattern(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0, x = seed; i < length; i++) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = x >>> 24;
  }
  return bytes;
}
