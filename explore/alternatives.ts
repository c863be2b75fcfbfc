/** What may become of a call, as its contract has it: nothing here knows a call by name. */
import {
  NO_ERROR, STATUS_CANCELLED, STATUS_CONNECTION_RESET, STATUS_INSUFFICIENT_RESOURCES,
  STATUS_SUCCESS, WSA_OPERATION_ABORTED, WSAECONNRESET,
} from "../generated/index.js"; // prettier-ignore
import type { Outcome, Outcomes } from "../support/index.js";

/** When an operation completes, as its caller sees it. */
export type When =
  /** Before the call returns. */
  | "before"
  /** After the return, and before the caller goes on: another processor was quicker. */
  | "at once"
  /** When the caller does something else, or waits. */
  | "later"
  /** Not at all. */
  | "never";

/** One thing that may become of a call. */
export interface Alternative {
  /** The name of the code, and the code as C sees it. */
  readonly name: string;
  readonly code: number;
  readonly when: When;
  /** How the operation ends; null where it never does. */
  readonly end: "success" | "failure" | null;
  /** True for what happens only once in a while: runs have few of these. */
  readonly isRare: boolean;
  /** True where the socket is of no use afterwards. */
  readonly isLast: boolean;
}

/** The codes of a language. */
export interface Language {
  readonly success: number;
  /** How a pending operation fails. */
  readonly failure: number;
  /** How it ends where it is cancelled, or its socket is closed. */
  readonly cancelled: number;
}

/** NTSTATUS. */
export const STATUSES: Language = {
  success: STATUS_SUCCESS,
  failure: STATUS_CONNECTION_RESET,
  cancelled: STATUS_CANCELLED,
};

/** Codes of Winsock. */
export const ERRORS: Language = {
  success: NO_ERROR,
  failure: WSAECONNRESET,
  cancelled: WSA_OPERATION_ABORTED,
};

/**
 * All that may become of a call, what is ordinary first. Where a call fails, its page does not say
 * when the IRP completes: before the return, as everybody expects, or with `isLate` after it, too.
 */
export function alternativesOf(outcomes: Outcomes, isLate: boolean): readonly Alternative[] {
  const whenOf = (completes: Outcome["completes"]): readonly When[] =>
    completes === "anytime" && !isLate ? WHEN.already : WHEN[completes];
  const listed = Object.entries(outcomes.listed).flatMap(([name, outcome]) => {
    const { code, completes, result } = outcome;
    const isLast = outcome.then !== undefined;
    const of = { name, code, isLast, isRare: result === "failure" };
    return endsOf(result).flatMap((end) =>
      whenOf(completes).map((when) => ({ ...of, when, end: when === "never" ? null : end })),
    );
  });
  const { otherwise } = outcomes;
  const other = { name: "STATUS_INSUFFICIENT_RESOURCES", code: STATUS_INSUFFICIENT_RESOURCES };
  const rest: Alternative[] =
    otherwise === null
      ? []
      : whenOf(otherwise.completes).map((when) => {
          const end = when === "never" ? null : "failure";
          return { ...other, when, end, isRare: true, isLast: false };
        });
  const all = [...listed, ...rest];
  return [...all.filter(({ isRare }) => !isRare), ...all.filter(({ isRare }) => isRare)];
}

/** What is pending may end either way. */
const endsOf = (result: "success" | "failure" | "open"): readonly ("success" | "failure")[] =>
  result === "open" ? ["success", "failure"] : [result];

const WHEN = {
  already: ["before"],
  later: ["later", "at once"],
  anytime: ["before", "later", "at once"],
  never: ["never"],
} as const satisfies Readonly<Record<string, readonly When[]>>;

/** An alternative in words, for coverage and timelines. */
export function wordsOf({ name, when, end }: Alternative): string {
  if (when === "never") return name;
  return when === "before" ? `${name}, ${end} before the return` : `${name}, then ${end} ${when}`;
}
