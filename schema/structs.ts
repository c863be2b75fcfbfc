/** The structs that the send functions reach, and the rules that hold wherever they are passed. */
import { defineStruct } from "./define.js";

export const WSK_SOCKET = defineStruct({
  name: "WSK_SOCKET",
  doc: "A WSK socket, as an application sees it: a pointer to the functions it offers.",
  from: { header: "wsk.h", line: 42 },
  fields: {
    Dispatch: { type: "PCVOID", doc: "The dispatch table of the socket's category." },
  },
  example: { Dispatch: {} },
});

export const MDL = defineStruct({
  name: "MDL",
  doc: "A memory descriptor list: one stretch of memory, and the next one.",
  subset: "Size, Process and StartVa matter to the memory manager only.",
  from: { header: "wdm.h", line: 17717 },
  fields: {
    Next: { type: "PMDL", nullable: true, chain: true, doc: "The next MDL of the chain, or NULL." },
    MdlFlags: { type: "CSHORT", doc: "How the pages are held; see MDL_FLAGS." },
    MappedSystemVa: {
      type: "PVOID",
      bytesFrom: "ByteCount",
      doc: "The memory that the MDL describes.",
    },
    ByteCount: { type: "ULONG", doc: "The length of that memory, in bytes." },
  },
  rules: {
    locked: {
      says: "Each MDL of the chain describes memory that cannot be paged out.",
      expects: "MDL_PAGES_LOCKED or MDL_SOURCE_IS_NONPAGED_POOL among the flags",
      advice: "Lock the pages (MmProbeAndLockPages) or build the MDL over nonpaged pool.",
      on: "MdlFlags",
      strength: "must",
      from: [
        { docs: "ns-wsk-_wsk_buf", about: "which memory a WSK_BUF may describe" },
        { header: "wsk.h", line: 96 },
        { inferred: "the flag test: these two bits are how an MDL says so" },
      ],
      catalog: ["WSK-B5"],
      require: "(MdlFlags & (MDL_PAGES_LOCKED | MDL_SOURCE_IS_NONPAGED_POOL)) != 0",
      accepts: [{ set: { MdlFlags: 0x2 } }, { set: { MdlFlags: 0x4 } }],
      rejects: [{ set: { MdlFlags: 0 } }, { set: { MdlFlags: 0x1 } }],
    },
  },
  example: { Next: null, MdlFlags: 0x4, MappedSystemVa: { bytes: 64 }, ByteCount: 64 },
});

