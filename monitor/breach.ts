/** What a monitor has found: which rule, by which event, and which earlier one matters. */
import type { Strength } from "../support/index.js";

/** An earlier event that explains a breach. */
export interface Earlier {
  /** The line of the trace, or the number of the event, from 1. */
  readonly line: number;
  /** `Irp irp:3 is pending since` … what happened there, in a few words. */
  readonly text: string;
}

/** The call that a breach is about. */
export interface BreachedCall {
  readonly id: string | number;
  readonly function: string;
  readonly line: number;
  /** What was recorded in its place, for a trace that was converted: `sendto`. */
  readonly as?: string;
  /** The line of the recording. */
  readonly source?: number;
}

/** A rule that a trace breaks. */
export interface Breach {
  /** The line of the trace, or the number of the event, from 1, at which it shows. */
  readonly line: number;
  /** The id of the rule, for instance `WskSend/irp-owned`. */
  readonly rule: string;
  /** Under which names Driver Verifier and SDV know such mistakes; often none. */
  readonly aliases: readonly string[];
  readonly strength: Strength;
  readonly call: BreachedCall | null;
  /** The object as the trace names it; null where it is the call as a whole. */
  readonly ref: string | null;
  /** The way to it from the call: `Buffer.Mdl`. */
  readonly path: string;
  readonly expected: string;
  readonly received: string;
  readonly earlier: Earlier | null;
  /** One line: path first, then expected, received, the rule. */
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
  /** Where the rule stands written. */
  readonly sources: readonly string[];
  /** The reason that the trace gives for expecting it; null where it is a finding. */
  readonly suppressed: string | null;
}
