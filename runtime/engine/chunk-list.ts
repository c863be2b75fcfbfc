/** A list of memory that is filled and handed over again and again, without allocating. */

const NOTHING = new Uint8Array(0);

/** Chunks in order; it takes what gathers memory, and gives arrays of exactly what was taken. */
export class ChunkList {
  readonly #chunks: Uint8Array[] = [];
  #count = 0;
  // An array of each length that was needed; emptied when it has been used.
  readonly #arrays: Uint8Array[][] = [];

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
    const array = this.#arrays[this.#count];
    for (let i = count; i < this.#count; i++) {
      this.#chunks[i] = NOTHING;
      if (array !== undefined) array[i] = NOTHING;
    }
    this.#count = count;
  }

  /** What is there, as an array that is good until `cut`. */
  array(): readonly Uint8Array[] {
    const count = this.#count;
    const array = (this.#arrays[count] ??= Array.from({ length: count }, () => NOTHING));
    for (let i = 0; i < count; i++) array[i] = this.#chunks[i] ?? NOTHING;
    return array;
  }
}
