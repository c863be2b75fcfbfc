/**
 * The bench of the validators: proves that all subjects check the same, measures them, prints the
 * tables and writes `results.md`, and `results.json`, of which `npm run docs` makes the table of
 * README.md.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { BATTERY, TRAPPED } from "./battery.js";
import type { Figures } from "./judge.js";
import { figuresOf } from "./judge.js";
import { sumOfLoops } from "./measure.js";
import { SUBJECTS } from "./peers/index.js";
import { prove } from "./prove.js";
import { asMarkdown, onScreen } from "./report.js";
import { run } from "./run.js";
import type { Summary } from "./summary.js";
import { summaryOf } from "./summary.js";

const tell = (what: string): void => void process.stdout.write(`${what} …\n`);
const figures = new URL("results.json", import.meta.url);

/** What `results.json` holds. */
interface Saved {
  readonly figures: Figures;
  readonly summary: Summary;
}

/** Measures everything. */
export function benchValidators(rounds: number): void {
  const saved = existsSync(figures)
    ? (JSON.parse(readFileSync(figures, "utf8")) as Saved)
    : undefined;
  prove(SUBJECTS);
  tell(`${SUBJECTS.length} subjects agree on ${BATTERY.length + TRAPPED.length} calls`);
  const results = run(rounds, tell);
  process.stdout.write(onScreen(results));
  writeFileSync(
    new URL("results.md", import.meta.url),
    asMarkdown(results, rounds, saved?.figures ?? {}),
  );
  const now: Saved = { figures: figuresOf(results), summary: summaryOf(results, rounds) };
  writeFileSync(figures, `${JSON.stringify(now, null, 2)}\n`);
  tell(`\nbench/results.md is written; the loops added up to ${sumOfLoops()}`);
}
