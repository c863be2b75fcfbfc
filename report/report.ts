/** What all reports share: what they are told, and how they answer. */
import type { Breach } from "../monitor/breach.js";
import type { Strength } from "../support/index.js";
import { visible } from "../support/visible.js";
import type { TraceEvent } from "../trace/format.js";

/** What a run has seen, known at its end. */
export interface Summary {
  /** The trace as it was named; `-` for the standard input. */
  readonly file: string;
  readonly lines: number;
  readonly calls: number;
  readonly profile: string;
  /** Breaches of `must`, of `should`, and notes; none of them suppressed. */
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Breaches that the trace expects. */
  readonly suppressed: number;
  /** What could not be judged, a sentence each. */
  readonly notJudged: readonly string[];
}

/**
 * A report of breaches. Each method answers the text to write now, which may be empty: a format
 * that can be written as it goes keeps nothing.
 */
export interface Report {
  breach(breach: Breach): string;
  end(summary: Summary): string;
}

/** A report that shows the trace itself too: it is told every event, before its breaches. */
export interface TraceReport extends Report {
  see(line: number, event: TraceEvent): string;
}

/** How a report is written. */
export interface ReportOptions {
  /** The trace as it was named; `-` for the standard input. */
  readonly file: string;
  /** Whether to colour, where a format has colours. */
  readonly colour?: boolean;
  /** The version of wskit, where a format says who wrote it. */
  readonly version?: string;
}

/** What tools call a breach of each strength. */
export const SEVERITY: Readonly<Record<Strength, "error" | "warning" | "note">> = {
  must: "error",
  should: "warning",
  note: "note",
};

/** Text of a trace on one line, with whatever would change how it reads made visible. */
export const oneLine = (text: string): string => visible(text).replaceAll("\n", " ");

/** JSON whose bytes show what they are: no character that a terminal or a reader would act on. */
export const toJson = (value: unknown): string => visible(JSON.stringify(value));

/** The name of a trace in a report. */
export const fileName = (file: string): string => (file === "-" ? "<stdin>" : file);

/** `1 error`, `2 errors`. */
export const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;
