/** Reads a trace line by line: what is no event says where it is, and what was expected. */
import { isTraceEvent, wrongWith } from "./check-event.js";
import type { TraceEvent } from "./format.js";
import { InputError } from "./input.js";
import { linesOf } from "./lines.js";

/** A line that is no event. */
export class BadLine extends InputError {
  readonly line: number;

  constructor(place: string, line: number, problem: string) {
    super(`${place}: ${problem}`);
    this.line = line;
  }
}

/** Who is told of the events of a trace. */
export interface TraceReader {
  /** The name of the trace, for messages. */
  readonly name: string;
  /** Takes an event and the number of its line, from 1. */
  readonly see: (line: number, event: TraceEvent) => void;
  /** Called now and then, with what has been read so far. */
  readonly pause?: (line: number) => Promise<void>;
}

/** Reads all of a trace, and returns how many lines it has. Throws BadLine. */
export async function readTrace(
  chunks: AsyncIterable<string>,
  { name, see, pause }: TraceReader,
): Promise<number> {
  let number = 0;
  for await (const lines of linesOf(chunks)) {
    for (const line of lines) {
      number += 1;
      if (line !== "") see(number, eventOf(line, number, name));
    }
    await pause?.(number);
  }
  if (number === 0) throw new BadLine(name, 0, "expected a trace, received nothing");
  return number;
}

/** The event of a line. */
function eventOf(text: string, line: number, name: string): TraceEvent {
  const value = valueOf(text, line, name);
  if (isTraceEvent(value)) return value;
  throw notEvent(value, { text, line, name });
}

interface Place {
  readonly text: string;
  readonly line: number;
  readonly name: string;
}

function notEvent(value: unknown, { text, line, name }: Place): BadLine {
  const { field = "", expected = "", received = "" } = wrongWith(value) ?? {};
  const found = field === "" ? -1 : text.indexOf(`"${field}"`);
  const place = `${name}:${line}:${found < 0 ? 1 : found + 1}`;
  const problem = `expected ${expected}, received ${received}`;
  return new BadLine(place, line, field === "" ? problem : `${field}: ${problem}`);
}

function valueOf(text: string, line: number, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson(error, { text, line, name });
  }
}

/** V8 says where JSON ends to be some, in one of two ways, or that the text just ends. */
function notJson(error: unknown, of: Place): BadLine {
  const { text, line, name } = of;
  const said = error instanceof Error ? error.message : "";
  const position = /at position (\d+)/.exec(said)?.[1];
  const column = position === undefined ? text.length + 1 : Number(position) + 1;
  const there = text.slice(column - 1, column);
  const received = there === "" ? "the end of the line" : JSON.stringify(there);
  const hint = line === 1 ? "; wskit convert makes traces of strace, ETW and Wine" : "";
  const problem = `expected an event in JSON, a line each, received ${received}${hint}`;
  return new BadLine(`${name}:${line}:${column}`, line, problem);
}
