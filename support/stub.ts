/** The contract around a stub: the call is checked, the body runs, what it returned is checked. */
import type { CheckOptions, Profiles } from "./options.js";
import { NO_OPTIONS } from "./options.js";
import { describe, hex } from "./describe.js";
import type { Issue, Profile } from "./issue.js";
import { passes } from "./issue.js";
import { MAX_MESSAGE } from "./limits.js";
import type { Outcomes } from "./outcomes.js";
import { excludedName, isListed } from "./outcomes.js";

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
    const musts = issues.filter((issue) => issue.strength === "must");
    super(call, `${call} refused:\n${linesOf(musts).join("\n")}`);
    this.issues = issues;
  }
}

/** A line an issue, as far as there is room; then how many there are besides. */
function linesOf(issues: readonly Issue[]): string[] {
  const lines: string[] = [];
  let room = MAX_MESSAGE;
  for (const { message } of issues) {
    room -= message.length + 3;
    if (room < 0) return [...lines, `  … and ${issues.length - lines.length} more`];
    lines.push(`  ${message}`);
  }
  return lines;
}

/** The body returned what the contract does not allow: a bug of the implementation. */
export class OutcomeRefused extends ContractError {
  override readonly name = "OutcomeRefused";
  /** The code that came back. */
  readonly code: unknown;

  constructor(call: string, code: unknown, why: string) {
    super(call, `${call} returned ${codeText(code)}: ${why}`);
    this.code = code;
  }
}

const codeText = (code: unknown): string =>
  typeof code === "number" && (code < 0 || code > 0xffff) ? hex(code) : describe(code);

/** The stub was made without a body. */
export class NotImplemented extends ContractError {
  override readonly name = "NotImplemented";

  constructor(call: string) {
    super(call, `${call} has no implementation: pass one to create${call}, or use wskit/runtime.`);
  }
}

/** How a stub of a function checks. */
export interface StubOptions<
  F extends (...args: never) => unknown,
  Facts,
  P extends Profile = Profile,
> extends CheckOptions<P> {
  /** What is known about the world at the moment of a call; called as the function itself is. */
  readonly facts?: (...args: Parameters<F>) => Facts;
  /** Told of warnings and notes, which do not refuse the call. */
  readonly onIssues?: (issues: readonly Issue[]) => void;
}

/** Stands in the record of a stub between calls, for the arguments of the last: it keeps none. */
export const GONE = undefined as never;

/** The options with which a stub checks each call; none at all where they ask for nothing else. */
export function howToCheck<P extends Profile>(
  profiles: Profiles,
  options: CheckOptions<P>,
): CheckOptions<P> {
  const { profile = profiles[0], arch = "x64", rules, notJudged } = options;
  const isPlain = profile === profiles[0] && arch === "x64";
  return isPlain && rules === undefined && notJudged === undefined ? NO_OPTIONS : options;
}

/** Refuses a call whose issues break a `must`. */
export function admit(
  call: string,
  issues: readonly Issue[],
  onIssues?: (issues: readonly Issue[]) => void,
): void {
  if (issues.length === 0) return;
  if (!passes(issues)) throw new CallRefused(call, issues);
  onIssues?.(issues);
}

/** Returns `code` if the contract allows it in the profile. */
export function allowed(call: string, outcomes: Outcomes, code: number, profile: Profile): number {
  const { bindsIn } = outcomes;
  if (bindsIn !== null && !bindsIn.includes(profile)) return code;
  const excluded = excludedName(outcomes, code);
  if (excluded !== undefined) {
    throw new OutcomeRefused(call, code, `${excluded} is excluded by its page`);
  }
  if (isListed(outcomes, code)) return code;
  throw new OutcomeRefused(call, code, whyNot(outcomes, code));
}

function whyNot(outcomes: Outcomes, code: unknown): string {
  if (typeof code !== "number") return "the body must return a number at once";
  if (outcomes.otherwise === null) return "the contract does not list it";
  if (code > 0x7fff_ffff) return "a status is signed here, as in C: write 0xC0000001 | 0";
  return "a status that is not listed must be a failure";
}

/**
 * Returns the result of a call that answers 0 or SOCKET_ERROR, if the contract allows it and its
 * error in the profile.
 */
export function allowedResult(
  call: string,
  outcomes: Outcomes,
  returned: { readonly result: number; readonly error: { value: number } },
  profile: Profile,
): number {
  const { result, error } = returned;
  if (result === 0) return result;
  if (result !== -1) throw new OutcomeRefused(call, result, "the result is 0 or SOCKET_ERROR");
  if (error.value === 0) throw new OutcomeRefused(call, 0, "SOCKET_ERROR comes with an error code");
  allowed(call, outcomes, error.value, profile);
  return result;
}
