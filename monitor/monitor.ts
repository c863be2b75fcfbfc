/** Judges a trace event by event: each call by its contract, each operation to its end. */
import type { Happening } from "../support/index.js";
import type { EventOf, TraceEvent } from "../trace/format.js";
import type { Breach } from "./breach.js";
import { Completions } from "./completions.js";
import type { Contracted } from "./contracted.js";
import type { Contracts } from "./contracts.js";
import { contractsOf } from "./contracts.js";
import { Effects, isPassing } from "./effects.js";
import { tellEnd } from "./ending.js";
import { FactsBefore } from "./facts.js";
import { Happenings } from "./happenings.js";
import type { Given, Thing } from "./operation.js";
import { Operation, recordedOf } from "./operation.js";
import { Order } from "./order.js";
import type { EventOfCall } from "./other-calls.js";
import { functionOf } from "./other-calls.js";
import { isUnderWay, seeReturn } from "./returns.js";
import type { TellingOptions } from "./telling.js";
import { Telling } from "./telling.js";
import { Things } from "./things.js";
import { Unknowns } from "./unknowns.js";
import type { ReadArgs } from "./values.js";
import { Values } from "./values.js";

/** How a trace is judged. */
export interface MonitorOptions extends TellingOptions {
  /** The recording stopped in the middle: what is pending at its end is no breach. */
  readonly isCut?: boolean;
}

/** Judges a trace. It is told each event in turn, and tells of breaches as they show. */
export class Monitor {
  readonly #telling: Telling;
  readonly #things = new Things();
  readonly #values = new Values(this.#things);
  readonly #happenings: Happenings;
  readonly #completions: Completions;
  readonly #effects: Effects;
  readonly #order: Order;
  readonly #unknowns = new Unknowns();
  readonly #facts = new FactsBefore();
  readonly #contracts: Contracts;
  /** Calls that are not over, by id. */
  readonly #calls = new Map<string, Operation>();
  #isCut: boolean;
  #count = 0;

