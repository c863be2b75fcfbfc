/** The end of a trace: what is still owed, and what has never come. */
import type { Happening, Lifetime } from "../support/index.js";
import { judgeOperation } from "./judging.js";
import type { Operation } from "./operation.js";
import type { Telling } from "./telling.js";
import { sinceText, strengthOf } from "./telling.js";
import type { Things } from "./things.js";

/** What is there when a trace ends. */
export interface Left {
  readonly things: Things;
  /** Operations whose call has not returned. */
  readonly calls: Iterable<Operation>;
  /** True where the recording stopped in the middle. */
  readonly isCut: boolean;
  /** True where the trace has told of notifications, and of completions of IRPs. */
  readonly hasNotified: boolean;
  readonly hasCompleted: boolean;
}

/** Tells what the operations that are left still owe. */
export function tellEnd(line: number, left: Left, telling: Telling): void {
  if (left.isCut) return;
  const operations = new Set(left.calls);
  for (const { parts } of left.things.all()) {
    for (const operation of parts.keys()) operations.add(operation);
  }
  for (const operation of [...operations].sort((a, b) => a.line - b.line)) {
    // Where completions are told, that of a send which only says that it is completed is missed.
    const isMissed = left.hasCompleted && operation.isAssumed;
    tellOwed(line, operation, { telling, isMissed });
    const { after, completedAt } = operation;
    if (left.hasNotified && completedAt > 0) after.notifications ??= 0;
    const isKept = after["routine.returned"] !== undefined && !after["irp.freed-by-caller"];
    if (isKept) after["irp.passed-on"] ??= false;
    judgeOperation(line, operation, telling);
  }
}

function tellOwed(
  line: number,
  operation: Operation,
  { telling, isMissed }: { readonly telling: Telling; readonly isMissed: boolean },
): void {
  const { course, contract, carrier, socket } = operation;
  if (course === null || contract === null) return;
  const { lifetimes } = contract.machine;
  const missed = isMissed ? lifetimes.findIndex(isCompletionOwed) : -1;
  // What is owed by several rules is told once, by the one that began last.
  const owing = missed < 0 ? course.owing : [...course.owing, missed];
  const latest = [...owing].sort((a, b) => course.sinceOf(b) - course.sinceOf(a));
  const told = new Set<string>();
  for (const index of latest) {
    const lifetime = lifetimes[index];
    const owed = index === missed ? COMPLETION : course.owedIn(index);
    if (lifetime === undefined || owed.every((of) => told.has(of))) continue;
    for (const of of owed) told.add(of);
    const isClose = owed.includes("close");
    // Whoever has waited may have seen it, though the trace has not.
    if (!isClose && operation.hasWaited) continue;
    // Where nobody has said what is completed, its completion cannot be known.
    if (!isClose && carrier === undefined) continue;
    // Of an IRP that was freed meanwhile, which is told already, nothing can be completed.
    if (!isClose && (carrier?.thing.freedAt ?? 0) > 0) continue;
    // One that was sent with while it was pending has been told, and is completed as the other's.
    if (!isClose && operation.hasOthersCarrier) continue;
    const ref = (isClose ? socket : carrier)?.thing.ref ?? null;
    telling.tell(line, {
      rule: lifetime.rule,
      // A trace may end before its program does, and sockets are closed late.
      strength: isClose ? "note" : strengthOf(lifetime.rule, telling.profileOf(contract.traced)),
      operation,
      ref,
      path: lifetime.of[0] ?? "",
      expected: lifetime.rule.expects,
      received: "none until the end of the trace",
      earlier: {
        line: course.sinceOf(index),
        text: sinceText(lifetime.after.at(-1), operation, ref),
      },
    });
  }
}

const COMPLETION: readonly Happening[] = ["completion"];

/** True for the rule by which every call owes a completion. */
const isCompletionOwed = ({ after, owes }: Lifetime): boolean =>
  owes.includes("completion") && after.length === 1 && after[0] === "return";
