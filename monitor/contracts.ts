/** The contracts that a monitor holds calls to, compiled. */
import type { Facts } from "../generated/index.js";
import { TRACED } from "../generated/traced/index.js";
import type { Profile, TracedCall } from "../support/index.js";
import { Machine } from "../support/index.js";
import type { Contracted } from "./operation.js";
import { answersOf, rolesOf } from "./operation.js";

/** The contracts of all calls, by name. */
export type Contracts = ReadonlyMap<string, Contracted>;

/** By the profile that was asked for: whoever judges thousands of short traces compiles once. */
const compiled = new Map<Profile | undefined, Contracts>();

/** The contracts by a profile: `profileOf` says by which each call is read. */
export function contractsOf(
  asked: Profile | undefined,
  profileOf: (traced: TracedCall<Facts>) => Profile,
): Contracts {
  let contracts = compiled.get(asked);
  if (contracts === undefined) {
    contracts = new Map(
      TRACED.map((traced) => {
        const machine = new Machine(traced.watched, profileOf(traced));
        return [traced.watched.name, contractOf(traced, machine)];
      }),
    );
    compiled.set(asked, contracts);
  }
  return contracts;
}

const contractOf = (traced: TracedCall<Facts>, machine: Machine): Contracted => ({
  traced,
  machine,
  roles: rolesOf(traced),
  answers: answersOf(traced),
});
