/** The I/O manager's part: IRPs that are owned by one side at a time and completed exactly once. */
import {
  STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING, STATUS_SUCCESS,
} from "../../generated/index.js"; // prettier-ignore
import type { IO_STATUS_BLOCK, IRP, NTSTATUS, PIRP, PMDL, WSK_BUF } from "../../generated/index.js";
import type { Chunks } from "../engine/transmission.js";
import { Transmission } from "../engine/transmission.js";
import { statusName } from "../names.js";
import { observing } from "../live/observer.js";
import type { Failure } from "../network/failure.js";
import { requireWritable } from "../refusal.js";
import { reportError } from "../report.js";
import { RuntimeViolation } from "../violation.js";
import { entered, later, left, mayRun } from "./completion.js";
import { gatherChain, holdChain, onlyPiece, releaseChain } from "./mdl.js";

/** Called when the IRP completes; its return value says who goes on with the IRP. */
export type CompletionRoutine<Context = never> = (
  DeviceObject: null,
  Irp: Irp,
  Context: Context,
) => NTSTATUS;

/** Who may touch an IRP: its caller, WSK, nobody because it is done, or nobody ever again. */
export type Owner = "caller" | "wsk" | "completing" | "completed" | "freed";

/** For which outcomes a routine runs. */
export const ON_SUCCESS = 1;
/** For failures. */
export const ON_ERROR = 2;
/** For an IRP that somebody asked to cancel. */
export const ON_CANCEL = 4;
const ON_ALL = ON_SUCCESS | ON_ERROR | ON_CANCEL;

/** The driver that has passed an IRP down. */
export interface DriverAbove {
  /** True once IoMarkIrpPending was called. */
  readonly isMarkedPending: boolean;
  /** The IRP has come back to it. */
  completed(irp: Irp): void;
}

/** An IRP. Make one with IoAllocateIrp. */
export class Irp extends Transmission implements IRP {
  readonly IoStatus: IO_STATUS_BLOCK = { Status: STATUS_SUCCESS, Information: 0 };
  PendingReturned = false;
  Cancel = false;
  readonly StackCount: number;
  CurrentLocation: number;
  #owner: Owner = "caller";
  #routine: CompletionRoutine | null = null;
  #context: unknown = null;
  #invokeOn = 0;
  #mdl: PMDL | null = null;
  #offset = 0;
  readonly #above: DriverAbove | null;

  /** With `above`, an IRP of another driver, who will be told when it is complete. */
  constructor(stackSize: number, above: DriverAbove | null = null) {
    super();
    this.StackCount = stackSize;
    this.CurrentLocation = above === null ? stackSize + 1 : stackSize;
    this.#above = above;
  }

  /** Who may touch the IRP now. */
  get owner(): Owner {
    return this.#owner;
  }

  /** True for an IRP that IoAllocateIrp or a driver above has made. */
  static isOwn(irp: unknown): irp is Irp {
    return typeof irp === "object" && irp !== null && #owner in irp;
  }

  /** True from the call that hands it to WSK until its completion routine runs. */
  get isOutstanding(): boolean {
    return this.#owner === "wsk" || this.#owner === "completing";
  }

  /** What a trace says of it. */
  get told(): Readonly<Record<string, boolean>> {
    const isOwn = this.#above === null;
    const isInvoked = this.#routine !== null && this.#invokeOn === ON_ALL;
    return { "passed-down": !isOwn, "invoked-always": isInvoked };
  }

  /** Stores the completion routine. */
  arm(routine: CompletionRoutine | null, context: unknown, invokeOn: number): void {
    Irp.#require(this, "IoSetCompletionRoutine", "caller");
    this.#routine = routine;
    this.#context = context;
    this.#invokeOn = invokeOn;
  }

  /** Makes a completed or fresh IRP ready for another request. */
  reuse(status: NTSTATUS): void {
    Irp.#requireOwn(this, "IoReuseIrp");
    this.#owner = "caller";
    this.#routine = null;
    this.PendingReturned = false;
    this.Cancel = false;
    this.bytes = 0;
    this.CurrentLocation = this.StackCount + 1;
    this.IoStatus.Status = status;
    this.IoStatus.Information = 0;
  }

  /** Gives the IRP back; nobody may use it again. */
  free(): void {
    Irp.#requireOwn(this, "IoFreeIrp");
    this.#owner = "freed";
  }

