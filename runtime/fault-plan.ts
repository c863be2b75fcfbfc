/** Failures on order: the next call fails as its contract says, so that a client can be tried. */
import {
  ntstatusName, WSA_OPERATION_ABORTED, wsaerrorName, WskSendExOutcomes, WskSendMessagesOutcomes,
  WskSendOutcomes, WskSendToOutcomes, WSPSendDisconnectOutcomes, WSPSendOutcomes,
  WSPSendToOutcomes,
} from "../generated/index.js"; // prettier-ignore
import type { Outcomes } from "../support/index.js";
import { describe, isListed } from "../support/index.js";
import { perhaps } from "../support/suggest.js";

const OUTCOMES = {
  WskSend: WskSendOutcomes,
  WskSendEx: WskSendExOutcomes,
  WskSendMessages: WskSendMessagesOutcomes,
  WskSendTo: WskSendToOutcomes,
  WSPSend: WSPSendOutcomes,
  WSPSendTo: WSPSendToOutcomes,
  WSPSendDisconnect: WSPSendDisconnectOutcomes,
} satisfies Record<string, Outcomes>;

/** A call whose failures can be ordered. */
export type PlannedCall = keyof typeof OUTCOMES;

/** What is to become of a call: it fails at once, or is pending and fails later. */
export interface Fault {
  readonly when: "at once" | "later";
  readonly code: number;
}

/** A queue of failures for each call. Give it to the sockets or provider that it is meant for. */
export class FaultPlan {
  readonly #faults = new Map<PlannedCall, Fault[]>();

  /**
   * The next call of this function that has nothing ordered yet fails at once, and sends nothing.
   * Throws RangeError for a code that its contract does not list as a failure.
   */
  fail(call: PlannedCall, code: number): this {
    return this.#add(call, { when: "at once", code });
  }

  /**
   * The same, but the call is pending first, and its operation fails a turn later. Meanwhile it
   * holds its memory as any other, and ends as cancelled where it is, or its socket is closed.
   */
  failLater(call: Exclude<PlannedCall, "WSPSendDisconnect">, code: number): this {
    if (String(call) === "WSPSendDisconnect") {
      throw new RangeError("expected a call that may be pending, received WSPSendDisconnect");
    }
    return this.#add(call, { when: "later", code });
  }

  /** What was ordered for the next call, and stays so; null where nothing was. */
  next(call: PlannedCall): Fault | null {
    return this.#faults.get(call)?.[0] ?? null;
  }

  /** Takes what was ordered for a call; null where nothing was. */
  take(call: PlannedCall): Fault | null {
    return this.#faults.get(call)?.shift() ?? null;
  }

  #add(call: PlannedCall, fault: Fault): this {
    requireFailure(call, fault);
    const faults = this.#faults.get(call) ?? [];
    this.#faults.set(call, faults);
    faults.push(fault);
    return this;
  }
}

/** Codes that end an operation, and that no call returns. */
const OF_COMPLETIONS: Readonly<Partial<Record<PlannedCall, number>>> = {
  WSPSend: WSA_OPERATION_ABORTED,
  WSPSendTo: WSA_OPERATION_ABORTED,
};

function requireFailure(call: PlannedCall, { when, code }: Fault): void {
  if (!Object.hasOwn(OUTCOMES, call)) {
    const known = Object.keys(OUTCOMES);
    const perhapsThis = perhaps(String(call), known);
    throw new RangeError(
      `expected one of the calls ${known.join(", ")}, received ${String(call)}${perhapsThis}`,
    );
  }
  const outcomes: Outcomes = OUTCOMES[call];
  const never = when === "at once" ? OF_COMPLETIONS[call] : undefined;
  const listed = Object.entries(outcomes.listed).filter((entry) => entry[1].code !== never);
  const isFailure = listed.every(([, o]) => o.code !== code || o.result === "failure");
  if (isFailure && code !== never && isListed(outcomes, code)) return;
  const failures = listed.flatMap(([name, { result }]) => (result === "failure" ? [name] : []));
  const rest = outcomes.otherwise === null ? "" : ", or another failure";
  const late = code === never ? ", which ends an operation that is pending: use failLater" : "";
  throw new RangeError(
    `expected a failure that ${call} documents (${failures.join(", ")}${rest}), received ${nameOf(call, code)}${late}`,
  );
}

/** A code by its name and its number, or in hex where it has no name. */
function nameOf(call: PlannedCall, code: unknown): string {
  if (typeof code !== "number") return describe(code);
  const name = call.startsWith("Wsk") ? ntstatusName(code) : wsaerrorName(code);
  return name.startsWith("0x") ? name : `${name} (${code})`;
}
