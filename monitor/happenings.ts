/** Tells operations what happens to their objects, and people which stretches that breaks. */
import type { Happening, Lifetime } from "../support/index.js";
import type { Operation, Thing } from "./operation.js";
import type { Telling } from "./telling.js";
import { sinceText, strengthOf } from "./telling.js";

/** Something that happens to an object. */
export interface Happens {
  readonly line: number;
  readonly happening: Happening;
  /** The part of the object; null for the whole of it. */
  readonly field?: string | null;
  /** The call that does it, where it is a call. */
  readonly by?: Operation;
}

/** Something that happens to an operation. */
export interface HappensTo extends Happens {
  /** The object, by the way to it from the call; null where it is the operation as a whole. */
  readonly path: string | null;
  readonly ref: string | null;
  readonly code: number | null;
}

/** Passes on what happens. */
export class Happenings {
  readonly #telling: Telling;

  constructor(telling: Telling) {
    this.#telling = telling;
  }

  /** Something happens to an object: every operation in which it has a part hears of it. */
  of(thing: Thing, happens: Happens): boolean {
    const { line, happening, field = null, by } = happens;
    let isBroken = false;
    for (const [operation, path] of thing.parts) {
      if (operation.contract?.machine.touched(happening).length === 0) continue;
      const object = field === null ? path : `${path}.${field}`;
      const who = by === undefined ? {} : { by };
      const what = { line, happening, path: object, ref: thing.ref, code: null, ...who };
      isBroken = this.to(operation, what) || isBroken;
      operation.settle();
    }
    return isBroken;
  }

  /** Something happens to an operation; true where that breaks a stretch of it. */
  to(operation: Operation, what: HappensTo): boolean {
    if (operation.course === null) return false;
    const { line, happening, path, code } = what;
    const broken = operation.see({ happening, object: path, code, at: line });
    for (const index of broken) this.#tell(operation, index, what);
    return broken.length > 0;
  }

  /** Objects are passed to a call; tells which of them were not free to be. */
  passed(by: Operation, isSend: boolean): ReadonlySet<Thing> | null {
    const { line, uses } = by;
    let broken: Set<Thing> | null = null;
    for (const { thing, path } of uses) {
      if (thing.parts.size === 0 || path.includes(".")) continue;
      // Of hundreds that wait on a socket, none minds another call before one has ended badly.
      if (thing.parts.size > MANY && !thing.isAlarmed) continue;
      const isBroken = this.of(thing, { line, happening: "call", by });
      const isSendBroken = isSend && this.of(thing, { line, happening: "send", by });
      if (isBroken || isSendBroken) (broken ??= new Set()).add(thing);
    }
    return broken;
  }

  #tell(operation: Operation, index: number, what: HappensTo): void {
    const { course, contract } = operation;
    const lifetime = contract?.machine.lifetimes[index];
    if (course === null || contract === null || lifetime === undefined) return;
    const { path, ref, happening, line, by } = what;
    const at = course.sinceOf(index);
    this.#telling.tell(line, {
      rule: lifetime.rule,
      strength: strengthOf(lifetime.rule, this.#telling.profileOf(contract.traced)),
      operation: by ?? operation,
      ref,
      path: path ?? lifetime.of[0] ?? "",
      expected: lifetime.rule.expects,
      received: receivedText(happening, lifetime, by),
      earlier: { line: at, text: sinceText(lifetime.after.at(-1), operation, ref) },
    });
  }
}

/** More parts than an object of one caller has. */
const MANY = 8;

function receivedText(
  happening: Happening,
  { after }: Lifetime,
  by: Operation | undefined,
): string {
  // What began the stretch has come a second time.
  if (after.at(-1) === happening) return `a second ${SECOND[happening] ?? happening}`;
  const word = WORDS[happening] ?? happening;
  return by === undefined ? word : `${word}: ${by.function} (call ${by.id})`;
}

const SECOND: Partial<Readonly<Record<Happening, string>>> = { free: "time that it is freed" };

const WORDS: Partial<Readonly<Record<Happening, string>>> = {
  call: "another call with it",
  send: "another send",
  completion: "a completion",
  notification: "a notification",
  result: "a result",
  read: "a read",
  write: "a write",
  free: "that it was freed",
  unlock: "that it was unlocked",
  "leave-frame": "that its stack frame was left",
  deregister: "that its memory was deregistered",
  reuse: "IoReuseIrp",
  close: "that the socket was closed",
  disconnect: "the end of a graceful disconnect",
  "callee-read": "a read by the provider",
  "callee-write": "a write by the provider",
};
