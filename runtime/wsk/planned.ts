/** Sends of WSK that fail because a FaultPlan says so. */
import type { NTSTATUS, PIRP, PWSK_SOCKET } from "../../generated/index.js";
import type { FaultPlan, PlannedCall } from "../fault-plan.js";
import type { Irp } from "../io/irp.js";
import { CANCELLED } from "../network/failure.js";
import type { Failure } from "../network/failure.js";
import { cancelBy, cancelNoMore } from "./waiting-irp.js";

/** A send whose IRP and data are taken, and that sends nothing. */
export interface Failing {
  readonly irp: Irp;
  /** Lets go of the data, and completes the IRP. */
  end(failure: Pick<Failure, "status">): NTSTATUS;
}

/** The sends of a socket that are pending, and will fail. */
export class FailingSends {
  readonly #pending = new Set<() => boolean>();

  /** Lets a send pend, which fails a turn later, unless it is cancelled before. */
  pend(send: Failing, status: NTSTATUS): NTSTATUS {
    const finish = (failure: Pick<Failure, "status">): boolean => {
      if (!this.#pending.delete(cancel)) return false;
      clearImmediate(timer);
      cancelNoMore(send.irp);
      send.end(failure);
      return true;
    };
    const cancel = (): boolean => finish(CANCELLED);
    const timer = setImmediate(() => finish({ status }));
    this.#pending.add(cancel);
    cancelBy(send.irp, cancel);
    return send.irp.pend();
  }

  /** Ends them as cancelled, in their order: their socket is closed. */
  cancel(): void {
    for (const cancel of this.#pending) cancel();
  }
}

/** A send of WSK, and what it takes before it sends. */
export interface PlannedBody<Data, Rest extends readonly unknown[]> {
  readonly body: (...args: [Socket: PWSK_SOCKET, data: Data, ...rest: Rest, Irp: PIRP]) => NTSTATUS;
  /** Takes IRP and data, or refuses the call. */
  readonly begin: (Socket: PWSK_SOCKET, data: Data, Irp: PIRP) => Failing;
  /** Where those wait that fail later. */
  readonly failing: FailingSends;
}

/**
 * A send that does what was ordered, and otherwise what it does: IRP and data are taken, and the
 * IRP completes with the failure, at once or a turn later.
 */
export function planned<Data, Rest extends readonly unknown[]>(
  plan: FaultPlan | undefined,
  call: PlannedCall,
  of: PlannedBody<Data, Rest>,
): PlannedBody<Data, Rest>["body"] {
  const { body, begin, failing } = of;
  if (plan === undefined) return body;
  return (...args) => {
    const fault = plan.next(call);
    if (fault === null) return body(...args);
    const send = begin(args[0], args[1], args.at(-1) as PIRP);
    // A call that is refused uses up nothing that was ordered.
    plan.take(call);
    if (fault.when === "at once") return send.end({ status: fault.code });
    return failing.pend(send, fault.code);
  };
}
