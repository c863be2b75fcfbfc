/** Prints diagnostics for people: place, message, the lines around it, a hint. */
import { readFileSync, statSync } from "node:fs";
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
    const what = `${severity}: ${visible(message)} [${code}]`;
    const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
    if (!isFile) return `${file}: ${what}\n  hint: ${hint}`;
    const head = `${file}:${line}:${column}: ${what}`;
    const frame = codeFrameColumns(
      readFileSync(path, "utf8"),
      { start: { line, column } },
      { linesAbove: 1, linesBelow: 1 },
    );
    return `${head}\n${visible(frame)}\n  hint: ${hint}`;
  });
  const count = (severity: Diagnostic["severity"]): string => {
    const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return found === 0 ? "" : `${found} ${severity}${found === 1 ? "" : "s"}`;
  };
  const counts = [count("error"), count("warning")].filter((text) => text !== "").join(", ");
  const end = count("error") === "" ? "." : "; nothing was written.";
  return `${blocks.join("\n\n")}\n\n${counts}${end}\n`;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
