/**
 * How a check goes on where a look at the arguments was not enough. Nothing here throws, whatever
 * the arguments, facts and options are.
 */
import { Collector } from "./collector.js";
import type { Judged, JudgedCall, Told } from "./collector.js";
import { THROWS } from "./describe.js";
import { NO_ISSUES } from "./findings.js";
import { Finding } from "./issue.js";
import type { Issue } from "./issue.js";
import { isQuiet, NO_FACTS, settle } from "./options.js";
import type { CheckOptions } from "./options.js";
import { argumentsRule } from "./own-rules.js";
import { CLEAN } from "./verdict.js";
import type { Verdict } from "./verdict.js";

/** The collector of the last check. One that a getter starts within another takes a new one. */
let spare: Collector | undefined;

/** The issues where there are no options, and a look at the arguments has said something. */
export function tell<F extends object>(
  call: JudgedCall<F>,
  args: unknown,
  told: Told<F>,
  verdict: Verdict,
): readonly Issue[] {
  try {
    const on = spare ?? new Collector(call.profiles);
    spare = undefined;
    on.begin(call.name, call.profiles[0]);
    on.judge(call, args, verdict);
    on.judgeFacts(call, args, told);
    spare = on;
    return on.end();
  } catch {
    return unread(call);
  }
}

/** The issues of arguments, facts and options. */
export function tellWith<F extends object>(
  call: JudgedCall<F>,
  args: unknown,
  facts: F,
  options: CheckOptions,
): readonly Issue[] {
  try {
    const settled = settle(call.profiles, options);
    const verdict = call.weigh?.(args, settled);
    if (verdict === CLEAN && facts === NO_FACTS && isQuiet(settled)) return NO_ISSUES;
    const on = spare ?? new Collector(call.profiles);
    spare = undefined;
    on.begin(call.name, call.profiles[0]);
    on.judgeOptions(settled);
    on.judge(call, args, verdict);
    on.judgeFacts(call, args, { facts });
    spare = on;
    return on.end();
  } catch {
    return unread(call);
  }
}

/** Where not even issues can be gathered: built-in functions are not what they were. */
function unread({ name, profiles }: Judged): readonly Issue[] {
  const expected = "arguments that can be read";
  const of = { path: [], profile: profiles[0], expected, received: THROWS };
  return [new Finding(argumentsRule(name), { ...of, strength: "must" })];
}
