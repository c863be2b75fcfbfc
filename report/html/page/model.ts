/** The trace as the page has it: columns made objects again. */
import { KINDS } from "../data.js";
import type { MomentColumns, PageBreach, PageData } from "../data.js";

/** A call. */
export interface Call {
  readonly index: number;
  readonly id: string;
  readonly function: string;
  readonly socket: number;
  /** The lane of its IRP or overlapped structure; -1 for none. */
  readonly operation: number;
  readonly memory: readonly number[];
  readonly line: number;
  /** The line of its return; 0 where there is none. */
  readonly returned: number;
  readonly answer: string;
  readonly isPending: boolean;
  /** The line of its completion; 0 where there is none. */
  readonly completed: number;
  readonly outcome: string;
}

/** An object in one of its lives. */
export interface Lane {
  readonly name: string;
  readonly type: string;
  readonly kind: (typeof KINDS)[number];
  readonly socket: number;
}

/** A moment in the life of an object. */
export interface Mark {
  readonly line: number;
  readonly lane: number;
  readonly what: string;
}

/** Everything that can be drawn. */
export interface Model {
  readonly calls: readonly Call[];
  readonly lanes: readonly Lane[];
  readonly marks: readonly Mark[];
  readonly breaches: readonly PageBreach[];
  readonly moments: Moments;
  /** The last line of the trace. */
  readonly lines: number;
}

/** The model of what the page was given. */
export function modelOf(data: PageData): Model {
  const { calls, marks, lanes, moments, lines, breaches } = data;
  const text = (place: number | undefined): string => data.texts[place ?? -1] ?? "";
  const lineOf = (line: number, step: number | undefined): number =>
    step === undefined || step === 0 ? 0 : line + step;
  const callLines = sums(calls.line);
  const markLines = sums(marks.line);
  return {
    lines,
    breaches,
    moments: new Moments(moments),
    lanes: lanes.name.map((name, i) => ({
      name,
      type: text(lanes.type[i]),
      kind: KINDS[lanes.kind[i] ?? 0] ?? "memory",
      socket: lanes.socket[i] ?? 0,
    })),
    calls: callLines.map((line, i) => ({
      index: i,
      id: calls.id[i] ?? "",
      function: text(calls.function[i]),
      socket: calls.socket[i] ?? 0,
      operation: calls.operation[i] ?? -1,
      memory: calls.memory[i] ?? [],
      line,
      returned: lineOf(line, calls.returned[i]),
      answer: text(calls.answer[i]),
      isPending: calls.pending[i] === 1,
      completed: lineOf(line, calls.completed[i]),
      outcome: text(calls.outcome[i]),
    })),
    marks: markLines.map((line, i) => ({
      line,
      lane: marks.lane[i] ?? -1,
      what: text(marks.what[i]),
    })),
  };
}

/** Numbers of which each was given as the step from the one before. */
function sums(steps: readonly number[]): number[] {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

/** When lines happened. Between two moments, lines are spread evenly. */
export class Moments {
  readonly #lines: readonly number[];
  readonly #times: readonly number[];

  constructor({ line, time }: MomentColumns) {
    this.#lines = sums(line);
    // Clocks of several processors may differ: time that runs back stands still.
    let latest = 0;
    this.#times = sums(time).map((at) => (latest = Math.max(latest, at)));
  }

  /** True where the trace says when anything happened. */
  get areKnown(): boolean {
    return this.#lines.length > 1 && this.end > 0;
  }

  /** The last moment, in nanoseconds since the first. */
  get end(): number {
    return this.#times.at(-1) ?? 0;
  }

  /** Nanoseconds since the first moment. */
  at(line: number): number {
    const after = this.#lines.length - countFrom(this.#lines, line);
    const [before, next] = [this.#lines[after - 1], this.#lines[after]];
    const from = this.#times[after - 1] ?? 0;
    if (before === undefined || next === undefined || before === line) return from;
    const to = this.#times[after] ?? from;
    return from + ((to - from) * (line - before)) / (next - before);
  }
}

/** How many of the sorted numbers are above one. */
function countFrom(sorted: readonly number[], above: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= above) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}
