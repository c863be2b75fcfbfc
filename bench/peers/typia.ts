/** typia: its generated checks of the types, and the relations by hand behind them. */
import { is, validate } from "../built/typia/calls.js";
import type { WskSendTo } from "../built/typia/calls.js";
import { brokenByControl, brokenByWsk, brokenByWsp, isLongEnough } from "./relations.js";
import type { Finding } from "./relations.js";
import { COMMON } from "./subject.js";
import type { Subject } from "./subject.js";

type Result<T> = { success: true; data: T } | { success: false; errors: readonly unknown[] };

/** typia's errors, or the relation that is broken. */
const issuesOf =
  <T>(errors: (args: unknown) => Result<T>, broken: (args: T) => Finding | undefined) =>
  (args: unknown): readonly unknown[] => {
    const result = errors(args);
    if (!result.success) return result.errors;
    const found = broken(result.data);
    return found === undefined ? [] : [found];
  };

const brokenBySendTo = (args: WskSendTo): Finding | undefined =>
  args.RemoteAddress === null || isLongEnough(args.RemoteAddress)
    ? brokenByControl(args)
    : { path: "RemoteAddress.sa_data", expected: "the bytes of its family" };

const STACK = "its walk along a chain is a recursion without a bound";
const INSTANCE = "it asks for instanceof, which a prototype trick passes";

/** The row of typia. */
export const typia: Subject = {
  name: "typia",
  note: "12.2.1, `typia generate` (from 13 on it builds its transform with Go, from modules that are in no npm registry); relations between fields by a hand-written check behind it",
  calls: {
    WSPSend: {
      is: (args) => is.WSPSend(args) && brokenByWsp(args) === undefined,
      issues: issuesOf(validate.WSPSend, brokenByWsp),
    },
    WskSend: {
      is: (args) => is.WskSend(args) && brokenByWsk(args) === undefined,
      issues: issuesOf(validate.WskSend, brokenByWsk),
    },
    WskSendTo: {
      is: (args) => is.WskSendTo(args) && brokenBySendTo(args) === undefined,
      issues: issuesOf(validate.WskSendTo, brokenBySendTo),
    },
    WskSendEx: {
      is: (args) => is.WskSendEx(args) && brokenByControl(args) === undefined,
      issues: issuesOf(validate.WskSendEx, brokenByControl),
    },
  },
  differs: {
    ...COMMON,
    "endless chain": STACK,
    "memory by prototype": INSTANCE,
    "array as object": "it asks for typeof, which an array passes",
  },
};
