/** Hands bytes to the kernel: in one piece where they are few, else from where they are. */
import { lengthOf } from "../../../support/index.js";
import type { Libc } from "./libc.js";
import { IOV_MAX, MSG } from "./linux.js";
import { Message } from "./message.js";
import type { Rest } from "./rest.js";
import type { System } from "./system.js";

const FLAGS = MSG.DONTWAIT | MSG.NOSIGNAL;
/** Up to this many bytes a chunk, to copy it costs less than to say where it is. */
const FEW = 2048;

/** What the connections of a network send with, one after the other. */
export class Sender {
  readonly #libc: Libc;
  readonly #scratch: Uint8Array;
  readonly #message: Message;

  constructor({ libc, scratch }: System) {
    this.#libc = libc;
    this.#scratch = scratch;
    this.#message = new Message(libc, IOV_MAX);
  }

  /** Sends chunks of so many bytes in all; returns how many were taken, -1 after a failure. */
  send(fd: number, chunks: readonly Uint8Array[], bytes: number): number {
    const [first] = chunks;
    if (first === undefined || bytes === 0) return 0;
    if (chunks.length === 1) return this.#libc.send(fd, first, bytes, FLAGS);
    if (bytes <= this.#scratch.length && bytes <= chunks.length * FEW) {
      join(chunks, this.#scratch);
      return this.#libc.send(fd, this.#scratch, bytes, FLAGS);
    }
    let taken = 0;
    for (let at = 0; at < chunks.length; at += IOV_MAX) {
      const [sent, whole] = this.#sendSome(fd, chunks.slice(at, at + IOV_MAX));
      if (sent < 0) return taken === 0 ? sent : taken;
      taken += sent;
      if (sent < whole) break;
    }
    return taken;
  }

  /** Sends from the front of what waits; null where memory of it is gone. */
  sendRest(fd: number, rest: Rest): number | null {
    if (!rest.point(this.#message)) return null;
    return this.#libc.sendmsg(fd, this.#message.address, FLAGS);
  }

  #sendSome(fd: number, chunks: readonly Uint8Array[]): readonly [sent: number, whole: number] {
    let whole = 0;
    chunks.forEach((chunk, i) => {
      this.#message.point(i, chunk);
      whole += lengthOf(chunk);
    });
    this.#message.count = chunks.length;
    return [this.#libc.sendmsg(fd, this.#message.address, FLAGS), whole];
  }
}

/** Copies chunks one behind the other. */
export function join(chunks: readonly Uint8Array[], into: Uint8Array): void {
  let at = 0;
  for (const chunk of chunks) {
    into.set(chunk, at);
    at += lengthOf(chunk);
  }
}
