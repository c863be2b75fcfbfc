/** Issues as people read them in a terminal. */
import type { Issue, Strength } from "./issue.js";
import { visible } from "./visible.js";

/** How issues are written. */
export interface FormatOptions {
  /** Adds what to do, where the rule stands written, and the command that explains it. */
  readonly verbose?: boolean;
  /** Whether to colour; if left out, where the standard output is a terminal without NO_COLOR. */
  readonly color?: boolean;
}

const COLORS: Readonly<Record<Strength, string>> = { must: "31", should: "33", note: "36" };
const DIM = "2";

/**
 * One line an issue: `Flags: expected …, received 2 [WskSendTo/Flags.must-be]`. A warning or a note
 * says behind its rule that it is one. Nothing for no issues.
 */
export function formatIssues(issues: readonly Issue[], options: FormatOptions = {}): string {
  const isColored = options.color ?? isTerminal();
  const paint = (text: string, color: string): string =>
    isColored ? `\u001b[${color}m${text}\u001b[0m` : text;
  return issues
    .map((issue) => {
      const { rule, strength, message, advice, sources } = issue;
      const line = paint(oneLine(message), COLORS[strength]);
      const head = strength === "must" ? line : `${line} (${strength})`;
      if (options.verbose !== true) return head;
      const below = [advice, ...sources.map((source) => `- ${source}`), `wskit explain ${rule}`];
      return [head, ...below.map((text) => paint(`    ${oneLine(text)}`, DIM))].join("\n");
    })
    .join("\n");
}

const oneLine = (text: string): string => visible(text).replaceAll("\n", " ");

/** Asks the process without importing anything: in a browser there is none. */
function isTerminal(): boolean {
  const process: unknown = Reflect.get(globalThis, "process");
  const env: unknown = read(process, "env");
  const isUnwanted = Boolean(read(env, "NO_COLOR")) || read(env, "TERM") === "dumb";
  return read(read(process, "stdout"), "isTTY") === true && !isUnwanted;
}

const read = (from: unknown, key: string): unknown =>
  typeof from === "object" && from !== null ? Reflect.get(from, key) : undefined;
