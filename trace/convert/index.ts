/** Recordings of other tools as traces: which there are, how they are known, and the conversion. */
import type { EventOf, TraceEvent } from "../format.js";
import { TRACE_VERSION } from "../format.js";
import { InputError } from "../input.js";
import { readAfdCsv } from "./afd/csv.js";
import { readAfdXml } from "./afd/xml.js";
import type { BadLine, Reader } from "./reader.js";
import { BadLineError } from "./reader.js";
import { readStrace } from "./strace/index.js";
import { readWine } from "./wine/index.js";

interface Source {
  readonly what: string;
  /** True where the beginning of a text is of this kind. */
  readonly is: (head: string) => boolean;
  readonly read: Reader;
}

const WINE = /^(?:\d+\.\d+:)?(?:[0-9a-f]{4,8}:){1,2}(?:Call |Ret  |(?:trace|warn|fixme|err):)/m;
/** With or without who and when: a call and its result, or what strace writes beside calls. */
const STRACE = new RegExp(
  String.raw`^(?:\[pid +\d+\] |\d+(?:<[^>]*>)? +)?(?:[\d:]+(?:\.\d+)? +)?` +
    String.raw`(?:\w+\(.*(?: = |<unfinished)|<\.\.\. \w+ resumed>|\+\+\+ |--- SIG)`,
  "m",
);

/** Every kind of recording that can be read, in the order in which they are tried. */
export const SOURCES = {
  "afd-xml": {
    what: "tracerpt's XML of the events of Microsoft-Windows-Winsock-AFD",
    is: (head) => /^\s*<(?:\?xml|Events?\b|!--)/.test(head),
    read: readAfdXml,
  },
  "afd-csv": {
    what: "tracerpt's CSV of the same events",
    is: (head) => /^\s*"?Event Name"?\s*,/.test(head),
    read: readAfdCsv,
  },
  wine: { what: "a log of Wine's relay", is: (head) => WINE.test(head), read: readWine },
  strace: { what: "the text of strace", is: (head) => STRACE.test(head), read: readStrace },
} as const satisfies Readonly<Record<string, Source>>;

/** The name of a kind of recording. */
export type SourceName = keyof typeof SOURCES;

/** The names of all kinds. */
export const SOURCE_NAMES: readonly SourceName[] = ["strace", "afd-xml", "afd-csv", "wine"];

/** True for the name of a kind. */
export const isSourceName = (name: string): name is SourceName =>
  SOURCE_NAMES.some((known) => known === name);

/** How to convert. */
export interface ConvertOptions {
  /** What the input is called in messages. */
  readonly name: string;
  /** The kind of recording; left out, it is known by its beginning. */
  readonly from?: SourceName | undefined;
  /** Told of each bad line, which is then passed by; left out, the first one ends the reading. */
  readonly skipped?: (bad: BadLine) => void;
}

/** The events of a recording: a header, then what its reader makes of it. Throws InputError. */
export async function* convert(
  chunks: AsyncIterable<string>,
  options: ConvertOptions,
): AsyncGenerator<readonly TraceEvent[]> {
  const { name, skipped } = options;
  const { head, all } = await beginning(chunks);
  const from = options.from ?? sourceOf(head, name);
  const tell = (bad: BadLine): void => {
    if (skipped === undefined) throw new BadLineError(name, bad);
    skipped(bad);
  };
  yield [headerFor(from)];
  try {
    yield* SOURCES[from].read(all, tell);
  } catch (error) {
    if (!(error instanceof InputError) || error.message.startsWith(name)) throw error;
    throw new InputError(`${name}: ${error.message}`);
  }
}

/** A recording may begin and end in the middle of anything, and none shows what is pending. */
const headerFor = (from: SourceName): EventOf<"trace"> => ({
  event: "trace",
  version: TRACE_VERSION,
  producer: `wskit convert --from ${from}`,
  profile: "spi",
  cut: true,
});

/** The kind of recording that begins so; throws InputError for none. */
export function sourceOf(head: string, name: string): SourceName {
  const found = SOURCE_NAMES.find((source) => source !== "strace" && SOURCES[source].is(head));
  if (found !== undefined) return found;
  if (/^\s*\{"event":/.test(head))
    throw new InputError(`${name}: it is a trace already, and needs no conversion`);
  if (STRACE.test(head)) return "strace";
  const kinds = SOURCE_NAMES.map((source) => SOURCES[source].what).join("; ");
  throw new InputError(`${name}: not recognised as any of: ${kinds}; say which it is with --from`);
}

/** Enough to pass by what Wine or a shell wrote first. */
const HEAD = 16_384;

async function beginning(
  chunks: AsyncIterable<string>,
): Promise<{ readonly head: string; readonly all: AsyncIterable<string> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head = "";
  while (head.length < HEAD) {
    const next = await iterator.next();
    if (next.done === true) break;
    head += next.value;
  }
  return { head: head.slice(0, HEAD), all: rejoin(head, iterator) };
}

async function* rejoin(head: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next())
      yield next.value;
  } finally {
    await rest.return?.();
  }
}
