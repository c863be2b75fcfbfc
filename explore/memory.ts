/** Memory, MDLs, stack frames and numbers behind pointers. */
import { MDL_PAGES_LOCKED, MDL_SOURCE_IS_NONPAGED_POOL } from "../generated/index.js";
import type { MDL, WSK_BUF } from "../generated/index.js";
import type { Core } from "./core.js";

/** A number that a pointer points to: reading `value` is an event. */
export class Cell {
  readonly #core: Core;
  #value: number;

  constructor(core: Core, value: number) {
    this.#core = core;
    this.#value = value;
  }

  get value(): number {
    if (!this.#core.journal.isReading) {
      this.#core.enter();
      this.#core.journal.touch(this, null, "read");
    }
    return this.#value;
  }

  set value(value: number) {
    this.#value = value;
  }

  /** What the provider writes. */
  put(value: number): void {
    this.#value = value;
  }
}

/** The functions of the memory manager, and what a compiler does with memory. */
export interface Memory {
  ExAllocatePool(NumberOfBytes: number): Uint8Array;
  /** Frees a block of pool: memory, or what `pool` has put there. */
  ExFreePool(P: object): void;
  IoAllocateMdl(VirtualAddress: Uint8Array, Length?: number): MDL;
  MmBuildMdlForNonPagedPool(Mdl: MDL): void;
  MmProbeAndLockPages(Mdl: MDL): void;
  MmUnlockPages(Mdl: MDL): void;
  IoFreeMdl(Mdl: MDL): void;
  /** A WSK_BUF over `bytes` of nonpaged memory, in one piece. */
  wskBuf(bytes: number): WSK_BUF;
  /** Puts a struct into pool: it lasts until ExFreePool. Types: WSK_BUF, SOCKADDR, … */
  pool<T extends object>(type: string, value: T): T;
  /** Runs a function with a stack frame; when it returns, whatever is `local` to it is gone. */
  frame<T>(body: () => T): T;
  /** Puts a struct, or memory, into the frame of the innermost `frame`. */
  local<T extends object>(type: string, value: T): T;
  /** A number that a pointer points to, as lpNumberOfBytesSent wants one. */
  DWORD(value?: number): Cell;
}

/** The functions, over one core. */
export function memoryOf(core: Core): Memory {
  const { journal } = core;
  const frames: object[] = [];
  const memory: Memory = {
    ExAllocatePool: (NumberOfBytes) => new Uint8Array(NumberOfBytes),
    ExFreePool(P) {
      core.enter();
      journal.happens("free", P);
    },
    ...mdlsOf(core),
    pool(type, value) {
      core.enter();
      journal.tell(value, type, { mark: 30, state: () => ({}) });
      return value;
    },
    frame(body) {
      core.enter();
      const frame = {};
      journal.tell(frame, "FRAME", { mark: 31, state: () => ({}) });
      frames.push(frame);
      try {
        const result = body();
        core.enter();
        journal.happens("leave-frame", frame);
        return result;
      } finally {
        frames.pop();
      }
    },
    local(type, value) {
      core.enter();
      const frame = frames.at(-1);
      if (frame === undefined) throw new RangeError("local: expected a frame around the call");
      journal.lies(value, frame, type);
      return value;
    },
    DWORD: (value = 0) => new Cell(core, value),
  };
  return memory;
}

type Mdls = Pick<
  Memory,
  | "IoAllocateMdl"
  | "MmBuildMdlForNonPagedPool"
  | "MmProbeAndLockPages"
  | "MmUnlockPages"
  | "IoFreeMdl"
  | "wskBuf"
>;

/** Blocks of zeros: each run has those of the run before, since nobody keeps what they hold. */
class Blocks {
  readonly #blocks: Uint8Array[] = [];
  readonly #core: Core;
  #run = 0;
  #count = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  take(bytes: number): Uint8Array {
    if (this.#run !== this.#core.runs) this.#count = 0;
    this.#run = this.#core.runs;
    const known = this.#blocks[this.#count];
    const block = known?.length === bytes ? known : new Uint8Array(bytes);
    this.#blocks[this.#count++] = block;
    return block;
  }
}

function mdlsOf(core: Core): Mdls {
  const { journal } = core;
  const blocks = new Blocks(core);
  return {
    IoAllocateMdl: (VirtualAddress, Length = VirtualAddress.length) => ({
      Next: null,
      MdlFlags: 0,
      MappedSystemVa: VirtualAddress,
      ByteCount: Length,
    }),
    MmBuildMdlForNonPagedPool(Mdl) {
      Mdl.MdlFlags |= MDL_SOURCE_IS_NONPAGED_POOL;
    },
    MmProbeAndLockPages(Mdl) {
      Mdl.MdlFlags |= MDL_PAGES_LOCKED;
    },
    MmUnlockPages(Mdl) {
      core.enter();
      journal.happens("unlock", Mdl);
      Mdl.MdlFlags &= ~MDL_PAGES_LOCKED;
    },
    IoFreeMdl(Mdl) {
      core.enter();
      journal.happens("free", Mdl);
    },
    wskBuf(bytes) {
      const Mdl = {
        Next: null,
        MdlFlags: MDL_SOURCE_IS_NONPAGED_POOL,
        MappedSystemVa: blocks.take(bytes),
        ByteCount: bytes,
      };
      return { Mdl, Offset: 0, Length: bytes };
    },
  };
}
