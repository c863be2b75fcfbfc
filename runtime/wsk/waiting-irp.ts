/** IRPs that wait for one thing, and are withdrawn together with it. */
import type { Transmission, Withdrawable } from "../engine/transmission.js";
import type { Irp } from "../io/irp.js";

/** Lets IoCancelIrp withdraw an IRP by an action; true where the action has completed it. */
export function cancelBy(irp: Irp, withdraw: () => boolean): void {
  const queue: Withdrawable<Transmission> = { cancel: () => withdraw() };
  irp.queue = queue;
}

/** Ends that: the IRP is about to complete, or cannot be withdrawn any more. */
export function cancelNoMore(irp: Irp): void {
  irp.queue = null;
}
