/** What a look at the arguments says, before anything is told about them. */

/** The arguments break a rule that binds. */
export const REFUSED = 0;

/** They break none, but there may be something to tell. */
export const WARNED = 1;

/** There is nothing to tell. */
export const CLEAN = 2;

/** What a look at the arguments says. */
export type Verdict = typeof REFUSED | typeof WARNED | typeof CLEAN;
