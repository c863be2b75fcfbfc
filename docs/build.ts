/** Writes the parts of docs/ and README.md that tables of the code, or the bench, already say. `--check` only compares. */
import { readFileSync, writeFileSync } from "node:fs";
import { DIAGNOSTICS } from "../generator/diagnostic-codes.js";
import { format } from "../generator/format.js";
import * as schema from "../schema/index.js";
import { withTable } from "./bench-table.js";
import { withCatches } from "./catches.js";
import { withOutcomes } from "./outcomes.js";
import { traceGuide, traceSchema } from "./trace-format.js";

const entries = Object.entries(DIAGNOSTICS).map(([code, { severity, message, hint }]) => {
  const words = { name: "NAME", other: " …", wanted: "WANTED", received: "RECEIVED" };
  return `### \`${code}\`\n\n${severity}: \`${message(words)}\`\n\n${hint}\n`;
});

const diagnostics = `# Diagnostics

What the generator says about a mistake in a schema: \`file:line:column: severity: message [code]\`,
the lines around it, and a hint. All mistakes are reported at once, the exit code is 3, and nothing
is written. This page is made from the table in \`generator/diagnostics.ts\` by \`npm run docs\`.

${entries.join("\n")}`;

interface Type {
  readonly kind: string;
  readonly name: string;
  readonly doc: string;
  readonly bits?: number | "pointer";
  readonly signed?: boolean;
  readonly to?: string;
}

/** How wide a type is, or what it leads to. */
function shapeOf({ kind, bits, signed, to }: Type): string {
  if (kind === "integer") {
    const width = bits === "pointer" ? "as wide as a pointer" : `${bits} bits`;
    return `${signed === true ? "signed" : "unsigned"}, ${width}`;
  }
  return kind === "pointer" ? `pointer to ${to}` : kind;
}

const KINDS = ["integer", "boolean", "pointer", "routine", "struct", "layout"];
const isType = (value: unknown): value is Type =>
  typeof value === "object" &&
  value !== null &&
  "kind" in value &&
  KINDS.includes(String(value.kind));
const types = new Set(Object.values(schema).flat().filter(isType));
const rows = [...types]
  .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.name < b.name ? -1 : 1))
  .map((type) => `| \`${type.name}\` | ${shapeOf(type)} | ${type.doc} |\n`);

const builtIns = `# Types that are there

The types of \`wskit/schema\`, which a schema need not declare. Parameters and fields may have all but layouts, members of layouts
all of them. This page is made from the schema by \`npm run docs\`; \`wskit explain IRP\` shows where the members of one lie.

| type | what it is | meaning |
| --- | --- | --- |
${rows.join("")}`;

const README = "../README.md";
const RUNTIME = "guide/runtime.md";
const CHECK = "guide/check.md";
const page = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
const pages = {
  "guide/diagnostics.md": await format("diagnostics.md", diagnostics),
  "guide/trace-format.md": await format("trace-format.md", traceGuide()),
  "guide/trace-format.schema.json": await format("trace-format.schema.json", traceSchema()),
  "guide/types.md": await format("types.md", builtIns),
  [CHECK]: await format("check.md", withCatches(page(CHECK))),
  [RUNTIME]: await withOutcomes(page(RUNTIME)),
  [README]: await withTable(page(README)),
};

for (const [name, text] of Object.entries(pages)) {
  const path = new URL(name, import.meta.url);
  if (!process.argv.includes("--check")) {
    writeFileSync(path, text);
  } else if (readFileSync(path, "utf8") !== text) {
    process.stderr.write(`docs/${name} is stale; run npm run docs\n`);
    process.exitCode = 1;
  }
}
