/** Counts structs where a value may hold very many of them, or hold itself. */
import type { Collector, Judge } from "./collector.js";
import { MAX_DEPTH, MAX_STRUCTS } from "./limits.js";

/** A walk through one value: how many structs it has met, and how many it is inside of. */
export class Walk {
  #met = 0;
  #depth = 0;

  /** True where one more struct may be gone into; whoever does, comes out of it again. */
  enters(): boolean {
    if (this.#met >= MAX_STRUCTS || this.#depth >= MAX_DEPTH) return false;
    this.#met++;
    this.#depth++;
    return true;
  }

  /** Out of a struct. */
  leaves(): void {
    this.#depth--;
  }
}

/** The walks of the collectors at work. */
const walks = new WeakMap<Collector, Walk>();

function walkOf(on: Collector): Walk {
  const walk = walks.get(on) ?? new Walk();
  walks.set(on, walk);
  return walk;
}

/** The judge of a parameter, which begins a walk of its own. */
export function walked<T>(judge: Judge<T>): Judge<T> {
  return (on, value): value is T => {
    walks.set(on, new Walk());
    return judge(on, value);
  };
}

/** Goes into a struct, as far as it goes; where it has been too far, that is told. */
export const entersStruct = (on: Collector, value: unknown): boolean =>
  walkOf(on).enters() ||
  on.expected(`at most ${MAX_STRUCTS} structs in each other, ${MAX_DEPTH} deep`, value);

/** Out of a struct. */
export const leavesStruct = (on: Collector): void => walkOf(on).leaves();
