/** Tables of the figures, for the screen and for `results.md`. */
import { cpus } from "node:os";
import Table from "cli-table3";
import { digits, figuresOf, losses, mean, verdictsOf, worsened } from "./judge.js";
import type { Figures } from "./judge.js";
import type { Ratio } from "./measure.js";
import { SUBJECTS } from "./peers/index.js";
import type { Results } from "./run.js";
import { versionOf } from "./run.js";
import { SCENARIOS } from "./scenarios.js";

/** A table before it is drawn: the first row is the head. */
export interface Grid {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

const columns = SCENARIOS.map((scenario) => scenario.name);
const wrong = new Set(SCENARIOS.filter((s) => !s.valid).map((scenario) => scenario.name));
const COMMAND = "npm run bench";

/** Subjects by scenarios; `cell` says what is shown of a ratio. */
function grid(title: string, ratios: readonly Ratio[], cell: (r: Ratio) => string): Grid {
  const names = columns.filter((column) => ratios.some((r) => r.column === column));
  const rows = SUBJECTS.flatMap(({ name }) => {
    const own = ratios.filter((r) => r.row === name);
    if (own.length === 0) return [];
    const cells = names.map((column) => own.find((r) => r.column === column));
    const overall = digits(mean(own.map((r) => r.median)));
    return [[name, ...cells.map((r) => (r === undefined ? "" : cell(r))), overall]];
  });
  return { title, rows: [["", ...names, "geometric mean"], ...rows] };
}

/** The bytes, subjects by scenarios. */
function byteGrid({ bytes }: Results): Grid {
  const head = columns.map((column) => (wrong.has(column) ? `${column}: issues` : column));
  const rows = SUBJECTS.map(({ name }) => {
    const of = (column: string) => bytes.find((b) => b.row === name && b.column === column)?.bytes;
    return [name, ...columns.map((column) => String(of(column) ?? ""))];
  });
  return { title: "Bytes that a call allocates", rows: [["", ...head], ...rows] };
}

function coldGrid({ cold }: Results): Grid {
  const rows = cold.map((c) => [c.name, c.milliseconds.toFixed(1), c.above.toFixed(1)]);
  const title = "Import in a fresh process, milliseconds (median of 15, taking turns)";
  return { title, rows: [["", "import", "above an empty module"], ...rows] };
}

function targetGrid(results: Results): Grid {
  const rows = verdictsOf(results).map((v) => [v.target, v.measured, v.met ? "met" : "MISSED"]);
  return { title: "Targets", rows: [["", "measured", ""], ...rows] };
}

const spread = (r: Ratio): string => `${digits(r.median)} (${digits(r.p10)}–${digits(r.p90)})`;

/** All tables, with a cell a ratio as `cell` shows it. */
function grids(results: Results, cell: (r: Ratio) => string): Grid[] {
  const floors = results.booleans.filter((r) => r.row === "floor");
  const nanoseconds = floors.map((r) => r.nanoseconds.toFixed(0));
  const { checks, oneIssue } = results;
  return [
    grid("Booleans: time as a multiple of the floor", results.booleans, cell),
    {
      title: "The floor itself, nanoseconds on this machine",
      rows: [columns, nanoseconds],
    },
    grid("Issues with paths: time as a multiple of the floor's boolean", results.issues, cell),
    grid("check… as a multiple of is…, valid calls", checks, cell),
    grid(
      "check… with one issue as a multiple of the floor on a valid WSPSend, 8 buffers",
      oneIssue,
      cell,
    ),
    byteGrid(results),
    coldGrid(results),
    targetGrid(results),
  ];
}

/** The tables as text for a terminal. */
export function onScreen(results: Results): string {
  return grids(results, (r) => digits(r.median))
    .map(({ title, rows }) => {
      const [head = [], ...body] = rows;
      const table = new Table({
        head: head.map((text) => text.replace(/[,:] /g, "\n").replace("geometric ", "geometric\n")),
        style: { head: [], border: [], compact: true },
        colAligns: head.map((_, i) => (i === 0 ? "left" : "right")),
      });
      table.push(...body.map((row) => [...row]));
      return `\n${title}\n${table.toString()}\n`;
    })
    .join("");
}

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function markdownOf({ title, rows }: Grid): string {
  const [head = [], ...body] = rows;
  const rule = head.map((_, i) => (i === 0 ? "---" : "--:"));
  return `## ${title}\n\n${[head, rule, ...body].map(line).join("\n")}\n`;
}

const list = (items: readonly string[], none: string): string =>
  items.length === 0 ? `${none}\n` : `${items.map((item) => `- ${item}`).join("\n")}\n`;

/** What was run where. */
function circumstances(rounds: number): string {
  const [cpu] = cpus();
  const peers = ["typia", "typebox", "ajv", "zod", "valibot", "arktype"];
  return list(
    [
      `Machine: ${cpus().length} cores, ${cpu?.model ?? "unknown"}; others may work on it.`,
      `Node ${process.version}, ${new Date().toISOString().slice(0, 10)}, ${rounds} rounds.`,
      `Peers: ${peers.map((peer) => `${peer} ${versionOf(peer)}`).join(", ")}.`,
      `Command: \`${COMMAND}\`. All subjects run in one process, taking turns.`,
      "A ratio is the median of ratios of neighbours in time, with the 10th and 90th percentile.",
      "Ratios hold from machine to machine; times do not.",
    ],
    "",
  );
}

/** How each subject was used, and where its verdict is known to differ. */
function notes(): string {
  return list(
    SUBJECTS.map(({ name, note, differs }) => {
      const known = Object.entries(differs).map(([trap, why]) => `${trap} (${why})`);
      return `**${name}**: ${note}.${known.length > 0 ? ` Answers otherwise, or throws, at: ${known.join("; ")}.` : ""}`;
    }),
    "",
  );
}

/** The text of `results.md`; `before` are the figures of the run before, if there was one. */
export function asMarkdown(results: Results, rounds: number, before: Figures): string {
  const missed = verdictsOf(results).filter((v) => !v.met);
  const parts = [
    "# What the bench said\n\nMade by the command below; do not edit.\n",
    circumstances(rounds),
    "## Where wskit loses\n",
    list(
      missed.map((v) => `target missed: ${v.target}; measured ${v.measured}`),
      "No target is missed.",
    ),
    list(losses(results), "No peer is faster in any scenario."),
    "## Worse than in the run before, by more than a tenth\n",
    list(worsened(before, figuresOf(results)), "Nothing."),
    ...grids(results, spread).map(markdownOf),
    "## How each was used\n",
    notes(),
  ];
  return parts.join("\n");
}
