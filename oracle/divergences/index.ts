/** The differences that are known, and why they are there. */
import type { Divergence } from "../differ.js";
import { OPEN } from "./open.js";
import { TO_BE_MENDED } from "./runtime.js";
export { OF_MEMORY } from "./memory.js";
import { OF_THE_PROVIDER } from "./spi.js";
import { OF_WINE } from "./wine.js";

/** Looked through in this order. */
export const DIVERGENCES: readonly Divergence[] = [
  ...TO_BE_MENDED,
  ...OF_THE_PROVIDER,
  ...OF_WINE,
  ...OPEN,
];
