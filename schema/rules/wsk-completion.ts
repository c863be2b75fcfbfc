/** How a WSK send ends: once, with the truth. */
import type { From, Rules } from "./shared.js";

/** Where the completion of a send is described on its page. */
export interface CompletionSources {
  readonly success: From;
  readonly pending: From;
  readonly otherwise: From;
  readonly unbuffered: From;
}

/**
 * How the IRP is completed. `bytes` is the expression for what was asked to be sent, `short` the
 * change that makes it 20 bytes.
 */
export function completionRules(
  from: CompletionSources,
  of: { readonly bytes: string; readonly short: { readonly [path: string]: number } },
): Rules<"Irp"> {
  return {
    ...statusRules(from),
    ...closingRules,
    "information-is-length": {
      says: "WSK buffers nothing: a send that succeeded has sent all its bytes.",
      expects: "as many bytes as were to be sent",
      advice: "As a provider, complete only when everything was sent, and say how much that was.",
      on: ["Irp"],
      strength: "must",
      seenBy: "protocol",
      from: [
        ...[from.unbuffered].flat(),
        { observed: "Wine's driver_netio.c finds the full length on Windows" },
      ],
      catalog: ["WSK-D4"],
      require:
        "fact(completion.status) < 0 || fact(completion.status) == STATUS_PENDING || " +
        `fact(completion.information) == ${of.bytes}`,
      accepts: [
        {
          set: of.short,
          facts: { "completion.status": "STATUS_SUCCESS", "completion.information": 20 },
        },
        {
          set: of.short,
          facts: { "completion.status": "STATUS_CANCELLED", "completion.information": 0 },
        },
      ],
      rejects: [
        {
          set: of.short,
          facts: { "completion.status": "STATUS_SUCCESS", "completion.information": 10 },
        },
      ],
    },
  };
}

function statusRules(from: CompletionSources): Rules<"Irp"> {
  return {
    "completed-at-all": {
      says: "Whatever the function returns, the IRP is completed.",
      expects: "a completion of the IRP",
      advice: "As a provider, complete the IRP on every path, the failing ones too.",
      on: ["Irp"],
      strength: "must",
      seenBy: "protocol",
      from: [
        ...[from.otherwise].flat(),
        { decision: "not-supported-completes" },
        { decision: "null-irp-completes-nothing" },
      ],
      catalog: ["WSK-D1"],
      lifetime: { after: "return", of: ["Irp"], owes: ["completion"] },
      accepts: [
        { events: ["return STATUS_PENDING", "completion STATUS_SUCCESS"] },
        { events: ["completion STATUS_SUCCESS", "return STATUS_SUCCESS"] },
      ],
      rejects: [
        { events: ["return STATUS_PENDING"] },
        { events: ["return STATUS_FILE_FORCED_CLOSED"] },
      ],
    },
    "completed-once": {
      says: "The IRP is completed once only.",
      expects: "no second completion of the IRP",
      advice: "As a provider, forget the IRP before you complete it.",
      on: ["Irp"],
      strength: "must",
      seenBy: "protocol",
      from: [
        ...[from.otherwise].flat(),
        { inferred: "an IRP that is completed twice stops Windows" },
      ],
      catalog: ["WSK-D1"],
      aliases: ["SDV DoubleCompletion"],
      lifetime: {
        after: "completion",
        until: "reuse",
        of: ["Irp"],
        forbids: ["completion"],
      },
      accepts: [{ events: ["return STATUS_PENDING", "completion"] }],
      rejects: [{ events: ["return STATUS_PENDING", "completion", "completion"] }],
    },
    "success-is-success": {
      says: "A send that returned STATUS_SUCCESS has its IRP completed with STATUS_SUCCESS.",
      expects: "STATUS_SUCCESS in IoStatus.Status, because it was returned",
      advice: "As a provider, return what you complete the IRP with, or STATUS_PENDING.",
      on: ["Irp"],
      strength: "must",
      seenBy: "protocol",
      from: from.success,
      catalog: ["WSK-D2"],
      require: "fact(returned) != STATUS_SUCCESS || fact(completion.status) == STATUS_SUCCESS",
      accepts: [{ facts: { returned: "STATUS_SUCCESS", "completion.status": "STATUS_SUCCESS" } }],
      rejects: [{ facts: { returned: "STATUS_SUCCESS", "completion.status": "STATUS_CANCELLED" } }],
    },
    "failure-is-failure": {
      says: "A send that returned a failure has its IRP completed with a failure.",
      expects: "a failure in IoStatus.Status, because one was returned",
      advice: "As a provider, complete the IRP with the status that you return.",
      on: ["Irp"],
      strength: "must",
      seenBy: "protocol",
      from: from.otherwise,
      catalog: ["WSK-D1", "WSK-D18"],
      require: "fact(returned) >= 0 || fact(completion.status) < 0",
      accepts: [
        {
          facts: {
            returned: "STATUS_FILE_FORCED_CLOSED",
            "completion.status": "STATUS_FILE_FORCED_CLOSED",
          },
        },
      ],
      rejects: [
        { facts: { returned: "STATUS_FILE_FORCED_CLOSED", "completion.status": "STATUS_SUCCESS" } },
      ],
    },
    "completion-is-final": {
      says: "No IRP is completed with STATUS_PENDING.",
      expects: "a final status in IoStatus.Status",
      advice: "As a provider, complete the IRP when you know how the send ended.",
      on: ["Irp"],
      strength: "must",
      seenBy: "protocol",
      from: [...[from.pending].flat(), { inferred: "an IRP is completed when nothing is pending" }],
      catalog: ["WSK-D3"],
      require: "fact(completion.status) != STATUS_PENDING",
      accepts: [{ facts: { "completion.status": "STATUS_CANCELLED" } }],
      rejects: [{ facts: { "completion.status": "STATUS_PENDING" } }],
    },
    "pending-is-open": {
      says: "After STATUS_PENDING the result stands in IoStatus, and only from the completion on.",
      expects: "the completion before IoStatus is read",
      advice: "Ask for STATUS_PENDING before NT_SUCCESS, which holds for it, and wait.",
      on: ["Irp"],
      strength: "must",
      seenBy: "protocol",
      from: [
        ...[from.pending].flat(),
        { header: "ntdef.h", line: 1052 },
        { decision: "pending-is-nt-success" },
      ],
      catalog: ["WSK-D3"],
      aliases: ["SDV PendedCompletedRequest2"],
      lifetime: {
        after: "STATUS_PENDING",
        until: "completion",
        of: ["Irp", "Irp.IoStatus", "Irp.IoStatus.Status", "Irp.IoStatus.Information"],
        forbids: ["read"],
      },
      accepts: [{ events: ["return STATUS_PENDING", "completion", "read Irp.IoStatus"] }],
      rejects: [
        { events: ["return STATUS_PENDING", "read Irp.IoStatus", "completion"] },
        { events: ["return STATUS_PENDING", "read Irp.IoStatus.Information", "completion"] },
      ],
    },
    "failure-sent-nothing": {
      says: "A send that failed reports no bytes.",
      expects: "0 in IoStatus.Information, because the send failed",
      advice: "As a provider, set Information to 0 on failure; as a caller, do not read it then.",
      on: ["Irp"],
      strength: "should",
      seenBy: "protocol",
      from: [
        ...[from.pending].flat(),
        { observed: "Wine's driver_netio.c finds 0 on Windows for a failed WskConnect" },
        { reference: "viosock sets 0" },
      ],
      catalog: ["WSK-D18"],
      require: "fact(completion.status) >= 0 || fact(completion.information) == 0",
      accepts: [
        { facts: { "completion.status": "STATUS_CANCELLED", "completion.information": 0 } },
      ],
      rejects: [
        { facts: { "completion.status": "STATUS_CANCELLED", "completion.information": 5 } },
      ],
    },
  };
}

