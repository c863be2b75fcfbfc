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

/**
 * Where parts of a value may be shared, a value in which more structs and elements are met is not
 * judged to its end: the same ones may be met again and again. It is more than a chain may have,
 * enough for a list of 262,144 datagrams with two MDLs each, and met in some tenths of a second.
 */
export const MAX_STRUCTS = 1_048_576;

/** A message of many issues is cut to about so many characters. */
export const MAX_MESSAGE = 16_000;

/** Longer paths are cut: a chain may be a million links long. */
export const MAX_PATH = 32;
