/** Processes, threads and ids of Chrome's traces: sockets, calls and operations. */
import { oneLine } from "../report.js";

/** An event as Chrome's traces have it. */
export type ChromeEvent = Readonly<Record<string, unknown>>;

/** What a thread of a process is for. */
export type ThreadKind = "calls" | "completions";

const FIRST: Readonly<Record<ThreadKind, number>> = { calls: 1, completions: 1001 };

/** Something that is drawn on a thread: it is free again after its end. */
export interface Slot {
  readonly pid: number;
  readonly tid: number;
  readonly from: number;
  /** Undefined while it lasts. */
  end: number | undefined;
}

/** Sockets as processes. What is in a thread never overlaps: for that there is a second one. */
export class Processes {
  readonly #pids = new Map<string, number>();
  readonly #slots = new Map<string, Slot[]>();
  readonly #emit: (event: ChromeEvent) => void;

  constructor(emit: (event: ChromeEvent) => void) {
    this.#emit = emit;
  }

  /** The process of a socket. */
  of(socket: string): number {
    const known = this.#pids.get(socket);
    if (known !== undefined) return known;
    const pid = this.#pids.size + 1;
    this.#pids.set(socket, pid);
    this.#emit({ ph: "M", pid, tid: 0, name: "process_name", args: { name: oneLine(socket) } });
    return pid;
  }

  /** A place on the first thread that is free from then on. */
  take(pid: number, kind: ThreadKind, from: number): Slot {
    const key = `${kind} ${pid}`;
    const slots = this.#slots.get(key) ?? [];
    this.#slots.set(key, slots);
    const free = slots.findIndex(({ end }) => end !== undefined && end <= from);
    const at = free < 0 ? slots.length : free;
    const slot: Slot = { pid, tid: FIRST[kind] + at, from, end: undefined };
    slots[at] = slot;
    if (free < 0) this.#name(slot, at === 0 ? kind : `${kind} ${at + 1}`);
    return slot;
  }

  #name({ pid, tid }: Slot, name: string): void {
    this.#emit({ ph: "M", pid, tid, name: "thread_name", args: { name } });
    this.#emit({ ph: "M", pid, tid, name: "thread_sort_index", args: { sort_index: tid } });
  }
}

/** A map that forgets what was told first once it holds so much. */
export class Recent<V> {
  readonly #values = new Map<string, V>();
  readonly #most: number;

  constructor(most = 20_000) {
    this.#most = most;
  }

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.#most) return;
    const [oldest] = this.#values.keys();
    if (oldest !== undefined) this.#values.delete(oldest);
  }
}

/** Ids of tracks by the name of an object. An object that is busy gets another one besides. */
export class Ids {
  readonly #ids = new Recent<number>();
  #last = 0;

  /** The id of an object's own track, or of a new one. */
  of(ref: string, isBusy: boolean): string {
    const known = isBusy ? undefined : this.#ids.get(ref);
    const id = known ?? ++this.#last;
    if (known === undefined && !isBusy) this.#ids.set(ref, id);
    return `0x${id.toString(16)}`;
  }
}