const closingRules: Rules<"Irp"> = {
  "close-completes": {
    says: "WskCloseSocket cancels a pending send and completes its IRP.",
    expects: "a completion of the IRP after the socket was closed",
    advice: "As a provider, complete every pending IRP with STATUS_CANCELLED when you close.",
    on: ["Irp"],
    strength: "must",
    seenBy: "protocol",
    from: [
      { docs: "nc-wsk-pfn_wsk_close_socket", about: "what becomes of pending requests" },
      { observed: "Wine's driver_netio.c finds STATUS_CANCELLED for a pending WskAccept" },
    ],
    catalog: ["WSK-D15"],
    lifetime: { after: "close", of: ["Irp"], owes: ["completion"] },
    accepts: [{ events: ["return STATUS_PENDING", "close", "completion STATUS_CANCELLED"] }],
    rejects: [{ events: ["return STATUS_PENDING", "close"] }],
  },
};

/** What a disconnect does to sends that are under way on a connection. */
export const disconnectRules: Rules<"Irp"> = {
  "graceful-disconnect-waits": {
    says: "A graceful WskDisconnect is not done before the sends that were under way.",
    expects: "the completion of the send before that of the disconnect",
    advice: "As a provider, queue the disconnect behind the sends.",
    on: ["Irp"],
    strength: "must",
    seenBy: "protocol",
    from: { docs: "nc-wsk-pfn_wsk_disconnect", about: "how it treats outstanding sends" },
    catalog: ["WSK-D17"],
    lifetime: { after: "call", until: "completion", of: ["Irp"], forbids: ["disconnect"] },
    accepts: [{ events: ["return STATUS_PENDING", "completion", "disconnect"] }],
    rejects: [{ events: ["return STATUS_PENDING", "disconnect", "completion"] }],
  },
  "abortive-disconnect-cancels": {
    says: "An abortive WskDisconnect cancels the sends that are under way and completes them.",
    expects: "a completion of the IRP after the abortive disconnect",
    advice: "As a provider, complete every pending IRP when the connection is aborted.",
    on: ["Irp"],
    strength: "must",
    seenBy: "protocol",
    from: { docs: "nc-wsk-pfn_wsk_disconnect", about: "how it treats outstanding sends" },
    catalog: ["WSK-D17"],
    lifetime: { after: "abort", of: ["Irp"], owes: ["completion"] },
    accepts: [{ events: ["return STATUS_PENDING", "abort", "completion STATUS_CANCELLED"] }],
    rejects: [{ events: ["return STATUS_PENDING", "abort"] }],
  },
};
