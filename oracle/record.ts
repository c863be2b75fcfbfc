/** What Wine did, kept: so that the runtime can be held against it where there is no Wine. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { formatObservation, parseObservation } from "./names.js";
import type { Seen } from "./play.js";
import type { Case } from "./vocabulary.js";

const FILE = fileURLToPath(new URL("observed.txt", import.meta.url));

/** A record that does not have the cases as they are now. */
export class RecordError extends Error {}

/** The record as text: the name of a case, then a line for each step. */
export function formatRecord(cases: readonly Case[], seen: readonly Seen[]): string {
  const blocks = cases.map(({ name, steps }, i) => {
    const lines = steps.map((step, k) => {
      const line = formatObservation(seen[i]?.[k] ?? {});
      return line === "" ? `  ${step}` : `  ${step} -> ${line}`;
    });
    return `${[name, ...lines].join("\n")}\n`;
  });
  return blocks.join("\n");
}

/** What such a text has on the cases. Throws RecordError where steps are others. */
export function parseRecord(cases: readonly Case[], text: string): readonly Seen[] {
  const blocks = new Map<string, readonly string[]>();
  for (const block of text.trimEnd().split("\n\n")) {
    const [name = "", ...lines] = block.split("\n");
    blocks.set(name, lines);
  }
  return cases.map(({ name, steps }) => {
    const parts = blocks.get(name)?.map((line) => line.trim().split(" -> ")) ?? [];
    if (parts.map(([step]) => step).join("\n") !== steps.join("\n")) {
      throw new RecordError(`not recorded as it is: ${name}. Run npm run oracle -- --record`);
    }
    return parts.map(([, line = ""]) => parseObservation(line));
  });
}

/** Writes the record of all cases. */
export function writeRecord(cases: readonly Case[], seen: readonly Seen[]): void {
  writeFileSync(FILE, formatRecord(cases, seen));
}

/** Reads it. */
export function readRecord(cases: readonly Case[]): readonly Seen[] {
  return parseRecord(cases, readFileSync(FILE, "utf8"));
}
