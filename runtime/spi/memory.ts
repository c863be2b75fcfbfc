/** Memory that a socket has registered with its provider, and who uses it. */
import type { WSABUF } from "../../generated/index.js";

interface Region {
  readonly socket: number;
  readonly memory: ArrayBufferLike;
  readonly start: number;
  readonly end: number;
  readonly readable: boolean;
  uses: number;
}

/** All registered memory of a provider. */
export class RegisteredMemory {
  readonly #regions = new Map<number, Region>();
  #next = 0x8000;

  /** Registers memory for a socket; the handle is valid for that socket only. */
  register(
    socket: number,
    memory: Uint8Array,
    options: { length: number; readable: boolean },
  ): number {
    const handle = this.#next;
    this.#next += 4;
    const start = memory.byteOffset;
    const end = start + options.length;
    const { readable } = options;
    this.#regions.set(handle, { socket, memory: memory.buffer, start, end, readable, uses: 0 });
    return handle;
  }

  /** Forgets memory. False for an unknown handle, and for memory that an operation uses. */
  deregister(socket: number, handle: number): boolean {
    const region = this.#regions.get(handle);
    if (region?.socket !== socket || region.uses > 0) return false;
    return this.#regions.delete(handle);
  }

  /** Forgets all memory of a socket. */
  forget(socket: number): void {
    for (const [handle, region] of this.#regions) {
      if (region.socket === socket) this.#regions.delete(handle);
    }
  }

  /**
   * Keeps the memory of buffers in use until the returned function is called. Null where a buffer
   * lies, wholly or in part, outside the memory that the socket has registered for reading.
   */
  hold(socket: number, buffers: readonly WSABUF[]): (() => void) | null {
    const held: Region[] = [];
    for (const buffer of buffers) {
      if (buffer.len === 0) continue;
      const region = this.#around(socket, buffer);
      if (region === undefined) return null;
      held.push(region);
    }
    for (const region of held) region.uses += 1;
    return () => {
      for (const region of held) region.uses -= 1;
    };
  }

  #around(socket: number, { buf, len }: WSABUF): Region | undefined {
    if (buf === null) return undefined;
    const end = buf.byteOffset + len;
    for (const region of this.#regions.values()) {
      const isInside =
        region.memory === buf.buffer && region.start <= buf.byteOffset && end <= region.end;
      if (region.socket === socket && region.readable && isInside) return region;
    }
    return undefined;
  }
}
