/** A trace that means nothing at some place. */
import { describe } from "../support/index.js";
import { didYouMean } from "../support/suggest.js";
import { codeOf, NUMBER_NAMES, unknownName } from "./numbers.js";

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

/** A number that is told by a name which nobody has. */
export function badNumber(line: number, field: string, given: unknown): BadTrace | null {
  const name = unknownName(given);
  if (name === null) return null;
  const near = didYouMean(name.trim(), NUMBER_NAMES);
  return new BadTrace(line, { field, expected: `a number or the name of one${near}`, given: name });
}

/** Names of codes that Windows has, though no contract lists them. */
const CODE_NAME = /^(?:STATUS_|WSA|ERROR_)[A-Z0-9_]+$/;

/** The code of a field; null for one that is not told, or by a name that no contract has. */
export function codeIn(
  line: number,
  given: string | number | undefined,
  field: string,
): number | null {
  const code = codeOf(given);
  if (code !== null || given === undefined) return code;
  if (typeof given === "string" && CODE_NAME.test(given)) return null;
  throw new BadTrace(line, { field, expected: "the name of a code, or its number", given });
}
