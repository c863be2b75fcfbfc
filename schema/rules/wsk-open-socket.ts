/** What holds for every WSK socket: its own table, and what may follow its end. */
import type { Strength } from "../vocabulary.js";
import type { From, Rules } from "./shared.js";

/** The rules of a socket that is open, and is closed one day. */
export function openSocketRules(forcedClosed: From, ownTable: Strength): Rules<"Socket"> {
  return {
    "own-table": {
      says: "The call goes through the dispatch table of the socket's own category.",
      expects: "the dispatch table layout of the socket's category",
      advice:
        "Cast Dispatch to the table of the category: others have other functions at its offsets.",
      on: ["Socket"],
      strength: ownTable,
      seenBy: "state",
      from: [{ header: "wsk.h", line: 1560 }, { decision: "send-ex-offsets" }],
      catalog: ["WSK-C1", "WSK-C2"],
      require: "fact(dispatch.category) == fact(socket.category)",
      accepts: [
        {
          facts: {
            "dispatch.category": "WSK_FLAG_STREAM_SOCKET",
            "socket.category": "WSK_FLAG_STREAM_SOCKET",
          },
        },
      ],
      rejects: [
        {
          facts: {
            "dispatch.category": "WSK_FLAG_CONNECTION_SOCKET",
            "socket.category": "WSK_FLAG_STREAM_SOCKET",
          },
        },
      ],
    },
    "not-forced-closed": {
      says: "A socket that answered STATUS_FILE_FORCED_CLOSED is only closed, as soon as possible.",
      expects: "a socket that no call has found forced closed",
      advice: "Call WskCloseSocket; nothing else works on the socket any more.",
      on: ["Socket"],
      strength: "must",
      seenBy: "state",
      from: forcedClosed,
      catalog: ["WSK-C5"],
      answers: "STATUS_FILE_FORCED_CLOSED",
      require: "!fact(socket.forced-closed)",
      accepts: [{ facts: { "socket.forced-closed": false } }],
      rejects: [{ facts: { "socket.forced-closed": true } }],
    },
    "closed-after-forced-close": {
      says: "After STATUS_FILE_FORCED_CLOSED the caller closes the socket, and calls nothing else.",
      expects: "WskCloseSocket as the next and last call on the socket",
      advice: "Call WskCloseSocket as soon as a call answers STATUS_FILE_FORCED_CLOSED.",
      on: ["Socket"],
      strength: "must",
      seenBy: "protocol",
      class: "state",
      from: [
        ...[forcedClosed].flat(),
        { inferred: "that nothing else is called: the socket works no longer" },
      ],
      catalog: ["WSK-C5"],
      lifetime: {
        after: "STATUS_FILE_FORCED_CLOSED",
        until: "close",
        of: ["Socket"],
        forbids: ["call"],
        owes: ["close"],
      },
      accepts: [{ events: ["return STATUS_FILE_FORCED_CLOSED", "close Socket"] }],
      rejects: [
        { events: ["return STATUS_FILE_FORCED_CLOSED"] },
        { events: ["return STATUS_FILE_FORCED_CLOSED", "call Socket", "close Socket"] },
      ],
    },
    "not-closed": {
      says: "After WskCloseSocket nothing is called on the socket: its memory is WSK's again.",
      expects: "a socket that was not closed",
      advice: "Drop the pointer when you call WskCloseSocket.",
      on: ["Socket"],
      strength: "must",
      seenBy: "state",
      from: [
        { docs: "nc-wsk-pfn_wsk_close_socket", about: "what may follow the close" },
        { header: "wsk.h", line: 992 },
      ],
      catalog: ["WSK-C6"],
      require: "!fact(socket.closed)",
      accepts: [{ facts: { "socket.closed": false } }],
      rejects: [{ facts: { "socket.closed": true } }],
    },
    "no-call-after-close": {
      says: "No call uses the socket once it is closed.",
      expects: "no call on a closed socket",
      advice: "Make sure that every other path of the program has let go of the socket.",
      on: ["Socket"],
      strength: "must",
      seenBy: "protocol",
      class: "state",
      from: { docs: "nc-wsk-pfn_wsk_close_socket", about: "what may follow the close" },
      catalog: ["WSK-C6"],
      lifetime: { after: "close", of: ["Socket"], forbids: ["call", "close"] },
      accepts: [{ events: ["return STATUS_PENDING", "close Socket", "completion"] }],
      rejects: [{ events: ["return STATUS_PENDING", "close Socket", "call Socket"] }],
    },
    "no-close-within-call": {
      says: "WskCloseSocket does not run while a send on the socket has not returned.",
      expects: "no WskCloseSocket before the send has returned",
      advice: "Count the calls that are under way, and close after the last; IRPs may be pending.",
      on: ["Socket"],
      strength: "must",
      seenBy: "protocol",
      from: [
        { docs: "nc-wsk-pfn_wsk_close_socket", about: "which calls must have returned" },
        { header: "wsk.h", line: 992 },
      ],
      catalog: ["WSK-D16"],
      lifetime: { after: "call", until: "return", of: ["Socket"], forbids: ["close"] },
      accepts: [{ events: ["return STATUS_PENDING", "close Socket", "completion"] }],
      rejects: [{ events: ["close Socket", "return STATUS_PENDING"] }],
    },
  };
}
