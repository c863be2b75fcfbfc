/** Numbers of the provider interface: results, marks, memory access. */
import { defineConstants } from "../define.js";

export const WSP_RESULTS = defineConstants({
  name: "WSP_RESULTS",
  doc: "Return values and marks of the provider interface.",
  use: "numbers",
  from: { header: "WinSock2.h", line: 392 },
  values: {
    SOCKET_ERROR: { value: -1, doc: "The call failed or is pending; the code is at lpErrno." },
    WSS_OPERATION_IN_PROGRESS: {
      value: 0x103,
      doc: "WSAOVERLAPPED.Internal while the operation is outstanding.",
    },
  },
});

export const WSP_MEMORY_ACCESS = defineConstants({
  name: "WSP_MEMORY_ACCESS",
  doc: "Access for which WSPRegisterMemory registers memory.",
  use: "flags",
  from: { header: "ws2san.h", line: 124 },
  values: {
    MEM_READ: { value: 0x1, doc: "The provider reads: enough for sending." },
    MEM_WRITE: { value: 0x2, doc: "The provider writes." },
    MEM_READWRITE: { value: 0x3, doc: "The provider reads and writes." },
  },
});
