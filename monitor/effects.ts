/** Functions that are no sends, as far as they do something to objects of sends. */
import { MDL_PAGES_LOCKED } from "../generated/constants/index.js";
import type { Happening } from "../support/index.js";
import type { EventOf } from "../trace/format.js";
import type { Happenings } from "./happenings.js";
import { judgeOperation } from "./judging.js";
import { numberOf } from "./numbers.js";
import type { Given, Operation, Thing, Use } from "./operation.js";
import type { Effect, EventOfCall } from "./other-calls.js";
import { ALLOCATIONS, OTHER_CALLS } from "./other-calls.js";
import type { Telling } from "./telling.js";
import type { Things } from "./things.js";

/** Passes on what functions and events do to objects. */
export class Effects {
  readonly #things: Things;
  readonly #happenings: Happenings;
  readonly #telling: Telling;
  readonly #events: (line: number, event: EventOfCall, thing: Thing) => void;

  /** `events` is told of functions that are events of their own. */
  constructor(of: {
    things: Things;
    happenings: Happenings;
    telling: Telling;
    events: (line: number, event: EventOfCall, thing: Thing) => void;
  }) {
    this.#events = of.events;
    this.#things = of.things;
    this.#happenings = of.happenings;
    this.#telling = of.telling;
  }

  /** The objects that a function is passed: those by known parameters, and those already named. */
  usesOf({ args, function: name }: EventOf<"call">, line: number): Use[] {
    return Object.entries(args).flatMap(([path, given]) => {
      if (typeof given !== "string" && typeof given !== "number") return [];
      const renews = OTHER_CALLS.get(name)?.some((of) => of.renews === true && of.param === path);
      if (renews === true && (this.#named(given)?.freedAt ?? 0) > 0) this.#things.anew(given, line);
      const thing = CARRIED.has(path) ? this.#things.at(given, line) : this.#named(given);
      return thing === undefined ? [] : [{ thing, path }];
    });
  }

  /** A function is under way, and may succeed: what it would change is not known any more. */
  started(operation: Operation, line: number): void {
    this.of(operation, "start", line);
    for (const { at, param, facts } of OTHER_CALLS.get(operation.function) ?? []) {
      if (at !== "success" || operation.code === 0) continue;
      const thing = operation.uses.find(({ path }) => path === param)?.thing;
      if (thing === undefined) continue;
      for (const name of Object.keys(facts ?? {})) {
        const value = thing.state.get(name);
        if (value !== undefined) operation.before.push({ thing, name, value });
        thing.unset(name);
      }
    }
  }

  /** A function has succeeded: by its return, or by its completion. */
  succeeded(operation: Operation, line: number): void {
    if (operation.isNew(SUCCESS)) this.of(operation, "success", line);
  }

  /** What a call does to its arguments as soon as it is made, or once it has succeeded. */
  of(operation: Operation, at: Effect["at"], line: number): void {
    for (const effect of OTHER_CALLS.get(operation.function) ?? []) {
      if (effect.at !== at || !holds(effect, operation.given)) continue;
      const thing = operation.uses.find(({ path }) => path === effect.param)?.thing;
      if (thing === undefined) continue;
      if (effect.event !== undefined) this.#events(line, effect.event, thing);
      const { turn } = operation;
      if (effect.happening !== undefined) this.apply(effect.happening, thing, { line, turn });
      if (effect.locks === true) lock(thing, true, line);
      if (effect.sets !== undefined) setAll(operation, effect.sets, { thing, line });
      for (const [name, is] of Object.entries(effect.facts ?? {})) thing.set(name, is, line);
    }
  }

  /** A new object has come by a return, be it where another one was. */
  allocated(line: number, { out, status }: EventOf<"return">, operation: Operation): void {
    const of = ALLOCATIONS.get(operation.function);
    if (of === undefined) return;
    const number = of.isReturned === true ? numberOf(status) : undefined;
    const ref = out?.[of.name] ?? (typeof number === "number" && number > 0 ? number : undefined);
    if (typeof ref !== "string" && typeof ref !== "number") return;
    const thing = this.#things.anew(ref, line);
    thing.type = of.type;
    thing.tell(of.state, line);
    if (of.type === "MDL") this.#describes(line, thing, operation.given["VirtualAddress"]);
  }

  /** The memory that an MDL is about: new where another one was freed. */
  #describes(line: number, mdl: Thing, address: unknown): void {
    if (typeof address !== "string") return;
    if (this.#things.at(address, line).freedAt > 0) this.#things.anew(address, line);
    mdl.set("MappedSystemVa", address, line);
  }

  /** Something happens to an object, and to all that lies in it; by a call, that has its turn. */
  apply(happening: Happening, thing: Thing, when: When): void {
    this.#applyTo(thing, happening, when);
    if (!GOES_IN.has(happening)) return;
    // What is added meanwhile is met as well: frames in frames are no recursion.
    const inner = new Set(thing.inside);
    for (const next of inner) {
      if (next.freedAt > 0) continue;
      this.#applyTo(next, happening, when);
      for (const below of next.inside) inner.add(below);
    }
  }

  #applyTo(thing: Thing, happening: Happening, { line, turn }: When): void {
    if (happening === "close") cutByClose(thing);
    if (happening === "free" || happening === "reuse") this.#owns(thing, happening, line);
    if (OF_SOCKET.has(happening)) {
      this.#happenings.ofAll(thing, { line, happening }, turn);
      const last = thing.latest;
      if (last !== undefined) thing.alarms.add(last);
    } else this.#happenings.of(thing, { line, happening });
    // IoReuseIrp takes the routine away; who tells of routines tells of the next one, too.
    if (happening === "reuse" && thing.hasToldRoutine) thing.set("invoked-always", false, line);
    if (happening === "deregister") thing.set("registered", false, line);
    if (happening === "unlock") {
      lock(thing, false, line);
      thing.unlockedAt = line;
    }
    if (happening === "free" || happening === "leave-frame") thing.freedAt = line;
  }

  /** Who frees an IRP or reuses it takes it for its own; a passed-down one is not. */
  #owns(thing: Thing, happening: "free" | "reuse", line: number): void {
    const operation = thing.latest;
    if (operation === undefined || thing.type !== "IRP") return;
    const { after } = operation;
    operation.isAssumed = false;
    // Whoever it was let go to does with it what they like.
    if (operation.isLetGo && thing.state.get("passed-down") === true) return;
    const passedDown = thing.state.get("passed-down");
    after["irp.passed-down"] = passedDown === true;
    if (happening === "free") after["irp.freed-by-caller"] = true;
    if (passedDown === true || after["routine.returned"] !== undefined) {
      judgeOperation(line, operation, this.#telling);
    }
  }

  #named(given: string | number): Thing | undefined {
    return typeof given === "string" ? this.#things.known(given) : undefined;
  }
}

