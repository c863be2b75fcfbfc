/**
 * The bench of `wskit check`: lines a second beside the floor, which is JSON.parse of each line of
 * the same file, in turns, in one process; and the memory of a long run, in one of its own.
 */
import { spawnSync } from "node:child_process";
import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Monitor } from "../../dist/monitor/monitor.js";
import { chunksOf } from "../../dist/trace/input.js";
import { readTrace } from "../../dist/trace/read.js";
import { LINES_A_CALL, makeTrace } from "./made.js";

const GOAL = 0.75;
const GOAL_MB = 200;

async function floor(file: string): Promise<number> {
  let lines = 0;
  let rest = "";
  for await (const chunk of createReadStream(file, "utf8")) {
    const all = (rest + String(chunk)).split("\n");
    rest = all.pop() ?? "";
    for (const line of all) {
      JSON.parse(line);
      lines += 1;
    }
  }
  return lines;
}

async function check(file: string): Promise<number> {
  const monitor = new Monitor({}, (breach) => {
    throw new Error(breach.message);
  });
  const lines = await readTrace(chunksOf(file), {
    name: file,
    see: (line, event) => monitor.see(line, event),
  });
  monitor.end(lines);
  return lines;
}

async function rate(run: () => Promise<number>): Promise<number> {
  const began = performance.now();
  const lines = await run();
  return (lines / (performance.now() - began)) * 1000;
}

const median = (of: readonly number[]): number =>
  [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;

/** The most memory that the command takes over a trace, in MB; null where unknown. */
function memoryOf(file: string): number | null {
  const command = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
  const script = [
    "process.argv.splice(1, 1)",
    `await import(${JSON.stringify(command)})`,
    "const most = () => process.resourceUsage().maxRSS",
    'process.on("exit", () => process.stderr.write("max " + most()))',
  ].join(";");
  const run = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", script, "--", command, "check", file],
    { encoding: "utf8" },
  );
  const found = /max (\d+)/.exec(run.stderr)?.[1];
  return found === undefined ? null : Number(found) / 1024;
}

/** Measures, prints, and writes `trace-results.md`. */
export async function benchTrace(options: { rounds: number; calls: number }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "wskit-bench-"));
  const file = join(folder, "trace.ndjson");
  await makeTrace(file, 50_000);
  const bytes = statSync(file).size / (50_000 * LINES_A_CALL);
  const ratios: number[] = [];
  const rates: { floor: number[]; check: number[] } = { floor: [], check: [] };
  for (let round = 0; round < options.rounds; round++) {
    const of = { floor: await rate(() => floor(file)), check: await rate(() => check(file)) };
    rates.floor.push(of.floor);
    rates.check.push(of.check);
    ratios.push(of.check / of.floor);
  }
  await makeTrace(file, options.calls);
  const memory = memoryOf(file);
  rmSync(folder, { recursive: true });
  const ratio = median(ratios);
  const rows = { bytes, rates, ratio, memory, ...options };
  const text = pageOf(rows);
  process.stdout.write(text);
  writeFileSync(new URL("../trace-results.md", import.meta.url), text);
}

interface Rows {
  readonly rounds: number;
  readonly calls: number;
  /** Bytes a line, on average. */
  readonly bytes: number;
  readonly rates: { readonly floor: readonly number[]; readonly check: readonly number[] };
  readonly ratio: number;
  readonly memory: number | null;
}

const day = (): string => new Date().toISOString().slice(0, 10);

const many = (n: number): string => Math.round(n).toLocaleString("en-US");

function pageOf({ rounds, calls, bytes, rates, ratio, memory }: Rows): string {
  const most = memory === null ? "not measured" : `${memory.toFixed(0)} MB`;
  const isSmall = memory !== null && memory < GOAL_MB;
  return `# What the bench said of wskit check

Made by the command below; do not edit.

- Node ${process.version}, ${day()}, ${rounds} rounds; others may use the machine.
- Command: \`npm run bench -- trace\`. Floor and checker take turns in one process, over a file of
  200,000 lines of ${bytes.toFixed(0)} bytes each on average.
- The floor splits the file into lines and gives each to JSON.parse, no more.

| subject | lines a second | to the floor |
| --- | --: | --: |
| floor | ${many(median(rates.floor))} | 1.00 |
| wskit check | ${many(median(rates.check))} | ${ratio.toFixed(2)} |

Goal: at least ${GOAL}: ${ratio >= GOAL ? "met" : "missed"}.

Memory at its most over ${many(calls)} calls (${many(calls * LINES_A_CALL)} lines): ${most}.
Goal: under ${GOAL_MB} MB: ${isSmall ? "met" : "missed"}.
`;
}
