/** What a subject of the bench is. */
import type { CallName } from "../scenarios.js";

/** How a subject judges one call. */
export interface Verbs {
  /** The fastest way to a boolean that the subject offers. */
  readonly is: (args: unknown) => boolean;
  /** The issues with their paths, for wrong arguments; left out where the subject has none. */
  readonly issues?: (args: unknown) => readonly unknown[];
}

/** One row of the tables. */
export interface Subject {
  readonly name: string;
  /** How it was used, and what had to be written by hand. */
  readonly note: string;
  readonly calls: Readonly<Record<CallName, Verbs>>;
  /**
   * Why the subject accepts a kind of trap, or throws at it. Any other difference stops the bench,
   * and so does one that is listed and not seen.
   */
  readonly differs: Readonly<Record<string, string>>;
}

/** What every peer lets pass or turns away in the same way, by the relations and by reading. */
export const COMMON: Subject["differs"] = {
  "length that claims more": "it believes an own length",
  "length that claims less": "it believes an own length, and refuses",
  "memory of another realm": "instanceof, which refuses it",
  unreadable: "what reading throws comes through",
};
