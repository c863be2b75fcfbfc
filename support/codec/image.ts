/** The raw values of a type: every member as it lies there, pointers not followed. */
import { checkedArch } from "../arch.js";
import type { Arch } from "../arch.js";
import type { Layout, MemberPlace } from "../layout.js";
import type { Wide } from "../numbers.js";
import { answerOf, checkedAddress, tooShort } from "./access.js";
import type { Memory } from "./memory.js";
import { bigintFrom, wideFrom } from "./scalar.js";

/**
 * A raw value: pointers are bigints, other numbers bigints above 2^53 only, arrays of single bytes
 * a Uint8Array. Members of arrays of structs (`Parts[].Size`) have one value for each element.
 */
export type ImageValue = Wide | Uint8Array | readonly ImageValue[];

/** The raw values of a type by path. */
export interface Image {
  readonly [path: string]: ImageValue;
}

/** Reads the raw values of a type. Throws MemoryError. */
export function readImage<I extends object = Image>(
  memory: Memory,
  address: bigint,
  { layout, arch }: { readonly layout: Layout; readonly arch: Arch },
): I {
  const { size, members } = layout[checkedArch(arch)];
  const fault = { struct: layout.name, field: "", address: checkedAddress(address), size };
  const bytes = answerOf(memory, fault, arch);
  if (bytes.length < size) {
    const first = Object.entries(members).find(([, at]) => at.offset + at.size > bytes.length);
    throw tooShort({ ...fault, field: first?.[0] ?? "" }, bytes);
  }
  const image: Record<string, ImageValue> = {};
  for (const [path, place] of Object.entries<MemberPlace>(members)) {
    if (place.as === "struct" || place.as === "union" || place.dims?.includes(0) === true) continue;
    image[path] = repeated(bytes, { path, place, members });
  }
  return image as I;
}

/** The value of a member in each element of the arrays around it, the outermost first. */
function repeated(
  bytes: Uint8Array,
  of: { path: string; place: MemberPlace; members: Readonly<Record<string, MemberPlace>> },
  from = 0,
): ImageValue {
  const { path, place, members } = of;
  const outer = path.indexOf("[]", from);
  if (outer === -1) return valueAt(bytes, place);
  const array = members[path.slice(0, outer)];
  const count = countOf(array?.dims ?? []);
  const step = (array?.size ?? 0) / count;
  return Array.from({ length: count }, (_, i) => {
    const moved = { ...place, offset: place.offset + i * step };
    return repeated(bytes, { path, place: moved, members }, outer + 2);
  });
}

const countOf = (dims: readonly number[]): number => dims.reduce((product, n) => product * n, 1);

function valueAt(bytes: Uint8Array, place: MemberPlace): ImageValue {
  const { offset, size, dims, bits } = place;
  const whole = bytes.subarray(offset, offset + size);
  if (bits !== undefined) return bitsIn(whole, bits, place.as === "signed");
  if (dims === undefined) return scalarIn(whole, place.as);
  const step = size / countOf(dims);
  if (step === 1) return whole.slice();
  return Array.from({ length: countOf(dims) }, (_, i) =>
    scalarIn(whole.subarray(i * step, (i + 1) * step), place.as),
  );
}

function scalarIn(bytes: Uint8Array, as: MemberPlace["as"]): Wide {
  return as === "pointer" ? bigintFrom(bytes) : wideFrom(bytes, as === "signed");
}

function bitsIn(unit: Uint8Array, bits: { at: number; width: number }, isSigned: boolean): Wide {
  const raw = BigInt.asUintN(bits.width, bigintFrom(unit) >> BigInt(bits.at));
  const value = isSigned ? BigInt.asIntN(bits.width, raw) : raw;
  const isSafe = value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;
  return isSafe ? Number(value) : value;
}
