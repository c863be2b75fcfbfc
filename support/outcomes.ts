/** What a call may return, and what that means for the operation. */
import type { Profile } from "./issue.js";

/** What a return code means for the operation. */
export interface Outcome {
  /** The value as C sees it. */
  readonly code: number;
  /** When the operation completes: before the return, after it, at any time, or not at all. */
  readonly completes: "already" | "later" | "anytime" | "never";
  readonly result: "success" | "failure" | "open";
  /** The call that the caller owes next. */
  readonly then?: string;
  readonly doc: string;
}

/** What all codes mean that are not listed; `null` where the list is complete. */
export type Otherwise = Omit<Outcome, "code"> | null;

/** Everything that a call may return; `N` are the names of the codes that are listed. */
export interface Outcomes<N extends string = string> {
  readonly listed: { readonly [name in N]: Outcome };
  readonly otherwise: Otherwise;
  /** Codes that the page excludes, by name. */
  readonly never: { readonly [name: string]: number };
  /** The profiles in which a code outside of this is a breach; null for all. */
  readonly bindsIn: readonly Profile[] | null;
}

/** True for a code that the contract lists, or a failure where its list is open. */
export function isListed(outcomes: Outcomes, code: number): boolean {
  if (Object.values(outcomes.listed).some((outcome) => outcome.code === code)) return true;
  return outcomes.otherwise !== null && Number.isInteger(code) && code < 0 && code >= -0x8000_0000;
}

/** The name of the code where the page of the call excludes it; otherwise undefined. */
export function excludedName(outcomes: Outcomes, code: number): string | undefined {
  return Object.entries(outcomes.never).find(([, value]) => value === code)?.[0];
}

/** What a code says of the operation: pending is open, not a success, though NT_SUCCESS holds. */
export function resultOf(outcomes: Outcomes, code: number): "success" | "failure" | "open" {
  const listed = Object.values(outcomes.listed).find((outcome) => outcome.code === code);
  return listed?.result ?? "failure";
}
