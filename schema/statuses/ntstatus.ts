/** Kernel statuses that the send functions, their completions and the runtime use. */
import { defineCodes } from "../define.js";

export const NTSTATUS_CODES = defineCodes({
  name: "NTSTATUS",
  doc: "A kernel status: signed 32 bits, of which the top two are the severity.",
  signed: true,
  from: { header: "ntstatus.h" },
  codes: {
    STATUS_SUCCESS: { value: 0x0000_0000, doc: "The operation succeeded." },
    STATUS_TIMEOUT: { value: 0x0000_0102, doc: "The wait ended because its time was over." },
    STATUS_PENDING: {
      value: 0x0000_0103,
      doc: "The operation goes on; NT_SUCCESS holds for this value.",
    },
    STATUS_EVENT_PENDING: {
      value: 0x4000_0013,
      doc: "The callback was switched off, and a call to it still runs.",
    },
    STATUS_BUFFER_OVERFLOW: {
      value: 0x8000_0005,
      doc: "The data was too large for the operation.",
    },
    STATUS_UNSUCCESSFUL: { value: 0xc000_0001, doc: "The operation failed for no named reason." },
    STATUS_NOT_IMPLEMENTED: { value: 0xc000_0002, doc: "The operation is not implemented." },
    STATUS_ACCESS_VIOLATION: { value: 0xc000_0005, doc: "Memory was not accessible." },
    STATUS_INVALID_HANDLE: { value: 0xc000_0008, doc: "The handle is not valid." },
    STATUS_INVALID_PARAMETER: { value: 0xc000_000d, doc: "An argument is not valid." },
    STATUS_INVALID_DEVICE_REQUEST: {
      value: 0xc000_0010,
      doc: "The request is not for an object of this kind.",
    },
    STATUS_MORE_PROCESSING_REQUIRED: {
      value: 0xc000_0016,
      doc: "A completion routine keeps the IRP: its owner goes on with it.",
    },
    STATUS_ACCESS_DENIED: { value: 0xc000_0022, doc: "The caller may not do that." },
    STATUS_INSUFFICIENT_RESOURCES: {
      value: 0xc000_009a,
      doc: "Memory or another resource ran out.",
    },
    STATUS_DEVICE_NOT_READY: { value: 0xc000_00a3, doc: "The provider is not ready." },
    STATUS_PIPE_DISCONNECTED: { value: 0xc000_00b0, doc: "The sending side was shut down." },
    STATUS_IO_TIMEOUT: { value: 0xc000_00b5, doc: "The operation ran out of time." },
    STATUS_FILE_FORCED_CLOSED: { value: 0xc000_00b6, doc: "The socket no longer works; close it." },
    STATUS_NOT_SUPPORTED: {
      value: 0xc000_00bb,
      doc: "The transport does not support the request.",
    },
    STATUS_REQUEST_NOT_ACCEPTED: {
      value: 0xc000_00d0,
      doc: "The client does not accept; or the request cannot be completed without an IRP.",
    },
    STATUS_TOO_MANY_OPENED_FILES: { value: 0xc000_011f, doc: "No further handle can be opened." },
    STATUS_CANCELLED: { value: 0xc000_0120, doc: "The operation was cancelled." },
    STATUS_LOCAL_DISCONNECT: { value: 0xc000_013b, doc: "This side disconnected." },
    STATUS_REMOTE_DISCONNECT: { value: 0xc000_013c, doc: "The remote side disconnected." },
    STATUS_INVALID_CONNECTION: { value: 0xc000_0140, doc: "The socket is not connected." },
    STATUS_INVALID_DEVICE_STATE: {
      value: 0xc000_0184,
      doc: "The socket is in no state for the request.",
    },
    STATUS_INVALID_BUFFER_SIZE: { value: 0xc000_0206, doc: "The size of the data is not allowed." },
    STATUS_INVALID_ADDRESS_COMPONENT: {
      value: 0xc000_0207,
      doc: "A part of the address is not valid.",
    },
    STATUS_ADDRESS_ALREADY_EXISTS: { value: 0xc000_020a, doc: "The address is in use." },
    STATUS_CONNECTION_DISCONNECTED: { value: 0xc000_020c, doc: "The connection was disconnected." },
    STATUS_CONNECTION_RESET: { value: 0xc000_020d, doc: "The remote side reset the connection." },
    STATUS_DATA_NOT_ACCEPTED: {
      value: 0xc000_021b,
      doc: "The client does not take the data that was indicated.",
    },
    STATUS_CONNECTION_REFUSED: {
      value: 0xc000_0236,
      doc: "The remote side refused the connection.",
    },
    STATUS_GRACEFUL_DISCONNECT: { value: 0xc000_0237, doc: "The connection was closed in order." },
    STATUS_CONNECTION_INVALID: { value: 0xc000_023a, doc: "The connection does not exist." },
    STATUS_NETWORK_UNREACHABLE: { value: 0xc000_023c, doc: "No route leads to the network." },
    STATUS_HOST_UNREACHABLE: { value: 0xc000_023d, doc: "No route leads to the host." },
    STATUS_PORT_UNREACHABLE: { value: 0xc000_023f, doc: "Nobody listens at that port." },
    STATUS_CONNECTION_ABORTED: {
      value: 0xc000_0241,
      doc: "This side's network aborted the connection.",
    },
    STATUS_NOINTERFACE: {
      value: 0xc000_02b9,
      doc: "The provider does not have the version that was asked for.",
    },
  },
});
