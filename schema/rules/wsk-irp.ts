/** What the IRP of a WSK send owes its two owners. */
import type { Rules } from "./shared.js";

const USING_IRPS = "using-irps-with-winsock-kernel-functions";

/** The rules of the Irp parameter; WSK_BUF and IRP have their own in structs/. */
export const irpRules: Rules<"Irp"> = {
  "irp-not-outstanding": {
    says: "The IRP is the caller's: no earlier call with it is still to be completed.",
    expects: "an IRP that no outstanding call uses",
    advice: "Wait for the completion routine, or allocate another IRP.",
    on: ["Irp"],
    strength: "must",
    seenBy: "state",
    class: "lifetime",
    from: { docs: USING_IRPS, about: "when an IRP may be used again" },
    catalog: ["WSK-D12"],
    require: "!fact(irp.outstanding)",
    accepts: [{ facts: { "irp.outstanding": false } }],
    rejects: [{ facts: { "irp.outstanding": true } }],
  },
  "irp-routine-always": {
    says: "The caller's own IRP has a completion routine for success, error and cancellation.",
    expects: "a completion routine that is invoked on success, error and cancellation",
    advice: "Call IoSetCompletionRoutine with TRUE three times, also after IoReuseIrp.",
    on: ["Irp"],
    strength: "must",
    seenBy: "state",
    class: "lifetime",
    from: [
      { docs: USING_IRPS, about: "how an application prepares an IRP of its own" },
      { header: "wdm.h", line: 31370 },
    ],
    catalog: ["WSK-D10"],
    require: "fact(irp.passed-down) || fact(irp.invoked-always)",
    accepts: [
      { facts: { "irp.passed-down": false, "irp.invoked-always": true } },
      { facts: { "irp.passed-down": true, "irp.invoked-always": false } },
    ],
    rejects: [{ facts: { "irp.passed-down": false, "irp.invoked-always": false } }],
  },
  "irp-location-left": {
    says: "The caller leaves the next stack location alone: WSK fills it.",
    expects: "a next stack location that the caller has not filled",
    advice: "Set the completion routine only; no major function, no parameters.",
    on: ["Irp"],
    strength: "should",
    seenBy: "state",
    class: "lifetime",
    from: { docs: USING_IRPS, about: "what an application does not initialise" },
    catalog: ["WSK-D14"],
    require: "!fact(irp.location-prepared)",
    accepts: [{ facts: { "irp.location-prepared": false } }],
    rejects: [{ facts: { "irp.location-prepared": true } }],
  },
  "irp-kept-by-routine": {
    says: "The completion routine of an IRP of one's own returns STATUS_MORE_PROCESSING_REQUIRED.",
    expects: "STATUS_MORE_PROCESSING_REQUIRED from the completion routine",
    advice: "Return it always: otherwise the I/O manager goes on with an IRP that is yours.",
    on: ["Irp"],
    strength: "must",
    seenBy: "protocol",
    from: { docs: USING_IRPS, about: "what a completion routine returns" },
    catalog: ["WSK-D11"],
    require: "fact(irp.passed-down) || fact(routine.returned) == STATUS_MORE_PROCESSING_REQUIRED",
    accepts: [
      {
        facts: {
          "irp.passed-down": false,
          "routine.returned": "STATUS_MORE_PROCESSING_REQUIRED",
        },
      },
    ],
    rejects: [{ facts: { "irp.passed-down": false, "routine.returned": "STATUS_SUCCESS" } }],
  },
  "irp-of-one-send": {
    says: "An IRP backs one send at a time; while it does, it is WSK's.",
    expects: "an IRP that no outstanding send uses",
    advice: "Wait for the completion routine before you touch the IRP again, or take another one.",
    on: ["Irp"],
    strength: "must",
    seenBy: "protocol",
    from: { docs: USING_IRPS, about: "when an IRP may be used again" },
    catalog: ["WSK-D12"],
    lifetime: {
      after: "call",
      until: "completion",
      of: ["Irp"],
      forbids: ["call", "reuse", "free"],
    },
    accepts: [{ events: ["return STATUS_PENDING", "completion", "reuse Irp", "call Irp"] }],
    rejects: [
      { events: ["return STATUS_PENDING", "call Irp"] },
      { events: ["return STATUS_PENDING", "reuse Irp"] },
      { events: ["return STATUS_PENDING", "free Irp"] },
    ],
  },
  "irp-reused-properly": {
    says: "A completed IRP of the caller's own is used again only after IoReuseIrp.",
    expects: "IoReuseIrp before the next call with the IRP",
    advice: "Call IoReuseIrp, then IoSetCompletionRoutine, then send.",
    on: ["Irp"],
    strength: "must",
    seenBy: "protocol",
    from: { docs: USING_IRPS, about: "how an IRP is used again" },
    catalog: ["WSK-D12"],
    lifetime: { after: "completion", until: "reuse", of: ["Irp"], forbids: ["call"] },
    accepts: [{ events: ["return STATUS_SUCCESS", "completion", "reuse Irp", "call Irp"] }],
    rejects: [{ events: ["return STATUS_SUCCESS", "completion", "call Irp"] }],
  },
  "irp-gone-after-free": {
    says: "A freed IRP is not read, reused or passed on.",
    expects: "no use of the IRP after it was freed",
    advice: "Copy IoStatus before the completion routine frees the IRP.",
    on: ["Irp"],
    strength: "must",
    seenBy: "protocol",
    from: { docs: USING_IRPS, about: "what becomes of an IRP of one's own" },
    catalog: ["WSK-D12"],
    lifetime: {
      after: "free",
      of: ["Irp", "Irp.IoStatus", "Irp.IoStatus.Status", "Irp.IoStatus.Information"],
      forbids: ["call", "read", "reuse", "free"],
    },
    accepts: [
      { events: ["return STATUS_SUCCESS", "completion", "read Irp", "free Irp"] },
      { events: ["return STATUS_SUCCESS", "completion", "free Socket", "read Irp"] },
    ],
    rejects: [
      { events: ["return STATUS_SUCCESS", "completion", "free Irp", "read Irp"] },
      { events: ["return STATUS_SUCCESS", "completion", "free Irp", "read Irp.IoStatus.Status"] },
    ],
  },
  "irp-passed-down-not-freed": {
    says: "An IRP that came from another driver is never freed by this one.",
    expects: "an IRP that the caller has not freed, because it was passed down",
    advice: "Let the IRP go on to its owner: return STATUS_SUCCESS, or complete it yourself.",
    on: ["Irp"],
    strength: "must",
    seenBy: "protocol",
    from: { docs: USING_IRPS, about: "IRPs that were passed down" },
    catalog: ["WSK-D13"],
    require: "!fact(irp.passed-down) || !fact(irp.freed-by-caller)",
    accepts: [{ facts: { "irp.passed-down": true, "irp.freed-by-caller": false } }],
    rejects: [{ facts: { "irp.passed-down": true, "irp.freed-by-caller": true } }],
  },
  "irp-passed-down-routine": {
    says: "The routine of a passed-down IRP returns success, or keeps the IRP to complete it.",
    expects: "STATUS_SUCCESS or STATUS_MORE_PROCESSING_REQUIRED from the completion routine",
    advice: "Return STATUS_SUCCESS; if you keep the IRP, call IoCompleteRequest later.",
    on: ["Irp"],
    strength: "must",
    seenBy: "protocol",
    from: { docs: USING_IRPS, about: "IRPs that were passed down" },
    catalog: ["WSK-D13"],
    require:
      "!fact(irp.passed-down) || fact(routine.returned) == STATUS_SUCCESS || " +
      "fact(routine.returned) == STATUS_MORE_PROCESSING_REQUIRED",
    accepts: [{ facts: { "irp.passed-down": true, "routine.returned": "STATUS_SUCCESS" } }],
    rejects: [{ facts: { "irp.passed-down": true, "routine.returned": "STATUS_PENDING" } }],
  },
  "irp-passed-down-completed": {
    says: "A routine that keeps a passed-down IRP completes it later with IoCompleteRequest.",
    expects: "IoCompleteRequest on the IRP that the routine has kept",
    advice: "Call IoCompleteRequest when you are done with the IRP: its owner waits for it.",
    on: ["Irp"],
    strength: "must",
    seenBy: "protocol",
    from: { docs: USING_IRPS, about: "IRPs that were passed down" },
    catalog: ["WSK-D13"],
    require:
      "!fact(irp.passed-down) || " +
      "fact(routine.returned) != STATUS_MORE_PROCESSING_REQUIRED || fact(irp.passed-on)",
    accepts: [
      {
        facts: {
          "irp.passed-down": true,
          "routine.returned": "STATUS_MORE_PROCESSING_REQUIRED",
          "irp.passed-on": true,
        },
      },
    ],
    rejects: [
      {
        facts: {
          "irp.passed-down": true,
          "routine.returned": "STATUS_MORE_PROCESSING_REQUIRED",
          "irp.passed-on": false,
        },
      },
    ],
  },
  "irp-passed-down-pending": {
    says: "Where PendingReturned is set, the routine of a passed-down IRP marks the IRP pending.",
    expects: "a call of IoMarkIrpPending, because PendingReturned is set",
    advice: "Call IoMarkIrpPending in the routine whenever Irp->PendingReturned is TRUE.",
    on: ["Irp"],
    strength: "must",
    seenBy: "protocol",
    from: { docs: USING_IRPS, about: "IRPs that were passed down" },
    catalog: ["WSK-D13"],
    require: "!fact(irp.passed-down) || !Irp.PendingReturned || fact(irp.marked-pending)",
    accepts: [
      {
        set: { "Irp.PendingReturned": true },
        facts: { "irp.passed-down": true, "irp.marked-pending": true },
      },
    ],
    rejects: [
      {
        set: { "Irp.PendingReturned": true },
        facts: { "irp.passed-down": true, "irp.marked-pending": false },
      },
    ],
  },
};
