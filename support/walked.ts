/** How judges count what they meet: by the walk of the collector, while there is one. */
import type { Collector, Judge } from "./collector.js";
import { MAX_DEPTH, MAX_STRUCTS } from "./limits.js";
import { Walk } from "./walk.js";

/** What is wanted of a value that has too much in it, and of one that is too deep. */
const FEWER = `at most ${MAX_STRUCTS} structs and elements, shared ones counted again`;
const FLATTER = `at most ${MAX_DEPTH} structs in each other`;

/**
 * The judge of a parameter of which there may be far more to meet than there is. It begins a walk
 * of its own; where that has met too much, nothing more is judged, and that is told.
 */
export function walked<T>(judge: Judge<T>): Judge<T> {
  return (on, value): value is T => {
    const walk = new Walk();
    on.walk = walk;
    try {
      const fits = judge(on, value);
      if (walk.left >= 0) return fits;
    } finally {
      on.walk = undefined;
    }
    return on.expected(walk.deeper < 0 ? FLATTER : FEWER, value);
  };
}

/** Meets a struct, an element, or what stands for one; false where it is one too many. */
export const meets = (on: Collector): boolean =>
  on.walk === undefined || (on.walk.meets() && kept(on, true));

/** The judge of elements that are no structs: they are met as well. */
export const counted =
  <T>(judge: Judge<T>): Judge<T> =>
  (on, value): value is T =>
    meets(on) && judge(on, value);

/** Goes into a struct that may hold itself, as far as it goes. */
export function entersStruct({ walk }: Collector): boolean {
  if (walk === undefined || walk.enters()) return true;
  walk.left = -1;
  // So it stays, however far everybody comes out again.
  walk.deeper = -Infinity;
  return false;
}

/** Out of such a struct. */
export const leavesStruct = ({ walk }: Collector): void => walk?.leaves();

/**
 * What somebody has said who counts by the same walk. What was met for a no is forgotten: the
 * judge that goes on meets it again.
 */
export function kept({ walk }: Collector, isRight: boolean): boolean {
  if (walk === undefined) return isRight;
  if (isRight) walk.kept = walk.left;
  else walk.left = walk.kept;
  return isRight;
}
