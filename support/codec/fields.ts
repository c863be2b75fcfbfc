/** The codecs of fields, by what a field holds. */
import { isBytes } from "../bytes.js";
import type { Wide } from "../numbers.js";
import { boundsOf, bytesOf, wideFrom } from "./scalar.js";
import type { FieldCodec, FieldSource, FieldTarget, StructCodec } from "./types.js";

/** The bytes of a number that fits its field. */
export function numberBytes(to: FieldTarget, value: unknown): Uint8Array {
  const { size, as } = to.place;
  const [low, high] = boundsOf(size, as === "signed");
  const isWhole =
    typeof value === "bigint" || (typeof value === "number" && Number.isSafeInteger(value));
  if (!isWhole || value < low || value > high)
    to.refuse(`a whole number from ${low} to ${high}`, value);
  return bytesOf(value, size);
}

const isSigned = ({ place }: FieldSource): boolean => place.as === "signed";

/** A number of at most 32 bits. */
export const integer: FieldCodec<number> = {
  read: (from) => Number(wideFrom(from.bytes, isSigned(from))),
  write: (to, value) => to.put(numberBytes(to, value)),
};

/** A number of 64 bits, or as wide as a pointer. */
export const wide: FieldCodec<Wide> = {
  read: (from) => wideFrom(from.bytes, isSigned(from)),
  write: (to, value) => to.put(numberBytes(to, value)),
};

/** A number of at most 32 bits whose highest byte comes first in memory. */
export const networkInteger: FieldCodec<number> = {
  read: (from) => Number(wideFrom(from.bytes.toReversed(), isSigned(from))),
  write: (to, value) => to.put(numberBytes(to, value).reverse()),
};

/** A wider number whose highest byte comes first in memory. */
export const networkWide: FieldCodec<Wide> = {
  read: (from) => wideFrom(from.bytes.toReversed(), isSigned(from)),
  write: (to, value) => to.put(numberBytes(to, value).reverse()),
};

/** TRUE or FALSE; any byte but 0 is TRUE. */
export const boolean: FieldCodec<boolean> = {
  read: ({ bytes }) => bytes.some((byte) => byte !== 0),
  write: (to, value) => {
    if (typeof value !== "boolean") to.refuse("true or false", value);
    to.put(bytesOf(value ? 1 : 0, to.place.size));
  },
};

/** An array of bytes inside the struct. */
export const inlineBytes: FieldCodec<Uint8Array> = {
  read: ({ bytes }) => bytes.slice(),
  write: (to, value) => {
    const { size } = to.place;
    if (!isBytes(value) || value.length !== size) to.refuse(`${size} bytes`, value);
    to.put(value);
  },
};

/** All that follows to the end of the struct, which says elsewhere where that is. */
export const restOfStruct: FieldCodec<Uint8Array> = {
  read: ({ rest }) => rest.slice(),
  write: (to, value) => {
    if (!isBytes(value)) to.refuse("bytes", value);
    to.put(value);
  },
};

/** A struct inside the struct. */
export function inside<T extends object>(codec: () => StructCodec<T>): FieldCodec<T> {
  return {
    read: (from) => from.inside(codec()),
    write: (to, value) => to.inside(codec(), value),
  };
}
