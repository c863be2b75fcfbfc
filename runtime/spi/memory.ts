/** Memory that a socket has registered with its provider, and who uses it. */
import type { WSABUF } from "../../generated/index.js";

interface Region {
  readonly memory: ArrayBufferLike;
  readonly start: number;
  readonly end: number;
  readonly readable: boolean;
  uses: number;
}

// No two sockets give out the same handle, so none is mistaken for that of another.
let nextHandle = 0x8000;

/** The registered memory of one socket. */
export class RegisteredMemory {
  readonly #regions = new Map<number, Region>();

  /** Registers memory, and returns its handle. */
  register(memory: Uint8Array, options: { length: number; readable: boolean }): number {
    const handle = nextHandle;
    nextHandle += 4;
    const start = memory.byteOffset;
    const end = start + options.length;
    const { readable } = options;
    this.#regions.set(handle, { memory: memory.buffer, start, end, readable, uses: 0 });
    return handle;
  }

  /** Forgets memory. False for an unknown handle, and for memory that an operation uses. */
  deregister(handle: number): boolean {
    const region = this.#regions.get(handle);
    return region?.uses === 0 && this.#regions.delete(handle);
  }

  /**
   * Keeps the memory of chunks in use until the returned function is called. Null where a chunk
   * lies, wholly or in part, outside the memory that is registered for reading.
   */
  hold(chunks: readonly Uint8Array[]): (() => void) | null {
    const held: Region[] = [];
    for (const chunk of chunks) {
      const region = this.#around(chunk);
      if (region === undefined) return null;
      held.push(region);
    }
    for (const region of held) region.uses += 1;
    return () => {
      for (const region of held) region.uses -= 1;
    };
  }

  #around({ buffer, byteOffset, length }: Uint8Array): Region | undefined {
    for (const region of this.#regions.values()) {
      const isInside = region.start <= byteOffset && byteOffset + length <= region.end;
      if (region.memory === buffer && region.readable && isInside) return region;
    }
    return undefined;
  }
}

/**
 * The memory of buffers, in order. The array is the caller's again when the call returns, so its
 * views are taken now; not the data. Null where a buffer is not as long as it says.
 */
export function captured(buffers: readonly WSABUF[]): Uint8Array[] | null {
  const chunks: Uint8Array[] = [];
  for (const { buf, len } of buffers) {
    if (len === 0) continue;
    const chunk = buf?.subarray(0, len);
    if (chunk?.length !== len) return null;
    chunks.push(chunk);
  }
  return chunks;
}
