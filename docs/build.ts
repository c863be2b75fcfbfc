/** Writes the parts of docs/ that tables of the code already say. `--check` only compares. */
import { readFileSync, writeFileSync } from "node:fs";
import { DIAGNOSTICS } from "../generator/diagnostic-codes.js";
import { format } from "../generator/format.js";

const path = new URL("guide/diagnostics.md", import.meta.url);

const entries = Object.entries(DIAGNOSTICS).map(([code, { severity, message, hint }]) => {
  const words = { name: "NAME", other: " …", wanted: "WANTED", received: "RECEIVED" };
  return `### \`${code}\`\n\n${severity}: \`${message(words)}\`\n\n${hint}\n`;
});

const intro = `# Diagnostics

What the generator says about a mistake in a schema: \`file:line:column: severity: message [code]\`,
the lines around it, and a hint. All mistakes are reported at once, the exit code is 3, and nothing
is written. This page is made from the table in \`generator/diagnostics.ts\` by \`npm run docs\`.
`;

const text = await format("diagnostics.md", `${intro}\n${entries.join("\n")}`);
if (process.argv.includes("--check")) {
  if (readFileSync(path, "utf8") !== text) {
    process.stderr.write("docs/guide/diagnostics.md is stale; run npm run docs\n");
    process.exitCode = 1;
  }
} else {
  writeFileSync(path, text);
}
