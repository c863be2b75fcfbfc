/** The report for GitHub Actions: workflow commands, which become annotations of a run. */
import { visible } from "../support/visible.js";
import type { Breach } from "../monitor/breach.js";
import { count, fileName, oneLine, SEVERITY } from "./report.js";
import type { Report, ReportOptions, Summary } from "./report.js";
import { explain } from "./text.js";

const COMMANDS = { error: "error", warning: "warning", note: "notice" } as const;

/** A command a breach. What the trace expects is no annotation. */
export class GithubReport implements Report {
  readonly #file: string;

  constructor({ file }: ReportOptions) {
    this.#file = file;
  }

  breach(breach: Breach): string {
    if (breach.suppressed !== null) return "";
    const { line, rule, message } = breach;
    const command = COMMANDS[SEVERITY[breach.strength]];
    const about = this.#file === "-" ? "" : `file=${property(this.#file)},line=${line},`;
    const place = this.#file === "-" ? [`line ${line} of <stdin>`] : [];
    const text = [message, ...explain(breach), ...place].map(oneLine).join("\n");
    return `::${command} ${about}title=${property(`wskit: ${rule}`)}::${data(text)}\n`;
  }

  end({ lines, calls, errors, warnings, notes, suppressed }: Summary): string {
    const seen = `${count(lines, "line")}, ${count(calls, "call")}`;
    const found = `${count(errors, "error")}, ${count(warnings, "warning")}, ${count(notes, "note")}`;
    const file = harmless(oneLine(fileName(this.#file)));
    return `wskit: ${file}: ${seen}: ${found}, ${suppressed} suppressed\n`;
  }
}

/** An older notation of commands, which is found anywhere in a line. */
const harmless = (text: string): string => text.replaceAll("##[", "# #[");

const data = (text: string): string =>
  harmless(visible(text)).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string): string =>
  data(oneLine(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
