/**
 * How the sentences of a page are listed: by hash, in the order of the page, so that each is
 * accounted for and none is quoted. The generator makes nothing of a ledger and passes it by;
 * `npm run verify:pages` holds ledgers, pages and citations together.
 */

/** Why no rule, outcome or parameter models a sentence. */
export const REASONS = {
  chrome: "Of the site around the page: a button, a request for comments.",
  metadata: "A field of the file's front matter: its author, its date, or nothing at all.",
  introduces: "Announces the rows or items that follow, which are accounted for one by one.",
  link: "Points to further reading.",
  describes: "Says what something is or does, or why; there is nothing in it to keep or break.",
  restates: "Says again what another sentence of the page says, which is accounted for itself.",
} as const;

/** One of the reasons why a sentence is not modelled. */
export type Reason = keyof typeof REASONS;

/** A sentence of a page. What models it is not said here: the citations of the schema say it. */
export interface LedgerEntry {
  /** The first 16 hex digits of the SHA-256 of the sentence, normalised. */
  readonly hash: string;
  /** Why nothing models it; absent where something cites it, or should. */
  readonly excused?: Reason;
  /** A word of our own on the reason. */
  readonly note?: string;
}

/** All sentences of a page, by section. */
export interface Ledger {
  readonly kind: "ledger";
  /** The name of the page in pages.ts. */
  readonly page: string;
  /** A page with the same text: what accounts for a sentence there accounts for it here. */
  readonly twin?: string;
  readonly sections: { readonly [section: string]: readonly LedgerEntry[] };
}

/** Declares the ledger of a page. */
export const defineLedger = (ledger: Omit<Ledger, "kind">): Ledger => ({
  kind: "ledger",
  ...ledger,
});
