/** The bench of the runtime: measures topic by topic, prints, and writes `runtime-results.md`. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { digits } from "../judge.js";
import { isNativeAvailable } from "../../dist/runtime/index.js";
import { buildFloor, canPin, CORE, pinned } from "./floor.js";
import { asMarkdown, onScreen } from "./report.js";
import type { Run } from "./report.js";
import type { Figure, Row } from "./rounds.js";

/** How the bench is run. */
export interface Options {
  readonly rounds: number;
  /** True to print rows as JSON, and nothing else. */
  readonly json: boolean;
}

const TOPICS = ["irp", "bytes", "spi", "memory", "pending", "node", "native"] as const;
/** A young generation that nothing is collected from while bytes are counted. */
const ROOMY = ["--min-semi-space-size=256", "--max-semi-space-size=256"];
const NOISE = 1.1;

const script = fileURLToPath(new URL("topic.ts", import.meta.url));
const saved = new URL("../runtime-results.json", import.meta.url);
const page = new URL("../runtime-results.md", import.meta.url);

function measure(topic: string, rounds: number): Figure[] {
  const heap = ["--expose-gc", ...(topic === "bytes" ? ROOMY : [])];
  const node = [process.execPath, ...heap, "--import", "tsx", script, topic, String(rounds)];
  const [program = "", ...args] = pinned(CORE.senders, node);
  const { stdout, status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`Measuring ${topic} failed:\n${stderr}`);
  return JSON.parse(stdout) as Figure[];
}

const lacks = (): string[] => [
  ...(isNativeAvailable() ? [] : ["The native network is not available here: not measured."]),
  ...(buildFloor() === null ? ["There is no gcc here: no C sends, and Node reads."] : []),
  ...(canPin() ? [] : ["There is no taskset here, or one core: processes wander."]),
];

const rowOf = ({ topic, case: on, subject, value, unit, ratio }: Figure): Row => ({
  topic, case: on, subject, value, unit, ratio,
}); // prettier-ignore

const nameOf = (row: Row): string => `${row.topic}, ${row.case}: ${row.subject}, ${row.unit}`;

/** The own figures that were better before; where there is a ratio, that one counts. */
function worsened(before: readonly Row[], now: readonly Row[]): string[] {
  return now.flatMap((row) => {
    const was = before.find((other) => nameOf(other) === nameOf(row));
    if (was === undefined || /^(?:C,|node:net)/.test(row.subject)) return [];
    const isRate = row.ratio !== null || row.unit === "sends a second";
    const [then, now] = row.ratio === null || was.ratio === null
      ? [was.value, row.value] : [was.ratio, row.ratio]; // prettier-ignore
    const isWorse = isRate ? then > now * NOISE : now > then * NOISE;
    return isWorse ? [`${nameOf(row)}: ${digits(then)} before, ${digits(now)} now`] : [];
  });
}

/** Measures everything, prints it, and keeps it unless only rows are wanted. */
export function benchRuntime({ rounds, json }: Options): void {
  const figures: Figure[] = [];
  for (const topic of TOPICS) {
    if (!json) process.stdout.write(`${topic} …\n`);
    figures.push(...measure(topic, rounds));
  }
  const rows = figures.map(rowOf);
  if (json) {
    process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const run: Run = { figures, rounds, lacks: lacks() };
  const before = existsSync(saved)
    ? (JSON.parse(readFileSync(saved, "utf8")) as { readonly rows: readonly Row[] }).rows
    : [];
  process.stdout.write(`${onScreen(run)}\n`);
  writeFileSync(page, asMarkdown(run, worsened(before, rows)));
  const date = new Date().toISOString().slice(0, 10);
  const kept = { node: process.version, date, rounds, rows };
  writeFileSync(saved, `${JSON.stringify(kept, null, 2)}\n`);
  process.stdout.write("bench/runtime-results.md is written\n");
}
