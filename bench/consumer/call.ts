/** A consumer of one call, whose types the budgets count: it judges, narrows and reads. */
import { assertWSPSend, checkWSPSend, isWSPSendArgs } from "wskit";
import type { WSPSendArgs } from "wskit";

/** What is to be said of a call: its first issue, or nothing. */
export function complaint(args: unknown): string | undefined {
  if (isWSPSendArgs(args)) return undefined;
  return checkWSPSend(args)[0]?.message;
}

/** The length of the first buffer of a call. */
export function firstLength(args: unknown): number | undefined {
  assertWSPSend(args);
  return lengthOf(args);
}

function lengthOf({ lpBuffers }: WSPSendArgs): number | undefined {
  return lpBuffers[0]?.len;
}
