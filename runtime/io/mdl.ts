/** MDLs over real memory, and who uses them. */
import { MDL_PAGES_LOCKED, MDL_SOURCE_IS_NONPAGED_POOL } from "../../generated/index.js";
import type { MDL, WSK_BUF } from "../../generated/index.js";
import { RuntimeViolation } from "../violation.js";

/** How many pending sends use an MDL; any object shaped like one may be sent. */
const uses = new WeakMap<MDL, number>();

/** Describes memory with an MDL. Its pages are not locked yet. */
export function IoAllocateMdl(memory: Uint8Array): MDL {
  return { Next: null, MdlFlags: 0, MappedSystemVa: memory, ByteCount: memory.length };
}

/** Marks the memory as nonpaged pool, which needs no locking. */
export function MmBuildMdlForNonPagedPool(Mdl: MDL): void {
  Mdl.MdlFlags |= MDL_SOURCE_IS_NONPAGED_POOL;
}

/** Locks the pages of the memory. */
export function MmProbeAndLockPages(Mdl: MDL): void {
  Mdl.MdlFlags |= MDL_PAGES_LOCKED;
}

/** Unlocks the pages. Throws RuntimeViolation while a send uses them. */
export function MmUnlockPages(Mdl: MDL): void {
  if (isMdlInUse(Mdl)) throw new RuntimeViolation("MmUnlockPages", "mdl-in-use");
  Mdl.MdlFlags &= ~MDL_PAGES_LOCKED;
}

/** Frees an MDL. Throws RuntimeViolation while a send uses it. */
export function IoFreeMdl(Mdl: MDL): void {
  if (isMdlInUse(Mdl)) throw new RuntimeViolation("IoFreeMdl", "mdl-in-use");
  Mdl.Next = null;
  Mdl.ByteCount = 0;
}

/** True while a send that has not completed uses the MDL. */
export function isMdlInUse(Mdl: MDL): boolean {
  return (uses.get(Mdl) ?? 0) > 0;
}

/** A WSK_BUF over nonpaged memory: all of each piece, in order. */
export function wskBuf(...pieces: readonly Uint8Array[]): WSK_BUF {
  let Mdl: MDL | null = null;
  let Length = 0;
  for (const piece of [...pieces].reverse()) {
    const link: MDL = IoAllocateMdl(piece);
    MmBuildMdlForNonPagedPool(link);
    link.Next = Mdl;
    Mdl = link;
    Length += piece.length;
  }
  return { Mdl, Offset: 0, Length };
}

/** Keeps a chain in use until the returned function is called. */
export function holdChain(first: MDL | null): () => void {
  const held: MDL[] = [];
  for (let link = first; link !== null; link = link.Next) held.push(link);
  for (const link of held) uses.set(link, (uses.get(link) ?? 0) + 1);
  return () => {
    for (const link of held) uses.set(link, (uses.get(link) ?? 1) - 1);
  };
}

/** The memory that a WSK_BUF describes, as views in order; nothing is copied. */
export function gather({ Mdl, Offset, Length }: WSK_BUF): Uint8Array[] {
  const views: Uint8Array[] = [];
  let left = Number(Length);
  let skip = Offset;
  for (let link = Mdl; link !== null && left > 0; link = link.Next) {
    const end = Math.min(link.ByteCount, skip + left);
    if (end > skip) views.push(link.MappedSystemVa.subarray(skip, end));
    left -= Math.max(0, end - skip);
    skip = 0;
  }
  return views;
}
