/** What differs between two sides, and which of it has been explained. */
import type { Observation } from "./names.js";
import type { Seen } from "./play.js";
import type { Case } from "./vocabulary.js";

/** Something that one side tells otherwise than the other. */
export interface Difference {
  /** The name of the case. */
  readonly name: string;
  readonly step: string;
  /** What differs; `cannot` and `refused` stand for all that the call would have told. */
  readonly key: string;
  readonly wine: string;
  readonly ours: string;
}

/** A difference that is meant to be, or to be mended: which cases and values, and why. */
export interface Divergence {
  /** Names of cases. */
  readonly in: RegExp;
  /** What may differ. */
  readonly keys: readonly string[];
  readonly wine: RegExp;
  readonly ours: RegExp;
  /** Who does as the page says; `both` where the page leaves it open. */
  readonly follows: "wine" | "ours" | "both" | "neither";
  readonly why: string;
  /** What the reference runtime should do, where it should do otherwise. */
  readonly mend?: string;
}

/** Differences by what explains them. */
export interface Verdict {
  readonly unexplained: readonly Difference[];
  readonly explained: ReadonlyMap<Divergence, readonly Difference[]>;
  /** Divergences that nothing shows any more. */
  readonly stale: readonly Divergence[];
}

const ABSENT = "–";

/** What a call came to, without the structures it wrote. */
function outcome(seen: Observation): string {
  const keys = ["blocks", "cannot", "refused", "returned", "error", "ok", "completed", "Status"];
  return keys.flatMap((key) => (seen[key] === undefined ? [] : [seen[key]])).join(" ");
}

/** Compares step by step, as far as both sides go the same way. */
export function compare(example: Case, wine: Seen, ours: Seen): readonly Difference[] {
  const differences: Difference[] = [];
  for (const [i, step] of example.steps.entries()) {
    const [theirs, own] = [wine[i], ours[i]];
    if (theirs === undefined || own === undefined) break;
    const add = (key: string, ...[a, b]: readonly [string, string]): void =>
      void differences.push({ name: example.name, step, key, wine: a, ours: b });
    const whole = ["cannot", "blocks", "refused"].find((key) => theirs[key] !== own[key]);
    if (whole !== undefined) {
      add(whole, outcome(theirs), outcome(own));
      if (whole !== "refused") break;
    } else if (Object.keys(own).length > 0) {
      for (const key of new Set([...Object.keys(theirs), ...Object.keys(own)])) {
        const [a, b] = [theirs[key] ?? ABSENT, own[key] ?? ABSENT];
        if (a !== b) add(key, a, b);
      }
    }
  }
  return differences;
}

/** The first divergence that explains a difference counts. */
export function judge(
  differences: readonly Difference[],
  divergences: readonly Divergence[],
): Verdict {
  const unexplained: Difference[] = [];
  const explained = new Map<Divergence, Difference[]>();
  for (const difference of differences) {
    const why = divergences.find((divergence) => explains(divergence, difference));
    if (why === undefined) unexplained.push(difference);
    else explained.set(why, [...(explained.get(why) ?? []), difference]);
  }
  return { unexplained, explained, stale: divergences.filter((d) => !explained.has(d)) };
}

function explains(divergence: Divergence, { name, key, wine, ours }: Difference): boolean {
  return (
    divergence.keys.includes(key) &&
    divergence.in.test(name) &&
    divergence.wine.test(wine) &&
    divergence.ours.test(ours)
  );
}
