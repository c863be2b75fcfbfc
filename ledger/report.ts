/** What the command prints: findings by place, and counts by page. */
import type { Accounted } from "./account.js";
import type { Finding } from "./findings.js";
import type { Pages } from "./folder.js";

/** A line a finding. With pages, the sentence follows: for the eyes of who has the pages. */
export function printFindings(findings: readonly Finding[], show?: Pages): string {
  return findings
    .map((finding) => `${placeOf(finding)}: ${finding.says}\n${sentenceOf(finding, show)}`)
    .join("");
}

/** A line a page: how many sentences are tied, excused and neither. */
export function printCounts(accounts: readonly Accounted[]): string {
  const pages = [...new Set(accounts.map(({ page }) => page))];
  return pages.map((page) => countsOf(accounts.filter((one) => one.page === page))).join("");
}

function countsOf(accounts: readonly Accounted[]): string {
  const count = (test: (one: Accounted) => boolean): number => accounts.filter(test).length;
  const reasons = new Set(accounts.flatMap(({ excused }) => excused ?? []));
  const by = [...reasons].sort().map((reason) => `${reason} ${count((a) => a.excused === reason)}`);
  const excused = count((one) => one.excused !== undefined);
  const parts = [
    `${accounts.length} sentences`,
    `${count((one) => one.ids.length > 0)} tied`,
    `${excused} excused${by.length > 0 ? ` (${by.join(", ")})` : ""}`,
  ];
  const byTwin = count((one) => one.byTwin);
  if (byTwin > 0) parts.push(`${byTwin} of them by the twin`);
  const loose = count((one) => one.ids.length === 0 && one.excused === undefined);
  if (loose > 0) parts.push(`${loose} open`);
  return `${accounts[0]?.page}: ${parts.join(", ")}\n`;
}

function placeOf({ page, section, sentence }: Finding): string {
  const number = sentence === undefined ? "" : `, sentence ${sentence}`;
  return section === "" ? page : `${page}, ${section}${number}`;
}

function sentenceOf({ page, section, sentence }: Finding, show?: Pages): string {
  const of = show?.get(page)?.find(({ name }) => name === section);
  const text = sentence === undefined ? undefined : of?.sentences[sentence - 1];
  return text === undefined ? "" : `    ${text}\n`;
}
