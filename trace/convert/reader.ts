/** What a reader is: it turns the text of a recording into events. */
import { InputError } from "../input.js";
import type { TraceEvent } from "../format.js";

/** A line of a recording that is not what it should be. */
export interface BadLine {
  /** From 1. */
  readonly line: number;
  readonly expected: string;
  readonly received: string;
}

/** Told of each bad line; it throws where the reading is to end. */
export type Tell = (bad: BadLine) => void;

/** Reads a recording in chunks, and yields its events, some at a time, in their order. */
export type Reader = (
  chunks: AsyncIterable<string>,
  tell: Tell,
) => AsyncIterable<readonly TraceEvent[]>;

/** The end of a reading that is not lenient. */
export class BadLineError extends InputError {
  constructor(name: string, { line, expected, received }: BadLine) {
    super(`${name}:${line}: expected ${expected}, received ${received}`);
  }
}

const LONGEST = 100;

/** A text of the recording as it stands in a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
