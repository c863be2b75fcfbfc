/** What a sentence is, and when two copies of it are the same. */
import { createHash } from "node:crypto";

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", "#39": "'", nbsp: " ",
}; // prettier-ignore

/** The text without Markdown's and HTML's marks, in plain quotes, dashes and single spaces. */
export function plain(text: string): string {
  let bare = text.normalize("NFKC");
  bare = bare.replace(/<\/?[a-z][^<>]*>/gi, " ");
  bare = bare.replace(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all);
  bare = bare.replace(/!\[[^\]]*\]\([^()\s]*\)/g, " ");
  bare = bare.replace(/\[([^\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)/g, "$1");
  bare = bare.replace(/(?<!\\)(\*{1,3})(?=\S)([^*]*[^*\s])\1/g, "$2");
  bare = bare.replace(/\\([\\`*_[\](){}#+.!|<>-])/g, "$1").replaceAll("`", "");
  bare = bare
    .replace(/[‘’‚′]/g, "'")
    .replace(/[“”„″«»]/g, '"')
    .replace(/[‐-―−]/g, "-");
  return bare
    .replace(/\s+/g, " ")
    .replace(/ ([.,;:!?])(?= |$)/g, "$1")
    .trim();
}

/** What is hashed: the plain text in lower case. */
export const normalise = (text: string): string => plain(text).toLowerCase();

/** Enough of the SHA-256 of a sentence to know it by. */
export const hashOf = (sentence: string): string =>
  createHash("sha256").update(normalise(sentence)).digest("hex").slice(0, 16);

/** A full stop, then the beginning of something: but not within "e.g. This". */
const BETWEEN = /(?<=[.!?]["')\]]*)(?<!\b(?:e\.g|i\.e|cf|vs)\.) (?=["'([]*[\p{Lu}\p{N}])/u;

/** The sentences of a paragraph, plain. */
export const sentencesOf = (paragraph: string): string[] =>
  plain(paragraph)
    .split(BETWEEN)
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
