/** Decisions on what the headers and the other copies of the pages say. */
import { defineDecision } from "../define.js";

export const headerDecisions = [
  defineDecision({
    name: "swedish-and-markdown-twins",
    asks: "Which copy of the page of WskSend counts?",
    sides: [
      {
        says: "a full page inside a Swedish site",
        from: { page: "wsk-send", section: "Requirements/IRQL" },
      },
      {
        says: "the same text as Markdown, without prototype and requirements",
        from: { page: "wsk-send-markdown", section: "Description" },
      },
    ],
    decides: "the full one; the other repeats its sentences word for word",
    catalog: ["27"],
  }),
  defineDecision({
    name: "send-ex-offsets",
    asks: "Where is WskSendEx in the tables of connections and streams?",
    sides: [
      {
        says: "at 88 and 104 on 64-bit Windows, at 44 and 52 on 32-bit Windows",
        from: { header: "wsk.h", line: 1560 },
      },
    ],
    decides:
      "a call through the table of another category is refused: its slot is another function",
    catalog: ["32"],
  }),
  defineDecision({
    name: "send-ex-availability",
    asks: "From which Windows on does the table have WskSendEx?",
    sides: [
      {
        says: "the table of connections guards the slot by no version, that of streams is of 1703",
        from: { header: "wsk.h", line: 1560 },
      },
      {
        says: "WskSendMessages, its neighbour among datagrams, is guarded by Windows 8",
        from: { header: "wsk.h", line: 1530 },
      },
      {
        says: "WskConnectEx, its neighbour, is documented from Windows 10 1703 on",
        from: { docs: "nc-wsk-pfn_wsk_connect_ex", about: "requirements" },
      },
      { says: "older providers have 10 slots", from: { reference: "ReactOS wsk.h" } },
    ],
    decides: "unknown: the length of the table is a fact that a check may be told",
    catalog: ["33"],
  }),
  defineDecision({
    name: "embedded-basic-table",
    asks: "Is the basic table a member of the others?",
    sides: [
      {
        says: "in C it is unnamed, in C++ it is a member called Basic",
        from: { header: "wsk.h", line: 1500 },
      },
    ],
    decides: "its two functions are the first two slots; names have no prefix",
    catalog: ["34"],
  }),
  defineDecision({
    name: "header-slips",
    asks: "Is the header always right?",
    sides: [
      { says: "LPWSPRECV takes lpErrno as input", from: { header: "ws2spi.h", line: 298 } },
      {
        says: "WSPRegisterRdmaMemory returns int here and BOOL there",
        from: { header: "ws2san.h" },
      },
      { says: "MDL_MAPPING_FLAGS names a bit that nobody defines", from: { header: "wdm.h" } },
      {
        says: "OutputSizeReturned of WskControlSocket is SIZE_T here, ULONG on its page",
        from: { header: "wsk.h", line: 949 },
      },
    ],
    decides: "no: every fact keeps its own source, and none stands on the header as a whole",
    catalog: ["36"],
  }),
  defineDecision({
    name: "number-of-tables",
    asks: "How many dispatch tables are there for sockets?",
    sides: [
      {
        says: "one chapter lists four, without stream sockets",
        from: { docs: "winsock-kernel-dispatch-tables", about: "which tables there are" },
      },
      {
        says: "another lists five categories",
        from: { docs: "winsock-kernel-socket-categories", about: "which categories there are" },
      },
    ],
    decides: "five, as the header has them",
    catalog: ["37"],
  }),
];
