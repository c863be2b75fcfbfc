/** The report for pipes: one JSON object a line, with a summary as the last. */
import type { Breach } from "../monitor/breach.js";
import { breachJson } from "./json.js";
import { toJson } from "./report.js";
import type { Report, Summary } from "./report.js";

/** `{"breach": …}` lines, then one `{"summary": …}`. */
export class NdjsonReport implements Report {
  breach(breach: Breach): string {
    return `{"breach":${breachJson(breach)}}\n`;
  }

  end(summary: Summary): string {
    return `${toJson({ summary })}\n`;
  }
}
