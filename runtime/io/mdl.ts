/** MDLs over real memory, and who uses them. */
import { MDL_PAGES_LOCKED, MDL_SOURCE_IS_NONPAGED_POOL } from "../../generated/index.js";
import type { MDL, PMDL, WSK_BUF } from "../../generated/index.js";
import { lengthOf } from "../../support/index.js";
import type { Chunks } from "../engine/transmission.js";
import { done } from "../live/observer.js";
import { reportError } from "../report.js";
import { RuntimeViolation } from "../violation.js";

/** An MDL of the runtime, which counts the sends that use it. */
class CountedMdl implements MDL {
  Next: PMDL | null = null;
  MdlFlags = 0;
  MappedSystemVa: Uint8Array;
  ByteCount: number;
  #uses = 0;

  constructor(memory: Uint8Array, length: number) {
    this.MappedSystemVa = memory;
    this.ByteCount = length;
  }

  /** Adds to how many use an MDL, and returns that; any object shaped like one may be sent. */
  static use(mdl: MDL, more: number): number {
    if (#uses in mdl) return (mdl.#uses += more);
    const uses = (others.get(mdl) ?? 0) + more;
    others.set(mdl, uses);
    return uses;
  }
}

const others = new WeakMap<MDL, number>();
const freed = new WeakSet<MDL>();

/** Describes memory with an MDL. Its pages are not locked yet. */
export function IoAllocateMdl(
  VirtualAddress: Uint8Array,
  Length: number = VirtualAddress.length,
): MDL {
  if (!Number.isInteger(Length) || Length < 0 || Length > VirtualAddress.length) {
    throw new RangeError(`expected a length up to ${VirtualAddress.length}, received ${Length}`);
  }
  return new CountedMdl(VirtualAddress, Length);
}

/** Marks the memory as nonpaged pool, which needs no locking. */
export function MmBuildMdlForNonPagedPool(Mdl: MDL): void {
  Mdl.MdlFlags |= MDL_SOURCE_IS_NONPAGED_POOL;
}

/** Locks the pages of the memory. */
export function MmProbeAndLockPages(Mdl: MDL): void {
  Mdl.MdlFlags |= MDL_PAGES_LOCKED;
}

/** Unlocks the pages. Throws RuntimeViolation while they are used, or if they are not locked. */
export function MmUnlockPages(Mdl: MDL): void {
  done("unlock", Mdl, unlock);
}

function unlock(Mdl: MDL): void {
  if (isMdlInUse(Mdl)) throw new RuntimeViolation("MmUnlockPages", "mdl-in-use");
  if ((Mdl.MdlFlags & MDL_PAGES_LOCKED) === 0) {
    throw new RuntimeViolation("MmUnlockPages", "mdl-not-locked");
  }
  Mdl.MdlFlags &= ~MDL_PAGES_LOCKED;
}

/** Frees an MDL. Throws RuntimeViolation while it is used or locked, and the second time. */
export function IoFreeMdl(Mdl: MDL): void {
  done("free", Mdl, free);
}

function free(Mdl: MDL): void {
  if (isMdlInUse(Mdl)) throw new RuntimeViolation("IoFreeMdl", "mdl-in-use");
  if ((Mdl.MdlFlags & MDL_PAGES_LOCKED) !== 0) {
    throw new RuntimeViolation("IoFreeMdl", "mdl-still-locked");
  }
  if (freed.has(Mdl)) throw new RuntimeViolation("IoFreeMdl", "mdl-freed");
  freed.add(Mdl);
  Mdl.Next = null;
  Mdl.ByteCount = 0;
}

/** True while a send that has not completed uses the MDL. */
export function isMdlInUse(Mdl: MDL): boolean {
  return CountedMdl.use(Mdl, 0) > 0;
}

/** A WSK_BUF over nonpaged memory: all of each piece, in order. */
export function wskBuf(...pieces: readonly Uint8Array[]): WSK_BUF {
  let Mdl: MDL | null = null;
  let Length = 0;
  for (const piece of pieces.toReversed()) {
    const link: MDL = IoAllocateMdl(piece);
    MmBuildMdlForNonPagedPool(link);
    link.Next = Mdl;
    Mdl = link;
    Length += piece.length;
  }
  return { Mdl, Offset: 0, Length };
}

/** Keeps a chain in use until `releaseChain`. */
export function holdChain(first: MDL): void {
  for (let link: MDL | null = first; link !== null; link = link.Next) CountedMdl.use(link, 1);
}

/** Lets go of a chain. One that has changed meanwhile is reported, and its links not miscounted. */
export function releaseChain(first: MDL): void {
  try {
    for (let link: MDL | null = first; link !== null; link = link.Next) {
      if (CountedMdl.use(link, -1) >= 0) continue;
      CountedMdl.use(link, 1);
      throw new RuntimeViolation("IoCompleteRequest", "mdl-changed");
    }
  } catch (error) {
    reportError(error);
  }
}

/** The memory of a WSK_BUF where it is one piece, as it is; otherwise null. */
export function onlyPiece(first: MDL, offset: number, length: number): Uint8Array | null {
  const memory = first.MappedSystemVa;
  if (offset === 0 && length === lengthOf(memory) && length === first.ByteCount) return memory;
  return null;
}

/**
 * Adds the memory that a WSK_BUF describes, as views in order; nothing is copied. False where it
 * is not all there.
 */
export function gatherChain(views: Chunks, { Mdl, Offset, Length }: WSK_BUF): boolean {
  let left = Number(Length);
  let from = Offset;
  for (let link = Mdl; link !== null && left > 0; link = link.Next) {
    const to = Math.min(link.ByteCount, from + left);
    if (to > from) {
      const memory = link.MappedSystemVa;
      const length = lengthOf(memory);
      // Memory that was taken away has no length any more.
      if (length < to) return false;
      views.push(from === 0 && to === length ? memory : memory.subarray(from, to));
      left -= to - from;
    }
    from = 0;
  }
  return left === 0;
}
