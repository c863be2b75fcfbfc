/**
 * What the native network needs of koffi. The package is optional: it is looked for when somebody
 * asks for the network, and not before.
 */
import { createRequire } from "node:module";

/** Watches a descriptor. After `close` it must not be touched. */
export interface PollHandle {
  start(events: PollEvents, told: PollTold): void;
  stop(): void;
  /** From now on it keeps no process alive. */
  unref(): void;
  close(): void;
}

/** What to watch for. */
export interface PollEvents {
  readonly readable: boolean;
  readonly writable: boolean;
}

/** Called from the event loop. A negative status tells of an error; then watching has stopped. */
export type PollTold = (status: number, events: PollEvents) => void;

/** The part of koffi that is used here. */
export interface Koffi {
  readonly load: (path: null) => { readonly func: (prototype: string) => unknown };
  readonly errno: () => number;
  readonly address: (memory: Uint8Array) => bigint;
  readonly node: {
    readonly poll: (fd: number, events: PollEvents, told: PollTold) => PollHandle | null;
  };
}

/** The koffi of this process, or what is missing and how to get it. */
export type Found =
  { readonly koffi: Koffi } | { readonly missing: string; readonly cause?: unknown };

/** The architectures whose socket constants and structures these are. */
const ARCHITECTURES: readonly string[] = ["x64", "arm64"];

/** Looks for koffi. What was found is looked for again at the next call. */
export function findKoffi(): Found {
  if (process.platform !== "linux") {
    return { missing: `it needs Linux, and this is ${process.platform}` };
  }
  if (!ARCHITECTURES.includes(process.arch)) {
    return { missing: `it needs ${ARCHITECTURES.join(" or ")}, and this is ${process.arch}` };
  }
  try {
    const koffi: unknown = createRequire(import.meta.url)("koffi");
    if (isKoffi(koffi)) return { koffi };
    return { missing: `it needs koffi 3, and another version is installed; ${GET}` };
  } catch (cause) {
    return { missing: `it needs the package koffi, which cannot be loaded; ${GET}`, cause };
  }
}

const GET = "npm install koffi@3.3.4 brings it";

function isKoffi(found: unknown): found is Koffi {
  if (typeof found !== "object" || found === null) return false;
  const { load, errno, address, node } = found as Partial<Record<keyof Koffi, unknown>>;
  if ([load, errno, address].some((f) => typeof f !== "function")) return false;
  return typeof node === "object" && node !== null && "poll" in node;
}
