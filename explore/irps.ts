/** The functions of the I/O manager: IRPs, from their allocation to the end. */
import {
  STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING, STATUS_SUCCESS, STATUS_UNSUCCESSFUL,
} from "../generated/index.js"; // prettier-ignore
import type { NTSTATUS } from "../generated/index.js";
import type { Core } from "./core.js";
import { ProgramFailure } from "./failure.js";
import type { CompletionRoutine } from "./irp.js";
import { Irp } from "./irp.js";

/** How a driver takes an IRP that is passed down to it. */
export type DriverDispatch = (DeviceObject: null, Irp: Irp) => NTSTATUS;

/** The functions of the I/O manager, as wdm.h has them. */
export interface Irps {
  IoAllocateIrp(StackSize: number, ChargeQuota?: boolean): Irp;
  IoSetCompletionRoutine<Context>(
    Irp: Irp,
    CompletionRoutine: CompletionRoutine<Context>,
    Context: Context,
    InvokeOnSuccess?: boolean,
    InvokeOnError?: boolean,
    InvokeOnCancel?: boolean,
  ): void;
  IoReuseIrp(Irp: Irp, Status: NTSTATUS): void;
  IoFreeIrp(Irp: Irp): void;
  /** True where the request was withdrawn at once; otherwise it may be later, or not at all. */
  IoCancelIrp(Irp: Irp): boolean;
  IoMarkIrpPending(Irp: Irp): void;
  IoCompleteRequest(Irp: Irp, PriorityBoost?: number): void;
  /** Plays the driver above: passes an IRP down, and wants it back before the run is over. */
  passDown(dispatch: DriverDispatch, StackSize?: number): Irp;
}

/** The functions, over one core. */
export function irpsOf(core: Core): Irps {
  const { journal } = core;
  return {
    IoAllocateIrp(StackSize) {
      core.enter();
      return new Irp(core, StackSize, null);
    },
    IoSetCompletionRoutine(
      irp,
      routine,
      context,
      ...[success = true, error = true, cancel = true]
    ) {
      core.enter();
      irp.routine = (of) => routine(null, of, context);
      irp.invokeOn = (success ? 1 : 0) | (error ? 2 : 0) | (cancel ? 4 : 0);
    },
    IoReuseIrp(irp, Status) {
      core.enter();
      journal.happens("reuse", irp);
      irp.routine = null;
      irp.invokeOn = 0;
      irp.PendingReturned = irp.Cancel = false;
      irp.CurrentLocation = irp.StackCount + 1;
      irp.IoStatus.end(Status, 0);
    },
    IoFreeIrp(irp) {
      core.enter();
      journal.happens("free", irp);
    },
    IoCancelIrp(irp) {
      core.enter();
      core.slot();
      journal.happens("cancel", irp);
      irp.Cancel = true;
      return irp.holder?.cancel() ?? false;
    },
    IoMarkIrpPending(irp) {
      core.enter();
      journal.happens("mark-pending", irp);
    },
    IoCompleteRequest(irp) {
      core.enter();
      journal.happens("pass-on", irp);
      irp.above?.completed(irp);
    },
    passDown: (dispatch, StackSize = 2) => passDown(core, dispatch, StackSize),
  };
}

function passDown(core: Core, dispatch: DriverDispatch, StackSize: number): Irp {
  core.enter();
  let isBack = false;
  const above = {
    completed: (): void => {
      if (isBack) throw new ProgramFailure("exception", "an IRP came back to its driver twice");
      isBack = true;
    },
  };
  const irp = new Irp(core, StackSize, above);
  irp.IoStatus.end(STATUS_UNSUCCESSFUL, 0);
  const returned = dispatch(null, irp);
  if (returned !== STATUS_PENDING && !isBack) {
    const text = "a dispatch routine has returned another status than STATUS_PENDING for an IRP";
    throw new ProgramFailure("exception", `${text} that is not complete`);
  }
  return irp;
}

/** Completes an IRP: its routine runs, and says who goes on with it. */
export function complete(core: Core, irp: Irp, how: { status: number; information: number }): void {
  const { journal } = core;
  const { status, information } = how;
  journal.completed(irp, status, { information, isIrp: true });
  irp.holder = null;
  irp.CurrentLocation += 1;
  irp.IoStatus.end(status, information);
  const conditions = (status >= 0 ? 1 : 2) | (irp.Cancel ? 4 : 0);
  if (irp.routine === null || (irp.invokeOn & conditions) === 0) {
    irp.above?.completed(irp);
    return;
  }
  if (irp.PendingReturned && irp.above !== null) journal.tell(irp, "IRP", irp);
  core.depth += 1;
  const returned = irp.routine(irp);
  core.depth -= 1;
  journal.routine(irp, returned, true);
  if (returned === STATUS_MORE_PROCESSING_REQUIRED || irp.above === null) return;
  if (returned === STATUS_SUCCESS) irp.above.completed(irp);
}
