import { defineCall } from "../define-call.js";
import { descriptorRules } from "../rules/wsp-arguments.js";
import { answerRule, failures } from "../rules/wsp-socket.js";

const header = { header: "ws2spi.h", line: 352 } as const;
const sdk = {
  docs: "nc-ws2spi-lpwspsenddisconnect",
  about: "the contract of a layered provider",
} as const;

/** WSPSendDisconnect: the end of sending, with a last message where the protocol has one. */
export const WSPSendDisconnect = defineCall({
  name: "WSPSendDisconnect",
  typedef: "LPWSPSENDDISCONNECT",
  header: "ws2spi.h",
  describedFrom: "its signature in ws2spi.h and the codes of its SDK page; SAN providers have none",
  tables: ["WSPPROC_TABLE"],
  since: "Windows Sockets 2.0",
  returns: "INT",
  errorIn: "lpErrno",
  profiles: ["spi", "header", "strict"],
  summary: "Ends sending on a socket, and may send disconnect data.",

  params: {
    s: {
      type: "SOCKET",
      dir: "in",
      printed: "none",
      sal: "_In_",
      example: 0x104,
      doc: "The descriptor of a socket; a connection-oriented one is connected.",
      catalog: [],
    },
    lpOutboundDisconnectData: {
      type: "LPWSABUF",
      dir: "in",
      printed: "none",
      sal: "_In_opt_",
      nullable: true,
      doc: "One buffer with disconnect data, or NULL; TCP carries none.",
      catalog: [],
    },
    lpErrno: {
      type: "LPINT",
      dir: "out",
      printed: "none",
      sal: "_Out_",
      doc: "Receives the error code where the call returns SOCKET_ERROR.",
      catalog: [],
    },
  },

  outcomes: {
    NO_ERROR: {
      completes: "already",
      result: "success",
      doc: "The call returned 0: sending is shut down.",
      from: sdk,
    },
    ...failures(
      {
        WSAENETDOWN: "The network subsystem failed.",
        WSAENOPROTOOPT: "The protocol carries no disconnect data.",
        WSAEINPROGRESS: "A blocking call is under way, or the provider is in a callback.",
        WSAENOTCONN: "The socket is connection-oriented and not connected.",
        WSAENOTSOCK: "The descriptor is no socket of this provider.",
        WSAEFAULT: "The buffer lies outside the memory that may be read.",
      },
      sdk,
    ),
  },

  rules: {
    // s: a descriptor of this provider, connected where it is connection-oriented.
    ...descriptorRules(sdk),
    "connection-needed": {
      // As the row of WSAENOTCONN has it; on another socket the call only ends sending.
      says: "A connection-oriented socket is connected.",
      expects: "a connected socket, because it is connection-oriented",
      advice: "Connect the socket first.",
      on: ["s"],
      strength: "must",
      seenBy: "state",
      from: sdk,
      catalog: ["WSP-C3"],
      answers: "WSAENOTCONN",
      require: "!fact(socket.connection-oriented) || fact(socket.connected)",
      accepts: [
        { facts: { "socket.connection-oriented": false, "socket.connected": false } },
        { facts: { "socket.connection-oriented": true, "socket.connected": true } },
      ],
      rejects: [{ facts: { "socket.connection-oriented": true, "socket.connected": false } }],
    },
    // lpOutboundDisconnectData: NULL, or one buffer.
    "one-buffer": {
      says: "lpOutboundDisconnectData points to one WSABUF, not to an array of them.",
      expects: "an array of one WSABUF",
      advice: "Put the disconnect data into one buffer.",
      on: ["lpOutboundDisconnectData"],
      strength: "must",
      seenBy: "arguments",
      from: header,
      catalog: [],
      require: "lpOutboundDisconnectData == NULL || length(lpOutboundDisconnectData) == 1",
      accepts: [
        { set: { lpOutboundDisconnectData: null } },
        { set: { lpOutboundDisconnectData: [{ len: 4, buf: { bytes: 4 } }] } },
      ],
      rejects: [
        { set: { lpOutboundDisconnectData: [] } },
        {
          set: {
            lpOutboundDisconnectData: [
              { len: 4, buf: { bytes: 4 } },
              { len: 4, buf: { bytes: 4 } },
            ],
          },
        },
      ],
    },
    "disconnect-data-supported": {
      says: "Disconnect data goes only over a protocol that carries some; TCP does not.",
      expects: "NULL, because the protocol carries no disconnect data",
      advice: "Send the last data with WSPSend, then pass NULL here.",
      on: ["lpOutboundDisconnectData"],
      strength: "must",
      seenBy: "state",
      from: sdk,
      catalog: [],
      answers: "WSAENOPROTOOPT",
      require: "lpOutboundDisconnectData == NULL || fact(transport.supports-disconnect-data)",
      accepts: [
        {
          set: { lpOutboundDisconnectData: null },
          facts: { "transport.supports-disconnect-data": false },
        },
        { facts: { "transport.supports-disconnect-data": true } },
      ],
      rejects: [{ facts: { "transport.supports-disconnect-data": false } }],
    },
    "nothing-sent-after": {
      says: "Nothing is sent on the socket afterwards; it is still to be closed.",
      expects: "no further send on the socket, and WSPCloseSocket in the end",
      advice: "Receive what is still coming, then call WSPCloseSocket.",
      on: ["s"],
      strength: "must",
      seenBy: "protocol",
      from: sdk,
      catalog: [],
      lifetime: {
        after: "NO_ERROR",
        until: "close",
        of: ["s"],
        forbids: ["send"],
        owes: ["close"],
      },
      accepts: [{ events: ["return NO_ERROR", "call s", "close s"] }],
      rejects: [{ events: ["return NO_ERROR", "send s"] }, { events: ["return NO_ERROR"] }],
    },
    "returns.listed": {
      says: "The code at lpErrno is 0 or one that the contract lists.",
      expects: "a code that the contract lists",
      advice: "As a provider, map every failure to a listed code.",
      on: [],
      strength: "should",
      seenBy: "protocol",
      class: "state",
      from: sdk,
      catalog: ["WSP-C12"],
      accepts: [{ facts: { error: "WSAENOPROTOOPT" } }],
      rejects: [{ facts: { error: "WSAEMSGSIZE" } }],
    },
    "network-down-answer": answerRule("network.down", "WSAENETDOWN", {
      says: "Where the network subsystem has failed, the answer is WSAENETDOWN.",
      from: sdk,
      catalog: "WSP-C7",
    }),
  },
});
