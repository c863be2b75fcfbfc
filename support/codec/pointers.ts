/** The codecs of pointers, by what stands for the pointee in JavaScript. */
import { isRecord } from "../record.js";
import type { MemberPlace } from "../layout.js";
import { isBytes } from "../bytes.js";
import { integer, numberBytes } from "./fields.js";
import { bigintFrom, bytesOf } from "./scalar.js";
import type { FieldCodec, FieldSource, FieldTarget, StructCodec } from "./types.js";

const addressIn = ({ bytes }: FieldSource): bigint => bigintFrom(bytes);

function putAddress(to: FieldTarget, address: bigint): void {
  const { size } = to.place;
  if (address < 0n || address >= 1n << BigInt(size * 8))
    to.refuse(`an address of ${size} bytes`, address);
  to.put(bytesOf(address, size));
}

/** A pointer as `follow` reads it and `place` writes it; NULL is null. */
function pointerCodec<T>(
  follow: (from: FieldSource, address: bigint) => T,
  place: (to: FieldTarget, value: T) => bigint,
): FieldCodec<T | null> {
  return {
    read: (from) => {
      const address = addressIn(from);
      return address === 0n ? null : follow(from, address);
    },
    write: (to, value) => putAddress(to, value === null ? 0n : place(to, value)),
  };
}

/**
 * A pointer that the contract wants not to be NULL. Memory may hold NULL all the same: it is read
 * as null, whatever the type says, so that a check can tell.
 */
export function notNull<T>(codec: FieldCodec<T | null>): FieldCodec<T> {
  return {
    read: (from) => codec.read(from) as T,
    write: (to, value) => codec.write(to, value),
  };
}

/** A pointer to a struct. */
export function pointer<T extends object>(codec: () => StructCodec<T>): FieldCodec<T | null> {
  return pointerCodec(
    (from, address) => from.follow(codec(), address),
    (to, value) => {
      if (!isRecord(value)) to.refuse("an object or null", value);
      return to.elsewhere(codec(), value);
    },
  );
}

/** A pointer to as many bytes as another field says. */
export function bytesBy(field: string): FieldCodec<Uint8Array | null> {
  return pointerCodec((from, address) => from.memory(address, from.sibling(field)), placeBytes);
}

function placeBytes(to: FieldTarget, value: unknown): bigint {
  if (!isBytes(value)) to.refuse("bytes or null", value);
  return to.bytes(value, 16);
}

/** A pointer to one number of at most 32 bits, which C writes through. */
export function cell(
  size: number,
  as: "signed" | "unsigned",
): FieldCodec<{ value: number } | null> {
  const place: MemberPlace = { offset: 0, size, type: "", as };
  return pointerCodec(
    (from, address) => {
      const bytes = from.memory(address, size);
      return { value: integer.read({ ...from, place, bytes }) };
    },
    (to, { value }) => to.bytes(numberBytes({ ...to, place }, value), size),
  );
}

/** A pointer that nobody follows: `{ address }`. */
export const opaque: FieldCodec<object | null> = pointerCodec<object>(
  (_, address) => ({ address }),
  (to, value) => addressOf(to, value),
);

function addressOf(to: FieldTarget, value: unknown): bigint {
  const address = typeof value === "object" || typeof value === "function" ? value : null;
  const own = address !== null && "address" in address ? address.address : undefined;
  return typeof own === "bigint" ? own : to.refuse("a pointer as { address }, a bigint", value);
}

/** A callback. What is read cannot be called; it has the `address`, and can be written again. */
export function routine<T extends object>(): FieldCodec<T | null> {
  return pointerCodec<T>(
    (_, address) => {
      const stub = (): never => {
        throw new TypeError(`the function at 0x${address.toString(16)} is not in this process`);
      };
      return Object.assign(stub, { address }) as object as T;
    },
    (to, value) => addressOf(to, value),
  );
}

/** A pointer of which the schema does not say how much lies behind it: only NULL is read. */
export function unmeasured<T>(why: string): FieldCodec<T | null> {
  return pointerCodec<T>(
    (from, address) => from.refuse(why, address),
    (to, value) => (isBytes(value) ? placeBytes(to, value) : to.refuse("null", value)),
  );
}
