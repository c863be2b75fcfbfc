/** The reader of the CSV that tracerpt makes of an event trace. */
import { Readable, pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { InputError } from "../../input.js";
import type { TraceEvent } from "../../format.js";
import type { Tell } from "../reader.js";
import { quoted } from "../reader.js";
import { AfdEvents } from "./events.js";
import type { AfdRecord } from "./record.js";
import { AFD_EVENTS, isAfd, numberIn } from "./record.js";

/** Columns that must be there; the fields of an event follow from the last one on. */
const COLUMNS = ["Event Name", "Event ID", "PID", "TID", "Clock-Time", "User Data"] as const;

type Column = (typeof COLUMNS)[number];
type Places = Readonly<Record<Column, number>>;

/** Reads tracerpt's CSV, whose fields have no names: they are told by their order. */
export async function* readAfdCsv(
  chunks: AsyncIterable<string>,
  tell: Tell,
): AsyncGenerator<readonly TraceEvent[]> {
  const events = new AfdEvents(tell);
  let places: Places | undefined;
  for await (const { line, cells } of rowsOf(chunks)) {
    if (places === undefined) {
      places = placesIn(cells);
      if (places === undefined) {
        const expected = `a first line with the columns ${COLUMNS.join(", ")}`;
        tell({ line, expected, received: quoted(cells.join(",")) });
        return;
      }
      continue;
    }
    if (!isAfd(cells[places["Event Name"]] ?? "")) continue;
    const record = recordOf({ line, cells }, places);
    if (record !== undefined) events.read(record);
    else {
      const received = quoted(cells[places["Event ID"]] ?? "");
      tell({ line, expected: "the number of an event", received });
    }
    yield events.take();
  }
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

async function* rowsOf(chunks: AsyncIterable<string>): AsyncGenerator<Row> {
  const parser = parse({
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  });
  try {
    for await (const row of pipeline(Readable.from(chunks), parser, () => undefined)) {
      const read = rowIn(row);
      if (read !== undefined) yield read;
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new InputError(`the CSV is not well-formed: ${error.message}`);
    throw error;
  }
}

interface Parsed {
  readonly record: readonly unknown[];
  readonly info: { readonly lines: number };
}

function isParsed(row: unknown): row is Parsed {
  return typeof row === "object" && row !== null && "record" in row && Array.isArray(row.record);
}

function rowIn(row: unknown): Row | undefined {
  if (!isParsed(row)) return undefined;
  return { line: row.info.lines, cells: row.record.map(String) };
}

function placesIn(cells: readonly string[]): Places | undefined {
  const [name, id, process, thread, time, data] = COLUMNS.map((column) => cells.indexOf(column));
  if (name === undefined || id === undefined || process === undefined) return undefined;
  if (thread === undefined || time === undefined || data === undefined) return undefined;
  if (name < 0 || id < 0 || data < 0) return undefined;
  return {
    "Event Name": name,
    "Event ID": id,
    PID: process,
    TID: thread,
    "Clock-Time": time,
    "User Data": data,
  };
}

/** From 1601 to 1970, in units of 100 nanoseconds. */
const EPOCH = 116_444_736_000_000_000n;

function recordOf({ line, cells }: Row, places: Places): AfdRecord | undefined {
  const id = numberIn(cells[places["Event ID"]]);
  if (id === undefined) return undefined;
  const data = cells.slice(places["User Data"]);
  const names = AFD_EVENTS.get(id) ?? [];
  const fields = new Map(names.flatMap((name, i) => pairOf(name, data[i])));
  const process = numberIn(cells[places.PID]);
  const thread = numberIn(cells[places.TID]);
  const clock = cells[places["Clock-Time"]] ?? "";
  return {
    id,
    line,
    fields,
    ...(process === undefined ? {} : { process }),
    ...(thread === undefined ? {} : { thread }),
    ...(/^\d{17,19}$/.test(clock) ? { time: (BigInt(clock) - EPOCH) * 100n } : {}),
  };
}

const pairOf = (name: string, value: string | undefined): (readonly [string, string])[] =>
  value === undefined ? [] : [[name, value]];
