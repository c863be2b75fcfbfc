/** What is wrong with ledgers and citations, and where they and the pages differ. */
import type { Ledger } from "../schema/define-ledger.js";
import type { Page } from "../schema/define.js";
import type { Accounted } from "./account.js";
import type { Pages } from "./folder.js";
import { hashOf, normalise } from "./text.js";
import type { Tie } from "./ties.js";

/** Something to put right. The sentence itself is never part of it. */
export interface Finding {
  readonly page: string;
  readonly section: string;
  readonly sentence?: number;
  readonly says: string;
}

/** Sentences that nothing accounts for. */
export const findLoose = (accounts: readonly Accounted[]): Finding[] =>
  accounts
    .filter(({ ids, excused }) => ids.length === 0 && excused === undefined)
    .map((one) => ({ ...placeOf(one), says: "neither cited nor excused" }));

/** Sentences that are modelled and yet excused. */
export const findTwice = (accounts: readonly Accounted[]): Finding[] =>
  accounts
    .filter(({ ids, excused }) => ids.length > 0 && excused !== undefined)
    .map((one) => ({
      ...placeOf(one),
      says: `excused as "${one.excused}", but cited by ${one.ids.join(", ")}`,
    }));

/** Citations that hit nothing. */
export function findLost(ledgers: readonly Ledger[], ties: readonly Tie[]): Finding[] {
  const findings: Finding[] = [];
  for (const { id, page, section, sentence, cited } of ties) {
    const sections = ledgers.find((ledger) => ledger.page === page)?.sections ?? {};
    const entries = Object.hasOwn(sections, section) ? sections[section] : undefined;
    const place = { page, section, ...(sentence !== undefined && { sentence }) };
    if (!cited) continue;
    if (entries === undefined) {
      findings.push({ ...place, says: `cited by ${id}, but the page has no such section` });
    } else if (sentence !== undefined && sentence > entries.length) {
      const has = `the section has ${entries.length}`;
      findings.push({ ...place, says: `cited by ${id}, but ${has}` });
    }
  }
  return findings;
}

/** Ledgers that do not fit the list of pages, or repeat themselves. */
export function findMisfits(ledgers: readonly Ledger[], pages: readonly Page[]): Finding[] {
  const findings: Finding[] = [];
  const report = (page: string, section: string, says: string): void => {
    findings.push({ page, section, says });
  };
  for (const { name } of pages) {
    const count = ledgers.filter(({ page }) => page === name).length;
    if (count !== 1) report(name, "", `has ${count} ledgers`);
  }
  for (const { page, twin, sections } of ledgers) {
    if (!pages.some(({ name }) => name === page)) report(page, "", "is no page of the schema");
    if (twin !== undefined && !ledgers.some((other) => other.page === twin && other.page !== page))
      report(page, "", `has the twin ${twin}, which has no ledger`);
    for (const [section, entries] of Object.entries(sections)) {
      const hashes = entries.map(({ hash }) => hash);
      const twice = new Set(hashes.filter((hash, i) => hashes.indexOf(hash) !== i));
      for (const hash of twice) report(page, section, `lists ${hash} twice`);
      for (const hash of hashes)
        if (!/^[0-9a-f]{16}$/.test(hash)) report(page, section, `"${hash}" is no hash`);
    }
  }
  return findings;
}

/** Where the pages have other sentences than the ledgers list. */
export function findChanged(ledgers: readonly Ledger[], pages: Pages): Finding[] {
  const findings: Finding[] = [];
  for (const { page, sections } of ledgers) {
    const onPage = new Map(pages.get(page)?.map(({ name, sentences }) => [name, sentences]));
    for (const section of new Set([...onPage.keys(), ...Object.keys(sections)])) {
      const hashes = (onPage.get(section) ?? []).map(hashOf);
      const entries = sections[section] ?? [];
      for (let i = 0; i < Math.max(hashes.length, entries.length); i += 1) {
        const listed = entries[i]?.hash;
        if (listed === hashes[i]) continue;
        const place = { page, section, sentence: i + 1 };
        if (listed === undefined) findings.push({ ...place, says: "not in the ledger" });
        else if (hashes[i] === undefined) findings.push({ ...place, says: "not on the page" });
        else findings.push({ ...place, says: `${hashes[i]} on the page, not ${listed}` });
      }
    }
  }
  return findings;
}

/** Different sentences with the same hash. */
export function findCollisions(pages: Pages): Finding[] {
  const seen = new Map<string, string>();
  const findings: Finding[] = [];
  for (const [page, sections] of pages) {
    for (const { name: section, sentences } of sections) {
      sentences.forEach((text, i) => {
        const hash = hashOf(text);
        const first = seen.get(hash) ?? normalise(text);
        seen.set(hash, first);
        if (first !== normalise(text))
          findings.push({ page, section, sentence: i + 1, says: `${hash} is another one's too` });
      });
    }
  }
  return findings;
}

const placeOf = ({ page, section, sentence }: Accounted): Omit<Finding, "says"> => ({
  page,
  section,
  sentence,
});
