/** How far a check goes: arguments may be made to be endless. */

/** More issues than these are counted nowhere: the first hundred tell enough. */
export const MAX_ISSUES = 100;

/** A chain longer than this is taken for endless. */
export const MAX_CHAIN = 1_000_000;

/** A longer array is not judged element by element. */
export const MAX_ITEMS = 10_000_000;
