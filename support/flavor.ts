/** Numbers that know what they mean, at no cost at run time. */
import type { Wide } from "./numbers.js";

declare const meaning: unique symbol;

/**
 * A number with a meaning. A plain number is accepted where a flavoured one is wanted, a number of
 * another flavour is not: WSK_FLAG_WAITALL does not pass as a send flag, though both are 2.
 */
export type Flavored<Meaning extends string> = number & { readonly [meaning]?: Meaning };

/** A number as wide as a pointer, with a meaning. */
export type FlavoredWide<Meaning extends string> = Wide & { readonly [meaning]?: Meaning };

/** A text with a meaning, such as a GUID: a plain one is accepted, another meaning is not. */
export type FlavoredText<Meaning extends string> = string & { readonly [meaning]?: Meaning };

/**
 * What a dispatch table is for: a table of another kind is not accepted, though it may have slots
 * of the same names, at other offsets. A plain object with the slots is.
 */
export interface TableOf<Name extends string> {
  readonly [meaning]?: Name;
}

/** A kernel status: signed 32 bits; the top two bits are the severity. */
export type NTSTATUS = Flavored<"NTSTATUS">;

/** A Winsock error code, as a provider stores it at lpErrno. */
export type WSAERROR = Flavored<"WSAERROR">;

/**
 * True for success and informational statuses: also for STATUS_PENDING, which is no success yet.
 */
export function NT_SUCCESS(status: NTSTATUS): boolean {
  return status >= 0;
}

/** True for error statuses, 0xC0000000 and above. */
export function NT_ERROR(status: NTSTATUS): boolean {
  return status >>> 30 === 3;
}
