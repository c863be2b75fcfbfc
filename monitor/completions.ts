/** Completions, and what comes with them: routines, notifications, results. */
import { STATUS_MORE_PROCESSING_REQUIRED } from "../generated/codes/index.js";
import { isRecord } from "../support/index.js";
import type { Happening } from "../support/index.js";
import type { EventOf } from "../trace/format.js";
import { codeIn } from "./bad-trace.js";
import type { Happenings } from "./happenings.js";
import { judgeOperation } from "./judging.js";
import { codeOf, numberOf } from "./numbers.js";
import type { Operation, Thing } from "./operation.js";
import { functionOf } from "./other-calls.js";
import { forcedClosed } from "./returns.js";
import type { Telling } from "./telling.js";

/** An event about an operation, which its IRP or overlapped structure leads to. */
export type CompletionEvent = EventOf<
  "complete" | "routine" | "notify" | "result" | "mark-pending" | "pass-on"
>;

/** Follows operations to their completion. */
export class Completions {
  readonly #telling: Telling;
  readonly #happenings: Happenings;
  /** True once there was a notification: then their absence means something. */
  hasNotified = false;
  /** True once the completion of an IRP was told as such: then their absence means something. */
  hasCompleted = false;
  /** True once the program has allocated an IRP: those that nobody speaks of are its own. */
  hasAllocated = false;

  constructor(telling: Telling, happenings: Happenings) {
    this.#telling = telling;
    this.#happenings = happenings;
  }

  /** Takes note of an event; returns the operation that it has completed, if it has. */
  see(line: number, event: CompletionEvent, carrier: Thing): Operation | null {
    const operation = operationOf(event, carrier);
    if (event.event === "mark-pending") carrier.set("marked", true, line);
    if (operation === undefined) return null;
    switch (event.event) {
      case "complete":
        return this.#complete(line, event, operation);
      case "notify":
        return this.#notify(line, event, operation);
      case "routine":
        this.#routine(line, event, operation);
        return null;
      case "result":
        this.#result(line, event, operation);
        return null;
      case "mark-pending":
        operation.after["irp.marked-pending"] = true;
        return null;
      case "pass-on":
        this.#passOn(line, operation);
        return null;
    }
  }

