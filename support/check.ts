/**
 * How a check goes on where a look at the arguments was not enough. Nothing here throws, whatever
 * the arguments, facts and options are.
 */
import { Collector } from "./collector.js";
import type { JudgedCall } from "./collector.js";
import { THROWS } from "./describe.js";
import { Finding } from "./issue.js";
import type { Issue } from "./issue.js";
import type { CheckOptions } from "./options.js";
import { argumentsRule } from "./own-rules.js";
import type { Verdict } from "./verdict.js";

/** The collector of the last check. One that a getter starts within another takes a new one. */
let spare: Collector | undefined;

/** The issues of arguments of which a look without facts and options has said something. */
export function tell(
  call: JudgedCall<never>,
  args: unknown,
  verdict: Verdict | undefined,
): readonly Issue[] {
  const on = spare ?? new Collector(call.profiles);
  spare = undefined;
  try {
    on.begin(call.name, call.profiles[0]);
    on.judge(call, args, verdict);
    return on.end();
  } catch {
    return unread(call);
  } finally {
    spare = on;
  }
}

/** The issues of arguments, facts and options. */
export function tellWith<F extends object>(
  call: JudgedCall<F>,
  args: unknown,
  facts: F,
  options: CheckOptions,
): readonly Issue[] {
  const on = spare ?? new Collector(call.profiles);
  spare = undefined;
  try {
    on.begin(call.name, call.profiles[0]);
    on.judgeOptions(call.profiles, options);
    on.judge(call, args, call.weigh?.(args, on));
    on.judgeFacts(call, args, facts);
    return on.end();
  } catch {
    return unread(call);
  } finally {
    spare = on;
  }
}

/** Where not even issues can be gathered: built-in functions are not what they were. */
function unread({ name, profiles }: JudgedCall<never>): readonly Issue[] {
  const expected = "arguments that can be read";
  const of = { path: [], profile: profiles[0], expected, received: THROWS };
  return [new Finding(argumentsRule(name), { ...of, strength: "must" })];
}
