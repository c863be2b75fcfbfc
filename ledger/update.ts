/** Writes ledgers anew from the pages, and keeps every reason whose sentence is still there. */
import { format } from "../generator/format.js";
import { camel } from "../generator/names.js";
import type { Ledger, LedgerEntry } from "../schema/define-ledger.js";
import type { Section } from "./outline.js";
import { hashOf } from "./text.js";

/** The ledger of a page as it is now. `old` is the one whose reasons are kept. */
export function renew(page: string, sections: readonly Section[], old?: Ledger): Ledger {
  return {
    kind: "ledger",
    page,
    ...(old?.twin !== undefined && { twin: old.twin }),
    sections: Object.fromEntries(
      sections.map(({ name, sentences }) => [
        name,
        keepReasons(sentences.map(hashOf), old?.sections[name] ?? []),
      ]),
    ),
  };
}

/**
 * A reason belongs to a hash. Where the hash is gone but the section is as long as before, the
 * sentences are the same and are only normalised in another way.
 */
function keepReasons(hashes: readonly string[], old: readonly LedgerEntry[]): LedgerEntry[] {
  const known = new Map(old.map((entry) => [entry.hash, entry]));
  return hashes.map((hash, i) => {
    const sameLength = hashes.length === old.length ? old[i] : undefined;
    const isFree = sameLength !== undefined && !hashes.includes(sameLength.hash);
    return { ...(known.get(hash) ?? (isFree ? sameLength : {})), hash };
  });
}

/** How many reasons of the old ledger the new one no longer has. */
export function lostReasons(old: Ledger | undefined, renewed: Ledger): number {
  const count = (ledger: Ledger): number => {
    const entries = Object.values(ledger.sections).flat();
    return entries.filter((entry) => entry.excused !== undefined).length;
  };
  return old === undefined ? 0 : count(old) - count(renewed);
}

/** The source text of a ledger. */
export function printLedger({ page, twin, sections }: Ledger): Promise<string> {
  const data = JSON.stringify({ page, ...(twin !== undefined && { twin }), sections });
  const text =
    `/** The sentences of the page ${page}, listed by verify:pages --update. */\n` +
    `import { defineLedger } from "../define-ledger.js";\n\n` +
    `export const ${camel(page)}Ledger = defineLedger(${data});\n`;
  return format(`${page}.ts`, text);
}
