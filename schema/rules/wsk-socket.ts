/** In which state a WSK socket must be for a send, and through which table it is reached. */
import type { Strength } from "../vocabulary.js";
import type { From, Rules } from "./shared.js";
import { openSocketRules } from "./wsk-open-socket.js";

/** The socket of WskSend and WskSendEx: connection-oriented or stream, and connected. */
export function connectedSocketRules(from: {
  readonly category: From;
  readonly connected: From;
  readonly notSupported: From;
  readonly forcedClosed: From;
  /** How binding it is to take the right table: not every slot differs between tables. */
  readonly ownTable: Strength;
}): Rules<"Socket" | "Flags"> {
  return {
    "category-connected": {
      says: "The socket is a connection-oriented or a stream socket: no other table has the slot.",
      expects: "a socket of category WSK_FLAG_CONNECTION_SOCKET or WSK_FLAG_STREAM_SOCKET",
      advice: "Create the socket with one of these flags; a datagram socket has WskSendTo.",
      on: ["Socket"],
      strength: "must",
      seenBy: "state",
      from: from.category,
      catalog: ["WSK-C1"],
      require:
        "fact(socket.category) == WSK_FLAG_CONNECTION_SOCKET || " +
        "fact(socket.category) == WSK_FLAG_STREAM_SOCKET",
      accepts: [
        { facts: { "socket.category": "WSK_FLAG_CONNECTION_SOCKET" } },
        { facts: { "socket.category": "WSK_FLAG_STREAM_SOCKET" } },
      ],
      rejects: [
        { facts: { "socket.category": "WSK_FLAG_DATAGRAM_SOCKET" } },
        { facts: { "socket.category": "WSK_FLAG_LISTEN_SOCKET" } },
      ],
    },
    "table-connected": {
      says: "The table that the call goes through is one of connections or streams.",
      expects: "a dispatch table that has the function, of a connection or a stream socket",
      advice: "Call through the table of the socket: in others, another function is at the slot.",
      on: ["Socket"],
      strength: "must",
      seenBy: "state",
      from: from.category,
      catalog: ["WSK-C1"],
      require:
        "fact(dispatch.category) == WSK_FLAG_CONNECTION_SOCKET || " +
        "fact(dispatch.category) == WSK_FLAG_STREAM_SOCKET",
      accepts: [
        { facts: { "dispatch.category": "WSK_FLAG_CONNECTION_SOCKET" } },
        { facts: { "dispatch.category": "WSK_FLAG_STREAM_SOCKET" } },
      ],
      rejects: [
        { facts: { "dispatch.category": "WSK_FLAG_DATAGRAM_SOCKET" } },
        { facts: { "dispatch.category": "WSK_FLAG_BASIC_SOCKET" } },
      ],
    },
    connected: {
      says: "The socket is connected: by WskConnect, WskConnectEx, WskSocketConnect or an accept.",
      expects: "a connected socket",
      advice: "Connect the socket, or take one that was accepted, before the first send.",
      on: ["Socket"],
      strength: "must",
      seenBy: "state",
      from: from.connected,
      catalog: ["WSK-C3"],
      answers: "STATUS_INVALID_DEVICE_STATE",
      require: "fact(socket.connected)",
      accepts: [{ facts: { "socket.connected": true } }],
      rejects: [{ facts: { "socket.connected": false } }],
    },
    "not-disconnected": {
      says: "Nothing is sent after WskDisconnect, be it graceful or abortive.",
      expects: "a socket on which WskDisconnect was not called",
      advice: "Send first: pass the last data to WskSend, or to WskDisconnect itself.",
      on: ["Socket"],
      strength: "must",
      seenBy: "state",
      from: { docs: "nc-wsk-pfn_wsk_disconnect", about: "what may follow a disconnect" },
      catalog: ["WSK-C7"],
      require: "!fact(socket.disconnected)",
      accepts: [{ facts: { "socket.disconnected": false } }],
      rejects: [{ facts: { "socket.disconnected": true } }],
    },
    "flags-supported": {
      says: "A send with a flag that the transport does not support is not answered with success.",
      expects: "STATUS_NOT_SUPPORTED, because the transport does not support the flags",
      advice: "As a transport, refuse the flag by that status, and complete the IRP with it.",
      on: ["Flags"],
      strength: "must",
      seenBy: "protocol",
      class: "state",
      from: from.notSupported,
      catalog: ["WSK-C8"],
      require: "fact(transport.supports-flags) || Flags == 0 || fact(returned) != STATUS_SUCCESS",
      accepts: [
        {
          set: { Flags: 2 },
          facts: { "transport.supports-flags": false, returned: "STATUS_NOT_SUPPORTED" },
        },
        {
          set: { Flags: 2 },
          facts: { "transport.supports-flags": false, returned: "STATUS_FILE_FORCED_CLOSED" },
        },
        { facts: { "transport.supports-flags": false, returned: "STATUS_SUCCESS" } },
      ],
      rejects: [
        {
          set: { Flags: 2 },
          facts: { "transport.supports-flags": false, returned: "STATUS_SUCCESS" },
        },
      ],
    },
    ...openSocketRules(from.forcedClosed, from.ownTable),
  };
}

