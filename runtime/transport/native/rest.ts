/** Bytes that the kernel has not taken yet. They stay where they are, and are not copied. */
import { lengthOf } from "../../../support/index.js";
import { IOV_MAX } from "./linux.js";
import type { Message } from "./message.js";

/** A queue of memory. */
export class Rest {
  /** How many bytes are in it. */
  bytes = 0;
  readonly #chunks: Uint8Array[] = [];
  // What each was long: memory that is gone is shorter.
  readonly #lengths: number[] = [];
  #first = 0;
  #offset = 0;

  /** Adds memory, without its first bytes where they have been taken. */
  push(chunks: readonly Uint8Array[], taken: number): void {
    let skip = taken;
    for (const chunk of chunks) {
      const length = lengthOf(chunk);
      if (skip >= length) skip -= length;
      else {
        const left = skip === 0 ? chunk : chunk.subarray(skip);
        this.#chunks.push(left);
        this.#lengths.push(length - skip);
        this.bytes += length - skip;
        skip = 0;
      }
    }
  }

  /** Points a message at the front; false where memory of it is gone. */
  point(message: Message): boolean {
    const count = Math.min(this.#chunks.length - this.#first, IOV_MAX);
    for (let i = 0; i < count; i++) {
      const chunk = this.#chunks[this.#first + i];
      if (chunk === undefined || lengthOf(chunk) !== this.#lengths[this.#first + i]) return false;
      message.point(i, i === 0 ? chunk.subarray(this.#offset) : chunk);
    }
    message.count = count;
    return true;
  }

  /** Takes bytes from the front. */
  take(bytes: number): void {
    this.bytes -= bytes;
    let left = bytes + this.#offset;
    for (let length = this.#lengths[this.#first]; length !== undefined && length <= left;) {
      left -= length;
      this.#first++;
      length = this.#lengths[this.#first];
    }
    this.#offset = left;
    if (this.bytes === 0 || this.#first >= IOV_MAX) this.#forget();
  }

  /** Lets go of what has been taken. */
  #forget(): void {
    this.#chunks.splice(0, this.#first);
    this.#lengths.splice(0, this.#first);
    this.#first = 0;
  }
}
