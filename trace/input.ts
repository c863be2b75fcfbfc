/** Text of a trace, from wherever it is: a file, packed by gzip or not, or stdin. */
import { createReadStream } from "node:fs";
import { Readable, pipeline } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import { HEAD_SIZE, whyBinary } from "./binary.js";

/** Input that cannot be read as what it should be; exit code 3. */
export class InputError extends Error {
  override readonly name = "InputError";
}

const GZIP = [0x1f, 0x8b];

/**
 * The text of a file, or of stdin for "-", in chunks: gzip is unpacked, UTF-16 is known by its
 * byte order mark, everything else is UTF-8; a mark is no part of the text. Throws InputError
 * where there is no such file, and for binary recordings, with the command that makes text of them.
 */
export async function* chunksOf(path: string): AsyncGenerator<string> {
  const name = path === "-" ? "stdin" : path;
  const bytes: AsyncIterable<Uint8Array> = path === "-" ? process.stdin : createReadStream(path);
  try {
    yield* textOf(bytes, name);
  } catch (error) {
    throw asInputError(error, name);
  }
}

/** The same for bytes that are there already; `name` stands in messages. */
export async function* textOf(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<string> {
  const { head, all } = await peek(bytes);
  if (startsWith(head, GZIP)) {
    yield* textOf(pipeline(Readable.from(all), createGunzip(), ignore), name);
    return;
  }
  const why = whyBinary(head.subarray(0, HEAD_SIZE), name);
  if (why !== undefined) throw new InputError(`${name}: ${why}`);
  yield* decode(all, head);
}

// What goes wrong in a pipeline is thrown by its last part, too.
const ignore = (): void => undefined;

async function* decode(bytes: AsyncIterable<Uint8Array>, head: Uint8Array): AsyncGenerator<string> {
  const decoder = decoderFor(head);
  let isStart = true;
  for await (const chunk of bytes) {
    const text = decoder.write(chunk);
    if (text === "") continue;
    yield isStart && text.startsWith(MARK) ? text.slice(1) : text;
    isStart = false;
  }
  const rest = decoder.end();
  if (rest !== "") yield rest;
}

/** Makes text of bytes that come in pieces. */
interface Decoder {
  write(chunk: Uint8Array): string;
  end(): string;
}

/** The byte order mark. */
const MARK = "\ufeff";

/** StringDecoder takes half of the time of TextDecoder, and does not know UTF-16 the other way. */
function decoderFor(head: Uint8Array): Decoder {
  if (startsWith(head, [0xff, 0xfe])) return new StringDecoder("utf16le");
  if (!startsWith(head, [0xfe, 0xff])) return new StringDecoder("utf8");
  const decoder = new TextDecoder("utf-16be");
  return { write: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
}

/** The first bytes, and all of them. */
async function peek(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly all: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_SIZE) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
    size += next.value.length;
  }
  return { head: Buffer.concat(first), all: rejoin(first, iterator) };
}

async function* rejoin(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next())
      yield next.value;
  } finally {
    await rest.return?.();
  }
}

const startsWith = (head: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => head[i] === byte);

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder, not a file",
  EACCES: "it may not be read",
  Z_BUF_ERROR: "the gzip data end in the middle",
  Z_DATA_ERROR: "the gzip data are damaged",
};

function asInputError(error: unknown, name: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const reason = UNREADABLE[String(error.code)];
  return reason === undefined ? error : new InputError(`${name}: ${reason}`);
}
