/** Memory to read from and write to: somebody else's process, a dump, or some of our own. */

/** What can be read. Ten lines over a debugger's own calls make one. */
export interface Memory {
  /** The bytes at an address, as a Uint8Array; fewer where fewer can be read. May throw. */
  read(address: bigint, size: number): Uint8Array;
  write?(address: bigint, bytes: Uint8Array): void;
}

/** What can be written to, and gives room for what is new. */
export interface WritableMemory extends Memory {
  write(address: bigint, bytes: Uint8Array): void;
  /** Room of `size` bytes, filled with zeros. */
  allocate(size: number, align: number): bigint;
}

/** What could not be read or written, and for which field. */
export interface MemoryFault {
  readonly struct: string;
  readonly field: string;
  readonly address: bigint;
  /** In bytes. */
  readonly size: number;
  /** What can be read instead. */
  readonly instead?: string;
}

/** Memory that cannot be read or written. It names struct, field, address and size. */
export class MemoryError extends Error {
  override readonly name = "MemoryError";
  readonly struct: string;
  readonly field: string;
  readonly address: bigint;
  readonly size: number;

  constructor(fault: MemoryFault, why: string, cause?: unknown) {
    const { struct, field, address, size } = fault;
    const place = field === "" ? struct : `${struct}.${field}`;
    const because =
      cause === undefined ? "" : `: ${cause instanceof Error ? cause.message : String(cause)}`;
    const at = address < 0n ? `-0x${(-address).toString(16)}` : `0x${address.toString(16)}`;
    const instead = fault.instead === undefined ? "" : `; ${fault.instead}`;
    const text = `${place}: ${why}, ${size} bytes at ${at}${because}${instead}`;
    super(text, cause === undefined ? {} : { cause });
    this.struct = struct;
    this.field = field;
    this.address = address;
    this.size = size;
  }
}

/** Bytes as memory that begins at `base`; reading beyond them gives what there is. */
export function flatMemory(bytes: Uint8Array, base = 0n): Required<Memory> {
  const offsetOf = (address: bigint): number =>
    address < base || address - base > BigInt(bytes.length) ? bytes.length : Number(address - base);
  return {
    read: (address, size) => {
      const offset = offsetOf(address);
      return bytes.slice(offset, offset + size);
    },
    write: (address, data) => {
      const offset = offsetOf(address);
      if (offset + data.length > bytes.length) throw new RangeError("nothing is there to write to");
      bytes.set(data, offset);
    },
  };
}

const PAGE = 4096;

/** Addresses from `from`, up to but without `to`. */
interface Region {
  readonly from: bigint;
  readonly to: bigint;
}

/** Memory of 64-bit addresses, of which only what was allocated or written exists. */
export class SparseMemory implements WritableMemory {
  readonly #pages = new Map<bigint, Uint8Array>();
  /** What exists: by address, and none over another, unless it is still to be sorted. */
  #regions: Region[] = [];
  #isSorted = true;
  #next: bigint;

  /** `base` is where allocation begins. */
  constructor(base = 0x1_0000n) {
    this.#next = base;
  }

  read(address: bigint, size: number): Uint8Array {
    const region = this.#regionAt(address);
    if (region === undefined) return new Uint8Array();
    const there = region.to - address;
    const bytes = new Uint8Array(there < BigInt(size) ? Number(there) : size);
    this.#each(address, bytes.length, (page, at, from, length) =>
      bytes.set(page.subarray(at, at + length), from),
    );
    return bytes;
  }

  write(address: bigint, bytes: Uint8Array): void {
    const region = this.#regionAt(address);
    const to = address + BigInt(bytes.length);
    if (bytes.length > 0 && (region === undefined || to > region.to)) {
      throw new RangeError("nothing is allocated there");
    }
    this.#each(address, bytes.length, (page, at, from, length) =>
      page.set(bytes.subarray(from, from + length), at),
    );
  }

  allocate(size: number, align: number): bigint {
    const step = BigInt(Math.max(align, 1));
    const address = ((this.#next + step - 1n) / step) * step;
    return this.map(address, size);
  }

  /** Makes memory of zeros at an address of your choice; allocation goes on behind it. */
  map(address: bigint, size: number): bigint {
    const to = address + BigInt(size);
    if (address < 0n || to > 1n << 64n) throw new RangeError("memory ends at 2 to the 64");
    if (size > 0) {
      if (address < (this.#regions.at(-1)?.to ?? 0n)) this.#isSorted = false;
      this.#regions.push({ from: address, to });
    }
    // A gap between two of them, so that reading beyond the first does not reach the second.
    if (to >= this.#next) this.#next = to + 1n;
    return address;
  }

  #regionAt(address: bigint): Region | undefined {
    this.#sort();
    let low = 0;
    let high = this.#regions.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const region = this.#regions[middle];
      if (region === undefined) break;
      if (address < region.from) high = middle - 1;
      else if (address >= region.to) low = middle + 1;
      else return region;
    }
    return undefined;
  }

  /** Sorts the regions, where somebody mapped below the last one; those that overlap become one. */
  #sort(): void {
    if (this.#isSorted) return;
    this.#isSorted = true;
    const all = this.#regions.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    this.#regions = [];
    for (const region of all) {
      const last = this.#regions.at(-1);
      if (last === undefined || region.from >= last.to) this.#regions.push(region);
      else if (region.to > last.to) this.#regions.splice(-1, 1, { from: last.from, to: region.to });
    }
  }

  #each(
    address: bigint,
    size: number,
    visit: (page: Uint8Array, at: number, from: number, length: number) => void,
  ): void {
    for (let from = 0; from < size;) {
      const here = address + BigInt(from);
      const number = here / BigInt(PAGE);
      const at = Number(here % BigInt(PAGE));
      const length = Math.min(PAGE - at, size - from);
      let page = this.#pages.get(number);
      if (page === undefined) this.#pages.set(number, (page = new Uint8Array(PAGE)));
      visit(page, at, from, length);
      from += length;
    }
  }
}
