/** Writes structs, and what they point to, into memory that gives room. */
import { checkedArch } from "../arch.js";
import type { Arch } from "../arch.js";
import { isRecord } from "../record.js";
import { describe } from "../describe.js";
import type { MemberPlace } from "../layout.js";
import { isBytes } from "../bytes.js";
import { checkedAddress, checkRange } from "./access.js";
import type { WritableMemory } from "./memory.js";
import { MemoryError } from "./memory.js";
import { placeIn } from "./reading.js";
import type { FieldCodec, FieldTarget, StructCodec } from "./types.js";

/** How to write. */
export interface WriteOptions {
  readonly arch: Arch;
  /**
   * Where the struct is already: only the fields of its JavaScript view are written there. When
   * left out, room is allocated, and everything else in it is 0.
   */
  readonly address?: bigint;
}

/** Bytes of a struct, and which of them were put there. */
interface Image {
  bytes: Uint8Array;
  readonly put: { readonly offset: number; readonly size: number }[];
}

/** One walk through values. The same object is written once, so cycles stay cycles. */
export class Writing {
  readonly #memory: WritableMemory;
  readonly #arch: Arch;
  readonly #seen = new Map<object, Map<object, bigint>>();
  readonly #bytes = new Map<Uint8Array, bigint>();
  readonly #queue: (() => void)[] = [];

  constructor(memory: WritableMemory, arch: Arch) {
    this.#memory = memory;
    this.#arch = checkedArch(arch);
  }

  /** The address of a struct. It is written by `finish`. */
  struct<T extends object>(codec: StructCodec<T>, value: T, address?: bigint): bigint {
    const seen = this.#seen.get(codec) ?? new Map<object, bigint>();
    this.#seen.set(codec, seen);
    const known = seen.get(value);
    if (known !== undefined) return known;
    if (!isRecord(value))
      throw new TypeError(`${codec.layout.name}: expected an object, received ${describe(value)}`);
    const { align, size } = codec.layout[this.#arch];
    const image: Image = { bytes: new Uint8Array(size), put: [] };
    const room = Math.max(size, this.#sizeOf(codec, value));
    const at = checkedAddress(address ?? this.#memory.allocate(room, align));
    seen.set(value, at);
    this.#queue.push(() => {
      this.#encode(codec, value, { image, base: 0 });
      const { bytes, put } = image;
      const all = address === undefined ? [{ offset: 0, size: bytes.length }] : put;
      for (const { offset, size } of all) {
        const part = bytes.subarray(offset, offset + size);
        this.#write(at + BigInt(offset), part, codec.layout.name);
      }
    });
    return at;
  }

  /** Writes all structs that were asked for, and those that they point to. */
  finish(): void {
    for (const write of this.#queue) write();
  }

  /** The size of a struct that goes on as far as the bytes of its last field. */
  #sizeOf<T extends object>(codec: StructCodec<T>, value: T): number {
    const layout = codec.layout[this.#arch];
    const ends = Object.keys(codec.fields).map((name) => {
      const field: unknown = Reflect.get(value, name);
      const { offset } = placeIn(layout, codec.layout.name, name);
      return isBytes(field) && layout.members[name]?.as !== "pointer" ? offset + field.length : 0;
    });
    return Math.max(0, ...ends);
  }

  #encode<T extends object>(
    codec: StructCodec<T>,
    value: T,
    into: { readonly image: Image; readonly base: number },
  ): void {
    const { name: struct } = codec.layout;
    for (const [name, field] of Object.entries<FieldCodec<unknown>>(codec.fields)) {
      const place = placeIn(codec.layout[this.#arch], struct, name);
      field.write(this.#target(place, { struct, field: name, ...into }), Reflect.get(value, name));
    }
  }

  #target(
    place: MemberPlace,
    into: { struct: string; field: string; image: Image; base: number },
  ): FieldTarget {
    const { image } = into;
    const offset = into.base + place.offset;
    return {
      arch: this.#arch,
      place,
      put: (bytes) => {
        const end = offset + bytes.length;
        if (end > image.bytes.length) {
          const longer = new Uint8Array(end);
          longer.set(image.bytes);
          image.bytes = longer;
        }
        image.bytes.set(bytes, offset);
        image.put.push({ offset, size: bytes.length });
      },
      inside: (codec, value) => this.#encode(codec, value, { image, base: offset }),
      elsewhere: (codec, value) => this.struct(codec, value),
      bytes: (value, align) => this.#place(value, align, into.field),
      refuse: (wanted, value) => {
        const place = `${into.struct}.${into.field}`;
        throw new RangeError(`${place}: expected ${wanted}, received ${describe(value)}`);
      },
    };
  }

  #place(value: Uint8Array, align: number, field: string): bigint {
    const known = this.#bytes.get(value);
    if (known !== undefined) return known;
    const address = checkedAddress(this.#memory.allocate(Math.max(value.length, 1), align));
    this.#bytes.set(value, address);
    this.#write(address, value, field);
    return address;
  }

  #write(address: bigint, bytes: Uint8Array, struct: string): void {
    const fault = { struct, field: "", address, size: bytes.length };
    checkRange(fault, this.#arch);
    try {
      this.#memory.write(address, bytes);
    } catch (error) {
      throw new MemoryError(fault, "cannot be written", error);
    }
  }
}

/** Writes a struct and what it points to; answers its address. Throws MemoryError, RangeError. */
export function writeStruct<T extends object>(
  codec: StructCodec<T>,
  memory: WritableMemory,
  of: WriteOptions & { readonly value: T },
): bigint {
  const writing = new Writing(memory, of.arch);
  const address = writing.struct(codec, of.value, of.address);
  writing.finish();
  return address;
}

/** Writes an array of structs and what they point to; answers its address. */
export function writeStructs<T extends object>(
  codec: StructCodec<T>,
  memory: WritableMemory,
  of: WriteOptions & { readonly values: readonly T[] },
): bigint {
  const writing = new Writing(memory, of.arch);
  if (!Array.isArray(of.values)) {
    throw new TypeError(
      `expected an array of ${codec.layout.name}, received ${describe(of.values)}`,
    );
  }
  const { size, align } = codec.layout[of.arch];
  const room = Math.max(size * of.values.length, 1);
  const first = checkedAddress(of.address ?? memory.allocate(room, align));
  // An element stands at its place, also where one object is several elements.
  of.values.forEach((value, i) => {
    const own = isRecord(value) ? { ...value } : value;
    writing.struct(codec, own, first + BigInt(i * size));
  });
  writing.finish();
  return first;
}
