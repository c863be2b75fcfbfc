/** All objects of a trace, by the names that it gives them. */
import { Thing } from "./operation.js";

/** So many objects that nobody needs any more are remembered. */
const MOST_IDLE = 100_000;

/** All objects of a trace, by ref. */
export class Things {
  readonly #all = new Map<string, Thing>();
  #limit = 2 * MOST_IDLE;
  #scope = "";

  /** Tells of which process the next names are: a descriptor is a number of its own in each. */
  enter(process: number | string | undefined): void {
    this.#scope = process === undefined ? "" : `${process}/`;
  }

  /** The object of that name, which may be its first mention. */
  at(ref: string | number, line: number): Thing {
    const key = this.#keyOf(ref);
    let thing = this.#all.get(key);
    if (thing === undefined) {
      if (this.#all.size >= this.#limit) this.#forget();
      thing = new Thing(String(ref));
      this.#all.set(key, thing);
    }
    thing.seenAt = line;
    return thing;
  }

  /** The object, where an event has mentioned it. */
  known(ref: string | number): Thing | undefined {
    return this.#all.get(this.#keyOf(ref));
  }

  /** A new object under a name: what was there before is gone. */
  anew(ref: string | number, line: number): Thing {
    const key = this.#keyOf(ref);
    const before = this.#all.get(key);
    before?.container?.inside.delete(before);
    this.#all.delete(key);
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

  #keyOf(ref: string | number): string {
    if (this.#scope === "" || (typeof ref === "string" && !isDecimal(ref))) return String(ref);
    return `${this.#scope}${ref}`;
  }

  /** Forgets those that have had no part in anything for longest. */
  #forget(): void {
    const idle = [...this.#all].filter(([, thing]) => isIdle(thing));
    idle.sort(([, a], [, b]) => a.seenAt - b.seenAt);
    for (const [key] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) this.#all.delete(key);
    this.#limit = Math.max(2 * MOST_IDLE, 2 * this.#all.size);
  }
}

/** True for digits alone; an address is known by its second character. */
function isDecimal(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return text !== "";
}

const isIdle = ({ parts, inside }: Thing): boolean =>
  inside.size === 0 && [...parts.keys()].every((operation) => operation.isOver);
