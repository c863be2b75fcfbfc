/** What a caller did to the runtime's objects that no argument check can see. */
import { ContractError } from "../support/index.js";

/** The rules about objects over time that the runtime watches. */
export const LIFETIME_RULES = {
  "irp-not-allocated": "The IRP was not made by IoAllocateIrp.",
  "irp-in-use": "The IRP is pending: it is WSK's until its completion routine runs.",
  "irp-not-own": "The IRP came from another driver, whose it is to reuse and to free.",
  "irp-no-location": "No stack location is left for WSK.",
  "irp-pending-not-marked":
    "A routine that lets a pending IRP go on calls IoMarkIrpPending where PendingReturned is set.",
  "irp-pending-not-returned":
    "A driver returns STATUS_PENDING for an IRP that it has not completed.",
  "irp-freed": "The IRP has been freed.",
  "irp-not-reused": "A completed IRP needs IoReuseIrp before it is sent again.",
  "irp-no-routine": "An IRP of the caller's own needs a completion routine for all three outcomes.",
  "irp-routine-result":
    "The completion routine of an own IRP returns STATUS_MORE_PROCESSING_REQUIRED.",
  "irp-completed-twice": "An IRP is completed exactly once.",
  "mdl-changed": "The MDL chain of a pending send has changed before the send completed.",
  "mdl-freed": "The MDL has been freed.",
  "mdl-not-locked": "The pages of the MDL are not locked.",
  "mdl-still-locked": "The pages of the MDL are locked: unlock them first.",
  "mdl-in-use": "The MDL belongs to a send that has not completed.",
  "call-in-routine":
    "No WSK function is called inside a completion routine: the kernel's stack is small.",
  "socket-closed": "The socket has been closed.",
  "socket-indication-retained":
    "Data indications that a callback has retained are released before the socket is closed.",
  "event-result": "An event callback returns one of the statuses that its page names.",
  "client-not-registered": "The registration is none, or has been taken back.",
  "client-not-captured": "The provider's table is used between its capture and its release.",
  "socket-wrong-table": "The socket does not belong to this dispatch table.",
} as const;

/** The name of such a rule. */
export type LifetimeRule = keyof typeof LIFETIME_RULES;

/**
 * The rule of the contracts that a rule of the runtime holds its callers to, as WskSend has it
 * where all sends do. What is left out is the runtime's own.
 */
export const CONTRACT_RULES = {
  "irp-in-use": "WskSend/irp-of-one-send",
  "irp-not-own": "WskSend/irp-passed-down-not-freed",
  "irp-no-location": "IRP/location-left",
  "irp-pending-not-marked": "WskSend/irp-passed-down-pending",
  "irp-freed": "WskSend/irp-gone-after-free",
  "irp-not-reused": "WskSend/irp-reused-properly",
  "irp-no-routine": "WskSend/irp-routine-always",
  "irp-routine-result": "WskSend/irp-kept-by-routine",
  "irp-completed-twice": "WskSend/completed-once",
  "mdl-changed": "WskSend/mdl-stays-locked",
  "mdl-not-locked": "MDL/locked",
  "mdl-in-use": "WskSend/mdl-stays-locked",
  "call-in-routine": "WskSend/no-calls-from-routine",
  "socket-closed": "WskSend/not-closed",
  "socket-wrong-table": "WskSend/own-table",
} as const satisfies { readonly [R in LifetimeRule]?: string };

const contractOf = (rule: LifetimeRule): string | null =>
  Object.entries(CONTRACT_RULES).find(([own]) => own === rule)?.[1] ?? null;

/** A broken lifetime rule. Windows would stop with a bug check, or corrupt memory. */
export class RuntimeViolation extends ContractError {
  override readonly name = "RuntimeViolation";
  /** Which rule was broken. */
  readonly rule: LifetimeRule;
  /**
   * The rule of the contracts behind it; `wskit explain` tells the pages that it rests on. Null
   * where the runtime stands for it alone.
   */
  readonly contract: string | null;

  /** With `detail`, what was seen of the breach. */
  constructor(call: string, rule: LifetimeRule, detail = "") {
    const seen = detail === "" ? "" : ` It was ${detail}.`;
    super(call, `${call}: ${LIFETIME_RULES[rule]}${seen} [runtime/${rule}]`);
    this.rule = rule;
    this.contract = contractOf(rule);
  }
}
