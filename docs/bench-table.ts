/** The table of README.md, made of what `npm run bench` has written. */
import { readFileSync } from "node:fs";
import { format } from "../generator/format.js";

interface Row {
  readonly name: string;
  readonly valid: number;
  readonly first: number;
  readonly last: number;
  readonly issue: number | null;
  readonly bytes: number;
  readonly issueBytes: number | null;
}

interface Summary {
  readonly node: string;
  readonly date: string;
  readonly rounds: number;
  readonly rows: readonly Row[];
}

const BEGIN = "<!-- made of bench/results.json by npm run docs -->";
const END = "<!-- end -->";

const times = (value: number | null): string => {
  if (value === null) return "–";
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
};

const whole = (value: number | null): string => (value === null ? "–" : String(value));

const line = (row: Row): string =>
  `| ${[row.name, times(row.valid), times(row.first), times(row.last), times(row.issue), whole(row.bytes), whole(row.issueBytes)].join(" | ")} |\n`;

/** README.md with its table made anew. */
export async function withTable(readme: string): Promise<string> {
  const results = new URL("../bench/results.json", import.meta.url);
  const { summary } = JSON.parse(readFileSync(results, "utf8")) as { summary: Summary };
  const table = await format(
    "README.md",
    `| | valid calls | first wrong | last wrong | its issues | bytes | bytes of issues |
| --- | --: | --: | --: | --: | --: | --: |
${summary.rows.map(line).join("")}`,
  );
  const from = readme.indexOf(BEGIN);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) throw new Error(`README.md has no ${BEGIN} … ${END}.`);
  const { node, date, rounds } = summary;
  const taken = `Node ${node}, ${date}, ${rounds} rounds.`;
  return `${readme.slice(0, from)}${BEGIN}\n\n${table.trim()}\n\n${taken}\n\n${readme.slice(to)}`;
}