  /** Hands the IRP to WSK. */
  take(call: string): void {
    if (this.#owner === "completed") throw new RuntimeViolation(call, "irp-not-reused");
    Irp.#require(this, call, "caller");
    if (this.#above === null && (this.#routine === null || this.#invokeOn !== ON_ALL)) {
      throw new RuntimeViolation(call, "irp-no-routine");
    }
    if (this.CurrentLocation < 2) throw new RuntimeViolation(call, "irp-no-location");
    try {
      this.IoStatus.Status = STATUS_PENDING;
      this.CurrentLocation -= 1;
    } catch {
      requireWritable(call, { Irp: this }, ["CurrentLocation"]);
      requireWritable(call, { "Irp.IoStatus": this.IoStatus }, ["Status", "Information"]);
    }
    this.#owner = "wsk";
  }

  /** Hands the IRP to WSK with the data of a send; its MDLs are held until it completes. */
  takeSend(call: string, { Mdl, Offset, Length }: WSK_BUF): void {
    if (Mdl !== null) holdChain(Mdl);
    try {
      this.take(call);
    } catch (error) {
      if (Mdl !== null) releaseChain(Mdl);
      throw error;
    }
    this.#mdl = Mdl;
    this.#offset = Offset;
    this.bytes = Number(Length);
  }

  /** An MDL that cannot be read any more has no memory; `gather` tells so. */
  override onePiece(): Uint8Array | null {
    try {
      return this.#mdl === null ? null : onlyPiece(this.#mdl, this.#offset, this.bytes);
    } catch {
      return null;
    }
  }

  override gather(chunks: Chunks): boolean {
    try {
      return gatherChain(chunks, { Mdl: this.#mdl, Offset: this.#offset, Length: this.bytes });
    } catch {
      return false;
    }
  }

  /** Lets go of the data, and completes; a failed send carries no byte count. */
  override settle(failure: Pick<Failure, "status"> | null): NTSTATUS {
    const mdl = this.#mdl;
    this.#mdl = null;
    if (mdl !== null) releaseChain(mdl);
    return failure === null
      ? this.complete(STATUS_SUCCESS, this.bytes)
      : this.complete(failure.status, 0);
  }

  /**
   * Completes the IRP: the status is set, then the completion routine runs. Returns the status;
   * STATUS_PENDING where that has to wait, because too many routines run. The IRP stays WSK's
   * until then.
   */
  complete(status: NTSTATUS, information: number): NTSTATUS {
    if (this.#owner !== "wsk")
      throw new RuntimeViolation("IoCompleteRequest", "irp-completed-twice");
    this.#owner = "completing";
    if (!mayRun()) return Irp.#runLater(this, status, information);
    Irp.#run(this, status, information);
    return status;
  }

  /** What the caller is told of an IRP that is not complete. */
  pend(): NTSTATUS {
    this.PendingReturned = true;
    return STATUS_PENDING;
  }

  /** Ends what the holder of an IRP of another driver has been doing with it. */
  passUp(call: string): void {
    if (this.#above === null) throw new RuntimeViolation(call, "irp-completed-twice");
    Irp.#require(this, call, "caller");
    this.#owner = "completed";
    this.#above.completed(this);
  }

  // Static, because methods that are private take a place in every IRP that waits; by itself,
  // because a call that makes a function allocates, also where it does not come to that.
  static #runLater(irp: Irp, status: NTSTATUS, information: number): NTSTATUS {
    later(() => Irp.#run(irp, status, information));
    return irp.pend();
  }

  static #run(irp: Irp, status: NTSTATUS, information: number): void {
    irp.#owner = irp.#above === null ? "completed" : "caller";
    entered();
    try {
      irp.CurrentLocation += 1;
      irp.IoStatus.Status = status;
      irp.IoStatus.Information = information;
    } catch (error) {
      // Whoever has frozen the IRP meanwhile has its routine called all the same.
      reportError(error);
    }
    observing()?.completed(irp, status, information);
    try {
      Irp.#finish(irp, status);
    } catch (error) {
      reportError(error);
    }
    left();
  }

  static #finish(irp: Irp, status: NTSTATUS): void {
    const routine = irp.#routine;
    const isInvoked = routine !== null && (irp.#invokeOn & conditionsOf(status, irp.Cancel)) !== 0;
    const result = isInvoked ? routine(null, irp, irp.#context as never) : STATUS_SUCCESS;
    if (isInvoked) observing()?.routine(irp, result);
    if (irp.#above === null) {
      if (result === STATUS_MORE_PROCESSING_REQUIRED) return;
      throw new RuntimeViolation("IoCompleteRequest", "irp-routine-result", statusName(result));
    }
    if (result === STATUS_MORE_PROCESSING_REQUIRED) return;
    if (isInvoked && irp.PendingReturned && !irp.#above.isMarkedPending) {
      reportError(new RuntimeViolation("IoCompleteRequest", "irp-pending-not-marked"));
    }
    irp.passUp("IoCompleteRequest");
  }

  static #require(irp: Irp, call: string, owner: Owner): void {
    if (irp.#owner === owner) return;
    const isOver = irp.#owner === "completed" && irp.#above !== null;
    if (isOver) throw new RuntimeViolation(call, "irp-completed-twice");
    throw new RuntimeViolation(call, irp.#owner === "freed" ? "irp-freed" : "irp-in-use");
  }

  static #requireOwn(irp: Irp, call: string): void {
    if (irp.#above !== null) throw new RuntimeViolation(call, "irp-not-own");
    if (irp.#owner !== "completed") Irp.#require(irp, call, "caller");
  }
}

/** The conditions that a status meets, of those for which routines are invoked. */
function conditionsOf(status: NTSTATUS, isCancelled: boolean): number {
  return (status >= 0 ? ON_SUCCESS : ON_ERROR) | (isCancelled ? ON_CANCEL : 0);
}

/** The runtime's own IRP behind an argument; WSK completes no other. */
export function irpOf(call: string, irp: PIRP): Irp {
  if (Irp.isOwn(irp)) return irp;
  throw new RuntimeViolation(call, "irp-not-allocated");
}
