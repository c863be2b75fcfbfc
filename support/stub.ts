/** The contract around a stub: the call is checked, the body runs, what it returned is checked. */
import type { CheckOptions } from "./collector.js";
import type { Issue, Profile } from "./issue.js";
import { passes } from "./issue.js";

/** The base of all errors that a stub throws. */
export class ContractError extends Error {
  override readonly name: string = "ContractError";
  /** The function that was called, for instance `WskSend`. */
  readonly call: string;

  constructor(call: string, message: string) {
    super(message);
    this.call = call;
  }
}

/** The arguments break the contract. The body has not run, no IRP is completed. */
export class CallRefused extends ContractError {
  override readonly name = "CallRefused";
  /** What is wrong, argument by argument. */
  readonly issues: readonly Issue[];

  constructor(call: string, issues: readonly Issue[]) {
    const lines = issues
      .filter((issue) => issue.strength === "must")
      .map((issue) => `  ${issue.message}`);
    super(call, `${call} refused:\n${lines.join("\n")}`);
    this.issues = issues;
  }
}

/** The body returned what the contract does not allow: a bug of the implementation. */
export class OutcomeRefused extends ContractError {
  override readonly name = "OutcomeRefused";
  /** The code that came back. */
  readonly code: unknown;

  constructor(call: string, code: unknown, why: string) {
    super(call, `${call} returned ${String(code)}: ${why}`);
    this.code = code;
  }
}

/** The stub was made without a body. */
export class NotImplemented extends ContractError {
  override readonly name = "NotImplemented";

  constructor(call: string) {
    super(call, `${call} has no implementation: pass one to create${call}, or use wskit/runtime.`);
  }
}

/** What a return code means for the operation. */
export interface Outcome {
  /** The value as C sees it. */
  readonly code: number;
  /** When the operation completes: before the return, after it, or not at all. */
  readonly completes: "already" | "later" | "never";
  readonly result: "success" | "failure" | "open";
  /** The call that the caller owes next. */
  readonly then?: string;
  readonly doc: string;
}

/** What all codes mean that are not listed; `null` where the list is complete. */
export type Otherwise = Omit<Outcome, "code"> | null;

/** Everything that a call may return. */
export interface Outcomes {
  readonly listed: { readonly [name: string]: Outcome };
  readonly otherwise: Otherwise;
  /** Codes that the page excludes, by name. */
  readonly never: { readonly [name: string]: number };
}

/** How a stub checks. */
export interface StubOptions<Args, Facts, P extends Profile = Profile> extends CheckOptions<P> {
  /** What is known about the world at the moment of this call. */
  readonly facts?: (args: Args) => Facts;
  /** Told of warnings and notes, which do not refuse the call. */
  readonly onIssues?: (issues: readonly Issue[]) => void;
}

/** Refuses a call whose issues break a `must`. */
export function admit(
  call: string,
  issues: readonly Issue[],
  onIssues?: (issues: readonly Issue[]) => void,
): void {
  if (!passes(issues)) throw new CallRefused(call, issues);
  if (issues.length > 0) onIssues?.(issues);
}

/** Returns `code` if the contract allows it. */
export function allowed(call: string, outcomes: Outcomes, code: number): number {
  for (const [name, value] of Object.entries(outcomes.never)) {
    if (value === code) throw new OutcomeRefused(call, code, `${name} is excluded by its page`);
  }
  for (const outcome of Object.values(outcomes.listed)) {
    if (outcome.code === code) return code;
  }
  if (outcomes.otherwise === null)
    throw new OutcomeRefused(call, code, "the contract does not list it");
  if (!Number.isInteger(code) || code >= 0 || code < -0x8000_0000) {
    throw new OutcomeRefused(call, code, "a status that is not listed must be a failure");
  }
  return code;
}

/**
 * Returns the result of a call that answers 0 or SOCKET_ERROR, if the contract allows it and its
 * error.
 */
export function allowedResult(
  call: string,
  outcomes: Outcomes,
  result: number,
  error: { value: number },
): number {
  if (result === 0) return result;
  if (result !== -1) throw new OutcomeRefused(call, result, "the result is 0 or SOCKET_ERROR");
  if (error.value === 0) throw new OutcomeRefused(call, 0, "SOCKET_ERROR comes with an error code");
  allowed(call, outcomes, error.value);
  return result;
}