export const WSK_BUF = defineStruct({
  name: "WSK_BUF",
  doc: "The data to send: Length bytes that begin Offset bytes into an MDL chain.",
  from: { header: "wsk.h", line: 103 },
  fields: {
    Mdl: { type: "PMDL", nullable: true, doc: "The MDL chain; NULL only where Length is 0." },
    Offset: { type: "ULONG", doc: "Where the data begins in the first MDL, in bytes." },
    Length: { type: "SIZE_T", doc: "How much to send, in bytes." },
  },
  rules: {
    "mdl-null-only-if-empty": {
      says: "Mdl is NULL only where Length is 0.",
      expects: "an MDL, because Length is not 0",
      advice: "Give the MDL chain that holds the data, or set Length to 0.",
      on: "Mdl",
      strength: "must",
      from: [
        { docs: "ns-wsk-_wsk_buf", about: "when Mdl may be NULL" },
        { reference: "Wine and viosock answer STATUS_INVALID_PARAMETER" },
      ],
      catalog: ["WSK-B1"],
      require: "Mdl != NULL || Length == 0",
      accepts: [{ set: { Mdl: null, Length: 0 } }],
      rejects: [{ set: { Mdl: null, Length: 1 } }],
    },
    "offset-in-first-mdl": {
      says: "Offset lies within the first MDL; without an MDL it is not used.",
      expects: "at most the ByteCount of the first MDL",
      advice: "Start the chain at the MDL in which the data begins.",
      on: "Offset",
      strength: "must",
      from: [
        { header: "wsk.h", line: 96 },
        { docs: "ns-wsk-_wsk_buf", about: "what Offset counts from" },
        { reference: "viosock answers STATUS_INVALID_PARAMETER" },
      ],
      catalog: ["WSK-B2", "WSK-B3"],
      require: "Mdl == NULL || Offset <= Mdl.ByteCount",
      accepts: [
        { set: { Offset: 63, Length: 1 } },
        { set: { Mdl: null, Offset: 0xffff_ffff, Length: 0 } },
      ],
      rejects: [{ set: { Offset: 65, Length: 0 } }],
    },
    "offset-before-end": {
      says: "Offset lies before the end of the first MDL, not at it.",
      expects: "less than the ByteCount of the first MDL",
      advice: "Leave the exhausted MDL out of the chain.",
      on: "Offset",
      strength: { strict: "must" },
      from: [
        { header: "wsk.h", line: 96 },
        {
          policy:
            "the header wants the offset entirely within the first MDL, viosock allows its end",
        },
      ],
      catalog: ["WSK-B3"],
      require: "Mdl == NULL || Offset < Mdl.ByteCount",
      accepts: [{ set: { Offset: 63, Length: 0 } }],
      rejects: [{ set: { Offset: 64, Length: 0 } }],
    },
    "length-in-chain": {
      says: "Offset and Length together stay within the memory of the MDL chain.",
      expects: "at most what the MDL chain holds behind Offset",
      advice:
        "Correct Length: beyond the chain, Windows stops with a bug check, not with a status.",
      on: "Length",
      strength: "must",
      from: [
        { observed: "a comment in Wine's driver_netio.c: a Length beyond the MDL stops Windows" },
        { inferred: "there is no memory to send from" },
      ],
      catalog: ["WSK-B4"],
      require: "Mdl == NULL || Offset + Length <= total(Mdl, ByteCount)",
      accepts: [
        { set: { Length: 64 } },
        {
          set: {
            Mdl: {
              Next: { Next: null, MdlFlags: 0x2, MappedSystemVa: { bytes: 200 }, ByteCount: 200 },
              MdlFlags: 0x2,
              MappedSystemVa: { bytes: 100 },
              ByteCount: 100,
            },
            Offset: 50,
            Length: 250,
          },
        },
      ],
      rejects: [
        { set: { Length: 65 } },
        { set: { Offset: 1, Length: 64 } },
        { set: { Offset: 1, Length: 0xffff_ffff_ffff_ffffn } },
      ],
    },
  },
  example: {
    Mdl: { Next: null, MdlFlags: 0x4, MappedSystemVa: { bytes: 64 }, ByteCount: 64 },
    Offset: 0,
    Length: 16,
  },
});

export const IO_STATUS_BLOCK = defineStruct({
  name: "IO_STATUS_BLOCK",
  doc: "How a request ended.",
  from: { header: "wdm.h" },
  fields: {
    Status: { type: "NTSTATUS", doc: "The final status." },
    Information: { type: "ULONG_PTR", doc: "For a send that succeeded: the bytes sent." },
  },
  example: { Status: 0, Information: 0 },
});

export const IRP = defineStruct({
  name: "IRP",
  doc: "An I/O request packet: the caller owns it, WSK completes it.",
  subset: "A sender may rely on these members only; WSK fills the stack locations itself.",
  from: { header: "wdm.h" },
  fields: {
    IoStatus: { type: "IO_STATUS_BLOCK", doc: "How the request ended, once it has." },
    PendingReturned: { type: "BOOLEAN", doc: "A lower driver marked the IRP pending." },
    StackCount: { type: "CHAR", doc: "How many stack locations there are." },
    CurrentLocation: { type: "CHAR", doc: "The current one; StackCount + 1 when fresh." },
    Cancel: { type: "BOOLEAN", doc: "Somebody asked to cancel the request." },
  },
  example: {
    IoStatus: { Status: 0, Information: 0 },
    PendingReturned: false,
    StackCount: 1,
    CurrentLocation: 2,
    Cancel: false,
  },
});

