/** Returns: what the call answered, and what that means for the operation. */
import {
  STATUS_FILE_FORCED_CLOSED, WSA_IO_PENDING, WSAEWOULDBLOCK,
} from "../generated/codes/index.js"; // prettier-ignore
import { codeIn } from "./bad-trace.js";
import type { EventOf } from "../trace/format.js";
import { factsIn } from "./facts.js";
import type { Happenings } from "./happenings.js";
import { judgeOperation } from "./judging.js";
import { codeOf, numberOf } from "./numbers.js";
import type { Contracted } from "./contracted.js";
import type { Operation } from "./operation.js";
import type { Telling } from "./telling.js";
import type { Given } from "./operation.js";

const SOCKET_ERROR = -1;

/** Takes note of a return. */
export function seeReturn(
  line: number,
  event: EventOf<"return">,
  of: { operation: Operation; telling: Telling; happenings: Happenings },
): void {
  const { operation, telling, happenings } = of;
  const { contract } = operation;
  operation.returnedAt = line;
  if (!operation.hasWaited && !operation.seemsOver) operation.tellHeld();
  operation.code = answerOf(line, event, operation);
  forcedClosed(line, operation, operation.code);
  if (contract === null) return;
  if (event.facts !== undefined) Object.assign(operation.after, factsIn(event.facts));
  if (event.out !== undefined) takeOut(event.out, operation);
  const { code } = operation;
  // Without an IRP, another function than a send is over as soon as it returns.
  const hasCarrier = contract.isSend || operation.carrier !== undefined;
  operation.isImmediate = !hasCarrier || isImmediate(contract, code);
  happenings.to(operation, { line, happening: "return", path: null, ref: null, code });
  alarm(operation);
  // A code that is not listed is judged at once, whatever comes of it.
  if (operation.isOver || (code !== null && !contract.answers.has(code))) {
    judgeOperation(line, operation, telling);
  }
  operation.settle();
}

/** A socket of which anything answers so is only closed. */
export function forcedClosed(line: number, { socket }: Operation, code: number | null): void {
  if (code === STATUS_FILE_FORCED_CLOSED) socket?.thing.set("forced-closed", true, line);
}

/** The code of the return: a status, or the error of a provider's call. */
function answerOf(line: number, event: EventOf<"return">, operation: Operation): number | null {
  const status = known(line, event, "status");
  const { contract, after } = operation;
  if (contract === null) return status;
  if (contract.traced.errorIn === null) {
    if (status !== null) after.returned = status;
    return status;
  }
  const isError = status !== 0 && status !== SOCKET_ERROR;
  const told = known(line, event, "error");
  // Some write the code where the result would be.
  after.returned = told === null && isError ? SOCKET_ERROR : (status ?? SOCKET_ERROR);
  const error = told ?? (status === 0 ? 0 : isError ? status : null);
  if (error !== null) after.error = error;
  return error;
}

/** The code in a field. */
function known(line: number, event: EventOf<"return">, field: "status" | "error"): number | null {
  const given = event[field];
  return codeIn(line, given, field);
}

/** What stands in out-parameters. */
function takeOut(out: Given, { after, given }: Operation): void {
  const count = numberOf(valueIn(out["lpNumberOfBytesSent"]));
  if (typeof count !== "number") return;
  after["bytes-sent"] = count;
  const before = numberOf(valueIn(given["lpNumberOfBytesSent"]));
  if (typeof before === "number") after["bytes-sent.written"] = before !== count;
}

const valueIn = (given: unknown): unknown =>
  typeof given === "object" && given !== null && "value" in given ? given.value : given;

/** True where no completion is to come; an IRP always has one. */
function isImmediate({ traced, answers }: Contracted, code: number | null): boolean {
  if (code === null || traced.errorIn === null) return false;
  return answers.get(code) !== "later";
}

/** A socket on which something is forbidden from now on knows by whom: the last one is enough. */
function alarm(operation: Operation): void {
  const { socket, course } = operation;
  if (socket === undefined || course?.forbids(socket.path) !== true) return;
  socket.thing.alarms.clear();
  socket.thing.alarms.add(operation);
}

/** True for a call that has succeeded, or whose end is still to come. */
export function isUnderWay(event: EventOf<"return">, { code }: Operation): boolean {
  if (code === null || code >= 0) return true;
  return code === -1 && (event.error === undefined || PENDING.has(codeOf(event.error)));
}

const PENDING: ReadonlySet<number | null> = new Set([WSA_IO_PENDING, WSAEWOULDBLOCK]);
