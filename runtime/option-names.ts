/** Options by name: one that nobody knows is a mistake that would change nothing otherwise. */
import { describe } from "../support/index.js";
import { perhaps } from "../support/suggest.js";

/** The names of all options of a kind; the compiler sees to it that none is missing. */
export type Names<Options extends object> = Readonly<Record<keyof Options, true>>;

/** Throws RangeError for an option by another name, with the one that may be meant. */
export function requireNames(
  of: string,
  options: object,
  names: Readonly<Record<string, true>>,
): void {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(names, name)) continue;
    const known = Object.keys(names);
    throw new RangeError(
      `${of}: expected options among ${known.join(", ")}, received ${describe(name)}${perhaps(name, known)}`,
    );
  }
}
