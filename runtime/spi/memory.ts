/** Memory that a socket has registered with its provider, and who uses it. */
import type { WSABUF } from "../../generated/index.js";
import type { Chunks } from "../engine/transmission.js";

/** A stretch of memory under one handle. */
export interface Region {
  readonly memory: ArrayBufferLike;
  readonly start: number;
  readonly end: number;
  readonly readable: boolean;
  uses: number;
  isOver: boolean;
}

/** The regions of one memory, by their start; those that are over go when they are the most. */
interface Ordered {
  regions: Region[];
  over: number;
}

/** The registered memory that a send keeps in use; null for none. */
export type Held = Region | readonly Region[] | null;

/** The data of a send: its only buffer, of which the first bytes count, or a view of each. */
export type Data = Uint8Array | readonly Uint8Array[];

/** What a send has captured of its array of buffers. */
export interface Captured {
  readonly data: Data;
  readonly bytes: number;
}

const NOTHING: Captured = { data: new Uint8Array(0), bytes: 0 };

// No two sockets give out the same handle, so none is mistaken for that of another.
let nextHandle = 0x8000;

/** The registered memory of one socket. */
export class RegisteredMemory {
  readonly #regions = new Map<number, Region>();
  /** The regions of each memory, so that few of them are looked at. */
  readonly #ordered = new Map<ArrayBufferLike, Ordered>();

  /** Registers memory, and returns its handle. */
  register(memory: Uint8Array, options: { length: number; readable: boolean }): number {
    const handle = nextHandle;
    nextHandle += 4;
    const start = memory.byteOffset;
    const end = start + options.length;
    const { readable } = options;
    const region: Region = { memory: memory.buffer, start, end, readable, uses: 0, isOver: false };
    this.#regions.set(handle, region);
    const ordered = this.#ordered.get(memory.buffer);
    if (ordered === undefined) this.#ordered.set(memory.buffer, { regions: [region], over: 0 });
    else ordered.regions.splice(behind(ordered.regions, start), 0, region);
    return handle;
  }

  /** Forgets memory. False for an unknown handle, and for memory that an operation uses. */
  deregister(handle: number): boolean {
    const region = this.#regions.get(handle);
    if (region?.uses !== 0) return false;
    this.#regions.delete(handle);
    region.isOver = true;
    const ordered = this.#ordered.get(region.memory);
    if (ordered === undefined) return true;
    ordered.over += 1;
    if (ordered.over === ordered.regions.length) this.#ordered.delete(region.memory);
    else if (ordered.over * 2 > ordered.regions.length) {
      ordered.regions = ordered.regions.filter(({ isOver }) => !isOver);
      ordered.over = 0;
    }
    return true;
  }

  /**
   * Keeps the memory of a send in use until it is released. Undefined where some of it lies,
   * wholly or in part, outside the memory that is registered for reading.
   */
  hold({ data, bytes }: Captured): Held | undefined {
    if (bytes === 0) return null;
    if (data instanceof Uint8Array) {
      const region = this.#around(data, bytes);
      if (region !== undefined) region.uses += 1;
      return region;
    }
    const held: Region[] = [];
    for (const chunk of data) {
      const region = this.#around(chunk, chunk.length);
      if (region === undefined) return undefined;
      held.push(region);
    }
    for (const region of held) region.uses += 1;
    return held;
  }

  /** Ends all registrations: the socket is closed. */
  clear(): void {
    this.#regions.clear();
    this.#ordered.clear();
  }

  #around({ buffer, byteOffset }: Uint8Array, length: number): Region | undefined {
    const ordered = this.#ordered.get(buffer);
    if (ordered === undefined) return undefined;
    const { regions } = ordered;
    for (let i = behind(regions, byteOffset) - 1; i >= 0; i--) {
      const region = regions[i];
      const isOpen = region?.readable && !region.isOver;
      if (isOpen && byteOffset + length <= region.end) return region;
    }
    return undefined;
  }
}

/** Ends what `hold` began. */
export function release(held: Held): void {
  if (held === null) return;
  if ("uses" in held) held.uses -= 1;
  else for (const region of held) region.uses -= 1;
}

/** The place behind all regions that begin at `start` or before. */
function behind(regions: readonly Region[], start: number): number {
  let low = 0;
  let high = regions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((regions[middle]?.start ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What the first `count` buffers describe, in order. The array is the caller's again when the call
 * returns, so it is captured now; the data is not copied. Null where a buffer is not as long as it
 * says.
 */
export function captured(buffers: readonly WSABUF[], count: number): Captured | null {
  let only: Uint8Array | null = null;
  let several: Uint8Array[] | null = null;
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const buffer = buffers[i];
    if (buffer === undefined) return null;
    const { buf, len } = buffer;
    if (len === 0) continue;
    if (buf === null || buf.length < len) return null;
    if (several !== null) several.push(buf.subarray(0, len));
    else if (only !== null) several = [only.subarray(0, bytes), buf.subarray(0, len)];
    else only = buf;
    bytes += len;
  }
  if (only === null) return NOTHING;
  return { data: several ?? only, bytes };
}

/** Adds the memory of a send to a list. False where some of it is gone. */
export function gather(chunks: Chunks, { data, bytes }: Captured): boolean {
  if (data instanceof Uint8Array) {
    if (data.length < bytes) return false;
    if (bytes > 0) chunks.push(data.length === bytes ? data : data.subarray(0, bytes));
    return true;
  }
  let sum = 0;
  for (const chunk of data) {
    sum += chunk.length;
    chunks.push(chunk);
  }
  return sum === bytes;
}

/** A copy of the bytes of a send from `from` on, at most so many. Null where some are gone. */
export function copied(of: Captured, from: number, atMost: number): Uint8Array | null {
  const chunks: Uint8Array[] = [];
  if (!gather(chunks, of)) return null;
  const copy = new Uint8Array(Math.min(atMost, of.bytes - from));
  let at = -from;
  for (const chunk of chunks) {
    const [begin, end] = [Math.max(0, -at), Math.min(chunk.length, copy.length - at)];
    if (begin < end) copy.set(chunk.subarray(begin, end), at + begin);
    at += chunk.length;
  }
  return copy;
}
