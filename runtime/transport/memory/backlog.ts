/** What the send buffer had no room for: chunks that are read where they are, later. */

/** Chunks that wait, in their order. */
export class Backlog {
  readonly #chunks: { readonly chunk: Uint8Array; readonly length: number }[] = [];
  #offset = 0;

  /** How many chunks wait. */
  get length(): number {
    return this.#chunks.length;
  }

  /** Adds a chunk; an empty one needs no room. */
  push(chunk: Uint8Array): void {
    if (chunk.length > 0) this.#chunks.push({ chunk, length: chunk.length });
  }

  /** The next bytes, at most so many; null where their memory is gone since. */
  take(most: number): Uint8Array | null {
    const [first] = this.#chunks;
    if (first === undefined || first.chunk.length !== first.length) return null;
    const start = this.#offset;
    const end = Math.min(first.length, start + most);
    if (end === first.length) this.#chunks.shift();
    this.#offset = end === first.length ? 0 : end;
    return first.chunk.subarray(start, end);
  }

  clear(): void {
    this.#chunks.length = 0;
    this.#offset = 0;
  }
}
