/** The send buffer of a connection: a ring that bytes are copied into, up to its capacity. */

const SMALLEST = 4096;

/** A first-in, first-out buffer of bytes. */
export class Ring {
  readonly #capacity: number;
  #bytes: Uint8Array;
  #start = 0;
  #used = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#bytes = new Uint8Array(Math.min(capacity, SMALLEST));
  }

  /** How many bytes are in it. */
  get used(): number {
    return this.#used;
  }

  /** How many more it takes. */
  get room(): number {
    return this.#capacity - this.#used;
  }

  /** Copies all of a chunk in; there must be room. */
  put(chunk: Uint8Array): void {
    const { length } = chunk;
    const used = this.#used + length;
    if (used > this.#bytes.length) this.#grow(used);
    const bytes = this.#bytes;
    const size = bytes.length;
    let at = this.#start + this.#used;
    if (at >= size) at -= size;
    if (at + length <= size) bytes.set(chunk, at);
    else {
      const first = size - at;
      bytes.set(chunk.subarray(0, first), at);
      bytes.set(chunk.subarray(first), 0);
    }
    this.#used = used;
  }

  /** A copy of bytes in it, so many behind the first. */
  copy(offset: number, length: number): Uint8Array {
    const size = this.#bytes.length;
    let at = this.#start + offset;
    if (at >= size) at -= size;
    // Its own memory, that nobody has to fill with zeros first.
    const out = Buffer.allocUnsafeSlow(length);
    if (at + length <= size) out.set(this.#bytes.subarray(at, at + length));
    else {
      out.set(this.#bytes.subarray(at), 0);
      out.set(this.#bytes.subarray(0, at + length - size), size - at);
    }
    return out;
  }

  /** Lets go of the first bytes. */
  drop(length: number): void {
    this.#used -= length;
    this.#start = this.#used === 0 ? 0 : (this.#start + length) % this.#bytes.length;
  }

  #grow(needed: number): void {
    const size = Math.min(this.#capacity, Math.max(needed, this.#bytes.length * 2));
    const bytes = new Uint8Array(size);
    bytes.set(this.copy(0, this.#used));
    this.#bytes = bytes;
    this.#start = 0;
  }
}
