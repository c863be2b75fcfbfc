/** What the oracle prints. */
import Table from "cli-table3";
import type { Difference, Verdict } from "./differ.js";
import { formatObservation } from "./names.js";
import type { Seen } from "./play.js";
import type { Case } from "./vocabulary.js";

/** All observations of a case, side by side. */
export function printSeen(example: Case, wine: Seen = [], ours: Seen = []): string {
  const lines = [`\n${example.name}`];
  for (const [i, step] of example.steps.entries()) {
    const [theirs, own] = [wine[i], ours[i]].map((seen) => formatObservation(seen ?? {}));
    lines.push(`  ${step}`);
    if (theirs !== "") lines.push(`      Wine: ${String(theirs)}`);
    if (own !== "") lines.push(`      here: ${String(own)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** The divergences that were seen, then what is wrong: differences without, and stale ones. */
export function printVerdict({ explained, unexplained, stale }: Verdict): string {
  const table = new Table({
    head: ["what", "Wine", "here", "the page", "cases"],
    colWidths: [12, 30, 30, 9, 7],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const [{ follows, why, mend }, differences] of explained) {
    const names = new Set(differences.map(({ name }) => name));
    table.push([
      [...new Set(differences.map(({ key }) => key))].join(", "),
      valuesOf(differences, "wine"),
      valuesOf(differences, "ours"),
      follows,
      names.size,
    ]);
    const todo = mend === undefined ? "" : ` Runtime, to be mended: ${mend}`;
    table.push([{ colSpan: 5, content: `${why}${todo}` }]);
  }
  const lines = [table.length === 0 ? "" : table.toString()];
  for (const { name, step, key, wine, ours } of unexplained) {
    lines.push(`unexplained: ${name}: ${step}: ${key}: Wine ${wine}, here ${ours}`);
  }
  for (const { in: cases, keys, why } of stale) {
    lines.push(`stale: ${keys.join(", ")} in ${String(cases)}: ${why}`);
  }
  return `${lines.join("\n")}\n`;
}

function valuesOf(differences: readonly Difference[], side: "wine" | "ours"): string {
  const values = [...new Set(differences.map((difference) => difference[side]))];
  return values.length > 3 ? `${values.slice(0, 3).join(", ")}, …` : values.join(", ");
}
