/** Reads structs, and what they point to. The walk is a queue: long chains are no deep ones. */
import { checkedArch } from "../arch.js";
import type { Arch } from "../arch.js";
import { MAX_CHAIN } from "../limits.js";
import type { Layout, MemberPlace, TypeLayout } from "../layout.js";
import type { Wide } from "../numbers.js";
import { bytesAt, checkedAddress, checkedCount } from "./access.js";
import type { Memory, MemoryFault } from "./memory.js";
import { MemoryError } from "./memory.js";
import { wideFrom } from "./scalar.js";
import type { FieldCodec, FieldSource, StructCodec } from "./types.js";

/** More memory than this is not read for one struct and all that it points to: 1 GiB. */
export const MAX_BYTES: number = 2 ** 30;

/** A struct as it was found in memory. */
interface Found {
  readonly of: { readonly layout: Layout; readonly image?: string };
  readonly address: bigint;
  readonly bytes: Uint8Array;
  /** The memory holds another struct, which begins like this one and goes on. */
  readonly goesOn: boolean;
}

/** One walk through memory. The same address gives the same object, so cycles stay cycles. */
export class Reading {
  readonly #memory: Memory;
  readonly #arch: Arch;
  readonly #seen = new Map<object, Map<bigint, object>>();
  readonly #queue: (() => void)[] = [];
  #structs = 0;
  #bytes = 0;

  constructor(memory: Memory, arch: Arch) {
    this.#memory = memory;
    this.#arch = checkedArch(arch);
  }

  /** The struct at an address. It is filled by `finish`. */
  struct<T extends object>(codec: StructCodec<T>, address: bigint): T {
    const seen = this.#seen.get(codec) ?? new Map<bigint, object>();
    this.#seen.set(codec, seen);
    const known = seen.get(address);
    if (known !== undefined) return known as T;
    const { name } = codec.layout;
    if (++this.#structs > MAX_CHAIN) {
      const size = codec.layout[this.#arch].size;
      const fault = { struct: name, field: "", address, size };
      throw new MemoryError(fault, `more than ${MAX_CHAIN} structs are linked to each other`);
    }
    const made = {};
    seen.set(address, made);
    this.#queue.push(() => this.#fill(codec, address, made));
    return made as T;
  }

  /** Fills all structs that were asked for, and those that they point to. */
  finish(): void {
    // The queue grows while it is worked off.
    for (const fill of this.#queue) fill();
  }

  #fill<T extends object>(codec: StructCodec<T>, address: bigint, into: object): void {
    const layout = this.#layoutAt(codec, address);
    const { size, members } = layout[this.#arch];
    const fault = { struct: codec.layout.name, field: "", address, size };
    let bytes = this.#tryRead(address, size);
    if (bytes === undefined) {
      this.#blame(codec.layout, members, address);
      bytes = this.#read(fault);
    }
    this.#decode(codec, { of: codec, address, bytes, goesOn: layout !== codec.layout }, into);
  }

  #decode<T extends object>(codec: StructCodec<T>, found: Found, into: object): void {
    for (const [name, field] of Object.entries<FieldCodec<unknown>>(codec.fields)) {
      const value = field.read(this.#source(found, name));
      Object.defineProperty(into, name, {
        value, writable: true, enumerable: true, configurable: true,
      }); // prettier-ignore
    }
  }

  #source(found: Found, field: string): FieldSource {
    const { of, address, bytes, goesOn } = found;
    const { layout, image = "readImage" } = of;
    const place = placeIn(layout[this.#arch], layout.name, field);
    const fault = {
      struct: layout.name,
      field,
      address: address + BigInt(place.offset),
      size: place.size,
    };
    const end = place.offset + place.size;
    const instead = `${image} reads the ${layout.name} at 0x${address.toString(16)} alone`;
    return {
      arch: this.#arch,
      place,
      bytes: bytes.subarray(place.offset, end),
      rest: bytes.subarray(place.offset, goesOn ? bytes.length : end),
      sibling: (other) => {
        const { offset, size } = placeIn(layout[this.#arch], layout.name, other);
        return wideFrom(bytes.subarray(offset, offset + size));
      },
      inside: <T extends object>(codec: StructCodec<T>): T => {
        const made = {};
        const inner = bytes.subarray(place.offset, end);
        const part = { of: codec, address: fault.address, bytes: inner, goesOn: false };
        this.#decode(codec, part, made);
        return made as T;
      },
      follow: (codec, at) => this.struct(codec, at),
      memory: (at, size) => this.#read({ ...fault, address: at, size: Number(size), instead }),
      refuse: (why, at) => {
        throw new MemoryError({ ...fault, address: at, size: 0, instead }, why);
      },
    };
  }

  /** What really lies there, where the struct is the beginning of others. */
  #layoutAt<T extends object>({ layout, variants }: StructCodec<T>, address: bigint): Layout {
    if (variants === undefined) return layout;
    const { offset, size } = placeIn(layout[this.#arch], layout.name, variants.by);
    const at = address + BigInt(offset);
    const fault = { struct: layout.name, field: variants.by, address: at, size };
    const value = wideFrom(this.#read(fault));
    return variants.layouts.get(Number(value)) ?? layout;
  }

  /** Throws for the first field that cannot be read by itself. */
  #blame(layout: Layout, members: TypeLayout["members"], address: bigint): void {
    for (const [field, { offset, size }] of Object.entries(members)) {
      const at = address + BigInt(offset);
      this.#read({ struct: layout.name, field, address: at, size });
    }
  }

  #tryRead(address: bigint, size: number): Uint8Array | undefined {
    try {
      return this.#read({ struct: "", field: "", address, size });
    } catch {
      return undefined;
    }
  }

  #read(fault: MemoryFault): Uint8Array {
    const { size } = fault;
    if (this.#bytes + size > MAX_BYTES) {
      throw new MemoryError(fault, `more than ${MAX_BYTES} bytes would be read`);
    }
    if (size === 0) return new Uint8Array();
    const bytes = bytesAt(this.#memory, fault, this.#arch);
    this.#bytes += size;
    return bytes;
  }
}

/** Where a field lies; a codec and its layout come from one schema. */
export function placeIn(layout: TypeLayout, struct: string, field: string): MemberPlace {
  const place: MemberPlace | undefined = layout.members[field];
  if (place === undefined) throw new RangeError(`${struct} has no member ${field}`);
  return place;
}

/** Where to read, and for which architecture. */
export interface ReadAt {
  readonly address: bigint;
  readonly arch: Arch;
}

/** Reads a struct and what it points to. Throws MemoryError. */
export function readStruct<T extends object>(codec: StructCodec<T>, memory: Memory, at: ReadAt): T {
  const reading = new Reading(memory, at.arch);
  const value = reading.struct(codec, checkedAddress(at.address));
  reading.finish();
  return value;
}

/** Reads an array of structs and what they point to. Throws MemoryError. */
export function readStructs<T extends object>(
  codec: StructCodec<T>,
  memory: Memory,
  at: ReadAt & { readonly count: Wide },
): T[] {
  const reading = new Reading(memory, at.arch);
  const { size } = codec.layout[at.arch];
  const first = checkedAddress(at.address);
  const values: T[] = [];
  const count = checkedCount(at.count);
  for (let i = 0n; i < count; i++) values.push(reading.struct(codec, first + i * BigInt(size)));
  reading.finish();
  return values;
}
