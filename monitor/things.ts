/** All objects of a trace, by the names that it gives them. */
import { Thing } from "./operation.js";

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
