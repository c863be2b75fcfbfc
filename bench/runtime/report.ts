/** The figures of the runtime as text: for the screen, and for `runtime-results.md`. */
import { cpus } from "node:os";
import Table from "cli-table3";
import { digits } from "../judge.js";
import { verdictsOf } from "./goals.js";
import type { Figure } from "./rounds.js";

/** What was run, and how. */
export interface Run {
  readonly figures: readonly Figure[];
  readonly rounds: number;
  /** What the machine lacked, in words. */
  readonly lacks: readonly string[];
}

const TOPICS: Readonly<Record<string, string>> = {
  irp: "The IRP layer by itself: 64 B over the null network",
  node: "WSK over Node's sockets",
  native: "WSK over the native network",
  memory: "WSK over the network in memory, with a peer that reads",
  pending: "Sends that wait for a peer who does not read",
  spi: "WSPSend and WSPGetOverlappedResult over the null network",
};

const HEAD = ["", "", "", "median (p10–p90)", "times as fast"];

/** A figure in three digits; large ones in thousands or millions. */
function short(value: number): string {
  if (value >= 1e6) return `${digits(value / 1e6)} million`;
  return value >= 1e4 ? `${digits(value / 1e3)} thousand` : digits(value);
}

const cells = (f: Figure): string[] => [
  f.case,
  f.subject,
  f.unit,
  `${short(f.value)} (${short(f.p10)}–${short(f.p90)})`,
  f.ratio === null ? "" : digits(f.ratio),
];

const of = ({ figures }: Run, topic: string): string[][] =>
  figures.filter((f) => f.topic === topic).map(cells);

/** The tables as text for a terminal. */
export function onScreen(run: Run): string {
  const goals = verdictsOf(run.figures).map((v) => [v.goal, v.measured, v.met ? "met" : "MISSED"]);
  const topics = Object.entries(TOPICS).map(([topic, title]) => drawn(title, HEAD, of(run, topic)));
  return [...topics, drawn("Goals", ["", "measured", ""], goals), ...run.lacks].join("\n");
}

function drawn(title: string, head: string[], rows: string[][]): string {
  if (rows.length === 0) return "";
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  return `\n${title}\n${table.toString()}`;
}

const line = (row: readonly string[]): string => `| ${row.join(" | ")} |`;

function grid(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return `## ${title}\n\nNot measured.\n`;
  const rule = head.map((_, i) => (i < head.length - 2 ? "---" : "--:"));
  return `## ${title}\n\n${[head, rule, ...rows].map(line).join("\n")}\n`;
}

const list = (items: readonly string[], none: string): string =>
  items.length === 0 ? `${none}\n` : `${items.map((item) => `- ${item}`).join("\n")}\n`;

const circumstances = ({ rounds, lacks }: Run): string =>
  list(
    [
      `Machine: ${cpus().length} cores, ${cpus()[0]?.model ?? "unknown"}; others may work on it.`,
      `Node ${process.version}, ${new Date().toISOString().slice(0, 10)}, ${rounds} rounds.`,
      "Command: `npm run bench -- runtime`. A process a topic; in it all subjects take turns.",
      "C sends by a process of its own (`bench/runtime/floor.c`, gcc -O2), and takes turns.",
      "Who reads is a process as well, on the other core. A loopback that has to wake it is dear," +
        " one that finds it awake is cheap: so the times of sends differ up to fivefold.",
      "Times as fast: the median of the ratios, round by round, to the first subject of the case.",
      "Goals are judged by medians. Where p10 is far below, others were at work.",
      ...lacks,
    ],
    "",
  );

/** The text of `runtime-results.md`; `worse` are the figures that were better in the run before. */
export function asMarkdown(run: Run, worse: readonly string[]): string {
  const verdicts = verdictsOf(run.figures);
  const missed = verdicts.filter((v) => !v.met);
  const goals = verdicts.map((v) => [v.goal, v.measured, v.met ? "met" : "MISSED"]);
  return [
    "# What the bench said of the runtime\n\nMade by the command below; do not edit.\n",
    circumstances(run),
    "## Goals that are missed\n",
    list(
      missed.map((v) => `${v.goal}; measured ${v.measured}`),
      "None.",
    ),
    "## Worse than in the run before, by more than a tenth\n",
    list(worse, "Nothing."),
    ...Object.entries(TOPICS).map(([topic, title]) => grid(title, HEAD, of(run, topic))),
    grid("Goals", ["", "measured", ""], goals),
  ].join("\n");
}
