/** Prints diagnostics for people: place, message, the lines around it, a hint. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { visible } from "../support/visible.js";
import type { Diagnostic } from "./diagnostics.js";
import { locate } from "./locate.js";

/** All diagnostics as text, in the order of files and lines. */
export async function report(diagnostics: readonly Diagnostic[], root: string): Promise<string> {
  const { codeFrameColumns } = await import("@babel/code-frame");
  const located = await locate(diagnostics, root);
  located.sort(
    (a, b) => order(a.location.file, b.location.file) || a.location.line - b.location.line,
  );
  const blocks = located.map(({ location, severity, message, hint, code }) => {
    const { file, line, column } = location;
    const path = join(root, file);
    const head = `${file}:${line}:${column}: ${severity}: ${visible(message)} [${code}]`;
    if (!existsSync(path)) return `${head}\n  hint: ${hint}`;
    const frame = codeFrameColumns(
      readFileSync(path, "utf8"),
      { start: { line, column } },
      { linesAbove: 1, linesBelow: 1 },
    );
    return `${head}\n${visible(frame)}\n  hint: ${hint}`;
  });
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
  return `${blocks.join("\n\n")}\n\n${errors} error${errors === 1 ? "" : "s"}; nothing was written.\n`;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
