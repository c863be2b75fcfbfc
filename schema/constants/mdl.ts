/** Bits of an MDL, and a bug check whose name looks like one. */
import { defineConstants } from "../define.js";

export const MDL_FLAGS = defineConstants({
  name: "MDL_FLAGS",
  doc: "Bits of MDL.MdlFlags that say how its pages are held.",
  use: "flags",
  from: { header: "wdm.h", line: 17736 },
  values: {
    MDL_MAPPED_TO_SYSTEM_VA: { value: 0x1, doc: "The pages are mapped into system space." },
    MDL_PAGES_LOCKED: { value: 0x2, doc: "The pages are locked in memory." },
    MDL_SOURCE_IS_NONPAGED_POOL: {
      value: 0x4,
      doc: "The memory is nonpaged pool, which never moves.",
    },
    MDL_ALLOCATED_FIXED_SIZE: {
      value: 0x8,
      doc: "The MDL itself comes from a list of MDLs of one size.",
    },
    MDL_PARTIAL: { value: 0x10, doc: "The MDL describes a part of another one." },
    MDL_PARTIAL_HAS_BEEN_MAPPED: {
      value: 0x20,
      doc: "The part got a mapping of its own, which goes when it is reused.",
    },
    MDL_IO_PAGE_READ: { value: 0x40, doc: "The pages are being read in from a file." },
    MDL_WRITE_OPERATION: { value: 0x80, doc: "A device writes into the pages." },
    MDL_LOCKED_PAGE_TABLES: {
      value: 0x100,
      doc: "The page tables behind the pages are locked as well.",
    },
    MDL_PARENT_MAPPED_SYSTEM_VA: {
      aliasOf: "MDL_LOCKED_PAGE_TABLES",
      doc: "The older name: the MDL that this is a part of is mapped.",
    },
    MDL_FREE_EXTRA_PTES: {
      value: 0x200,
      doc: "More address space than the pages need goes with the mapping.",
    },
    MDL_DESCRIBES_AWE: { value: 0x400, doc: "The pages are those of a user's address window." },
    MDL_IO_SPACE: { value: 0x800, doc: "The pages are memory of a device." },
    MDL_NETWORK_HEADER: { value: 0x1000, doc: "The memory holds headers of a packet." },
    MDL_MAPPING_CAN_FAIL: {
      value: 0x2000,
      doc: "Mapping the pages may fail, and then returns NULL.",
    },
    MDL_PAGE_CONTENTS_INVARIANT: {
      value: 0x4000,
      doc: "Nobody changes the pages while they are locked.",
    },
    MDL_ALLOCATED_MUST_SUCCEED: {
      aliasOf: "MDL_PAGE_CONTENTS_INVARIANT",
      doc: "The older name: the MDL comes from the pool that never fails.",
    },
    MDL_INTERNAL: { value: 0x8000, doc: "For the memory manager's own use." },
  },
});

export const BUG_CHECK_CODES = defineConstants({
  name: "BUG_CHECK_CODES",
  doc: "Codes of system stops.",
  use: "numbers",
  from: { header: "bugcodes.h", line: 4609 },
  values: {
    MDL_CACHE: {
      value: 0x1f4,
      doc: "A stop over the cache of MDLs; it is no bit of MdlFlags, whatever its name says.",
    },
  },
});
