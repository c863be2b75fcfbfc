/** The reader of the XML that tracerpt makes of an event trace. */
import { SaxesParser } from "saxes";
import { InputError } from "../../input.js";
import type { TraceEvent } from "../../format.js";
import type { Tell } from "../reader.js";
import { AfdEvents } from "./events.js";
import type { AfdRecord } from "./record.js";
import { isAfd, numberIn } from "./record.js";

/** Reads tracerpt's XML; events of other providers are passed by. */
export async function* readAfdXml(
  chunks: AsyncIterable<string>,
  tell: Tell,
): AsyncGenerator<readonly TraceEvent[]> {
  const events = new AfdEvents(tell);
  const parser = parserOf((record) => events.read(record));
  for await (const chunk of chunks) {
    parser.write(chunk);
    yield events.take();
  }
  parser.close();
  yield events.take();
}

/** What has been seen of the event that is open. */
interface Draft {
  readonly line: number;
  readonly fields: Map<string, string>;
  provider: string;
  id?: number | undefined;
  time?: bigint | undefined;
  process?: number | undefined;
  thread?: number | undefined;
}

type Attributes = Readonly<Record<string, string>>;

function parserOf(read: (record: AfdRecord) => void): SaxesParser {
  const parser = new SaxesParser();
  let draft: Draft | undefined;
  let text = "";
  let field: string | undefined;
  parser.on("error", (error) => {
    throw new InputError(`the XML is not well-formed: ${error.message}`);
  });
  parser.on("opentag", ({ name, attributes }) => {
    text = "";
    if (name === "Event") draft = { line: parser.line, fields: new Map(), provider: "" };
    else if (draft !== undefined) opened(draft, name, attributes);
    if (name === "Data") field = attributes["Name"];
  });
  parser.on("text", (more) => {
    text += more;
  });
  parser.on("closetag", ({ name }) => {
    if (draft === undefined) return;
    if (name === "EventID") draft.id = numberIn(text);
    // A field of binary data is what stands there, in hexadecimal.
    else if (name === "Data" && field !== undefined) draft.fields.set(field, text);
    else if (name === "Event") {
      const { provider, id, ...rest } = draft;
      if (id !== undefined && isAfd(provider)) read({ id, ...known(rest) });
      draft = undefined;
    }
    text = "";
  });
  return parser;
}

function opened(draft: Draft, name: string, attributes: Attributes): void {
  if (name === "Provider")
    draft.provider = `${attributes["Name"] ?? ""} ${attributes["Guid"] ?? ""}`;
  else if (name === "TimeCreated") draft.time = timeOf(attributes["SystemTime"] ?? "");
  else if (name === "Execution") {
    draft.process = numberIn(attributes["ProcessID"]);
    draft.thread = numberIn(attributes["ThreadID"]);
  }
}

/** Without what is not known. */
function known(draft: Omit<Draft, "provider" | "id">): Omit<AfdRecord, "id"> {
  const { line, fields, time, process, thread } = draft;
  return {
    line,
    fields,
    ...(time === undefined ? {} : { time }),
    ...(process === undefined ? {} : { process }),
    ...(thread === undefined ? {} : { thread }),
  };
}

/** Nanoseconds since 1970 of `2024-05-06T07:08:09.123456700Z`, or with an offset. */
export function timeOf(text: string): bigint | undefined {
  const [, seconds, fraction = "", zone = "Z"] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
  if (seconds === undefined) return undefined;
  const offset = zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
  const whole = Date.parse(`${seconds}${offset}`);
  return Number.isNaN(whole)
    ? undefined
    : BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
}
