/** A run as a short text: `w1.1.0200a.k3f` has the version, how many rare things, choices, a sum. */

/** A run that can be made again. */
export interface Replay {
  readonly rare: number;
  readonly choices: readonly number[];
  /** A sum over how many choices there were each time. */
  readonly sum: string;
}

const VERSION = "w1";
const WRITTEN = /^w1\.(\d+)\.((?:[\da-z]|\(\d+\))*)\.([\da-z]{1,4})$/;

/** The text of a run. */
export function formatReplay(rare: number, of: { taken: readonly number[]; sum: string }): string {
  const text = of.taken.map((choice) => (choice < 36 ? choice.toString(36) : `(${choice})`));
  return [VERSION, rare, text.join(""), of.sum].join(".");
}

/** Reads a text. Throws RangeError for what is none, or is of another version. */
export function parseReplay(text: string): Replay {
  const [, rare, choices = "", sum = ""] = WRITTEN.exec(text) ?? [];
  if (rare === undefined) {
    throw new RangeError(
      `expected the replay of a counterexample (${VERSION}.…), received ${JSON.stringify(text)}`,
    );
  }
  const numbers = choices.match(/[\da-z]|\(\d+\)/g) ?? [];
  const numberOf = (digit: string): number =>
    digit.startsWith("(") ? Number(digit.slice(1, -1)) : Number.parseInt(digit, 36);
  return { rare: Number(rare), choices: numbers.map(numberOf), sum };
}

/** The sum over the counts of the choices up to the last that is not 0. */
export function sumOf(counts: readonly number[]): string {
  let sum = 7;
  for (const count of counts) sum = Math.imul(sum ^ count, 0x9e37_79b1) >>> 7;
  return (sum % 46_656).toString(36);
}

/** Choices without the zeros at their end: what is not said is 0. */
export function trimmed(taken: readonly number[]): readonly number[] {
  let length = taken.length;
  while (length > 0 && taken[length - 1] === 0) length -= 1;
  return taken.slice(0, length);
}