  constructor(options: MonitorOptions, tell: (breach: Breach) => void) {
    const telling = new Telling(options, this.#things, tell);
    const happenings = new Happenings(telling);
    this.#telling = telling;
    this.#happenings = happenings;
    this.#completions = new Completions(telling, happenings);
    const events = (line: number, event: EventOfCall, thing: Thing): void =>
      this.#ofIrp(line, event, thing);
    this.#effects = new Effects({ things: this.#things, happenings, telling, events });
    this.#order = new Order(telling);
    this.#isCut = options.isCut === true;
    this.#contracts = contractsOf(options.profile, (traced) => telling.profileOf(traced));
  }

  /** How many calls there were. */
  get calls(): number {
    return this.#count;
  }

  /** What could not be judged, a sentence each; whole once the trace has ended. */
  get notJudged(): readonly string[] {
    return this.#unknowns.all;
  }

  /** How many objects are remembered. */
  get objects(): number {
    return this.#things.size;
  }

  /** Takes an event; `line` is where it stands, from 1. Throws BadTrace for what means nothing. */
  see(line: number, event: TraceEvent): void {
    this.#things.enter(event.process);
    switch (event.event) {
      case "object":
        return this.#object(line, event);
      case "call":
        return this.#call(line, event);
      case "return":
        return this.#return(line, event);
      case "refused":
        return this.#refused(line, event);
      case "complete":
      case "routine":
      case "notify":
      case "result":
        return this.#completion(line, event);
      case "mark-pending":
      case "pass-on":
      case "cancel":
        return this.#ofIrp(line, event.event, this.#things.at(event.ref, line));
      case "transmit":
        return this.#transmit(line, event);
      case "touch":
        return this.#touch(line, event);
      case "free":
      case "unlock":
      case "reuse":
      case "deregister":
      case "leave-frame":
        return this.#effects.apply(event.event, this.#things.at(event.ref, line), { line });
      case "wait":
        return this.#waited(line, event);
      case "suppress":
        this.#unknowns.rule(line, event.rule);
        return this.#telling.excuse(event);
      case "trace":
        if (event.cut === true) this.#isCut = true;
        return undefined;
      default:
        return undefined;
    }
  }

  /** Ends the trace: tells what is still owed. */
  end(line: number): void {
    for (const { id, function: name, line: at, returnedAt } of this.#calls.values()) {
      if (returnedAt === 0)
        this.#unknowns.tell(`${name} (call ${id}), line ${at}, has not returned`);
    }
    const { hasNotified, hasCompleted } = this.#completions;
    const calls = this.#calls.values();
    const left = { things: this.#things, calls, isCut: this.#isCut, hasNotified, hasCompleted };
    tellEnd(line, left, this.#telling);
  }

  #object(line: number, event: EventOf<"object">): void {
    const before = this.#things.at(event.ref, line);
    // A descriptor that was closed comes again.
    const isClosed = before.state.get("closed") === true && event.state?.["closed"] !== true;
    const isGone =
      before.freedAt > 0 || (isClosed && (before.type === "" || event.type === before.type));
    const thing = isGone ? this.#things.anew(event.ref, line) : before;
    thing.type = event.type;
    this.#unknowns.object(line, event);
    thing.tell(event.state, line);
    thing.unlockedAt = 0;
    if (event.in !== undefined) this.#lie(line, thing, event.in);
  }

  #lie(line: number, thing: Thing, ref: string | number): void {
    const before = this.#things.at(ref, line);
    const container = before.freedAt > 0 ? this.#things.anew(ref, line) : before;
    container.inside.add(thing);
    thing.container = container;
  }

  #call(line: number, event: EventOf<"call">): void {
    this.#count += 1;
    this.#unknowns.call(line, event);
    if (event.function === "IoAllocateIrp") this.#completions.hasAllocated = true;
    const { id, args: given } = event;
    const contract = this.#contracts.of(event.function);
    const { args, uses } = this.#read(line, event, contract);
    const recorded = recordedOf(event);
    const begun = { id, function: event.function, line, given, args, uses, recorded, contract };
    const operation = new Operation(begun, this.#count);
    const isPassed = isPassing(event.function);
    if (isPassed && operation.carrier !== undefined) {
      this.#completions.passed(line, operation.carrier.thing);
    }
    const broken = isPassed ? this.#happenings.passed(operation) : null;
    this.#effects.of(operation, "call", line);
    if (isPassed) operation.bind();
    this.#happenings.gone(operation, broken);
    this.#happenings.closes(line, operation);
    this.#calls.set(String(id), operation);
    if (contract?.isSend === true) this.#check(operation, event, broken);
  }

  /** The arguments of a call as checks take them, and all objects among them. */
  #read(line: number, event: EventOf<"call">, contract: Contracted | null): ReadArgs {
    if (contract === null) return { args: NO_ARGS, uses: this.#effects.usesOf(event, line) };
    const read = this.#values.read(contract.traced, event.args, line);
    if (contract.isSend) return read;
    const paths = new Set(read.uses.map(({ path }) => path));
    const others = this.#effects.usesOf(event, line).filter(({ path }) => !paths.has(path));
    return { args: read.args, uses: [...read.uses, ...others] };
  }

  /** Holds the arguments, and what is known at the call, against the contract. */
  #check(operation: Operation, event: EventOf<"call">, broken: ReadonlySet<Thing> | null): void {
    const { contract, socket, line } = operation;
    if (contract === null) return;
    const { traced } = contract;
    const { args } = operation;
    const facts = this.#facts.before(traced, event, operation);
    for (const issue of traced.check(args, facts, this.#telling.optionsOf(traced))) {
      // What an earlier operation has just told of the socket is not told a second time.
      const isAgain = socket !== undefined && broken?.has(socket.thing) === true;
      if (isAgain && issue.path[0] === socket.path) continue;
      if (this.#telling.rests(issue, operation)) continue;
      if (operation.isNew(issue.rule)) this.#telling.issue(line, issue, operation);
    }
  }

  #return(line: number, event: EventOf<"return">): void {
    this.#unknowns.code(line, event.status);
    this.#unknowns.code(line, event.error);
    const operation = this.#calls.get(String(event.id));
    if (operation === undefined || operation.returnedAt > 0) {
      return this.#unknowns.tell("returns whose calls are not in the trace");
    }
    seeReturn(line, event, {
      operation,
      telling: this.#telling,
      happenings: this.#happenings,
    });
    this.#completions.answered(line, operation);
    this.#forget(operation);
    this.#effects.allocated(line, event, operation);
    if (isUnderWay(event, operation)) this.#effects.started(operation, line);
    if (operation.code === 0) this.#effects.succeeded(operation, line);
  }

  /** A call that was not made has taken nothing. */
  #refused(line: number, event: EventOf<"refused">): void {
    const { id, ref = null, rule, reason = "it was refused" } = event;
    const operation = id === undefined ? null : (this.#calls.get(String(id)) ?? null);
    if (operation !== null) {
      this.#calls.delete(String(operation.id));
      for (const { thing } of operation.uses) thing.leave(operation, false);
    }
    if (rule === undefined) return;
    const of = ref === null ? null : String(ref);
    this.#telling.refused(line, { rule, reason, operation, ref: of });
  }

  #completion(line: number, event: EventOf<"complete" | "routine" | "notify" | "result">): void {
    const ref = irpOf(event) ?? event.overlapped;
    if (ref === undefined) return;
    this.#unknowns.completion(line, event);
    const carrier = this.#things.at(ref, line);
    const operation = this.#completions.see(line, event, carrier);
    if (operation === null) return;
    this.#forget(operation);
    if (operation.endCode === null) return;
    if (operation.endCode >= 0) this.#effects.succeeded(operation, line);
    else operation.takeBack(line);
  }

