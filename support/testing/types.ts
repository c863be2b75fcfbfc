/** Arbitraries of C types: small values, bounds, and values that a rule mentions come up often. */
import * as fc from "fast-check";
import type { ControlData } from "../cmsg.js";
import { controlInfo } from "../cmsg.js";
import type { Wide } from "../numbers.js";

/** Numbers of this size are small: about as many bytes as an arbitrary makes memory of. */
const SMALL = 64;

/** No chain has more links, and no array more elements; the least is one link, or no element. */
const MOST_LINKS = 8;
const MOST_ELEMENTS = 16;

/** A whole number. `interest` has those that rules mention. */
export function anyWhole(
  min: number,
  max: number,
  interest: readonly number[] = [],
): fc.Arbitrary<number> {
  const known = [min, max, ...interest];
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: Math.max(min, 0), max: Math.min(max, SMALL) }) },
    { weight: 3, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.integer({ min, max }) },
  );
}

/** A whole number of up to 64 bits: a number, or a bigint, and above 2^53 always one. */
export function anyWide(
  min: bigint,
  max: bigint,
  interest: readonly bigint[] = [],
): fc.Arbitrary<Wide> {
  const edge = BigInt(Number.MAX_SAFE_INTEGER);
  const known = [min, max, edge, edge + 1n, ...interest].filter((v) => v >= min && v <= max);
  const low = min < 0n ? 0n : min;
  return fc.oneof(
    { weight: 4, arbitrary: fc.bigInt({ min: low, max: BigInt(SMALL) }).map(asWide) },
    { weight: 3, arbitrary: fc.constantFrom(...known.map(asWide), ...known) },
    { weight: 1, arbitrary: fc.bigInt({ min, max }) },
  );
}

/** The way in which a 64-bit number is mostly written: a number as far as numbers are exact. */
export function asWide(value: bigint): Wide {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Flags: any combination of these. */
export function anyFlags(flags: readonly number[]): fc.Arbitrary<number> {
  return fc.subarray([...flags]).map((some) => some.reduce((all, flag) => (all | flag) >>> 0, 0));
}

/** Memory. `lengths` has those that rules mention, in bytes. */
export function anyMemory(lengths: readonly number[] = []): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    fc.uint8Array({ maxLength: SMALL }),
    ...lengths.map((length) => exactMemory(length)),
  );
}

/** So many bytes. */
export function exactMemory(length: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: length, maxLength: length });
}

/** Control data objects as they lie in memory on 64-bit Windows: one to four of them. */
export function anyControlInfo(): fc.Arbitrary<Uint8Array> {
  const object: fc.Arbitrary<ControlData> = fc.record({
    level: fc.constantFrom(0, 41, 0xffff),
    type: fc.integer({ min: 0, max: 0xff }),
    data: fc.uint8Array({ maxLength: 24 }),
  });
  return fc.array(object, { minLength: 1, maxLength: 4 }).map((all) => controlInfo(all, "x64"));
}

/** TRUE or FALSE. */
export const anyBoolean = (): fc.Arbitrary<boolean> => fc.boolean();

/** A pointer that nobody looks behind. */
export const anyOpaque = (): fc.Arbitrary<object> => fc.constant(null).map(() => ({}));

/** A callback. */
export const anyRoutine = (): fc.Arbitrary<() => void> =>
  fc.constant(null).map(() => () => undefined);

/** A pointer to one value. */
export const anyCell = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<{ value: T }> =>
  fc.record({ value });

/** An array of none to sixteen elements. */
export const anyArray = <T>(element: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(element, { maxLength: MOST_ELEMENTS, size: "max" });

/** A chain of one to eight links, each of which ends it by itself. */
export function anyChain<T extends object>(
  next: keyof T & string,
  link: fc.Arbitrary<T>,
): fc.Arbitrary<T> {
  const join = (first: T, rest: readonly T[]): T => {
    const [second, ...others] = rest;
    return second === undefined ? first : { ...first, [next]: join(second, others) };
  };
  return fc
    .tuple(link, fc.array(link, { maxLength: MOST_LINKS - 1, size: "max" }))
    .map(([first, rest]) => join(first, rest));
}

/** A pointer, or NULL. */
export const orNull = <T>(pointer: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(pointer, { nil: null, freq: 4 });

/** Makes one member tell how long another one is. */
export function measured<K extends string>(length: K, of: K): <T extends object>(part: T) => T {
  return (part) => {
    const measure: unknown = Reflect.get(part, of);
    const size = measure instanceof Uint8Array || Array.isArray(measure) ? measure.length : 0;
    return { ...part, [length]: size };
  };
}
