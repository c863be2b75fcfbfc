/** The report for programs: one JSON document, written as it goes. */
import type { Breach } from "../monitor/breach.js";
import { SEVERITY, toJson } from "./report.js";
import type { Report, ReportOptions, Summary } from "./report.js";

/** A breach as JSON has it: as the monitor tells it, and what tools call its strength. */
export const breachJson = (breach: Breach): string =>
  toJson({ severity: SEVERITY[breach.strength], ...breach });

/** One document: `{ version, file, breaches, summary }`. */
export class JsonReport implements Report {
  readonly #file: string;
  #isBegun = false;

  constructor({ file }: ReportOptions) {
    this.#file = file;
  }

  breach(breach: Breach): string {
    const before = this.#isBegun ? ",\n" : `${this.#head()}\n`;
    this.#isBegun = true;
    return `${before}    ${breachJson(breach)}`;
  }

  end(summary: Summary): string {
    const before = this.#isBegun ? "\n  " : this.#head();
    return `${before}],\n  "summary": ${toJson(summary)}\n}\n`;
  }

  #head(): string {
    return `{\n  "version": 1,\n  "file": ${toJson(this.#file)},\n  "breaches": [`;
  }
}
