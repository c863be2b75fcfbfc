/** What waiting for events of Winsock returns, and what it takes. */
import { defineConstants } from "../define.js";

export const WSA_WAIT_RESULTS = defineConstants({
  name: "WSA_WAIT_RESULTS",
  doc: "What WSAWaitForMultipleEvents returns.",
  use: "numbers",
  from: { header: "WinSock2.h", line: 838 },
  values: {
    WSA_WAIT_EVENT_0: { value: 0, doc: "The first event is set; for the others, add the index." },
    WSA_WAIT_IO_COMPLETION: { value: 0xc0, doc: "A completion routine ran; no event is set." },
    WSA_WAIT_TIMEOUT: { value: 0x102, doc: "The time ran out." },
    WSA_WAIT_FAILED: { value: 0xffff_ffff, doc: "The wait itself failed." },
  },
});

export const WSA_WAIT_TIMES = defineConstants({
  name: "WSA_WAIT_TIMES",
  doc: "How long to wait for events, besides plain milliseconds.",
  use: "numbers",
  from: { header: "WinSock2.h", line: 842 },
  values: {
    WSA_INFINITE: { value: 0xffff_ffff, doc: "Wait for as long as it takes." },
  },
});

export const WSA_EVENT_HANDLES = defineConstants({
  name: "WSA_EVENT_HANDLES",
  doc: "Values of WSAEVENT that are no event.",
  use: "numbers",
  from: { header: "WinSock2.h", line: 836 },
  values: {
    WSA_INVALID_EVENT: { value: 0, doc: "No event could be made." },
  },
});
