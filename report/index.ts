/** From what a monitor finds to what people and tools read. */
import type { Report, ReportOptions, TraceReport } from "./report.js";

/** The formats that need breaches alone. */
export const REPORT_FORMATS = ["text", "json", "ndjson", "sarif", "junit", "github"] as const;

/** A format that needs breaches alone. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The formats that show the trace itself. */
export const TRACE_FORMATS = ["html", "perfetto"] as const;

/** A format that shows the trace itself. */
export type TraceFormat = (typeof TRACE_FORMATS)[number];

/** A report of that format. Only what it needs is loaded. */
export async function reportFor(format: ReportFormat, options: ReportOptions): Promise<Report> {
  switch (format) {
    case "text":
      return new (await import("./text.js")).TextReport(options);
    case "json":
      return new (await import("./json.js")).JsonReport(options);
    case "ndjson":
      return new (await import("./ndjson.js")).NdjsonReport();
    case "sarif":
      return new (await import("./sarif.js")).SarifReport(options);
    case "junit":
      return new (await import("./junit.js")).JunitReport(options);
    case "github":
      return new (await import("./github.js")).GithubReport(options);
    default:
      return unknown(format);
  }
}

/** A report that is told the events too: a page, or a trace for Perfetto. */
export async function traceReportFor(
  format: TraceFormat,
  options: ReportOptions,
): Promise<TraceReport> {
  switch (format) {
    case "html":
      return new (await import("./html/index.js")).HtmlReport(options);
    case "perfetto":
      return new (await import("./perfetto/index.js")).PerfettoReport(options);
    default:
      return unknown(format);
  }
}

function unknown(format: never): never {
  throw new TypeError(`no such format of a report: ${String(format)}`);
}

export { Timeline } from "./timeline.js";
export type { Report, ReportOptions, Summary, TraceReport } from "./report.js";
