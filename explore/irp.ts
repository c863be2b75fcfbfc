/** IRPs whose fields tell when they are read. */
import type { IO_STATUS_BLOCK, IRP, NTSTATUS, ULONG_PTR } from "../generated/index.js";
import type { Core } from "./core.js";
import type { State } from "./journal.js";

/** Called when the IRP completes. */
export type CompletionRoutine<Context = unknown> = (
  DeviceObject: null,
  Irp: Irp,
  Context: Context,
) => NTSTATUS;

/** The driver above, for an IRP that was passed down. */
export interface Above {
  completed(irp: Irp): void;
}

/** How a request ended; reading it is an event. */
class StatusBlock implements IO_STATUS_BLOCK {
  readonly #core: Core;
  readonly #irp: Irp;
  #status = 0;
  #information: ULONG_PTR = 0;

  constructor(core: Core, irp: Irp) {
    this.#core = core;
    this.#irp = irp;
  }

  get Status(): NTSTATUS {
    this.#touch("IoStatus.Status", "read");
    return this.#status;
  }

  set Status(status: NTSTATUS) {
    this.#touch("IoStatus.Status", "write");
    this.#status = status;
  }

  get Information(): ULONG_PTR {
    this.#touch("IoStatus.Information", "read");
    return this.#information;
  }

  set Information(information: ULONG_PTR) {
    this.#touch("IoStatus.Information", "write");
    this.#information = information;
  }

  /** What the provider writes. */
  end(status: NTSTATUS, information: ULONG_PTR): void {
    this.#status = status;
    this.#information = information;
  }

  #touch(field: string, access: "read" | "write"): void {
    if (this.#core.journal.isReading) return;
    this.#core.enter();
    this.#core.journal.touch(this.#irp, field, access);
  }
}

/** An IRP. Make one with IoAllocateIrp. */
export class Irp implements IRP {
  readonly IoStatus: StatusBlock;
  PendingReturned = false;
  Cancel = false;
  readonly StackCount: number;
  CurrentLocation: number;
  /** The driver that has passed it down; null for the caller's own. */
  readonly above: Above | null;
  routine: ((irp: Irp) => NTSTATUS) | null = null;
  /** For which ends the routine is invoked: success 1, error 2, cancellation 4. */
  invokeOn = 0;
  /** What has the IRP now, and can be asked to let go of it. */
  holder: { cancel(): boolean } | null = null;

  constructor(core: Core, StackSize: number, above: Above | null) {
    this.IoStatus = new StatusBlock(core, this);
    this.StackCount = StackSize;
    this.CurrentLocation = above === null ? StackSize + 1 : StackSize;
    this.above = above;
  }

  /** What the journal is told of it. */
  get mark(): number {
    return 10 + this.invokeOn + (this.above === null ? 0 : 8) + (this.PendingReturned ? 16 : 0);
  }

  /** Fields, and facts about it. */
  state(): State {
    return {
      IoStatus: { Status: this.IoStatus.Status, Information: this.IoStatus.Information },
      PendingReturned: this.PendingReturned,
      StackCount: this.StackCount,
      CurrentLocation: this.CurrentLocation,
      Cancel: this.Cancel,
      "invoked-always": this.routine !== null && this.invokeOn === 7,
      "passed-down": this.above !== null,
    };
  }
}
