/** Lines of text that comes in chunks. */
import { InputError } from "./input.js";

/** More than any line of a trace; a file without line ends is not to fill the memory. */
const LONGEST = 64 * 2 ** 20;

/** Splits chunks into lines, without their ends (`\n` or `\r\n`). */
export class LineSplitter {
  /** The pieces of the line that has no end yet; they are put together once it has one. */
  #pieces: string[] = [];
  #length = 0;

  /** The lines that this chunk completes. */
  push(chunk: string): string[] {
    if (!chunk.includes("\n")) {
      this.#keep(chunk);
      return [];
    }
    const text = this.#pieces.join("") + chunk;
    const lines = text.split("\n");
    this.#pieces = [];
    this.#length = 0;
    this.#keep(lines.pop() ?? "");
    return text.includes("\r") ? lines.map(withoutReturn) : lines;
  }

  /** The last line, where it has no end. */
  end(): string[] {
    const rest = this.#pieces.join("");
    this.#pieces = [];
    return rest === "" ? [] : [withoutReturn(rest)];
  }

  #keep(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > LONGEST)
      throw new InputError(`a line has more than ${LONGEST} characters; this is no trace`);
  }
}

const withoutReturn = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);

/** The lines of all chunks, as many at a time as a chunk completes. */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  const splitter = new LineSplitter();
  for await (const chunk of chunks) yield splitter.push(chunk);
  yield splitter.end();
}
