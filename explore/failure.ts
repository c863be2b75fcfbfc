/** What is wrong with a run besides broken rules. */

/** Why a run has failed. */
export type FailureKind =
  /** The program has thrown. */
  | "exception"
  /** It waits, and nothing can happen any more. */
  | "deadlock"
  /** It goes on and on. */
  | "endless"
  /** It waits where nobody may. */
  | "irql"
  /** Equal choices made it do different things. */
  | "unstable";

/** A run has failed. */
export class ProgramFailure extends Error {
  override readonly name = "ProgramFailure";
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/** Leads out of a program whose run is over. Catching it does not help: each call throws again. */
export class Stopped extends Error {
  override readonly name = "Stopped";

  constructor() {
    super("the run is over: a rule was broken, or the program has failed");
  }
}

/** The failure that something thrown means. */
export function failureOf(thrown: unknown): ProgramFailure {
  if (thrown instanceof ProgramFailure) return thrown;
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new ProgramFailure("exception", `the program threw ${text}`, thrown);
}
