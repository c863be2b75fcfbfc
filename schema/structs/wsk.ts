/** WSK sockets and the data they send: WSK_BUF over a chain of MDLs. */
import { defineStruct } from "../define.js";

export const WSK_SOCKET = defineStruct({
  name: "WSK_SOCKET",
  doc: "A WSK socket, as an application sees it: a pointer to the functions it offers.",
  from: { header: "wsk.h", line: 42 },
  fields: {
    Dispatch: { type: "PCVOID", doc: "The dispatch table of the socket's category." },
  },
  example: { Dispatch: {} },
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
        { decision: "null-mdl" },
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
        { decision: "null-mdl" },
        { decision: "offset-at-end" },
      ],
      catalog: ["WSK-B2", "WSK-B3"],
      require: "Mdl == NULL || Offset <= Mdl.ByteCount",
      accepts: [
        { set: { Offset: 63, Length: 1 } },
        { set: { Mdl: null, Offset: 0xffff_ffff, Length: 0 } },
      ],
      rejects: [
        { set: { Offset: 65, Length: 0 } },
        {
          set: {
            Mdl: {
              Next: { Next: null, MdlFlags: 0x4, MappedSystemVa: { bytes: 64 }, ByteCount: 64 },
              MdlFlags: 0x4,
              MappedSystemVa: { bytes: 64 },
              ByteCount: 64,
            },
            Offset: 65,
            Length: 0,
          },
        },
      ],
    },
    "offset-before-end": {
      says: "Offset lies before the end of the first MDL, not at it.",
      expects: "less than the ByteCount of the first MDL",
      advice: "Leave the exhausted MDL out of the chain.",
      on: "Offset",
      strength: { strict: "must" },
      from: [{ header: "wsk.h", line: 96 }, { decision: "offset-at-end" }],
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
        { decision: "length-beyond-chain" },
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

export const WSK_BUF_LIST = defineStruct({
  name: "WSK_BUF_LIST",
  doc: "The data of several datagrams: one WSK_BUF a datagram.",
  from: { header: "wsk.h", line: 1120 },
  fields: {
    Next: {
      type: "PWSK_BUF_LIST",
      nullable: true,
      chain: true,
      doc: "The next datagram, or NULL.",
    },
    Buffer: { type: "WSK_BUF", doc: "The data of this datagram." },
  },
  rules: {
    "Next.chain": {
      says: "The list of datagrams ends.",
      expects: "a list of datagrams that ends",
      advice: "Set Next of the last WSK_BUF_LIST to NULL.",
      on: "Next",
      strength: "must",
      class: "cross-argument",
      from: { inferred: "every datagram of the list is sent, so the list has an end" },
      catalog: ["WSK-B6"],
      accepts: [{ set: { Next: null } }],
      rejects: [{ set: { Next: { sameAs: "" } } }],
    },
  },
  example: {
    Next: null,
    Buffer: {
      Mdl: { Next: null, MdlFlags: 0x4, MappedSystemVa: { bytes: 64 }, ByteCount: 64 },
      Offset: 0,
      Length: 16,
    },
  },
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
      doc: "The memory that the MDL describes; in C only where it is mapped, here always.",
    },
    ByteCount: { type: "ULONG", doc: "The length of that memory, in bytes." },
  },
  layout: {
    members: {
      Next: "field",
      Size: "CSHORT",
      MdlFlags: "field",
      AllocationProcessorNumber: { type: "USHORT", only: ["x64", "arm64"] },
      Reserved: { type: "USHORT", only: ["x64", "arm64"] },
      Process: { pointer: "EPROCESS" },
      MappedSystemVa: "field",
      StartVa: "PVOID",
      ByteCount: "field",
      ByteOffset: "ULONG",
    },
  },
  rules: {
    "Next.chain": {
      says: "The chain of MDLs ends.",
      expects: "an MDL chain that ends",
      advice: "Set Next of the last MDL to NULL; WSK would walk the chain for ever.",
      on: "Next",
      strength: "must",
      class: "cross-argument",
      from: { inferred: "the data is the memory of the whole chain, so the chain has an end" },
      catalog: ["WSK-B6"],
      accepts: [{ set: { Next: null } }],
      rejects: [{ set: { Next: { sameAs: "" } } }],
    },
    locked: {
      says: "Each MDL of the chain describes memory that cannot be paged out.",
      expects: "MDL_PAGES_LOCKED, MDL_SOURCE_IS_NONPAGED_POOL or MDL_PARTIAL among the flags",
      advice: "Lock the pages (MmProbeAndLockPages) or build the MDL over nonpaged pool.",
      on: "MdlFlags",
      strength: "must",
      class: "cross-argument",
      from: [
        { docs: "ns-wsk-_wsk_buf", about: "which memory a WSK_BUF may describe" },
        { header: "wsk.h", line: 96 },
        {
          inferred:
            "the flag test: two bits say so; a partial MDL is as locked as the one it is of",
        },
      ],
      catalog: ["WSK-B5"],
      require: "(MdlFlags & (MDL_PAGES_LOCKED | MDL_SOURCE_IS_NONPAGED_POOL | MDL_PARTIAL)) != 0",
      accepts: [
        { set: { MdlFlags: 0x2 } },
        { set: { MdlFlags: 0x4 } },
        { set: { MdlFlags: 0x10 } },
      ],
      rejects: [{ set: { MdlFlags: 0 } }, { set: { MdlFlags: 0x1 } }],
    },
  },
  example: { Next: null, MdlFlags: 0x4, MappedSystemVa: { bytes: 64 }, ByteCount: 64 },
});
