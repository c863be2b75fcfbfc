/** A run as a table in plain text: a line an event, a column the program and each object. */
import { codeText } from "../monitor/numbers.js";
import type { TraceEvent } from "../trace/format.js";
import type { Watched } from "./run.js";

/** What stands in a line: by column, `program` among them. */
interface Line {
  readonly number: number;
  readonly cells: ReadonlyMap<string, string>;
}

const PROGRAM = "program";

/** The table of a run, and below it what is wrong. */
export function timelineOf({ events, breaches, failure }: Watched): string {
  const names = new Map<string | number, string>();
  const lines = events.flatMap((event, i) => {
    const cells = cellsOf(event, names);
    return cells.length === 0 ? [] : [{ number: i + 1, cells: new Map(cells) }];
  });
  const wrong = breaches.map(({ line, message, advice }) => `! ${line}: ${message}\n    ${advice}`);
  const failed = breaches.length > 0 || failure === null ? [] : [`! ${failure.message}`];
  return [...tableOf(lines), ...wrong, ...failed, ""].join("\n");
}

function tableOf(lines: readonly Line[]): string[] {
  const columns = [...new Set([PROGRAM, ...lines.flatMap(({ cells }) => [...cells.keys()])])];
  const widths = columns.map((column) =>
    Math.max(column.length, ...lines.map(({ cells }) => cells.get(column)?.length ?? 0)),
  );
  const digits = String(lines.at(-1)?.number ?? 0).length;
  const row = (number: string, cells: readonly string[]): string => {
    const padded = cells.map((cell, i) => cell.padEnd(widths[i] ?? 0));
    return [number.padStart(digits), ...padded].join(" | ").trimEnd();
  };
  const rule = [digits, ...widths].map((width) => "-".repeat(width)).join("-+-");
  const body = lines.map(({ number, cells }) =>
    row(
      String(number),
      columns.map((column) => cells.get(column) ?? ""),
    ),
  );
  return [row("", columns), rule, ...body];
}

type Cells = readonly (readonly [column: string, text: string])[];

/** What an event is, by column. */
function cellsOf(event: TraceEvent, names: Map<string | number, string>): Cells {
  switch (event.event) {
    case "trace":
    case "object":
    case "suppress":
      return [];
    case "call": {
      const name = `${event.function} #${event.id}`;
      names.set(event.id, name);
      const refs = refsIn(event.args).map((ref) => [ref, `in #${event.id}`] as const);
      return [[PROGRAM, `${name} called`], ...refs];
    }
    case "return": {
      const name = names.get(event.id) ?? "";
      const isWsp = name.startsWith("WSP");
      const code = isWsp ? event.error : event.status;
      return [[PROGRAM, `#${event.id} returned ${codeOf(code, isWsp)}`]];
    }
    case "note":
      return [[PROGRAM, event.text]];
    case "wait":
      return [[PROGRAM, "waits"]];
    case "transmit":
      return [[PROGRAM, `#${event.id}: ${event.bytes} bytes left`]];
    default:
      return ofObject(event);
  }
}

type ObjectEvent = Exclude<
  TraceEvent,
  { event: "trace" | "object" | "suppress" | "call" | "return" | "note" | "wait" | "transmit" }
>;

function ofObject(event: ObjectEvent): Cells {
  const ref = "ref" in event ? event.ref : "irp" in event ? event.irp : undefined;
  const column = String(ref ?? ("overlapped" in event ? event.overlapped : PROGRAM));
  switch (event.event) {
    case "complete": {
      const isWsp = event.status === undefined;
      const code = codeOf(event.status ?? event.error, isWsp);
      return [[column, `completed: ${code}, ${event.information ?? 0}`]];
    }
    case "notify":
      return [[column, `notified: ${codeOf(event.error, true)}, ${event.information ?? 0}`]];
    case "routine": {
      const returned = event.returned === undefined ? "" : ` ${codeOf(event.returned, false)}`;
      return [[column, `routine returned${returned}`]];
    }
    case "result":
      return [[column, `result: ${event.information ?? 0}`]];
    case "touch":
      return [[column, `${event.access ?? "read"} ${event.field ?? ""}`.trimEnd()]];
    default:
      return [[column, event.event]];
  }
}

function codeOf(code: string | number | undefined, isWsp: boolean): string {
  return typeof code === "number" ? codeText(code, isWsp ? "WSA" : "NTSTATUS") : String(code ?? "");
}

/** The objects among arguments that have a life of their own. */
function refsIn(args: Readonly<Record<string, unknown>>): string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value === "string" && /^(?:irp|ov|sock|mdl|mem|cell):\d+$/.test(value))
      found.push(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(look);
  };
  look(args);
  return found;
}
