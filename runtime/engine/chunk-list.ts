/** A list of memory that is filled and handed over again and again, without allocating. */

const NOTHING = new Uint8Array(0);

/** Chunks in order; it takes what gathers memory, and gives arrays of exactly what was taken. */
export class ChunkList {
  // As long as the last array that was asked for, since most come to as many chunks as the last.
  #chunks: Uint8Array[] = [];
  #count = 0;
  // Arrays of other lengths that were needed, emptied.
  readonly #others: (Uint8Array[] | undefined)[] = [];

  /** How many chunks there are. */
  get length(): number {
    return this.#count;
  }

  /** Adds one. */
  push(chunk: Uint8Array): void {
    this.#chunks[this.#count] = chunk;
    this.#count += 1;
  }

  /** Forgets those behind the first `count`. */
  cut(count: number): void {
    const chunks = this.#chunks;
    for (let i = count; i < this.#count; i++) chunks[i] = NOTHING;
    this.#count = count;
  }

  /** What is there, as an array that is good until `cut`. */
  array(): readonly Uint8Array[] {
    return this.#chunks.length === this.#count ? this.#chunks : this.#fitting();
  }

  /** Goes on with an array of the right length; the one before waits until it is needed. */
  #fitting(): readonly Uint8Array[] {
    const count = this.#count;
    const chunks = this.#chunks;
    const fitting = this.#others[count] ?? Array.from({ length: count }, () => NOTHING);
    for (let i = 0; i < count; i++) {
      fitting[i] = chunks[i] ?? NOTHING;
      chunks[i] = NOTHING;
    }
    this.#others[count] = undefined;
    this.#others[chunks.length] = chunks;
    this.#chunks = fitting;
    return fitting;
  }
}