  /** A driver does something to an IRP that may be anybody's; to one that is freed, nobody may. */
  #ofIrp(line: number, event: EventOfCall, irp: Thing): void {
    if (irp.freedAt > 0) {
      this.#happenings.of(irp, { line, happening: "write", said: functionOf(event) });
    } else if (event !== "cancel") {
      this.#completions.see(line, { event, ref: irp.ref }, irp);
    }
  }

  /** What is over is found by its objects, if at all. */
  #forget(operation: Operation): void {
    const { id, contract } = operation;
    const isOver = contract === null ? operation.returnedAt > 0 : operation.isOver;
    const key = String(id);
    if (isOver && this.#calls.get(key) === operation) this.#calls.delete(key);
  }

  #transmit(line: number, event: EventOf<"transmit">): void {
    const operation = this.#calls.get(String(event.id));
    if (operation !== undefined) this.#order.sent(line, operation);
  }

  #waited(line: number, { irp, overlapped }: EventOf<"wait">): void {
    const ref = irp ?? overlapped;
    if (ref !== undefined) this.#completions.waited(this.#things.at(ref, line));
  }

  #touch(line: number, event: EventOf<"touch">): void {
    const { access = "read", by = "caller", field = null } = event;
    const happening: Happening = TOUCHES[by][access];
    const thing = this.#things.at(event.ref, line);
    if (happening === "read") this.#completions.read(line, thing);
    // Of what is freed, each part is.
    this.#happenings.of(thing, { line, happening, field: thing.freedAt > 0 ? null : field });
  }
}

const NO_ARGS: Given = Object.freeze({});

const TOUCHES = {
  caller: { read: "read", write: "write" },
  callee: { read: "callee-read", write: "callee-write" },
} as const;

const irpOf = (event: EventOf<"complete" | "routine" | "notify" | "result">) =>
  "irp" in event ? event.irp : undefined;
