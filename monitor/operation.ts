/** One call of a trace, from its line to the end of all that hangs on it, and its objects. */
import type { Facts } from "../generated/index.js";
import type { Course, Step } from "../support/index.js";
import type { EventOf } from "../trace/format.js";
import type { Contracted } from "./contracted.js";

/** Values by name. */
export type Given = Readonly<Record<string, unknown>>;

/** An object, and the way to it from the call. */
export interface Use {
  readonly thing: Thing;
  readonly path: string;
}

/** What a converted trace says of the recording that it comes from. */
export interface Recorded {
  readonly as: string | null;
  readonly line: number | null;
}

/** Finds it in the event of a call. */
export function recordedOf({ as, line }: EventOf<"call">): Recorded | null {
  if (as === undefined && line === undefined) return null;
  return { as: as ?? null, line: line === undefined ? null : Number(line) };
}

/** What an operation begins with. */
export interface Begun {
  readonly id: string | number;
  readonly function: string;
  readonly line: number;
  readonly given: Given;
  /** The arguments as checks take them; none for a function that is none of the schema. */
  readonly args: Given;
  readonly uses: readonly Use[];
  /** What was recorded in its place, and where, for a trace that was converted. */
  readonly recorded: Recorded | null;
  /** Null for a function that is neither of the schema nor shares rules with sends. */
  readonly contract: Contracted | null;
}

/** What is known of an operation afterwards; a fact that is not known is left out. */
type After = { -readonly [F in keyof Facts]: Facts[F] };

/** A call of a trace. */
export class Operation {
  readonly id: string | number;
  readonly function: string;
  readonly line: number;
  readonly given: Given;
  readonly args: Given;
  readonly uses: readonly Use[];
  readonly recorded: Recorded | null;
  readonly contract: Contracted | null;
  readonly course: Course | null;
  /** Which call of the trace it is, from 1. */
  readonly turn: number;
  /** What is known of it since the call. */
  readonly after: After = {};
  /** The line of its return, and of its completion; 0 before. */
  returnedAt = 0;
  completedAt = 0;
  /** What it returned: a status, or the error of a provider's call; and how it was completed. */
  code: number | null = null;
  endCode: number | null = null;
  /** True where the completion is only concluded, from what comes with it or after it. */
  isConcluded = false;
  /** True while nothing but what the call returned says that it is completed. */
  isAssumed = false;
  /** True once something else speaks for its end: the call has failed, or a result was there. */
  seemsOver = false;
  /** True where its IRP or structure was still another operation's: that has been told. */
  hasOthersCarrier = false;
  /** How often its completion was told, and how often its routine has run. */
  completions = 0;
  routines = 0;
  /** True once its routine has let the IRP go on to another driver: it may come again. */
  isLetGo = false;
  /** What is told once the call has returned, or completed: until then nobody knows. */
  held: (() => void)[] = [];
  /** True once the caller has waited for it, or goes on as if it were over. */
  hasWaited = false;
  /** True for a return after which no completion comes. */
  isImmediate = false;
  /** The IRP or overlapped structure that is completed, and the socket. */
  readonly carrier: Use | undefined;
  readonly socket: Use | undefined;
  /** What it would change, were it to succeed: as it was before. */
  readonly before: { thing: Thing; name: string; value: unknown }[] = [];
  /** Rules that have been told of it already. */
  #told: Set<string> | null = null;

  constructor(begun: Begun, turn: number) {
    this.id = begun.id;
    this.function = begun.function;
    this.line = begun.line;
    this.given = begun.given;
    this.args = begun.args;
    this.uses = begun.uses;
    this.recorded = begun.recorded;
    this.contract = begun.contract;
    this.course = begun.contract?.machine.begin(begun.line) ?? null;
    this.turn = turn;
    this.carrier = useOf(begun, "carrier");
    this.socket = useOf(begun, "socket");
  }

  /** True once nothing more is to come of it, be it that its objects are still watched. */
  get isOver(): boolean {
    return this.returnedAt > 0 && (this.completedAt > 0 || this.isImmediate);
  }

  /** Gives its objects their part in it. What is over has no part in them any more. */
  bind(): void {
    const uses = this.contract === null ? [this.carrier] : this.uses;
    for (const use of uses) {
      if (use === undefined) continue;
      use.thing.take(this, use.path);
    }
  }

  /** Takes a step; tells which stretches forbid it. */
  see(step: Step): readonly number[] {
    return this.course?.see(step) ?? NONE;
  }

  /** Tells what was held back. */
  tellHeld(): void {
    const { held } = this;
    if (held.length > 0) this.held = [];
    for (const tell of held) tell();
  }

