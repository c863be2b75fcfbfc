/** The contracts that a monitor holds calls to, compiled. */
import type { Facts } from "../generated/index.js";
import { TRACED } from "../generated/traced/index.js";
import type { Profile, TracedCall } from "../support/index.js";
import { Machine } from "../support/index.js";
import type { Contracted } from "./contracted.js";
import { answersOf, rolesOf } from "./contracted.js";
import { closedBy } from "./other-calls.js";
import { tracedClose, tracedOther } from "./shared-rules.js";

/** The contracts that calls are judged by. */
export interface Contracts {
  /** The contract of a function, or what it shares with sends; null where that is nothing. */
  of(name: string): Contracted | null;
}

/** By the profile that was asked for: whoever judges thousands of short traces compiles once. */
const compiled = new Map<Profile | undefined, Contracts>();

/** The contracts by a profile: `profileOf` says by which each call is read. */
export function contractsOf(
  asked: Profile | undefined,
  profileOf: (traced: TracedCall<Facts>) => Profile,
): Contracts {
  const known = compiled.get(asked);
  if (known !== undefined) return known;
  const compile = (traced: TracedCall<Facts>, isSend: boolean): Contracted => ({
    isSend,
    traced,
    machine: new Machine(traced.watched, profileOf(traced)),
    roles: rolesOf(traced),
    answers: answersOf(traced),
  });
  const sends = new Map(TRACED.map((traced) => [traced.watched.name, compile(traced, true)]));
  const [other, close] = [compile(tracedOther, false), compile(tracedClose, false)];
  const shared = (name: string): Contracted | null =>
    /^Wsk[A-Z]/.test(name) ? (closedBy(name) === null ? other : close) : null;
  const contracts = { of: (name: string) => sends.get(name) ?? shared(name) };
  compiled.set(asked, contracts);
  return contracts;
}
