/** Runs a reader over a text, in one piece or in many. */
import { convert } from "../../../trace/convert/index.js";
import type { SourceName } from "../../../trace/convert/index.js";
import type { BadLine } from "../../../trace/convert/reader.js";
import type { TraceEvent } from "../../../trace/format.js";
import { eventLine } from "../../../trace/write.js";

async function* piecesOf(text: string, cuts: readonly number[]): AsyncGenerator<string> {
  let at = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    if (cut > at) yield text.slice(at, cut);
    at = Math.max(at, cut);
  }
  yield text.slice(at);
}

/** What a conversion has come to. */
export interface Converted {
  readonly events: readonly TraceEvent[];
  /** As the command writes them; every one was checked. */
  readonly lines: readonly string[];
  /** The lines that were passed by. */
  readonly bad: readonly BadLine[];
}

/** Converts a text, leniently; `cuts` are the places where it is cut into chunks. */
export async function converted(
  text: string,
  from?: SourceName,
  cuts: readonly number[] = [],
): Promise<Converted> {
  const bad: BadLine[] = [];
  const skipped = (line: BadLine) => bad.push(line);
  const events: TraceEvent[] = [];
  for await (const some of convert(piecesOf(text, cuts), { name: "it", from, skipped }))
    events.push(...some);
  return { events, lines: events.map(eventLine), bad };
}

/** The events without the header, and without where and when they were. */
export async function told(text: string, from: SourceName): Promise<unknown[]> {
  const { events } = await converted(text, from);
  return events.slice(1).map(({ line: _, time: _1, thread: _2, process: _3, ...rest }) => rest);
}

/** Sends and their ends in few words. */
export async function sends(text: string, from: SourceName): Promise<string[]> {
  const { events } = await converted(text, from);
  return events.flatMap((event) => {
    if (event.event === "call") return [`${event.id} ${event.function} ${String(event.args["s"])}`];
    if (event.event !== "return") return [];
    const end = event.error ?? event.out?.["lpNumberOfBytesSent"] ?? "";
    return [`${event.id} = ${event.status} ${String(end)}`.trim()];
  });
}

/** The first bad line makes the conversion fail with this message. */
export async function failure(text: string, from?: SourceName): Promise<string> {
  try {
    for await (const some of convert(piecesOf(text, []), { name: "it", from })) void some;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
}
