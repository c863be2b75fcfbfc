/** The account of a page: each sentence with what ties it or excuses it. No page is needed. */
import type { Ledger, LedgerEntry, Reason } from "../schema/define-ledger.js";
import type { Tie } from "./ties.js";

/** A sentence and what accounts for it. */
export interface Accounted {
  readonly page: string;
  readonly section: string;
  /** Its place in the section, from 1. */
  readonly sentence: number;
  readonly hash: string;
  /** What models it. */
  readonly ids: readonly string[];
  readonly excused: Reason | undefined;
  /** True where only the twin of the page accounts for it. */
  readonly byTwin: boolean;
}

/** The account of every page, in the order of the ledgers. */
export function account(ledgers: readonly Ledger[], ties: readonly Tie[]): Accounted[] {
  return ledgers.flatMap((ledger) => {
    const twin = ledgers.find((other) => other.page === ledger.twin);
    const known = new Map(twin && ofLedger(twin, ties).map((one) => [keyOf(one), one]));
    return ofLedger(ledger, ties).map((own) => {
      const other = known.get(keyOf(own));
      if (other === undefined || isSettled(own)) return own;
      return { ...own, ids: other.ids, excused: other.excused, byTwin: isSettled(other) };
    });
  });
}

/** True for a tie that hits this sentence of its section. */
export const hits = (tie: Tie, sentence: number, hash: string): boolean =>
  (tie.sentence === undefined || tie.sentence === sentence) &&
  (tie.hash === undefined || tie.hash === hash);

/** True where something accounts for the sentence. */
export const isSettled = ({ ids, excused }: Accounted): boolean =>
  ids.length > 0 || excused !== undefined;

/** The same sentence in the same section. */
const keyOf = ({ section, hash }: Accounted): string => `${section}#${hash}`;

function ofLedger(ledger: Ledger, ties: readonly Tie[]): Accounted[] {
  const own = ties.filter((tie) => tie.page === ledger.page);
  return Object.entries(ledger.sections).flatMap(([section, entries]) => {
    const here = own.filter((tie) => tie.section === section);
    return entries.map((entry: LedgerEntry, i): Accounted => {
      const ids = here.filter((tie) => hits(tie, i + 1, entry.hash)).map((tie) => tie.id);
      const { hash, excused } = entry;
      const { page } = ledger;
      return {
        page,
        section,
        sentence: i + 1,
        hash,
        ids: [...new Set(ids)],
        excused,
        byTwin: false,
      };
    });
  });
}
