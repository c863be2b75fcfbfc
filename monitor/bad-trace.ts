/** A trace that means nothing at some place. */
import { describe } from "../support/index.js";

/** A line that is of the format, and yet cannot be understood. */
export class BadTrace extends Error {
  override readonly name = "BadTrace";
  readonly line: number;
  readonly field: string;

  constructor(line: number, of: { field: string; expected: string; given: unknown }) {
    super(`${of.field}: expected ${of.expected}, received ${describe(of.given)}`);
    this.line = line;
    this.field = of.field;
  }
}