  /** It has failed, and changes nothing: what nobody has told since is as it was. */
  takeBack(line: number): void {
    for (const { thing, name, value } of this.before.splice(0)) {
      if (thing.state.get(name) === undefined) thing.set(name, value, line);
    }
  }

  /** True the first time that it is asked of a rule. */
  isNew(rule: string): boolean {
    this.#told ??= new Set();
    if (this.#told.has(rule)) return false;
    this.#told.add(rule);
    return true;
  }

  /** Lets go of the objects to which nothing can happen any more that would matter. */
  settle(): void {
    if (!this.isOver) return;
    for (const { thing, path } of this.uses) {
      thing.leave(this, this.course?.mayBreak(path) === true);
    }
  }
}

/** The parameters by which functions that are none of the schema take sockets and operations. */
const OTHERS = { carrier: new Set(["Irp", "lpOverlapped"]), socket: new Set(["Socket", "s"]) };

function useOf({ contract, uses }: Begun, what: "carrier" | "socket"): Use | undefined {
  const name = contract?.roles[what];
  for (const use of uses) {
    if (name === undefined ? OTHERS[what].has(use.path) : use.path === name) return use;
  }
  return undefined;
}

const NONE: readonly number[] = Object.freeze([]);

/** So many routines of one IRP that are inside each other are told apart. */
const MOST_NESTED = 4;

/** An object that events mention. */
export class Thing {
  readonly ref: string;
  /** Its C type; empty where no event tells it. */
  type = "";
  /** Fields and facts, as the trace has them. */
  readonly state = new Map<string, unknown>();
  /** Since which line each of them is so. */
  readonly toldAt = new Map<string, number>();
  /** What lies in it, and goes with it. */
  readonly inside = new Set<Thing>();
  /** What it lies in. */
  container: Thing | null = null;
  /** The operations in which it has a part, and the way to it from each: `Buffer.Mdl`. */
  readonly parts = new Map<Operation, string>();
  /** Those of them that are over, and still forbid something. */
  readonly #over = new Set<Operation>();
  /** Whose part was taken last. */
  #last: Operation | undefined;
  /** The line at which it was freed; 0 while it is there. */
  freedAt = 0;
  /** The line at which its pages were unlocked, without a word of locking since; 0 where not. */
  unlockedAt = 0;
  /** Operations that forbid further calls of it: few, however many wait. */
  readonly alarms = new Set<Operation>();
  /** True once a completion of it was told as such: then nothing else stands for one. */
  hasToldCompletion = false;
  /** Operations that were completed, and whose routines are still to return: the last one first. */
  readonly #inRoutine: Operation[] = [];
  /** True where there were more of them than are remembered. */
  hasForgotten = false;
  /** True for an IRP of which calls of IoSetCompletionRoutine tell. */
  hasToldRoutine = false;
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
  tell(state: Given | undefined, line: number): void {
    if (state === undefined) return;
    for (const [name, value] of Object.entries(state)) this.set(name, value, line);
  }

  /** A single field or fact. */
  set(name: string, value: unknown, line: number): void {
    if (this.state.get(name) !== value) this.toldAt.set(name, line);
    this.state.set(name, value);
    this.value = null;
    this.version += 1;
  }

  /** Takes a part in an operation. Those that are over have nothing to forbid any more. */
  take(operation: Operation, path: string): void {
    if (this.#over.size > 0) {
      for (const over of this.#over) {
        this.parts.delete(over);
        this.alarms.delete(over);
      }
      this.#over.clear();
    }
    this.parts.set(operation, path);
    this.#last = operation;
  }

  /** Ends its part in an operation; one that still forbids something stays until the next. */
  leave(operation: Operation, forbids: boolean): void {
    if (forbids) this.#over.add(operation);
    else {
      this.parts.delete(operation);
      this.alarms.delete(operation);
    }
  }

  /** The routine of an operation begins. Nobody nests many; others do not tell of their ends. */
  enter(operation: Operation): void {
    this.hasToldCompletion = true;
    this.#inRoutine.push(operation);
    if (this.#inRoutine.length <= MOST_NESTED) return;
    this.#inRoutine.shift();
    this.hasForgotten = true;
  }

  /** A routine returns: whose it was, where its beginning was told. */
  exit(): Operation | undefined {
    return this.#inRoutine.pop();
  }

  /** Ends its part in everything. */
  forget(): void {
    this.parts.clear();
    this.#over.clear();
    this.alarms.clear();
  }

  /** What was known of it is not known any more. */
  unset(name: string): void {
    this.state.delete(name);
    this.version += 1;
  }

  /** The operation in which it took a part last. */
  get latest(): Operation | undefined {
    const last = this.#last;
    if (last === undefined || this.parts.has(last)) return last;
    let latest: Operation | undefined;
    for (const operation of this.parts.keys()) latest = operation;
    this.#last = latest;
    return latest;
  }
}
