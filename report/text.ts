/** The report for people: `file:line: error: message`, and below it what explains it. */
import { styleText } from "node:util";
import type { Breach, BreachedCall } from "../monitor/breach.js";
import { count, fileName, oneLine, SEVERITY } from "./report.js";
import type { Report, ReportOptions, Summary } from "./report.js";

type Style = Parameters<typeof styleText>[0];

const COLOURS = { error: "red", warning: "yellow", note: "cyan" } as const;

/** One paragraph a breach, as it is found, and a summary. */
export class TextReport implements Report {
  readonly #file: string;
  readonly #isColoured: boolean;

  constructor({ file, colour }: ReportOptions) {
    this.#file = oneLine(fileName(file));
    this.#isColoured = colour ?? false;
  }

  breach(breach: Breach): string {
    const { line, strength, message, suppressed } = breach;
    const severity = SEVERITY[strength];
    const word = suppressed === null ? severity : `suppressed ${severity}`;
    const style = suppressed === null ? COLOURS[severity] : "dim";
    const place = this.#paint("bold", `${this.#file}:${line}:`);
    const head = `${place} ${this.#paint(style, `${word}:`)} ${oneLine(message)}`;
    const below = explain(breach).map((text) => this.#paint("dim", `    ${oneLine(text)}`));
    return [head, ...below, ""].join("\n");
  }

  end(summary: Summary): string {
    const { errors, warnings, notes, suppressed, notJudged } = summary;
    const seen = `${count(summary.lines, "line")}, ${count(summary.calls, "call")}`;
    const found = [
      this.#paintIf(errors, "red", count(errors, "error")),
      this.#paintIf(warnings, "yellow", count(warnings, "warning")),
      this.#paintIf(notes, "cyan", count(notes, "note")),
      `${suppressed} suppressed`,
    ];
    const { profile } = summary;
    const head = `${this.#file}: ${seen}, profile ${oneLine(profile)}: ${found.join(", ")}\n`;
    const rest = notJudged.map((text) => `  not judged: ${oneLine(text)}\n`);
    return [head, ...rest].join("");
  }

  #paint(style: Style, text: string): string {
    // The caller has decided: what standard output is, does not matter here.
    return this.#isColoured ? styleText(style, text, { validateStream: false }) : text;
  }

  #paintIf(n: number, style: Style, text: string): string {
    return n === 0 ? text : this.#paint(style, text);
  }
}

/** What explains a breach, a line each: the call, the earlier event, the advice, other names. */
export function explain(breach: Breach): string[] {
  const { call, earlier, advice, aliases, suppressed } = breach;
  return [
    call === null ? "" : callText(call),
    earlier === null ? "" : `earlier: ${earlier.text}, line ${earlier.line}`,
    advice === "" ? "" : `advice: ${advice}`,
    aliases.length === 0 ? "" : `also known as: ${aliases.join(", ")}`,
    suppressed === null ? "" : `suppressed: ${suppressed}`,
  ].filter((text) => text !== "");
}

/** The call, and what it is in the recording that a converted trace comes from. */
function callText({ function: name, id, line, as, source }: BreachedCall): string {
  const from = [as ?? "", source === undefined ? "" : `line ${source} of the recording`];
  const text = from.filter((of) => of !== "").join(", ");
  return `call: ${name} ${id}, line ${line}${text === "" ? "" : ` (${text})`}`;
}
