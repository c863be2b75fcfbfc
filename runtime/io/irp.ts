/** The I/O manager's part: IRPs that are owned by one side at a time and completed exactly once. */
import {
  STATUS_MORE_PROCESSING_REQUIRED,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from "../../generated/index.js";
import type { IO_STATUS_BLOCK, IRP, NTSTATUS, PIRP } from "../../generated/index.js";
import { Fifo } from "../fifo.js";
import { requireWritable } from "../refusal.js";
import { attempt } from "../report.js";
import { RuntimeViolation } from "../violation.js";

/** Called when the IRP completes; its return value says who goes on with the IRP. */
export type CompletionRoutine<Context = unknown> = (
  DeviceObject: null,
  Irp: Irp,
  Context: Context,
) => NTSTATUS;

/** For which outcomes a completion routine runs. An IRP of one's own wants all three. */
export interface InvokeOn {
  readonly success: boolean;
  readonly error: boolean;
  readonly cancel: boolean;
}

type Owner = "caller" | "wsk" | "completed" | "freed";

/** Completion routines may send again; deeper than this, they wait until the stack has unwound. */
const MAX_DEPTH = 16;

/** What the runtime writes in an IRP, and in its status block. */
const OWN = ["CurrentLocation"];
const BLOCK = ["Status", "Information"];

/** An IRP. Make one with IoAllocateIrp. */
export class Irp implements IRP {
  readonly IoStatus: IO_STATUS_BLOCK = { Status: STATUS_SUCCESS, Information: 0 };
  PendingReturned = false;
  Cancel = false;
  readonly StackCount: number;
  CurrentLocation: number;
  #owner: Owner = "caller";
  #routine: (() => NTSTATUS) | undefined;
  #invokesAll = false;
  #isCompleting = false;

  constructor(stackSize: number) {
    this.StackCount = stackSize;
    this.CurrentLocation = stackSize + 1;
  }

  /** Who may touch the IRP now. */
  get owner(): Owner {
    return this.#owner;
  }

  /** Stores the completion routine. */
  arm(call: string, routine: () => NTSTATUS, on: InvokeOn): void {
    this.#require(call, "caller");
    this.#routine = routine;
    this.#invokesAll = on.success && on.error && on.cancel;
  }

  /** Makes a completed or fresh IRP ready for another request. */
  reuse(status: NTSTATUS): void {
    if (this.#owner !== "completed") this.#require("IoReuseIrp", "caller");
    this.#owner = "caller";
    this.#routine = undefined;
    this.PendingReturned = false;
    this.Cancel = false;
    this.CurrentLocation = this.StackCount + 1;
    this.IoStatus.Status = status;
    this.IoStatus.Information = 0;
  }

  /** Gives the IRP back; nobody may use it again. */
  free(): void {
    if (this.#owner !== "completed") this.#require("IoFreeIrp", "caller");
    this.#owner = "freed";
  }

  /** Hands the IRP to WSK. */
  take(call: string): void {
    if (this.#owner === "completed") throw new RuntimeViolation(call, "irp-not-reused");
    this.#require(call, "caller");
    if (this.#routine === undefined || !this.#invokesAll) {
      throw new RuntimeViolation(call, "irp-no-routine");
    }
    requireWritable(call, { Irp: this }, OWN);
    requireWritable(call, { "Irp.IoStatus": this.IoStatus }, BLOCK);
    this.#owner = "wsk";
    this.CurrentLocation -= 1;
    this.IoStatus.Status = STATUS_PENDING;
  }

  /**
   * Completes the IRP: the status is set, then the completion routine runs. Returns false where
   * that has to wait, because too many routines are running; until then the IRP stays WSK's.
   */
  complete(status: NTSTATUS, information: number): boolean {
    if (this.#owner !== "wsk" || this.#isCompleting)
      throw new RuntimeViolation("IoCompleteRequest", "irp-completed-twice");
    this.#isCompleting = true;
    return whenShallow(() => {
      this.#isCompleting = false;
      this.#owner = "completed";
      // Whoever has frozen the IRP meanwhile has its routine called all the same.
      attempt(() => {
        this.CurrentLocation += 1;
        this.IoStatus.Status = status;
        this.IoStatus.Information = information;
      });
      if (this.#routine !== undefined) checkResult(this.#routine());
    });
  }

  #require(call: string, owner: Owner): void {
    if (this.#owner === owner) return;
    throw new RuntimeViolation(call, this.#owner === "freed" ? "irp-freed" : "irp-in-use");
  }
}

function checkResult(result: NTSTATUS): void {
  if (result === STATUS_MORE_PROCESSING_REQUIRED) return;
  throw new RuntimeViolation("IoCompleteRequest", "irp-routine-result");
}

let depth = 0;
const waiting = new Fifo<() => void>();

/** Runs work now, and returns true; or once the stack has unwound, behind what waits already. */
function whenShallow(work: () => void): boolean {
  if (depth >= MAX_DEPTH || (depth > 0 && waiting.length > 0)) {
    waiting.push(work);
    return false;
  }
  for (let next: typeof work | undefined = work; next !== undefined; next = nextWaiting()) {
    depth += 1;
    attempt(next);
    depth -= 1;
  }
  return true;
}

const nextWaiting = (): (() => void) | undefined => (depth === 0 ? waiting.shift() : undefined);

/** Allocates an IRP with `StackSize` stack locations; a send needs one. */
export function IoAllocateIrp(StackSize: number): Irp {
  if (!Number.isInteger(StackSize) || StackSize < 1 || StackSize > 126) {
    throw new RangeError(`expected a stack size from 1 to 126, received ${StackSize}`);
  }
  return new Irp(StackSize);
}

/** Sets the routine that runs when WSK completes the IRP. */
export function IoSetCompletionRoutine<Context>(
  Irp: Irp,
  CompletionRoutine: CompletionRoutine<Context>,
  Context: Context,
  InvokeOn: InvokeOn = { success: true, error: true, cancel: true },
): void {
  const routine = (): NTSTATUS => CompletionRoutine(null, Irp, Context);
  Irp.arm("IoSetCompletionRoutine", routine, InvokeOn);
}

/** Makes an IRP ready for another send. Throws RuntimeViolation while WSK owns it. */
export function IoReuseIrp(Irp: Irp, Status: NTSTATUS): void {
  Irp.reuse(Status);
}

/** Frees an IRP. Throws RuntimeViolation while WSK owns it. */
export function IoFreeIrp(Irp: Irp): void {
  Irp.free();
}

/** The runtime's own IRP behind an argument; WSK completes no other. */
export function takeIrp(call: string, irp: PIRP): Irp {
  if (!(irp instanceof Irp)) throw new RuntimeViolation(call, "irp-not-allocated");
  irp.take(call);
  return irp;
}

/** An IRP whose completion can be awaited: allocated, armed, ready to send. */
export function awaitableIrp(): {
  readonly irp: Irp;
  readonly completion: Promise<IO_STATUS_BLOCK>;
} {
  const irp = IoAllocateIrp(1);
  const completion = new Promise<IO_STATUS_BLOCK>((resolve) => {
    const routine = (): NTSTATUS => {
      resolve({ ...irp.IoStatus });
      return STATUS_MORE_PROCESSING_REQUIRED;
    };
    IoSetCompletionRoutine(irp, routine, null);
  });
  return { irp, completion };
}
