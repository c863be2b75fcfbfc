/** What a caller of WSK must know and nothing can check. */
import type { Rules } from "./shared.js";

/** The documentary rules of all WSK sends. */
export const readerRules: Rules<never> = {
  "no-delivery-promise": {
    says: "Success says that the data left, not that the remote application has it.",
    expects: "a protocol of one's own where delivery must be known",
    advice: "Let the remote application answer.",
    on: [],
    strength: "note",
    seenBy: "reader",
    unchecked: "what a program concludes from a success shows in no call",
    from: { inferred: "no page promises more than that the data was sent" },
    catalog: ["WSK-E1"],
    accepts: [],
    rejects: [],
  },
  "ideal-backlog": {
    says: "For throughput, the ideal send backlog of the socket is kept outstanding.",
    expects: "as many bytes outstanding as the ideal send backlog",
    advice: "Ask SIO_WSK_QUERY_IDEAL_SEND_BACKLOG, and follow WskSendBacklogEvent.",
    on: [],
    strength: "note",
    seenBy: "reader",
    unchecked: "it is advice on speed; sending less or more breaks nothing",
    from: { docs: "sio-wsk-query-ideal-send-backlog", about: "what the number is for" },
    catalog: ["WSK-E2"],
    accepts: [],
    rejects: [],
  },
  availability: {
    says: "The function exists from the Windows version on that the entry names.",
    expects: "a Windows version that has the function",
    advice: "Look at `since`, and ask the dispatch table for its version or length.",
    on: [],
    strength: "note",
    seenBy: "reader",
    unchecked: "a call cannot be made on a Windows that lacks it",
    from: [
      { inferred: "the requirements of the pages, where they name a version" },
      { header: "wsk.h" },
    ],
    catalog: ["WSK-E3"],
    accepts: [],
    rejects: [],
  },
  "no-calls-from-routine": {
    says: "A completion routine starts no new WSK calls.",
    expects: "no WSK call from within a completion routine",
    advice: "Queue the next send to a work item or a DPC: recursion and starvation threaten.",
    on: [],
    strength: "should",
    seenBy: "reader",
    unchecked: "in which routine a call is made is not among its arguments or its state",
    from: {
      docs: "using-irps-with-winsock-kernel-functions",
      about: "what a completion routine is advised not to do",
    },
    catalog: ["WSK-E4"],
    accepts: [],
    rejects: [],
  },
};