export const CMSGHDR = defineStruct({
  name: "CMSGHDR",
  doc: "The header of one control data object.",
  from: { header: "ws2def.h" },
  fields: {
    cmsg_len: { type: "SIZE_T", doc: "The length of header and data, in bytes." },
    cmsg_level: { type: "INT", doc: "The protocol, for instance IPPROTO_IP." },
    cmsg_type: { type: "INT", doc: "What the data is, for instance IP_PKTINFO." },
  },
  example: { cmsg_len: 16, cmsg_level: 0, cmsg_type: 19 },
});

export const SOCKADDR = defineStruct({
  name: "SOCKADDR",
  doc: "A transport address: the family, then the bytes that follow it in memory.",
  from: { header: "ws2def.h" },
  fields: {
    sa_family: { type: "ADDRESS_FAMILY", doc: "The address family." },
    sa_data: {
      type: "UCHAR",
      count: "any",
      doc: "All that follows; 14 bytes for IPv4, 26 for IPv6.",
    },
  },
  rules: {
    "long-enough-for-ipv4": {
      says: "An AF_INET address has the 16 bytes of a SOCKADDR_IN.",
      expects: "at least 14 bytes behind the family, because it is AF_INET",
      advice: "Pass a whole SOCKADDR_IN: no parameter tells its length, so all 16 bytes are read.",
      on: "sa_data",
      strength: "must",
      from: [
        { page: "wsk-send-to", section: "Parameters/RemoteAddress", sentence: 2 },
        { header: "ws2def.h" },
      ],
      catalog: ["WSK-A11"],
      require: "sa_family != AF_INET || length(sa_data) >= 14",
      accepts: [{}, { set: { sa_data: { bytes: 126 } } }],
      rejects: [{ set: { sa_data: { bytes: 6 } } }],
    },
    "long-enough-for-ipv6": {
      says: "An AF_INET6 address has the 28 bytes of a SOCKADDR_IN6.",
      expects: "at least 26 bytes behind the family, because it is AF_INET6",
      advice: "Pass a whole SOCKADDR_IN6: no parameter tells its length, so all 28 bytes are read.",
      on: "sa_data",
      strength: "must",
      from: [
        { page: "wsk-send-to", section: "Parameters/RemoteAddress", sentence: 2 },
        { header: "ws2ipdef.h" },
      ],
      catalog: ["WSK-A11"],
      require: "sa_family != AF_INET6 || length(sa_data) >= 26",
      accepts: [{ set: { sa_family: 23, sa_data: { bytes: 26 } } }],
      rejects: [{ set: { sa_family: 23, sa_data: { bytes: 14 } } }],
    },
  },
  example: { sa_family: 2, sa_data: { hex: "1f907f0000010000000000000000" } },
});

export const SOCKADDR_IN = defineStruct({
  name: "SOCKADDR_IN",
  doc: "An IPv4 address with its port.",
  from: { header: "ws2def.h" },
  fields: {
    sin_family: { type: "ADDRESS_FAMILY", doc: "AF_INET." },
    sin_port: { type: "USHORT", doc: "The port, in host order here, in network order in memory." },
    sin_addr: { type: "UCHAR", count: 4, doc: "The address, in network order." },
    sin_zero: { type: "UCHAR", count: 8, doc: "Unused." },
  },
  example: { sin_family: 2, sin_port: 8080, sin_addr: { hex: "7f000001" }, sin_zero: { bytes: 8 } },
});

export const SOCKADDR_IN6 = defineStruct({
  name: "SOCKADDR_IN6",
  doc: "An IPv6 address with its port.",
  from: { header: "ws2ipdef.h" },
  fields: {
    sin6_family: { type: "ADDRESS_FAMILY", doc: "AF_INET6." },
    sin6_port: { type: "USHORT", doc: "The port, in host order here, in network order in memory." },
    sin6_flowinfo: { type: "ULONG", doc: "The flow information." },
    sin6_addr: { type: "UCHAR", count: 16, doc: "The address, in network order." },
    sin6_scope_id: { type: "ULONG", doc: "The scope, for link-local addresses." },
  },
  example: {
    sin6_family: 23,
    sin6_port: 8080,
    sin6_flowinfo: 0,
    sin6_addr: { hex: "00000000000000000000000000000001" },
    sin6_scope_id: 0,
  },
});

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
