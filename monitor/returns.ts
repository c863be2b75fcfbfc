/** Returns: what the call answered, and what that means for the operation. */
import { STATUS_FILE_FORCED_CLOSED } from "../generated/codes/index.js";
import { BadTrace } from "./bad-trace.js";
import type { EventOf } from "../trace/format.js";
import { factsIn } from "./facts.js";
import type { Happenings } from "./happenings.js";
import { judgeOperation } from "./judging.js";
import { codeOf, numberOf } from "./numbers.js";
import type { Contracted, Operation } from "./operation.js";
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
  operation.code = answerOf(line, event, operation);
  if (contract === null) return;
  if (event.facts !== undefined) Object.assign(operation.after, factsIn(event.facts));
  if (event.out !== undefined) takeOut(event.out, operation);
  const { code } = operation;
  operation.isImmediate = isImmediate(contract, code);
  if (operation.after.returned === STATUS_FILE_FORCED_CLOSED) {
    operation.socket?.thing.set("forced-closed", true, line);
  }
  happenings.to(operation, { line, happening: "return", path: null, ref: null, code });
  alarm(operation);
  // A code that is not listed is judged at once, whatever comes of it.
  if (operation.isOver || (code !== null && !contract.answers.has(code))) {
    judgeOperation(line, operation, telling);
  }
  operation.settle();
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
  after.returned = status === 0 ? 0 : SOCKET_ERROR;
  const error = status === 0 ? 0 : isError ? status : known(line, event, "error");
  if (error !== null) after.error = error;
  return error;
}

/** The code in a field. A name that nobody knows is a mistake of the trace. */
function known(line: number, event: EventOf<"return">, field: "status" | "error"): number | null {
  const given = event[field];
  const code = codeOf(given);
  if (code !== null || given === undefined) return code;
  throw new BadTrace(line, { field, expected: "the name of a code, or its number", given });
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
  return answers.get(code)?.isLater !== true;
}

/** A socket on which something is forbidden from now on says so. */
function alarm({ socket, course }: Operation): void {
  if (socket !== undefined && course?.forbids(socket.path) === true) socket.thing.isAlarmed = true;
}
