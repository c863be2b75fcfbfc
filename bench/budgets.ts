/**
 * The budgets: sizes and counts that come out the same on any machine. Measures the built package
 * and compares with `budgets.json`; `--update` writes what was measured. Exits with 1 where
 * something is above its budget.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import Table from "cli-table3";
import { build } from "esbuild";

/** One line of `budgets.json`. */
interface Budget {
  readonly name: string;
  readonly unit: "bytes" | "instantiations";
  /** What the package may cost today. */
  readonly budget: number;
  /** What it should cost. */
  readonly target: number;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const file = new URL("budgets.json", import.meta.url);
/** Two versions of zlib differ by a few bytes; budgets are in steps that hide that. */
const STEP = 16;

const CALLS = [
  "WSPSend",
  "WSPSendDisconnect",
  "WSPSendTo",
  "WskSend",
  "WskSendEx",
  "WskSendMessages",
  "WskSendTo",
];

/** The gzipped bytes of a minified bundle that exports these names of the built package. */
async function bytesOf(names: readonly string[]): Promise<number> {
  const contents = `export { ${names.join(", ")} } from "./dist/index.js";`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    write: false,
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error("esbuild has written no bundle.");
  return gzipSync(bundle.contents, { level: 9 }).length;
}

/** The type instantiations of `consumer/`, which uses one call by the declarations. */
function instantiations(): number {
  const tsc = `${root}node_modules/typescript/bin/tsc`;
  const args = [tsc, "-p", `${root}bench/consumer/tsconfig.json`, "--extendedDiagnostics"];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const count = /^Instantiations:\s+(\d+)$/m.exec(stdout)?.[1];
  if (status !== 0 || count === undefined) throw new Error(`The consumer fails:\n${stdout}`);
  return Number(count);
}

/** What there is to measure, by the names of `budgets.json`. */
const MEASURES: Readonly<Record<string, () => number | Promise<number>>> = {
  "one boolean (isWSPSendArgs)": () => bytesOf(["isWSPSendArgs"]),
  "one boolean (isWskSendToArgs)": () => bytesOf(["isWskSendToArgs"]),
  "one call with issues (is, check, assert)": () =>
    bytesOf(["isWSPSendArgs", "checkWSPSend", "assertWSPSend"]),
  "all seven calls (is)": () => bytesOf(CALLS.map((call) => `is${call}Args`)),
  "all seven calls (is, check, assert)": () =>
    bytesOf(CALLS.flatMap((call) => [`is${call}Args`, `check${call}`, `assert${call}`])),
  "types to consume one call": instantiations,
};

async function measured({ name }: Budget): Promise<number> {
  const measure = MEASURES[name];
  if (measure === undefined) throw new Error(`budgets.json has "${name}", which nothing measures.`);
  return measure();
}

const budgets = JSON.parse(readFileSync(file, "utf8")) as readonly Budget[];
const missing = Object.keys(MEASURES).filter((name) => !budgets.some((b) => b.name === name));
if (missing.length > 0) throw new Error(`budgets.json has no line for ${missing.join(", ")}.`);

const lines = await Promise.all(budgets.map(async (b) => ({ ...b, now: await measured(b) })));
if (process.argv.includes("--update")) {
  const updated = lines.map(({ now, ...line }) => ({
    ...line,
    budget: line.unit === "bytes" ? Math.ceil(now / STEP) * STEP : now,
  }));
  writeFileSync(file, `${JSON.stringify(updated, null, 2)}\n`);
}
const head = ["", "unit", "budget", "measured", "target", ""];
const table = new Table({
  head,
  style: { head: [], border: [] },
  colAligns: ["left", "left", "right", "right", "right"],
});
const current = JSON.parse(readFileSync(file, "utf8")) as readonly Budget[];
let above = 0;
for (const [i, { name, unit, target, now }] of lines.entries()) {
  const budget = current[i]?.budget ?? 0;
  if (now > budget) above += 1;
  const verdict = now > budget ? "ABOVE BUDGET" : now > target ? "above the target" : "ok";
  table.push([name, unit, budget, now, target, verdict]);
}
process.stdout.write(`${table.toString()}\n`);
if (above > 0) {
  process.stdout.write(`${above} above budget. If that is wanted: npm run budgets -- --update\n`);
  process.exitCode = 1;
}
