/** Judges of memory and of pointers within structs. */
import { isBytes, lengthOf } from "./bytes.js";
import type { Judge } from "./collector.js";
import { isRecord } from "./record.js";

/** The judge of bytes inside a struct: exactly `count` of them, or any number. */
export function inlineBytes(count?: number): Judge<Uint8Array> {
  return (on, value): value is Uint8Array =>
    (isBytes(value) && (count === undefined || lengthOf(value) === count)) ||
    on.expected(count === undefined ? "bytes" : `${count} bytes`, value);
}

/**
 * The judge of a pointer that continues a chain: the walk along the chain judges what it points
 * to.
 */
export function linkTo<T>(name: string): Judge<T> {
  return (on, value): value is T => isRecord(value) || on.expected(`a pointer to ${name}`, value);
}
