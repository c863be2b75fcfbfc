/** Tells operations what happens to their objects, and people which stretches that breaks. */
import type { Happening, Lifetime } from "../support/index.js";
import type { Operation, Thing } from "./operation.js";
import { closedBy } from "./other-calls.js";
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
  /** What people know it by, where the happening has no word for it. */
  readonly said?: string;
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
    // Of hundreds that wait on a socket, few mind another call.
    const isMany = by !== undefined && thing.parts.size > MANY;
    for (const operation of isMany ? thing.alarms : thing.parts.keys()) {
      const path = thing.parts.get(operation);
      if (path === undefined) continue;
      if (operation.contract?.machine.touched(happening).length === 0) continue;
      const object = field === null ? path : `${path}.${field}`;
      const who = by === undefined ? {} : { by };
      const what = { line, happening, path: object, ref: thing.ref, code: null, ...who };
      isBroken = this.to(operation, what) || isBroken;
      operation.settle();
    }
    return isBroken;
  }

  /** Something happens to a socket as a whole, and so to every operation that is on it by then. */
  ofAll(socket: Thing, { line, happening }: Happens, turn = Infinity): void {
    for (const operation of socket.parts.keys()) {
      if (operation.turn > turn) continue;
      this.to(operation, { line, happening, path: null, ref: socket.ref, code: null });
      operation.settle();
    }
  }

  /** Something happens to an operation; true where that breaks a stretch of it. */
  to(operation: Operation, what: HappensTo): boolean {
    if (operation.course === null) return false;
    const { line, happening, path, code } = what;
    const broken = operation.see({ happening, object: path, code, at: line });
    if (broken.length === 0) return false;
    // One mistake is told once: by the stretch that began last.
    const since = (index: number): number => operation.course?.sinceOf(index) ?? 0;
    const latest = broken.reduce((best, index) => (since(index) > since(best) ? index : best));
    this.#tell(operation, latest, what);
    return true;
  }

  /** Whatever an operation is passed is there, and its pages are locked. */
  gone(operation: Operation, told: ReadonlySet<Thing> | null): void {
    const { line, uses } = operation;
    for (const { thing, path } of uses) {
      const { ref, freedAt, unlockedAt, state } = thing;
      const of = { line, path, ref, code: null };
      if (freedAt > 0 && told?.has(thing) !== true) {
        this.to(operation, {
          ...of,
          happening: "free",
          said: `one that was freed, line ${freedAt}`,
        });
      } else if (unlockedAt > 0 && state.get("MdlFlags") === undefined) {
        const said = `one that was unlocked, line ${unlockedAt}`;
        this.to(operation, { ...of, happening: "unlock", said });
      }
    }
  }

  /**
   * An operation that was done at once is told as completed after all, as completion ports do it:
   * its structure was to be there until then.
   */
  tooEarly(operation: Operation): void {
    const { carrier, returnedAt } = operation;
    const freedAt = carrier?.thing.freedAt ?? 0;
    if (carrier === undefined || freedAt <= returnedAt) return;
    const { path, thing } = carrier;
    const again = operation.contract?.machine.begin(operation.line);
    const step = { happening: "free", object: path, code: null, at: freedAt } as const;
    const [index] = again?.see(step) ?? [];
    const what = { line: freedAt, happening: "free", path, ref: thing.ref, code: null } as const;
    if (index !== undefined) this.#tell(operation, index, what);
  }

  /** A function closes its socket: it is the first that minds another call. */
  closes(line: number, operation: Operation): void {
    const path = closedBy(operation.function);
    if (path === null || operation.contract === null) return;
    operation.see({ happening: "close", object: path, code: null, at: line });
  }

  /** Objects are passed to a call; tells which of them were not free to be. */
  passed(by: Operation): ReadonlySet<Thing> | null {
    const { line, uses, contract } = by;
    const isSend = contract?.isSend === true;
    let broken: Set<Thing> | null = null;
    const closed = closedBy(by.function);
    for (const { thing, path } of uses) {
      if (thing.parts.size === 0 || path.includes(".") || path === closed) continue;
      // An IRP that was let go on to its driver comes anew.
      if (thing.latest?.isLetGo === true) thing.forget();
      const isPending = thing.latest?.completedAt === 0;
      const isBroken = this.of(thing, { line, happening: "call", by });
      const isSendBroken = isSend && this.of(thing, { line, happening: "send", by });
      if (isBroken || isSendBroken) (broken ??= new Set()).add(thing);
      if (isBroken && isPending && path === by.carrier?.path) by.hasOthersCarrier = true;
    }
    return broken;
  }

  #tell(operation: Operation, index: number, what: HappensTo): void {
    const { course, contract } = operation;
    const lifetime = contract?.machine.lifetimes[index];
    if (course === null || contract === null || lifetime === undefined) return;
    if (isLifted(lifetime, operation)) return;
    const { path, ref, happening, line, by } = what;
    // Who unlocks too early frees too early as well: that is told once of an object.
    if (!operation.isNew(`${lifetime.rule.id} ${ref ?? ""}`)) return;
    const at = course.sinceOf(index);
    const broken = {
      rule: lifetime.rule,
      strength: strengthOf(lifetime.rule, this.#telling.profileOf(contract.traced)),
      operation: by ?? operation,
      ref: path === null ? (refOf(operation, lifetime) ?? ref) : ref,
      path: path ?? lifetime.of[0] ?? "",
      expected: lifetime.rule.expects,
      received: what.said ?? receivedText(happening, lifetime, by),
      earlier: { line: at, text: sinceText(lifetime.after.at(-1), operation, ref) },
    };
    const tell = (): void => this.#telling.tell(line, broken);
    // Within a call is only what comes before a return that is told one day.
    const { until } = lifetime;
    const isWithinCall = until.includes("return") && operation.returnedAt === 0;
    const mayBeOver = (operation.hasWaited || operation.seemsOver) && operation.completedAt === 0;
    const isHeld = isWithinCall || (mayBeOver && until.includes("completion"));
    if (isHeld) operation.held.push(tell);
    else tell();
  }
}

/** The name of what a stretch is about. */
const refOf = ({ uses }: Operation, { of }: Lifetime): string | undefined =>
  uses.find(({ path }) => path === of[0])?.thing.ref;

/** More parts than an object of one caller has. */
const MANY = 8;

/** True where a fact lifts the rule: an IRP that came from another driver is not reused. */
function isLifted({ unless }: Lifetime, { carrier, socket }: Operation): boolean {
  if (unless === undefined) return false;
  const dot = unless.indexOf(".");
  const thing = (unless.slice(0, dot) === "irp" ? carrier : socket)?.thing;
  return thing?.state.get(unless.slice(dot + 1)) === true;
}

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
