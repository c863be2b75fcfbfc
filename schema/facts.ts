/** What a check may be told about the world. A rule whose fact is unknown is "not judged". */
import { defineFacts } from "./define.js";

export const facts = defineFacts({
  name: "Facts",
  facts: {
    irql: {
      type: "integer",
      doc: "The IRQL at which the call is made (PASSIVE_LEVEL is 0, DISPATCH_LEVEL is 2).",
    },
    "socket.address-family": {
      type: "integer",
      doc: "The address family that the socket was created with.",
    },
    "socket.remote-address-fixed": {
      type: "boolean",
      doc: "SIO_WSK_SET_REMOTE_ADDRESS is in force on the socket.",
    },
    "socket.destination-fixed": {
      type: "boolean",
      doc: "SIO_WSK_SET_SENDTO_ADDRESS is in force on the socket.",
    },
    "socket.overlapped": {
      type: "boolean",
      doc: "The socket was created with WSA_FLAG_OVERLAPPED.",
    },
    "socket.max-message-size": {
      type: "integer",
      doc: "What the provider reports for SO_MAX_MSG_SIZE, in bytes.",
    },
  },
});
