/** IRPs of other drivers: passed down to a client of WSK, which hands them on. */
import { STATUS_PENDING, STATUS_SUCCESS } from "../../generated/index.js";
import type { IO_STATUS_BLOCK, NTSTATUS } from "../../generated/index.js";
import { done, observing } from "../live/observer.js";
import { attempt } from "../report.js";
import { RuntimeViolation } from "../violation.js";
import type { DriverAbove } from "./irp.js";
import { Irp } from "./irp.js";

/** What a completion routine returns that lets the IRP of another driver go on. */
export const STATUS_CONTINUE_COMPLETION: NTSTATUS = STATUS_SUCCESS;

/** How a driver takes an IRP that is passed down to it. */
export type DriverDispatch = (DeviceObject: null, Irp: Irp) => NTSTATUS;

/** A request on its way through a driver. */
export interface Request {
  readonly irp: Irp;
  /** What the dispatch routine has returned. */
  readonly returned: NTSTATUS;
  /** Resolves when the IRP has come back, with its status block. */
  readonly completion: Promise<IO_STATUS_BLOCK>;
}

class Above implements DriverAbove {
  isMarkedPending = false;
  isCompleted = false;
  readonly completion: Promise<IO_STATUS_BLOCK>;
  #resolve: (block: IO_STATUS_BLOCK) => void = () => undefined;

  constructor() {
    this.completion = new Promise((resolve) => (this.#resolve = resolve));
  }

  completed(irp: Irp): void {
    this.isCompleted = true;
    this.#resolve({ ...irp.IoStatus });
  }
}

const marks = new WeakMap<Irp, Above>();

/**
 * Plays the driver above: makes an IRP, passes it down to a dispatch routine, and waits for it to
 * come back. The routine returns what it has completed the IRP with, or STATUS_PENDING.
 */
export function passDown(dispatch: DriverDispatch, StackSize = 2): Request {
  const above = new Above();
  const irp = new Irp(StackSize, above);
  marks.set(irp, above);
  const returned = dispatch(null, irp);
  if (returned !== STATUS_PENDING && !above.isCompleted) {
    attempt(() => {
      throw new RuntimeViolation("IofCallDriver", "irp-pending-not-returned");
    });
  }
  return { irp, returned, completion: above.completion };
}

/** Says that the IRP of another driver will be completed later. */
export function IoMarkIrpPending(Irp: Irp): void {
  observing()?.happened("mark-pending", Irp);
  const above = marks.get(Irp);
  if (above !== undefined) above.isMarkedPending = true;
}

/**
 * Completes the IRP of another driver, by whoever holds it: after STATUS_MORE_PROCESSING_REQUIRED,
 * or instead of passing it on. Throws RuntimeViolation for an IRP that is complete, that WSK
 * owns, or that the caller has allocated.
 */
export function IoCompleteRequest(Irp: Irp, _PriorityBoost = 0): void {
  done("pass-on", Irp, (irp) => irp.passUp("IoCompleteRequest"));
}
