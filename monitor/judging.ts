/** Judges how an operation went, by what is known of it so far. */
import type { Operation } from "./operation.js";
import type { Telling } from "./telling.js";

/** Tells the issues of an operation that have not been told before. */
export function judgeOperation(line: number, operation: Operation, telling: Telling): void {
  const { contract } = operation;
  const traced = contract?.traced;
  if (contract === null || traced?.judge === undefined) return;
  const issues = traced.judge(operation.args, operation.after, telling.optionsOf(traced));
  for (const issue of issues) {
    if (operation.isNew(issue.rule) && !telling.rests(issue, operation)) {
      telling.issue(line, issue, operation);
    }
  }
}