/** When something happens: the line, and the turn of the call that does it. */
export interface When {
  readonly line: number;
  readonly turn?: number;
}

/** Stands among the rules that are told once. */
const SUCCESS = "success";

/** Parameters that carry sockets and operations, whatever the function. */
const CARRIED: ReadonlySet<string> = new Set(["Socket", "s", "Irp", "lpOverlapped"]);

/** What happens to a block or frame happens to what lies in it. */
const GOES_IN: ReadonlySet<Happening> = new Set<Happening>(["free", "leave-frame"]);

/** What happens to a socket, and so to all operations on it. */
const OF_SOCKET: ReadonlySet<Happening> = new Set<Happening>(["close", "abort", "disconnect"]);

/** True for a function that takes over an IRP or works on a socket, and does not only ready it. */
export const isPassing = (name: string): boolean =>
  /^(?:Wsk|WSP|IoCallDriver|IofCallDriver)/.test(name) && name !== "WSPGetOverlappedResult";

function holds({ when }: Effect, given: Given): boolean {
  if (when === undefined) return true;
  const value = numberOf(given[when.param]);
  if (typeof value !== "number") return false;
  return ((value & when.bit) !== 0) === when.is;
}

const ROUTINE = "CompletionRoutine";

/** Pages are locked, or are not any more: where the flags of an MDL are told, they say so. */
function lock(mdl: Thing, isLocked: boolean, line: number): void {
  mdl.unlockedAt = 0;
  const flags = numberOf(mdl.state.get("MdlFlags"));
  if (typeof flags !== "number") return;
  const now = isLocked ? flags | MDL_PAGES_LOCKED : flags & ~MDL_PAGES_LOCKED;
  if (now !== flags) mdl.set("MdlFlags", now, line);
}

/** Operations that a close finds pending are cut by it. */
function cutByClose({ parts }: Thing): void {
  for (const operation of parts.keys()) {
    if (operation.returnedAt > 0 && !operation.isOver) {
      operation.after["operation.cut-by-close"] = true;
    }
  }
}

/** A fact that holds where all of some arguments are true; not known where one is not told. */
function setAll(
  { given }: Operation,
  { fact, allOf }: NonNullable<Effect["sets"]>,
  of: { readonly thing: Thing; readonly line: number },
): void {
  // Who calls the function at all passes a routine, though not everybody tells which.
  const values = allOf.map((name) => {
    const value = given[name];
    return value === undefined && name === ROUTINE ? name : value;
  });
  const isTrue = (value: unknown): boolean => value !== null && value !== false && value !== 0;
  of.thing.hasToldRoutine = true;
  if (values.includes(undefined)) return of.thing.unset(fact);
  of.thing.set(fact, values.every(isTrue), of.line);
}
