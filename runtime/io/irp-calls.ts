/** What a driver calls of the I/O manager for IRPs of its own. */
import type { NTSTATUS } from "../../generated/index.js";
import { done, observing } from "../live/observer.js";
import type { CompletionRoutine } from "./irp.js";
import { Irp, ON_CANCEL, ON_ERROR, ON_SUCCESS } from "./irp.js";

/** Allocates an IRP with `StackSize` stack locations; a send needs one. */
export function IoAllocateIrp(StackSize: number, _ChargeQuota = false): Irp {
  if (!Number.isInteger(StackSize) || StackSize < 1 || StackSize > 126) {
    throw new RangeError(`expected a stack size from 1 to 126, received ${StackSize}`);
  }
  return new Irp(StackSize);
}

/** Sets the routine that runs when WSK completes the IRP, and for which outcomes it does. */
export function IoSetCompletionRoutine<Context>(
  Irp: Irp,
  CompletionRoutine: CompletionRoutine<Context>,
  Context: Context,
  InvokeOnSuccess = true,
  InvokeOnError = true,
  InvokeOnCancel = true,
): void {
  const success = InvokeOnSuccess ? ON_SUCCESS : 0;
  const error = InvokeOnError ? ON_ERROR : 0;
  const cancel = InvokeOnCancel ? ON_CANCEL : 0;
  Irp.arm(CompletionRoutine, Context, success | error | cancel);
}

/** Makes an IRP ready for another send. Throws RuntimeViolation while WSK owns it. */
export function IoReuseIrp(Irp: Irp, Status: NTSTATUS): void {
  if (observing() === null) Irp.reuse(Status);
  else reuseTold(Irp, Status);
}

/** By itself, because a call that makes a function allocates for it, also where nobody is told. */
const reuseTold = (irp: Irp, status: NTSTATUS): void =>
  done("reuse", irp, (it) => it.reuse(status));

/** Frees an IRP. Throws RuntimeViolation while WSK owns it. */
export function IoFreeIrp(Irp: Irp): void {
  done("free", Irp, (irp) => irp.free());
}

/** Asks to cancel. True where it was withdrawn: then it has completed with STATUS_CANCELLED. */
export function IoCancelIrp(Irp: Irp): boolean {
  observing()?.happened("cancel", Irp);
  Irp.Cancel = true;
  return Irp.queue?.cancel(Irp) ?? false;
}
