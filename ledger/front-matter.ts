/** Reads the front matter of a Markdown file: what states a requirement is filed under those. */
import { rowOf } from "./headings.js";
import type { Outline } from "./outline.js";

/** Takes the front matter off, and returns the lines after it. */
export function readFrontMatter(text: string, outline: Outline): string[] {
  const lines = text.split(/\r?\n/);
  const end = lines[0] === "---" ? lines.indexOf("---", 1) : -1;
  if (end < 0) return lines;
  for (const { key, value } of fieldsOf(lines.slice(1, end))) {
    const row = value === "" ? undefined : rowOf(key);
    if (row === undefined) outline.open("Front matter");
    else outline.open("Requirements", row);
    outline.add(row === undefined ? `${key}: ${value}` : value);
  }
  return lines.slice(end + 1);
}

interface Field {
  readonly key: string;
  readonly value: string;
}

/** The fields; a list is the value of the field above it. */
function fieldsOf(lines: readonly string[]): Field[] {
  const fields: { key: string; value: string }[] = [];
  for (const line of lines) {
    const field = /^([\w.-]+):(.*)$/.exec(line);
    const last = fields.at(-1);
    if (field) fields.push({ key: field[1] ?? "", value: (field[2] ?? "").trim() });
    else if (last) last.value = `${last.value} ${line.replace(/^\s*-\s*/, "").trim()}`.trim();
  }
  return fields;
}
