/** The differences that are known, and why they are there. */
import type { Divergence } from "./differ.js";

/** Looked through in this order. */
export const DIVERGENCES: readonly Divergence[] = [];
