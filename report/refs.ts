/** The objects that a call mentions: which socket, which operation, which memory. */
import { isRecord } from "../support/index.js";

/** The objects of a call, by what they are to it. Names as text. */
export interface CallRefs {
  readonly socket: string | null;
  /** The IRP or the overlapped structure. */
  readonly operation: string | null;
  /** Everything else, in the order in which it is mentioned. */
  readonly memory: readonly string[];
}

const SOCKETS = new Set(["Socket", "s"]);
const OPERATIONS = new Set(["Irp", "lpOverlapped"]);
/** Where a text is the name of memory, whether or not the trace has introduced it. */
const MEMORY = new Set(["Buffer", "BufferList", "lpBuffers", "Mdl"]);
/** A call of a hostile trace may mention any number of objects, nested as deep as it likes. */
const MOST = 32;
const DEEPEST = 6;

/** The objects that arguments mention; `isKnown` says whether an object has such a name. */
export function refsOf(
  args: Readonly<Record<string, unknown>>,
  isKnown: (ref: string) => boolean,
): CallRefs {
  let socket: string | null = null;
  let operation: string | null = null;
  const memory = new Set<string>();
  for (const [name, value] of Object.entries(args)) {
    if (SOCKETS.has(name)) socket ??= refText(value);
    else if (OPERATIONS.has(name)) operation ??= refText(value);
    else gather(name, value, { memory, isKnown, depth: 0 });
  }
  return { socket, operation, memory: [...memory] };
}

/** The name of an object as text, as a number names it too; null for any other value. */
export function refText(value: unknown): string | null {
  if (typeof value === "string") return value;
  return Number.isSafeInteger(value) ? String(value) : null;
}

interface Gathering {
  readonly memory: Set<string>;
  readonly isKnown: (ref: string) => boolean;
  readonly depth: number;
}

function gather(name: string, value: unknown, into: Gathering): void {
  const { memory, isKnown, depth } = into;
  if (memory.size >= MOST || depth > DEEPEST) return;
  if (typeof value === "string") {
    if (MEMORY.has(name) || isKnown(value)) memory.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value.slice(0, MOST)) gather(name, item, { ...into, depth: depth + 1 });
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value).slice(0, MOST))
      gather(key, item, { ...into, depth: depth + 1 });
  }
}
