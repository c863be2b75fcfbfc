/** Failures on order: the next call fails as its contract says, so that a client can be tried. */
import {
  WskSendExOutcomes, WskSendMessagesOutcomes, WskSendOutcomes, WskSendToOutcomes,
  WSPSendDisconnectOutcomes, WSPSendOutcomes, WSPSendToOutcomes,
} from "../generated/index.js"; // prettier-ignore
import type { NTSTATUS, PIRP, PWSK_SOCKET } from "../generated/index.js";
import type { Outcomes } from "../support/index.js";
import { isListed } from "../support/index.js";
import { irpOf } from "./io/irp.js";

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

  /** The same, but the call is pending first, and its operation fails a turn later. */
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
    requireFailure(call, fault.code);
    const faults = this.#faults.get(call) ?? [];
    this.#faults.set(call, faults);
    faults.push(fault);
    return this;
  }
}

/** A function of WSK, and what its socket says to a call before anything else. */
export interface PlannedBody<Rest extends readonly unknown[]> {
  readonly body: (...args: [...Rest, PIRP]) => NTSTATUS;
  readonly admit: (Socket: PWSK_SOCKET) => void;
}

/**
 * A function of WSK that does what was ordered, and otherwise what it does: the IRP is taken, and
 * completes with the failure, at once or a turn later.
 */
export function planned<Rest extends readonly unknown[]>(
  plan: FaultPlan | undefined,
  call: PlannedCall,
  of: PlannedBody<Rest>,
): (...args: [...Rest, PIRP]) => NTSTATUS {
  const { body, admit } = of;
  if (plan === undefined) return body;
  return (...args) => {
    const fault = plan.next(call);
    if (fault === null) return body(...args);
    admit(args[0] as PWSK_SOCKET);
    const irp = irpOf(call, args.at(-1) as PIRP);
    irp.take(call);
    // A call that is refused uses up nothing that was ordered.
    plan.take(call);
    if (fault.when === "at once") return irp.complete(fault.code, 0);
    setImmediate(() => irp.complete(fault.code, 0));
    return irp.pend();
  };
}

function requireFailure(call: PlannedCall, code: number): void {
  if (!Object.hasOwn(OUTCOMES, call)) {
    const known = Object.keys(OUTCOMES).join(", ");
    throw new RangeError(`expected one of the calls ${known}, received ${String(call)}`);
  }
  const outcomes: Outcomes = OUTCOMES[call];
  const listed = Object.entries(outcomes.listed);
  const isFailure = listed.every(([, o]) => o.code !== code || o.result === "failure");
  if (isFailure && isListed(outcomes, code)) return;
  const failures = listed.flatMap(([name, { result }]) => (result === "failure" ? [name] : []));
  const rest = outcomes.otherwise === null ? "" : ", or another failure";
  throw new RangeError(
    `expected a failure that ${call} documents (${failures.join(", ")}${rest}), received ${code}`,
  );
}
