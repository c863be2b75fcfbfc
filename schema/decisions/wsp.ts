/** Decisions on WSPSend and its siblings. */
import { defineDecision } from "../define.js";

export const wspDecisions = [
  defineDecision({
    name: "wsp-annotations",
    asks: "Which parameters of WSPSend may be NULL, and which are written?",
    sides: [
      {
        says: "the page: all are required; lpOverlapped is only read",
        from: { page: "wsp-send", section: "Syntax" },
      },
      {
        says: "the header: four may be NULL; lpOverlapped is written",
        from: { header: "ws2spi.h", line: 338 },
      },
    ],
    decides:
      "directions are the header's; documented, strict and san also ask for what the page requires",
    catalog: ["2"],
  }),
  defineDecision({
    name: "array-transient",
    asks: "How long must the WSABUF array stay?",
    sides: [
      {
        says: "valid for the whole operation",
        from: { page: "wsp-send", section: "Parameters/lpBuffers", sentence: 2 },
      },
      {
        says: "transient, so that it may lie on the stack; its pointer is captured",
        from: { page: "wsp-send", section: "Remarks", sentence: 11 },
      },
      {
        says: "the structures are captured",
        from: { docs: "nc-ws2spi-lpwspsend", about: "what a provider copies" },
      },
    ],
    decides: "for the call: the structures are captured, for a pointer would not survive the stack",
    catalog: ["17"],
  }),
  defineDecision({
    name: "no-notification-if-polled",
    asks: "With the low bit of hEvent set, may a provider notify?",
    sides: [
      {
        says: "it need not",
        from: { page: "wsp-send", section: "Remarks/Overlapped Socket I/O", sentence: 11 },
      },
      {
        says: "it must not",
        from: { docs: "completing-data-transfer-requests", about: "the low bit of hEvent" },
      },
    ],
    decides: "no: a provider that never does keeps both sentences",
    catalog: ["18"],
  }),
  defineDecision({
    name: "event-is-no-plain-handle",
    asks: "Is hEvent a handle?",
    sides: [
      {
        says: "the switch always gives an event",
        from: { page: "wsp-send", section: "Remarks/Overlapped Socket I/O", sentence: 8 },
      },
      {
        says: "its low bit is a request of its own",
        from: { page: "wsp-send", section: "Remarks/Overlapped Socket I/O", sentence: 10 },
      },
    ],
    decides: "a handle and a bit: the event is hEvent without its low bit",
    catalog: ["19"],
  }),
  defineDecision({
    name: "aborted-is-a-completion",
    asks: "Does WSPSend return WSA_OPERATION_ABORTED?",
    sides: [
      {
        says: "its table of error codes has it, beside WSA_IO_PENDING",
        from: { page: "wsp-send", section: "Return value/WSA_OPERATION_ABORTED" },
      },
      {
        says: "the operation was cancelled, so it had been started",
        from: { inferred: "a call that has not returned has nothing to cancel" },
      },
    ],
    decides: "it is listed, and so allowed; the runtime gives it to completions only",
    catalog: ["20"],
  }),
  defineDecision({
    name: "einval-reading",
    asks: "When is the answer WSAEINVAL?",
    sides: [
      {
        says: "a sentence that lacks a word: not overlapped, or not bound",
        from: { page: "wsp-send", section: "Return value/WSAEINVAL" },
      },
    ],
    decides: "where either is missing: the overlapped flag, or an earlier WSPBind",
    catalog: ["21"],
  }),
  defineDecision({
    name: "codes-of-bad-arguments",
    asks: "What does a provider answer to flags, no buffers, foreign memory, a NULL lpOverlapped?",
    sides: [
      {
        says: "no code is given; WSAEOPNOTSUPP and WSAEMSGSIZE are excluded",
        from: { page: "wsp-send", section: "Return value", sentence: 1 },
      },
    ],
    decides:
      "such calls are refused before a provider sees them, save 0 buffers, which send nothing; " +
      "where it must answer, WSAEINVAL and WSAEFAULT are the nearest listed codes",
    catalog: ["22"],
  }),
  defineDecision({
    name: "completion-routine-type",
    asks: "What is the type of lpCompletionRoutine?",
    sides: [
      {
        says: "see WSPIoctl",
        from: { page: "wsp-send", section: "Parameters/lpCompletionRoutine", sentence: 4 },
      },
      { says: "a callback of four parameters", from: { header: "winsock2.h", line: 1073 } },
    ],
    decides: "the header's",
    catalog: ["23"],
  }),
  defineDecision({
    name: "winsock-version",
    asks: "From which Windows Sockets version on is this contract?",
    sides: [
      { says: "2.0", from: { page: "wsp-send", section: "Requirements/Version" } },
      { says: "2.2", from: { docs: "ff566319", about: "requirements of WSPRegisterMemory" } },
    ],
    decides: "2.0 for the function; registered memory comes with SAN providers, of 2.2",
    catalog: ["24"],
  }),
  defineDecision({
    name: "two-contracts",
    asks: "Which page is the contract of a provider, the SAN reference or the SDK?",
    sides: [
      {
        says: "SAN: no flags, six codes never returned",
        from: { page: "wsp-send", section: "Return value", sentence: 1 },
      },
      {
        says: "SDK: three flags, and those codes; one row has the text of another",
        from: { docs: "nc-ws2spi-lpwspsend", about: "flags and codes" },
      },
      {
        says: "SAN providers are told to leave the SDK pages aside",
        from: { docs: "creating-a-service-provider-for-a-san", about: "which pages apply" },
      },
    ],
    decides: "both, by profile: san is the first, spi the second; documented reads like san",
    catalog: ["25"],
  }),
  defineDecision({
    name: "overlapped-width",
    asks: "How wide are Internal and InternalHigh of WSAOVERLAPPED?",
    sides: [
      {
        says: "two pages print DWORD, which gives 24 bytes on 64-bit Windows",
        from: { docs: "ff565952", about: "the members of WSAOVERLAPPED" },
      },
      {
        says: "OVERLAPPED with ULONG_PTR: 32 bytes",
        from: { header: "winsock2.h", line: 826 },
      },
      {
        says: "without WIN32 the header has another struct, and WSA_IO_PENDING another number",
        from: { header: "winsock2.h", line: 826 },
      },
    ],
    decides: "as wide as a pointer: the compiler decides, not a page",
    catalog: ["26"],
  }),
];
