/**
 * What other functions of WSK have in common with sends: they take IRPs, sockets and data by the
 * same rules. They are judged by those rules of WskSend, and by no others.
 */
import type { Facts } from "../generated/index.js";
import { tracedWskSend } from "../generated/traced/wsk-send.js";
import type { CheckOptions, Issue, Lifetime, TracedCall } from "../support/index.js";

/** Parameters that mean the same wherever WSK has them. */
const SHARED: ReadonlySet<string> = new Set(["Socket", "Buffer", "Irp"]);

/** Rules about the IRP and the data of a call, from its beginning to its end, and behind it. */
const OF_IRPS: ReadonlySet<string> = new Set([
  "completed-once",
  "irp-gone-after-free",
  "irp-of-one-send",
  "irp-reused-properly",
  "mdl-stays-locked",
  "pending-is-open",
]);

/** Rules about a socket that is closed, or good for nothing else. */
const OF_SOCKETS: ReadonlySet<string> = new Set([
  "closed-after-forced-close",
  "no-call-after-close",
]);

const nameOf = ({ rule }: Lifetime): string => rule.id.slice(rule.id.indexOf("/") + 1);

/** How it went, as far as that is about the IRP. */
function judge(args: unknown, facts: Facts, options?: CheckOptions): readonly Issue[] {
  const issues = tracedWskSend.judge?.(args, facts, options) ?? [];
  return issues.filter(({ rule }) => rule.startsWith("WskSend/irp-"));
}

const sharing = (rules: ReadonlySet<string>): TracedCall<Facts> => ({
  ...tracedWskSend,
  watched: {
    ...tracedWskSend.watched,
    lifetimes: tracedWskSend.watched.lifetimes.filter((lifetime) => rules.has(nameOf(lifetime))),
  },
  params: tracedWskSend.params.filter(({ name }) => SHARED.has(name)),
  facts: { before: [], after: [] },
  check: () => [],
  judge,
});

/** A function of WSK as a trace has it. */
export const tracedOther: TracedCall<Facts> = sharing(new Set([...OF_IRPS, ...OF_SOCKETS]));

/** WskCloseSocket, and what comes after it. */
export const tracedClose: TracedCall<Facts> = sharing(new Set([...OF_IRPS, "no-call-after-close"]));
