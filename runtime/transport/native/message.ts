/** A msghdr, made once and used for every call: pieces of memory, an address, control messages. */
import { lengthOf } from "../../../support/index.js";
import type { Address, Libc } from "./libc.js";

/** Offsets in a msghdr, in bytes. */
const NAME = 0;
const NAME_LENGTH = 8;
const PIECES = 16;
const COUNT = 24;
const CONTROL = 32;
const CONTROL_LENGTH = 40;
const HEADER = 56;
/** An iovec, in bytes: an address and a length. */
const PIECE = 16;

/** A msghdr with its iovecs. The pieces must be referenced while it is used. */
export class Message {
  /** Where the msghdr is. */
  readonly address: Address;
  readonly #header = new Uint8Array(HEADER);
  readonly #libc: Libc;
  readonly #fields = new DataView(this.#header.buffer);
  readonly #pieces: Uint8Array;
  readonly #iovecs: DataView;
  // Where they are is asked once: most messages are like the one before.
  #name: Uint8Array | null = null;
  #control: Uint8Array | null = null;

  /** With room for so many pieces. */
  constructor(libc: Libc, most: number) {
    this.#libc = libc;
    this.address = libc.address(this.#header);
    this.#pieces = new Uint8Array(most * PIECE);
    this.#iovecs = new DataView(this.#pieces.buffer);
    this.#fields.setBigUint64(PIECES, libc.address(this.#pieces), true);
    this.count = 1;
  }

  /** How many pieces there are. */
  set count(count: number) {
    this.#fields.setUint32(COUNT, count, true);
  }

  /** Makes memory the piece with this number. */
  point(at: number, memory: Uint8Array): void {
    this.#iovecs.setBigUint64(at * PIECE, this.#libc.address(memory), true);
    this.resize(at, lengthOf(memory));
  }

  /** Takes so many bytes of the piece with this number. */
  resize(at: number, length: number): void {
    this.#iovecs.setUint32(at * PIECE + 8, length, true);
  }

  /** Makes memory the address. */
  name(address: Uint8Array): void {
    if (address !== this.#name) {
      this.#name = address;
      this.#fields.setBigUint64(NAME, this.#libc.address(address), true);
    }
    this.#fields.setUint32(NAME_LENGTH, address.length, true);
  }

  /** Makes memory the control messages; null for none. */
  control(memory: Uint8Array | null): void {
    if (memory !== this.#control) {
      this.#control = memory;
      const address = memory === null ? 0n : this.#libc.address(memory);
      this.#fields.setBigUint64(CONTROL, address, true);
    }
    this.#fields.setUint32(CONTROL_LENGTH, memory === null ? 0 : memory.length, true);
  }

  /** How many bytes of control messages a receive has left. */
  get controlLength(): number {
    return this.#fields.getUint32(CONTROL_LENGTH, true);
  }
}
