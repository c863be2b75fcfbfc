/** The lanes of a timeline: one for each life of an object that calls mention. */
import type { EventOf } from "../trace/format.js";

/** What an object is to the calls that mention it. */
export type LaneKind = "socket" | "operation" | "memory";

/** One life of an object: a ref that was freed begins anew, in another lane. */
export interface Lane {
  readonly name: string;
  /** Its C type, where the trace has introduced it. */
  readonly type: string;
  readonly kind: LaneKind;
  /** The lane of the socket that it belongs to; its own, for a socket. */
  readonly socket: number;
}

/** What is known of an object, whether or not it has a lane. */
interface Known {
  readonly type: string;
  readonly in: string | null;
  lane: number;
  isEnded: boolean;
}

const NO_SOCKET = "(no socket)";

/** Objects by name, and the lanes that they have. */
export class Lanes {
  readonly all: Lane[] = [];
  readonly #known = new Map<string, Known>();
  /** What lies in a frame or a block, by its name. */
  readonly #within = new Map<string, Set<string>>();

  /** Takes what the trace tells of an object. */
  introduce(event: EventOf<"object">): void {
    const name = String(event.ref);
    const before = this.#known.get(name);
    if (before !== undefined && !before.isEnded) return;
    const outer = event.in === undefined ? null : String(event.in);
    this.#known.set(name, { type: event.type, in: outer, lane: -1, isEnded: false });
    if (outer === null) return;
    const inner = this.#within.get(outer) ?? new Set();
    this.#within.set(outer, inner.add(name));
  }

  /** True for the name of an object that the trace has introduced, or a call has mentioned. */
  isKnown(ref: string): boolean {
    return this.#known.has(ref);
  }

  /** The lane of a socket; calls that name none share one. */
  socket(ref: string | null): number {
    return this.of(ref ?? NO_SOCKET, { socket: -1, kind: "socket" });
  }

  /** The lane of an object, which begins where it has none. */
  of(ref: string, { socket, kind }: Pick<Lane, "socket" | "kind">): number {
    const known = this.#known.get(ref) ?? { type: "", in: null, lane: -1, isEnded: false };
    this.#known.set(ref, known);
    if (known.lane < 0) {
      known.lane = this.all.length;
      const { type } = known;
      this.all.push({ name: ref, type, kind, socket: socket < 0 ? known.lane : socket });
    }
    return known.lane;
  }

  /** The lane that an object has now; -1 where no call has mentioned it. */
  find(ref: string): number {
    return this.#known.get(ref)?.lane ?? -1;
  }

  /** The objects that lie in another, at any depth. */
  within(ref: string): string[] {
    const found = new Set<string>();
    const queue = [ref];
    for (const outer of queue) {
      for (const inner of this.#within.get(outer) ?? []) {
        if (found.has(inner) || inner === ref) continue;
        found.add(inner);
        queue.push(inner);
      }
    }
    return [...found];
  }

  /** Its memory is gone: what is introduced under this name from now on is another object. */
  end(ref: string): void {
    const known = this.#known.get(ref);
    if (known === undefined) return;
    known.isEnded = true;
    if (known.in !== null) this.#within.get(known.in)?.delete(ref);
    this.#within.delete(ref);
  }
}
