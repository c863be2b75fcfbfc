/** Worked cases: a line each, as in a table: a call, what is said of it, what must come of it. */
import type { Facts } from "../../generated/index.js";
import type { Arch } from "../../support/index.js";

/** One worked case. */
export interface Case {
  /** Its number in the research catalogue. */
  readonly id: string;
  /** What it is about, in a few words. */
  readonly about: string;
  /** Changes to the example of the call, by path. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** What is known of the world at the call. */
  readonly facts?: Facts;
  /** What is known of the operation afterwards; it is then judged by that. */
  readonly after?: Facts;
  /** What happens from the call on; it is then judged by that. */
  readonly events?: readonly string[];
  readonly profile?: string;
  readonly arch?: Arch;
  /** `accept`, or the rules that must be broken, each with the place that is blamed. */
  readonly wants: "accept" | Readonly<Record<string, string>>;
  /** A word that the message of the first issue must have. */
  readonly says?: string;
  /** The code with which the function answers, by the contract. */
  readonly answers?: string;
}

/** Memory of zeros. */
export const bytes = (count: number): object => ({ bytes: count });

/** An MDL over nonpaged pool. */
export const mdl = (count: number, Next: unknown = null, MdlFlags = 0x4): object => ({
  Next,
  MdlFlags,
  MappedSystemVa: bytes(count),
  ByteCount: count,
});

/** A WSK_BUF. */
export const buf = (Mdl: unknown, Offset: number, Length: number | bigint): object => ({
  Mdl,
  Offset,
  Length,
});

/** Control information, and its length: bytes in hex, with blanks between them. */
export function control(text: string): Readonly<Record<string, unknown>> {
  const hex = text.replaceAll(" ", "");
  return { ControlInfoLength: hex.length / 2, ControlInfo: { hex } };
}
