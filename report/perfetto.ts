/** A trace for ui.perfetto.dev. */
import type { Breach } from "../monitor/breach.js";
import type { TraceEvent } from "../trace/format.js";
import type { ReportOptions, Summary, TraceReport } from "./report.js";

/** Chrome's trace events, as JSON. */
export class PerfettoReport implements TraceReport {
  readonly #options: ReportOptions;

  constructor(options: ReportOptions) {
    this.#options = options;
  }

  see(_line: number, _event: TraceEvent): string {
    return "";
  }
  breach(_breach: Breach): string {
    return "";
  }
  end(_summary: Summary): string {
    return this.#options.file === "" ? "" : "";
  }
}
