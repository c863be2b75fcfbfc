/** Takes all measurements: what is paired with what, and in which tables it stands. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Cold } from "./cold.js";
import { measureCold } from "./cold.js";
import type { Pair, Ratio } from "./measure.js";
import { loopOfIs, loopOfIssues, measure, poolOf } from "./measure.js";
import type { Bytes } from "./memory.js";
import { floor, ours, SUBJECTS } from "./peers/index.js";
import type { Scenario } from "./scenarios.js";
import { SCENARIOS } from "./scenarios.js";

/** All figures of one run. */
export interface Results {
  /** Every subject's boolean, to the floor's. */
  readonly booleans: readonly Ratio[];
  /** Every subject's list of issues on wrong calls, to the floor's boolean on the same call. */
  readonly issues: readonly Ratio[];
  /** `check…` to `is…` of wskit on valid calls. */
  readonly checks: readonly Ratio[];
  /** One wrong call's issues, to the floor's boolean on a valid WSPSend of 8 buffers. */
  readonly oneIssue: readonly Ratio[];
  readonly bytes: readonly Bytes[];
  readonly cold: readonly Cold[];
}

/** Both loops of the floor and of everybody run over the same pool. */
function pairsOf(scenario: Scenario): { booleans: Pair[]; issues: Pair[]; checks: Pair[] } {
  const column = scenario.name;
  const pool = poolOf(scenario);
  const to = loopOfIs(floor.calls[scenario.call], pool);
  const own = ours.calls[scenario.call];
  const booleans = SUBJECTS.map(({ name, calls }) => ({
    row: name,
    column,
    of: loopOfIs(calls[scenario.call], pool),
    to,
  }));
  if (scenario.valid) {
    const check = { row: ours.name, column, of: loopOfIssues(own, pool), to: loopOfIs(own, pool) };
    return { booleans, issues: [], checks: [check] };
  }
  const issues = SUBJECTS.filter(({ calls }) => calls[scenario.call].issues !== undefined).map(
    ({ name, calls }) => ({
      row: name,
      column,
      of: loopOfIssues(calls[scenario.call], pool),
      to,
    }),
  );
  return { booleans, issues, checks: [] };
}

/** The floor on a valid call is what a failure with one issue is allowed a multiple of. */
function oneIssuePairs(): Pair[] {
  const valid = SCENARIOS.find(({ name }) => name === "WSPSend, 8 buffers");
  if (valid === undefined) throw new Error("The scenario of 8 buffers has another name now.");
  const to = loopOfIs(floor.calls.WSPSend, poolOf(valid));
  return SCENARIOS.filter((scenario) => !scenario.valid).flatMap((scenario) => {
    const { name, call } = scenario;
    const pool = poolOf(scenario);
    return SUBJECTS.filter(({ calls }) => calls[call].issues !== undefined).map((subject) => ({
      row: subject.name,
      column: name,
      of: loopOfIssues(subject.calls[call], pool),
      to,
    }));
  });
}

/** The bytes are counted in a process of their own, whose young generation is never collected. */
function measureBytes(): Bytes[] {
  const script = fileURLToPath(new URL("memory.ts", import.meta.url));
  const heap = ["--expose-gc", "--min-semi-space-size=256", "--max-semi-space-size=256"];
  const args = [...heap, "--import", "tsx", script];
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`Counting bytes failed:\n${stderr}`);
  return JSON.parse(stdout) as Bytes[];
}

/** Takes all measurements, telling what comes next. */
export function run(rounds: number, tell: (what: string) => void): Results {
  const pairs = SCENARIOS.map(pairsOf);
  // Valid calls come first: what a compiler sees often when a function becomes hot, it makes fast.
  tell("booleans, to the floor");
  const booleans = measure(
    pairs.flatMap((p) => p.booleans),
    rounds,
  );
  tell("issues, to the floor's boolean");
  const issues = measure(
    pairs.flatMap((p) => p.issues),
    rounds,
  );
  const oneIssue = measure(oneIssuePairs(), rounds);
  tell("check… to is…");
  const checks = measure(
    pairs.flatMap((p) => p.checks),
    rounds,
  );
  tell("bytes a call");
  const bytes = measureBytes();
  tell("cold start");
  return { booleans, issues, checks, oneIssue, bytes, cold: measureCold() };
}

/** The version of a peer, as installed. */
export function versionOf(name: string): string {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
