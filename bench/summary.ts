/** What of the figures README.md shows: a row a subject. Written to `results.json`. */
import { mean } from "./judge.js";
import type { Ratio } from "./measure.js";
import type { Results } from "./run.js";
import { versionOf } from "./run.js";
import { SCENARIOS } from "./scenarios.js";

/** One row: times as multiples of the floor, and bytes; null where a subject has no such verb. */
export interface Row {
  readonly name: string;
  /** Booleans on valid calls, geometric mean. */
  readonly valid: number;
  /** The boolean where the first argument is wrong. */
  readonly first: number;
  /** The boolean where the last thing is wrong, geometric mean. */
  readonly last: number;
  /** The issues of a wrong call, to the floor's boolean on a valid one, geometric mean. */
  readonly issue: number | null;
  /** The most bytes of a boolean on a valid call, and of the issues of a wrong one. */
  readonly bytes: number;
  readonly issueBytes: number | null;
}

/** The rows, and where they were taken. */
export interface Summary {
  readonly node: string;
  readonly date: string;
  readonly rounds: number;
  readonly rows: readonly Row[];
}

const SHOWN: Readonly<Record<string, string>> = {
  floor: "floor, written by hand",
  wskit: "wskit",
  typia: `typia ${versionOf("typia")}`,
  "TypeBox compiled": `TypeBox ${versionOf("typebox")}, compiled`,
  "ajv standalone": `ajv ${versionOf("ajv")}, standalone`,
  "zod compile + validate": `zod ${versionOf("zod")}, compile + validate`,
  zod: `zod ${versionOf("zod")}`,
  valibot: `valibot ${versionOf("valibot")}`,
  arktype: `arktype ${versionOf("arktype")}`,
};

const named = (valid: boolean, end = ""): string[] =>
  SCENARIOS.filter((s) => s.valid === valid && s.name.endsWith(end)).map((s) => s.name);

const over = (ratios: readonly Ratio[], row: string, columns: readonly string[]): number =>
  mean(ratios.filter((r) => r.row === row && columns.includes(r.column)).map((r) => r.median));

/** The summary of a run. */
export function summaryOf(results: Results, rounds: number): Summary {
  const { booleans, oneIssue, bytes } = results;
  const most = (row: string, columns: readonly string[]): number | null => {
    const own = bytes.filter((b) => b.row === row && columns.includes(b.column));
    return own.length === 0 ? null : Math.max(...own.map((b) => b.bytes));
  };
  const rows = Object.entries(SHOWN).map(([row, name]) => ({
    name,
    valid: over(booleans, row, named(true)),
    first: over(booleans, row, named(false, "first wrong")),
    last: over(booleans, row, named(false, "last wrong")),
    issue: oneIssue.some((r) => r.row === row) ? over(oneIssue, row, named(false)) : null,
    bytes: most(row, named(true)) ?? 0,
    issueBytes: most(row, named(false)),
  }));
  return { node: process.version, date: new Date().toISOString().slice(0, 10), rounds, rows };
}
