/**
 * The bench: proves that all subjects check the same, measures them, prints the tables and writes
 * `results.md`, and `results.json`, of which `npm run docs` makes the table of README.md. `npm run
 * bench` at the top builds wskit, installs the peers and comes here; `-- --rounds 20` is quicker
 * and rougher.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
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

const { values } = parseArgs({ options: { rounds: { type: "string", default: "60" } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 3) throw new RangeError("--rounds wants 3 or more");

const tell = (what: string): void => void process.stdout.write(`${what} …\n`);
const figures = new URL("results.json", import.meta.url);

/** What `results.json` holds. */
interface Saved {
  readonly figures: Figures;
  readonly summary: Summary;
}

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
