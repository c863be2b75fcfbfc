/** How far a check goes: arguments may be made to be endless. */

/** More issues than these are counted nowhere: the first hundred tell enough. */
export const MAX_ISSUES = 100;

/** A chain longer than this is taken for endless. */
export const MAX_CHAIN = 1_000_000;

/**
 * A longer array is not judged element by element. So many numbers of 32 bits have a sum below
 * 2^53, which a JavaScript number holds exactly.
 */
export const MAX_ITEMS = 2_097_152;

/** A value that is deeper is taken for one that holds itself. */
export const MAX_DEPTH = 500;

/** A value with more structs is not judged: the same ones may be there again and again. */
export const MAX_STRUCTS = 200_000;

/** A message of many issues is cut to about so many characters. */
export const MAX_MESSAGE = 16_000;

/** Longer paths are cut: a chain may be a million links long. */
export const MAX_PATH = 32;