/** The socket of WskSendTo and WskSendMessages: a datagram socket, bound. */
export function datagramSocketRules(from: {
  readonly category: From;
  readonly bound: From;
  readonly forcedClosed: From;
}): Rules<"Socket" | "RemoteAddress"> {
  return {
    "category-datagram": {
      says: "The socket is a datagram socket: no other table has the slot.",
      expects: "a socket of category WSK_FLAG_DATAGRAM_SOCKET",
      advice: "Create the socket with that flag; connection-oriented sockets have WskSend.",
      on: ["Socket"],
      strength: "must",
      seenBy: "state",
      from: from.category,
      catalog: ["WSK-C2"],
      require: "fact(socket.category) == WSK_FLAG_DATAGRAM_SOCKET",
      accepts: [{ facts: { "socket.category": "WSK_FLAG_DATAGRAM_SOCKET" } }],
      rejects: [
        { facts: { "socket.category": "WSK_FLAG_CONNECTION_SOCKET" } },
        { facts: { "socket.category": "WSK_FLAG_STREAM_SOCKET" } },
      ],
    },
    "table-datagram": {
      says: "The table that the call goes through is that of datagram sockets.",
      expects: "a dispatch table that has the function, of a datagram socket",
      advice: "Call through the table of the socket: in others, another function is at the slot.",
      on: ["Socket"],
      strength: "must",
      seenBy: "state",
      from: from.category,
      catalog: ["WSK-C2"],
      require: "fact(dispatch.category) == WSK_FLAG_DATAGRAM_SOCKET",
      accepts: [{ facts: { "dispatch.category": "WSK_FLAG_DATAGRAM_SOCKET" } }],
      rejects: [
        { facts: { "dispatch.category": "WSK_FLAG_STREAM_SOCKET" } },
        { facts: { "dispatch.category": "WSK_FLAG_LISTEN_SOCKET" } },
      ],
    },
    bound: {
      says: "The socket is bound to a local address.",
      expects: "a bound socket",
      advice: "Call WskBind first, with the wildcard address if any will do.",
      on: ["Socket"],
      strength: "must",
      seenBy: "state",
      from: from.bound,
      catalog: ["WSK-C4"],
      answers: "STATUS_INVALID_DEVICE_STATE",
      require: "fact(socket.bound)",
      accepts: [{ facts: { "socket.bound": true } }],
      rejects: [{ facts: { "socket.bound": false } }],
    },
    "fixed-address-needs-bound": {
      says: "An address is fixed on bound datagram sockets only.",
      expects: "a bound datagram socket, because an address is fixed on it",
      advice:
        "Bind the socket, then call WskControlSocket with an IRP; NULL and length 0 clear it.",
      on: ["Socket"],
      strength: "must",
      seenBy: "state",
      from: {
        docs: "sio-wsk-set-remote-address, sio-wsk-set-sendto-address",
        about: "on which sockets, and when, the two requests are valid",
      },
      catalog: ["WSK-C10"],
      require:
        "(!fact(socket.remote-address-fixed) && !fact(socket.destination-fixed)) || " +
        "(fact(socket.bound) && fact(socket.category) == WSK_FLAG_DATAGRAM_SOCKET)",
      accepts: [
        {
          facts: {
            "socket.remote-address-fixed": true,
            "socket.destination-fixed": false,
            "socket.bound": true,
            "socket.category": "WSK_FLAG_DATAGRAM_SOCKET",
          },
        },
      ],
      rejects: [
        {
          facts: {
            "socket.remote-address-fixed": false,
            "socket.destination-fixed": true,
            "socket.bound": false,
            "socket.category": "WSK_FLAG_DATAGRAM_SOCKET",
          },
        },
      ],
    },
    "fixed-address-stays": {
      says: "RemoteAddress counts for this send only: an address fixed on the socket stays fixed.",
      expects: "the fixed addresses as they were before the send",
      advice: "As a provider, take the address from the call and leave the socket alone.",
      on: ["RemoteAddress"],
      strength: "must",
      seenBy: "protocol",
      class: "cross-argument",
      from: {
        docs: "sio-wsk-set-remote-address, sio-wsk-set-sendto-address",
        about: "what an address of a single send changes",
      },
      catalog: ["WSK-B12"],
      require: "RemoteAddress == NULL || fact(socket.address-kept)",
      accepts: [{ facts: { "socket.address-kept": true } }],
      rejects: [{ facts: { "socket.address-kept": false } }],
    },
    ...openSocketRules(from.forcedClosed, "must"),
  };
}
