/** Differences in which the reference runtime is to be mended. */
import type { Divergence } from "../differ.js";

/** Each with what the runtime should do; none is known. */
export const TO_BE_MENDED: readonly Divergence[] = [];
