/** Bytes that have arrived and that nobody has taken yet, as they came: nothing is copied. */
export class ByteQueue {
  #chunks: Uint8Array[] = [];
  #head = 0;
  #length = 0;

  /** How many bytes there are. */
  get length(): number {
    return this.#length;
  }

  /** All there is, in order. */
  get chunks(): readonly Uint8Array[] {
    return this.#head === 0 ? [...this.#chunks] : this.#chunks.slice(this.#head);
  }

  /** The first piece; undefined where there is none. */
  get first(): Uint8Array | undefined {
    return this.#chunks[this.#head];
  }

  /** Adds bytes at the end. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** Gives bytes back that were the first. */
  putBack(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.splice(0, this.#head, chunk);
    this.#head = 0;
    this.#length += chunk.length;
  }

  /** Drops bytes at the front. */
  drop(bytes: number): void {
    this.#length -= bytes;
    for (let left = bytes; left > 0;) {
      const chunk = this.#chunks[this.#head];
      if (chunk === undefined) return;
      if (chunk.length > left) {
        this.#chunks[this.#head] = chunk.subarray(left);
        return;
      }
      left -= chunk.length;
      this.#head += 1;
    }
    if (this.#head * 2 > this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Drops everything. */
  clear(): void {
    this.drop(this.#length);
  }
}
