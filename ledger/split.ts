/** Takes a page apart, in whichever form it was saved. */
import { readCopy } from "./copy.js";
import { isMarkdown, readMarkdown } from "./markdown.js";
import type { Section } from "./outline.js";

/** The sections of a page with their sentences. */
export const split = (text: string): Section[] =>
  isMarkdown(text) ? readMarkdown(text) : readCopy(text);
