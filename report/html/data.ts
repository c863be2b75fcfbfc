/** What the page is given: a timeline in columns, so that ten thousand calls stay small. */
import type { Strength } from "../../support/issue.js";
import type { Summary } from "../report.js";

/** Lanes in columns. */
export interface LaneColumns {
  readonly name: readonly string[];
  /** Places in `texts`. */
  readonly type: readonly number[];
  /** Places in `KINDS`. */
  readonly kind: readonly number[];
  readonly socket: readonly number[];
}

/** Calls in columns. Lines of returns and completions are counted from the call; 0 is none. */
export interface CallColumns {
  readonly id: readonly string[];
  /** Counted from the call before. */
  readonly line: readonly number[];
  readonly function: readonly number[];
  readonly socket: readonly number[];
  readonly operation: readonly number[];
  readonly memory: readonly (readonly number[])[];
  readonly returned: readonly number[];
  readonly answer: readonly number[];
  readonly pending: readonly number[];
  readonly completed: readonly number[];
  readonly outcome: readonly number[];
}

/** Marks in columns; lines are counted from the mark before. */
export interface MarkColumns {
  readonly line: readonly number[];
  readonly lane: readonly number[];
  readonly what: readonly number[];
}

/** Moments in columns, each counted from the one before; times in nanoseconds. */
export interface MomentColumns {
  readonly line: readonly number[];
  readonly time: readonly number[];
}

/** A breach, and where it is drawn. */
export interface PageBreach {
  readonly line: number;
  readonly rule: string;
  readonly strength: Strength;
  readonly aliases: readonly string[];
  readonly function: string;
  readonly callId: string;
  readonly callLine: number;
  readonly ref: string;
  readonly path: string;
  readonly expected: string;
  readonly received: string;
  readonly message: string;
  readonly earlier: string;
  readonly earlierLine: number;
  readonly advice: string;
  readonly sources: readonly string[];
  /** The reason that the trace gives for expecting it; null where it is a finding. */
  readonly suppressed: string | null;
  /** The lane in which it is drawn; -1 for none. */
  readonly lane: number;
  /** The call, as its place; -1 for none. */
  readonly call: number;
}

/** What is beyond the limits of the page. */
export interface LeftOut {
  readonly calls: number;
  readonly marks: number;
  readonly breaches: number;
}

/** Everything that the page shows. */
export interface PageData {
  readonly summary: Summary;
  readonly left: LeftOut;
  readonly lines: number;
  readonly texts: readonly string[];
  readonly lanes: LaneColumns;
  readonly calls: CallColumns;
  readonly marks: MarkColumns;
  readonly moments: MomentColumns;
  readonly breaches: readonly PageBreach[];
}

/** The kinds of lanes, by the numbers that the columns have. */
export const KINDS = ["socket", "operation", "memory"] as const;
