/** Mutants that no call can tell from what is generated, with the reason. */

/** Mutants alike, and why they are no fault. */
export interface Excuse {
  /** What they are as `Mutant.what` has it; `*` stands for any text. */
  readonly like: string;
  readonly because: string;
}

/** All of them. */
export const EQUIVALENT: readonly Excuse[] = [];
