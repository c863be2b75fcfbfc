/** The objects of a trace, as far as it tells of them. */
import type { Operation } from "./operation.js";

/** An object that events mention. */
export class Thing {
  readonly ref: string;
  /** Its C type; empty where no event tells it. */
  type = "";
  /** Fields and facts, as the trace has them. */
  readonly state = new Map<string, unknown>();
  /** What lies in it, and goes with it. */
  readonly inside = new Set<Thing>();
  /** What it lies in. */
  container: Thing | null = null;
  /** The operations in which it has a part, and the way to it from each: `Buffer.Mdl`. */
  readonly parts = new Map<Operation, string>();
  /** Those of them that are over, and still forbid something. */
  readonly #over = new Set<Operation>();
  /** The line at which it was freed; 0 while it is there. */
  freedAt = 0;
  /** True for a socket on which an operation forbids further calls. */
  isAlarmed = false;
  /** The line that last mentioned it. */
  seenAt = 0;
  /** Goes up whenever its state changes. */
  version = 0;
  /** What stands for it as an argument, until its state changes. */
  value: object | null = null;
  /** The objects that its fields point to, by field. */
  fields: readonly (readonly [string, Thing])[] = [];

  constructor(ref: string) {
    this.ref = ref;
  }

  /** What a trace says of it. */
  tell(state: Readonly<Record<string, unknown>> | undefined): void {
    if (state === undefined) return;
    for (const [name, value] of Object.entries(state)) this.set(name, value);
  }

  /** A single field or fact. */
  set(name: string, value: unknown): void {
    this.state.set(name, value);
    this.value = null;
    this.version += 1;
  }

  /** Takes a part in an operation. Those that are over have nothing to forbid any more. */
  take(operation: Operation, path: string): void {
    for (const over of this.#over) this.parts.delete(over);
    this.#over.clear();
    this.parts.set(operation, path);
  }

  /** Ends its part in an operation; one that still forbids something stays until the next. */
  leave(operation: Operation, forbids: boolean): void {
    if (forbids) this.#over.add(operation);
    else this.parts.delete(operation);
  }

  /** The operation in which it took a part last. */
  get latest(): Operation | undefined {
    let latest: Operation | undefined;
    for (const operation of this.parts.keys()) latest = operation;
    return latest;
  }
}

/** So many objects that nobody needs any more are remembered. */
const MOST_IDLE = 100_000;

/** All objects of a trace, by ref. */
export class Things {
  readonly #all = new Map<string, Thing>();
  #limit = 2 * MOST_IDLE;

  /** The object of that name, which may be its first mention. */
  at(ref: string | number, line: number): Thing {
    const name = typeof ref === "number" ? String(ref) : ref;
    let thing = this.#all.get(name);
    if (thing === undefined) {
      if (this.#all.size >= this.#limit) this.#forget();
      thing = new Thing(name);
      this.#all.set(name, thing);
    }
    thing.seenAt = line;
    return thing;
  }

  /** The object, where an event has mentioned it. */
  known(ref: string | number): Thing | undefined {
    return this.#all.get(String(ref));
  }

  /** A new object under a name: what was there before is gone. */
  anew(ref: string | number, line: number): Thing {
    const before = this.#all.get(String(ref));
    before?.container?.inside.delete(before);
    this.#all.delete(String(ref));
    return this.at(ref, line);
  }

  /** How many there are. */
  get size(): number {
    return this.#all.size;
  }

  /** Everything that there is. */
  all(): Iterable<Thing> {
    return this.#all.values();
  }

  /** Forgets those that have had no part in anything for longest. */
  #forget(): void {
    const idle = [...this.#all.values()].filter(isIdle).sort((a, b) => a.seenAt - b.seenAt);
    for (const { ref } of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) {
      this.#all.delete(ref);
    }
    this.#limit = Math.max(2 * MOST_IDLE, 2 * this.#all.size);
  }
}

const isIdle = ({ parts, inside }: Thing): boolean =>
  inside.size === 0 && [...parts.keys()].every((operation) => operation.isOver);
