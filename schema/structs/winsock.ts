/** What a provider is passed: buffers, overlapped structures, threads. */
import { defineStruct } from "../define.js";

export const WSABUF = defineStruct({
  name: "WSABUF",
  doc: "One buffer of a scatter or gather array.",
  from: { header: "ws2def.h" },
  fields: {
    len: { type: "ULONG", doc: "The length of the buffer, in bytes." },
    buf: { type: "PVOID", nullable: true, bytesFrom: "len", doc: "The buffer." },
  },
  rules: {
    "buf-not-null": {
      says: "A buffer with a length has memory.",
      expects: "a pointer to memory, because len is not 0",
      advice: "Point buf at the data, or set len to 0.",
      on: "buf",
      strength: "must",
      from: [
        { page: "wsp-send", section: "Return value/WSAEFAULT", sentence: 1 },
        { inferred: "NULL is in no valid part of an address space" },
      ],
      catalog: ["WSP-A9"],
      require: "buf != NULL || len == 0",
      accepts: [{ set: { len: 0, buf: null } }],
      rejects: [{ set: { len: 10, buf: null } }],
    },
  },
  example: { len: 8, buf: { bytes: 8 } },
});

export const WSAOVERLAPPED = defineStruct({
  name: "WSAOVERLAPPED",
  doc: "An overlapped operation, from its start to its completion.",
  subset: "Pointer shares its memory with Offset and OffsetHigh.",
  from: { header: "winsock2.h", line: 826 },
  fields: {
    Internal: { type: "ULONG_PTR", doc: "WSS_OPERATION_IN_PROGRESS while outstanding." },
    InternalHigh: { type: "ULONG_PTR", doc: "The bytes transferred, once completed." },
    Offset: { type: "DWORD", doc: "Owned by the provider: the flags." },
    OffsetHigh: { type: "DWORD", doc: "Owned by the provider: the error." },
    hEvent: { type: "HANDLE", doc: "The event; its low bit set asks for no notification." },
  },
  layout: {
    members: {
      Internal: "field",
      InternalHigh: "field",
      place: {
        anonymous: true,
        union: {
          offsets: { anonymous: true, struct: { Offset: "field", OffsetHigh: "field" } },
          Pointer: "PVOID",
        },
      },
      hEvent: "field",
    },
  },
  aliases: ["OVERLAPPED"],
  example: { Internal: 0, InternalHigh: 0, Offset: 0, OffsetHigh: 0, hEvent: 0x40 },
});

export const WSATHREADID = defineStruct({
  name: "WSATHREADID",
  doc: "A thread, as WPUQueueApc wants it named.",
  from: { header: "ws2spi.h" },
  fields: {
    ThreadHandle: { type: "HANDLE", doc: "The handle of the thread." },
    Reserved: { type: "DWORD_PTR", doc: "Reserved for the Windows Sockets DLL." },
  },
  example: { ThreadHandle: 0x44, Reserved: 0 },
});
