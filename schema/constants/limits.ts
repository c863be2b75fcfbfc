/** Sizes, lengths and other limits. Each set is a measure of its own. */
import { defineConstants } from "../define.js";

export const PAGE_SIZES = defineConstants({
  name: "PAGE_SIZES",
  doc: "The size of a page of memory, in bytes; MDLs count in pages.",
  use: "numbers",
  from: { header: "wdm.h", line: 17642 },
  values: {
    PAGE_SIZE: { value: 0x1000, doc: "A page." },
  },
});

export const MEMORY_ALIGNMENTS = defineConstants({
  name: "MEMORY_ALIGNMENTS",
  doc: "Alignments of memory, in bytes.",
  use: "numbers",
  from: { header: "ntdef.h", line: 161 },
  values: {
    MAX_NATURAL_ALIGNMENT: {
      value: { x64: 8, arm64: 8, x86: 4 },
      doc: "The most that a plain field needs; the data of a CMSGHDR is aligned to it.",
    },
    MEMORY_ALLOCATION_ALIGNMENT: {
      value: { x64: 16, arm64: 16, x86: 8 },
      doc: "What allocated memory is aligned to.",
    },
  },
});

export const CALL_LIMITS = defineConstants({
  name: "CALL_LIMITS",
  doc: "How many buffers or events one call takes.",
  use: "numbers",
  from: { header: "WinSock2.h", line: 540 },
  values: {
    MSG_MAXIOVLEN: { value: 16, doc: "Buffers that a send could take in early Winsock." },
    WSA_MAXIMUM_WAIT_EVENTS: { value: 64, doc: "Events that one wait takes." },
  },
});

export const WSADATA_LENGTHS = defineConstants({
  name: "WSADATA_LENGTHS",
  doc: "Characters of the texts in WSADATA, without the closing zero.",
  use: "numbers",
  from: { header: "WinSock2.h", line: 361 },
  values: {
    WSADESCRIPTION_LEN: { value: 256, doc: "The description of the implementation." },
    WSASYS_STATUS_LEN: { value: 128, doc: "The status of the system." },
  },
});

export const WSPDATA_LENGTHS = defineConstants({
  name: "WSPDATA_LENGTHS",
  doc: "Characters of the text in WSPDATA, without the closing zero.",
  use: "numbers",
  from: { header: "WS2spi.h", line: 44 },
  values: {
    WSPDESCRIPTION_LEN: { value: 255, doc: "The description of the provider." },
  },
});

export const WSAPROTOCOL_LENGTHS = defineConstants({
  name: "WSAPROTOCOL_LENGTHS",
  doc: "Characters of the text in WSAPROTOCOL_INFO, without the closing zero.",
  use: "numbers",
  from: { header: "WinSock2.h", line: 945 },
  values: {
    WSAPROTOCOL_LEN: { value: 255, doc: "The name of the protocol." },
  },
});

export const WSA_CODE_BASES = defineConstants({
  name: "WSA_CODE_BASES",
  doc: "Where the numbers of Winsock errors begin.",
  use: "numbers",
  from: { header: "winerror.h", line: 24300 },
  values: {
    WSABASEERR: { value: 10000, doc: "What is added to a Berkeley error number; no error itself." },
  },
});
