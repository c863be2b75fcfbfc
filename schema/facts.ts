/**
 * What a check may be told about the world: before the call, and about the operation afterwards.
 * A rule whose fact is unknown is "not judged".
 */
import { defineFacts } from "./define.js";

export const facts = defineFacts({
  name: "Facts",
  facts: {
    irql: {
      type: "integer",
      doc: "The IRQL at which the call is made (PASSIVE_LEVEL is 0, DISPATCH_LEVEL is 2).",
    },

    "socket.category": {
      type: "integer",
      doc: "The category that the socket was created with, for instance WSK_FLAG_STREAM_SOCKET.",
    },
    "socket.address-family": {
      type: "integer",
      doc: "The address family that the socket was created with.",
    },
    "socket.bound": { type: "boolean", doc: "The socket is bound to a local address." },
    "socket.connected": {
      type: "boolean",
      doc: "The socket has been connected or accepted, in any of the four ways.",
    },
    "socket.disconnected": {
      type: "boolean",
      doc: "WskDisconnect was called on the socket, gracefully or abortively.",
    },
    "socket.shut-down": { type: "boolean", doc: "Sending was shut down on the socket." },
    "socket.forced-closed": {
      type: "boolean",
      doc: "A call on the socket has answered STATUS_FILE_FORCED_CLOSED.",
    },
    "socket.closed": { type: "boolean", doc: "The socket was given to its close function." },
    "socket.remote-address-fixed": {
      type: "boolean",
      doc: "SIO_WSK_SET_REMOTE_ADDRESS is in force on the socket.",
    },
    "socket.destination-fixed": {
      type: "boolean",
      doc: "SIO_WSK_SET_SENDTO_ADDRESS is in force on the socket.",
    },
    "socket.address-kept": {
      type: "boolean",
      doc: "After the send, the addresses that were fixed on the socket still are.",
    },
    "socket.overlapped": {
      type: "boolean",
      doc: "The socket was created with WSA_FLAG_OVERLAPPED.",
    },
    "socket.known": { type: "boolean", doc: "The provider has given out the descriptor." },
    "socket.connection-oriented": {
      type: "boolean",
      doc: "The socket is of a connection-oriented protocol, such as TCP.",
    },
    "socket.max-message-size": {
      type: "integer",
      doc: "What the provider reports for SO_MAX_MSG_SIZE, in bytes.",
    },

    "dispatch.category": {
      type: "integer",
      doc: "The category whose dispatch table layout the caller calls through.",
    },
    "dispatch.slots": {
      type: "integer",
      doc: "How many functions the provider's dispatch table has.",
    },
    "transport.supports-flags": {
      type: "boolean",
      doc: "The transport supports every flag of the call.",
    },
    "transport.supports-control-info": {
      type: "boolean",
      doc: "The transport carries the control information of the call.",
    },
    "transport.supports-disconnect-data": {
      type: "boolean",
      doc: "The protocol carries disconnect data; TCP does not.",
    },
    "network.down": { type: "boolean", doc: "The network subsystem has failed." },
    "connection.aborted": {
      type: "boolean",
      doc: "The connection ended by a time-out or another failure.",
    },
    "connection.reset": { type: "boolean", doc: "The remote peer reset the connection." },
    "provider.out-of-buffers": { type: "boolean", doc: "The provider cannot get buffers." },
    "buffers.registered": {
      type: "boolean",
      doc: "Every buffer lies in memory registered for reading on this socket, and still is.",
    },

    "irp.outstanding": {
      type: "boolean",
      doc: "An earlier call with the IRP has not completed: the IRP is WSK's.",
    },
    "irp.passed-down": {
      type: "boolean",
      doc: "The IRP came from another driver; the caller did not allocate it.",
    },
    "irp.invoked-always": {
      type: "boolean",
      doc: "Its completion routine is set for success, error and cancellation.",
    },
    "irp.location-prepared": {
      type: "boolean",
      doc: "The caller has filled the next stack location itself.",
    },
    "irp.marked-pending": {
      type: "boolean",
      doc: "The completion routine has called IoMarkIrpPending.",
    },
    "irp.passed-on": {
      type: "boolean",
      doc: "The caller has called IoCompleteRequest for a passed-down IRP.",
    },
    "irp.freed-by-caller": { type: "boolean", doc: "The caller has freed the IRP." },
    "routine.returned": { type: "code", doc: "What the completion routine has returned." },

    returned: { type: "code", doc: "What the function has returned." },
    error: { type: "code", doc: "The code at lpErrno; 0 where the function returned 0." },
    "completion.status": {
      type: "code",
      doc: "The status in IoStatus.Status when the IRP was completed.",
    },
    "completion.error": {
      type: "code",
      doc: "The error with which the overlapped operation was completed; 0 for success.",
    },
    "completion.information": {
      type: "integer",
      doc: "The byte count with which the operation was completed.",
    },
    "bytes-sent": {
      type: "integer",
      doc: "What stands at lpNumberOfBytesSent when the function has returned.",
    },
    "bytes-sent.written": {
      type: "boolean",
      doc: "The function has written to lpNumberOfBytesSent.",
    },
    "data.in-order": {
      type: "boolean",
      doc: "The bytes were handed to the transport in the order of buffers and calls.",
    },
    "result.bytes": {
      type: "integer",
      doc: "The byte count that WSPGetOverlappedResult told when it returned TRUE.",
    },
    "operation.cut-by-close": {
      type: "boolean",
      doc: "The operation was pending when its socket was closed.",
    },
    notifications: {
      type: "integer",
      doc: "How often WPUCompleteOverlappedRequest was called for the operation, when all is over.",
    },
    "notification.of-switch": {
      type: "boolean",
      doc: "It was called with the handle that WPUCreateSocketHandle gave.",
    },
  },
});
