/** The state of a provider's socket, and the code with which a provider answers each failure. */
import type { Source } from "../define.js";
import type { Outcome, StatusName } from "../define-call.js";
import type { From, Rules } from "./shared.js";

/** A state in which the socket must be, and the answer where it is not. */
interface Wanted {
  readonly says: string;
  readonly expects: string;
  readonly advice: string;
  readonly fact: string;
  readonly is: boolean;
  readonly answers: StatusName;
  readonly from: From;
  readonly catalog: readonly string[];
}

/** A state of the socket as a rule about `s`. */
export function stateRule(wanted: Wanted): Rules<"s">[string] & object {
  const { says, expects, advice, fact, is, answers, from, catalog } = wanted;
  return {
    says,
    expects,
    advice,
    on: ["s"],
    strength: "must",
    seenBy: "state",
    from,
    catalog,
    answers,
    require: is ? `fact(${fact})` : `!fact(${fact})`,
    accepts: [{ facts: { [fact]: is } }],
    rejects: [{ facts: { [fact]: !is } }],
  };
}

/** Where a page lists the code of each failure. */
export interface FailureSources {
  readonly aborted: From;
  readonly reset: From;
  readonly networkDown: From;
  readonly noBuffers: From;
}

/** Failures that no caller can prevent: each has its code. */
export function failureRules(from: FailureSources): Rules<never> {
  return {
    "aborted-answer": answerRule("connection.aborted", "WSAECONNABORTED", {
      says: "On a connection that has timed out or broken, the answer is WSAECONNABORTED.",
      from: from.aborted,
      catalog: "WSP-C5",
    }),
    "reset-answer": answerRule("connection.reset", "WSAECONNRESET", {
      says: "On a connection that the peer has reset, the answer is WSAECONNRESET.",
      from: from.reset,
      catalog: "WSP-C6",
    }),
    "network-down-answer": answerRule("network.down", "WSAENETDOWN", {
      says: "Where the network subsystem has failed, the answer is WSAENETDOWN.",
      from: from.networkDown,
      catalog: "WSP-C7",
    }),
    "no-buffers-answer": answerRule("provider.out-of-buffers", "WSAENOBUFS", {
      says: "Where the provider cannot get on for want of buffers, the answer is WSAENOBUFS.",
      from: from.noBuffers,
      catalog: "WSP-C8",
    }),
  };
}

/** The code with which a provider answers a failure. */
export function answerRule(
  fact: string,
  answers: StatusName,
  of: { readonly says: string; readonly from: From; readonly catalog: string },
): Rules<never>[string] & object {
  return {
    says: of.says,
    expects: `${answers} at lpErrno, or WSA_IO_PENDING and that code with the completion`,
    advice: "As a provider, give the code of the failure; as a caller, do not retry blindly.",
    on: [],
    strength: "must",
    seenBy: "protocol",
    class: "state",
    from: of.from,
    catalog: [of.catalog],
    require: `!fact(${fact}) || fact(error) == ${answers} || fact(error) == WSA_IO_PENDING`,
    accepts: [
      { facts: { [fact]: true, error: answers } },
      { facts: { [fact]: true, error: "WSA_IO_PENDING" } },
    ],
    rejects: [
      { facts: { [fact]: true, error: "NO_ERROR" } },
      { facts: { [fact]: true, error: "WSAEINVAL" } },
    ],
  };
}

/** Outcomes of calls that failed and started nothing: a sentence for each code. */
export function failures<const S extends StatusName>(
  docs: { readonly [K in S]: string },
  from: Source,
): { [K in S]: Outcome } {
  const entries = Object.entries<string>(docs).map(([code, doc]): [string, Outcome] => [
    code,
    { completes: "never", result: "failure", doc, from },
  ]);
  return Object.fromEntries(entries) as { [K in S]: Outcome };
}
