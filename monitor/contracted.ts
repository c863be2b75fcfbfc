/** A contract as a monitor uses it: compiled, with the parts that its parameters play. */
import type { Facts } from "../generated/index.js";
import type { Machine, Outcome, TracedCall } from "../support/index.js";

/** The parameters that are the socket, and what is completed; empty where a call has none. */
export interface Roles {
  readonly socket: string;
  readonly carrier: string;
}

/** What the codes mean that are listed by name: when the operation is completed. */
export type Answers = ReadonlyMap<number, Outcome["completes"]>;

/** Finds it in the outcomes of a call. */
export const answersOf = ({ watched }: TracedCall<Facts>): Answers =>
  new Map(Object.values(watched.outcomes.listed).map(({ code, completes }) => [code, completes]));

const CARRIERS: ReadonlySet<string> = new Set(["PIRP", "LPWSAOVERLAPPED"]);
const SOCKETS: ReadonlySet<string> = new Set(["PWSK_SOCKET", "SOCKET"]);

/** Finds them by their types. */
export function rolesOf({ params }: TracedCall<Facts>): Roles {
  const nameOf = (types: ReadonlySet<string>): string =>
    params.find(({ type }) => types.has(type))?.name ?? "";
  return { socket: nameOf(SOCKETS), carrier: nameOf(CARRIERS) };
}

/** A call whose contract is known. */
export interface Contracted {
  /** False for a function that goes by what it has in common with sends, and is none. */
  readonly isSend: boolean;
  readonly traced: TracedCall<Facts>;
  readonly machine: Machine;
  readonly roles: Roles;
  readonly answers: Answers;
}