  #complete(line: number, event: EventOf<"complete">, operation: Operation): Operation {
    const { status, error, information } = event;
    if (status !== undefined) this.hasCompleted = true;
    operation.completions += 1;
    operation.carrier?.thing.enter(operation);
    const code = codeIn(line, status ?? error, status === undefined ? "error" : "status");
    forcedClosed(line, operation, code);
    // What follows from it may have been told first: then this is no second completion.
    const isSame = operation.isConcluded;
    operation.isConcluded = false;
    operation.isAssumed = false;
    const isFirst = operation.completedAt === 0;
    if (isFirst) this.#end(line, operation);
    if (isFirst || isSame) this.#outcome(line, operation, { code, information });
    if (operation.isImmediate && operation.completions === 1) this.#happenings.tooEarly(operation);
    if (!isSame) this.#tell(line, operation, "completion");
    operation.settle();
    return operation;
  }

  /** The operation is over. */
  #end(line: number, operation: Operation): void {
    operation.completedAt = line;
    operation.tellHeld();
  }

  /** How it went; of a second completion only that there was one is judged. */
  #outcome(
    line: number,
    operation: Operation,
    how: { readonly code: number | null; readonly information: unknown },
  ): void {
    const { after, contract } = operation;
    operation.endCode = how.code;
    const information = numberOf(how.information);
    if (typeof information === "number") after["completion.information"] = information;
    if (how.code !== null) {
      const isStatus = contract?.traced.errorIn === null;
      after[isStatus ? "completion.status" : "completion.error"] = how.code;
    }
    judgeOperation(line, operation, this.#telling);
  }

  /** A notification is the completion, where no event has told of that before. */
  #notify(line: number, event: EventOf<"notify">, operation: Operation): Operation | null {
    this.hasNotified = true;
    const { after } = operation;
    const count = (after.notifications ?? 0) + 1;
    after.notifications = count;
    if (event.ofSwitch !== undefined) after["notification.of-switch"] = event.ofSwitch;
    const isFirst = operation.completedAt === 0;
    if (isFirst || count > 1) this.#tell(line, operation, "notification");
    if (isFirst && !isRefused(operation)) {
      operation.isConcluded = true;
      this.#end(line, operation);
      const { information } = event;
      this.#outcome(line, operation, { code: codeOf(event.error), information });
      this.#tell(line, operation, "completion");
    } else judgeOperation(line, operation, this.#telling);
    operation.settle();
    return isFirst ? operation : null;
  }

  #routine(line: number, event: EventOf<"routine">, operation: Operation): void {
    this.#prove(line, operation);
    this.#tell(line, operation, "routine");
    operation.isAssumed = false;
    operation.routines += 1;
    // It runs once for each completion.
    const isUnsure = operation.carrier?.thing.hasForgotten === true;
    if (!isUnsure && operation.routines > Math.max(1, operation.completions)) {
      this.#tell(line, operation, "completion");
    }
    const { carrier, after } = operation;
    const returned = codeOf(event.returned);
    if (returned === null) return;
    after["routine.returned"] = returned;
    const told = carrier?.thing.state.get("passed-down");
    const isMarked = after["irp.marked-pending"] === true || after["irp.passed-on"] === true;
    const passedDown = told ?? (this.hasAllocated && !isMarked ? false : undefined);
    if (typeof passedDown === "boolean") after["irp.passed-down"] = passedDown;
    if (carrier?.thing.state.get("PendingReturned") === true) {
      after["irp.marked-pending"] ??= carrier.thing.state.get("marked") === true;
      // It is set while the IRP is on its way: what the arguments were at the call is not enough.
      const irp = operation.args[carrier.path];
      if (isRecord(irp)) Reflect.set(irp, "PendingReturned", true);
    }
    judgeOperation(line, operation, this.#telling);
    operation.isLetGo = returned !== STATUS_MORE_PROCESSING_REQUIRED && passedDown !== false;
  }

  #result(line: number, event: EventOf<"result">, operation: Operation): void {
    // It may be all that is seen of the completion. One that comes later says that it was wrong.
    operation.seemsOver = true;
    operation.hasWaited = true;
    if (isPolled(operation)) this.#prove(line, operation);
    this.#tell(line, operation, "result");
    const bytes = numberOf(event.information);
    if (typeof bytes !== "number") return;
    operation.after["result.bytes"] = bytes;
    if (operation.completedAt > 0) judgeOperation(line, operation, this.#telling);
  }

  /** Whoever completes an IRP has it, and has it once. */
  #passOn(line: number, operation: Operation): void {
    const { after, carrier, isLetGo, completedAt } = operation;
    const isOwn = carrier?.thing.state.get("passed-down") === false;
    const isAgain = after["irp.passed-on"] === true || isLetGo || isOwn;
    after["irp.passed-on"] = true;
    operation.isLetGo = true;
    if (completedAt === 0) {
      // WSK may have completed it, and nobody has told so: only a later completion says no.
      operation.seemsOver = true;
      operation.hasWaited = true;
      const said = functionOf("pass-on");
      if (carrier !== undefined)
        this.#happenings.of(carrier.thing, { line, happening: "reuse", said });
    } else if (isAgain) this.#tell(line, operation, "completion");
  }

  /** What comes only after the completion proves that there was one, however it ended. */
  #prove(line: number, operation: Operation): void {
    // Where the IRP's completions are told, nothing else stands for one.
    const isTold = operation.carrier?.thing.hasToldCompletion === true;
    if (operation.completedAt === 0 && !isTold) this.#conclude(line, operation);
  }

  #conclude(line: number, operation: Operation): void {
    operation.isConcluded = true;
    this.#end(line, operation);
    this.#outcome(line, operation, { code: null, information: undefined });
    this.#tell(line, operation, "completion");
  }

  /** The call has returned. Where it says success or failure, its IRP is completed as well. */
  answered(line: number, operation: Operation): void {
    const { contract, code, completedAt } = operation;
    if (contract === null || contract.traced.errorIn !== null || code === null) return;
    const completes = contract.answers.get(code);
    if (completedAt > 0 || completes === "later") return;
    operation.seemsOver = true;
    if (completes !== "already") return;
    operation.isAssumed = true;
    this.#conclude(line, operation);
    operation.settle();
  }

  /** The IRP or structure is passed on: what seemed to be over with it, is. */
  passed(line: number, carrier: Thing): void {
    const operation = carrier.latest;
    if (operation === undefined || operation.completedAt > 0 || !operation.seemsOver) return;
    operation.held = [];
    this.#conclude(line, operation);
  }

  /** The program reads an IRP that its routine has let go: it is its own, and should be kept. */
  read(line: number, carrier: Thing): void {
    const operation = carrier.latest;
    if (operation?.isLetGo !== true || operation.after["irp.passed-on"] === true) return;
    operation.after["irp.passed-down"] ??= false;
    judgeOperation(line, operation, this.#telling);
  }

  /**
   * The caller has waited for an operation. Whether it was over then, or the time was, only a later
   * completion tells: without one, nothing is held against the caller.
   */
  waited(carrier: Thing): void {
    const operation = carrier.latest;
    if (operation !== undefined) operation.hasWaited = true;
  }

  #tell(line: number, operation: Operation, happening: Happening): void {
    const { carrier } = operation;
    const path = carrier?.path ?? null;
    const ref = carrier?.thing.ref ?? null;
    this.#happenings.to(operation, { line, happening, path, ref, code: null });
  }
}

/** The operation that a completion ends: the first that waits for one, or else the last. */
function toComplete(carrier: Thing): Operation | undefined {
  for (const operation of carrier.parts.keys()) {
    if (operation.completedAt === 0 && !isRefused(operation)) return operation;
  }
  return carrier.latest;
}

/** The operation that an event is about: the IRP may be sent again before its routine returns. */
function operationOf({ event }: CompletionEvent, carrier: Thing): Operation | undefined {
  if (event === "complete" || event === "notify") return toComplete(carrier);
  return (event === "routine" ? carrier.exit() : undefined) ?? ofRoutine(carrier);
}

/** The operation whose routine runs: the last that is completed. */
function ofRoutine(carrier: Thing): Operation | undefined {
  let completed: Operation | undefined;
  for (const operation of carrier.parts.keys()) {
    if (operation.completedAt > 0) completed = operation;
  }
  return completed ?? carrier.latest;
}

/** True where nothing was started, so that nothing is to be completed. */
const isRefused = ({ isImmediate, code }: Operation): boolean => isImmediate && code !== 0;

/** True for an operation of whose end nobody is told: the low bit of its event is set. */
function isPolled({ args, carrier }: Operation): boolean {
  const name = carrier?.path;
  const overlapped = name === undefined ? undefined : args[name];
  const event = isRecord(overlapped) ? overlapped["hEvent"] : undefined;
  return (typeof event === "number" || typeof event === "bigint") && (BigInt(event) & 1n) === 1n;
}
