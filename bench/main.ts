/**
 * The bench: proves that all subjects check the same, measures them, prints the tables and writes
 * `results.md`. `npm run bench` at the top builds wskit, installs the peers and comes here;
 * `-- --rounds 20` is quicker and rougher.
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

const { values } = parseArgs({ options: { rounds: { type: "string", default: "60" } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 3) throw new RangeError("--rounds wants 3 or more");

const tell = (what: string): void => void process.stdout.write(`${what} …\n`);
const figures = new URL("results.json", import.meta.url);
const before = (existsSync(figures) ? JSON.parse(readFileSync(figures, "utf8")) : {}) as Figures;

prove(SUBJECTS);
tell(`${SUBJECTS.length} subjects agree on ${BATTERY.length + TRAPPED.length} calls`);
const results = run(rounds, tell);
process.stdout.write(onScreen(results));
writeFileSync(new URL("results.md", import.meta.url), asMarkdown(results, rounds, before));
writeFileSync(figures, `${JSON.stringify(figuresOf(results), null, 2)}\n`);
tell(`\nbench/results.md is written; the loops added up to ${sumOfLoops()}`);
