/** A trace as lanes and bars: what is drawn of it. It is fed event by event. */
import type { Breach } from "../monitor/breach.js";
import type { EventOf, TraceEvent } from "../trace/format.js";
import { answerText, isPending } from "./codes.js";
import { happeningText, outcomeText, subjectOf } from "./events.js";
import type { Happening } from "./events.js";
import { Lanes } from "./lanes.js";
import { refsOf } from "./refs.js";

/** A call: a bar of its socket, and of each object that it holds until it is completed. */
export interface CallBar {
  readonly id: string;
  readonly function: string;
  /** The lane of its socket. */
  readonly socket: number;
  /** The lane of its IRP or overlapped structure; -1 where it has none. */
  readonly operation: number;
  /** The lanes of the memory that it uses. */
  readonly memory: readonly number[];
  readonly line: number;
  /** The line of its return; 0 before. */
  returned: number;
  /** What it returned. */
  answer: string;
  isPending: boolean;
  /** The line of its completion; 0 before. */
  completed: number;
  /** The status of its completion, and how many bytes it tells. */
  outcome: string;
}

/** A moment in the life of an object. */
export interface Mark {
  readonly line: number;
  readonly lane: number;
  readonly what: string;
}

/** When an event happened: nanoseconds since the first one that says. */
export interface Moment {
  readonly line: number;
  readonly time: number;
}

/** A breach, and where it is drawn. */
export interface PlacedBreach {
  readonly breach: Breach;
  /** The lane of its object, or of its call; -1 where neither is drawn. */
  readonly lane: number;
  /** Its call, as its place among all; -1 where it is not drawn. */
  readonly call: number;
}

/** How much is kept of a trace. */
export interface TimelineLimits {
  readonly calls: number;
  readonly marks: number;
  readonly breaches: number;
}

const LIMITS: TimelineLimits = { calls: 50_000, marks: 100_000, breaches: 5_000 };

/** The lanes and bars of a trace. What is beyond its limits is counted, and left out. */
export class Timeline {
  readonly lanes = new Lanes();
  readonly calls: CallBar[] = [];
  readonly marks: Mark[] = [];
  readonly moments: Moment[] = [];
  readonly breaches: PlacedBreach[] = [];
  /** How much is left out. */
  readonly left = { calls: 0, marks: 0, breaches: 0 };
  /** The last line that was seen. */
  lines = 0;
  readonly #limits: TimelineLimits;
  /** Calls by id, and operations that have not ended, by lane. */
  readonly #byId = new Map<string, CallBar>();
  readonly #open = new Map<number, CallBar[]>();
  #start: bigint | undefined;

  constructor(limits: Partial<TimelineLimits> = {}) {
    this.#limits = { ...LIMITS, ...limits };
  }

  /** Takes the next event of the trace, with the number of its line. */
  see(line: number, event: TraceEvent): void {
    this.lines = line;
    const isDrawn = this.#take(line, event);
    if (isDrawn && event.time !== undefined) this.#keepTime(line, event.time);
  }

  /** Takes a breach that the last event has brought to light. */
  breach(breach: Breach): void {
    if (this.breaches.length >= this.#limits.breaches) {
      this.left.breaches++;
      return;
    }
    const call = breach.call === null ? -1 : this.#callAt(breach.call.line);
    const own = breach.ref === null ? -1 : this.lanes.find(breach.ref);
    const bar = this.calls[call];
    const ofCall = bar === undefined || bar.operation >= 0 ? bar?.operation : bar.socket;
    const lane = own >= 0 ? own : (ofCall ?? -1);
    this.breaches.push({ breach, lane, call });
  }

  /** The call that begins at a line, as its place; -1 where none does. */
  #callAt(line: number): number {
    let [low, high] = [0, this.calls.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.calls[middle]?.line ?? line) < line) low = middle + 1;
      else high = middle;
    }
    return this.calls[low]?.line === line ? low : -1;
  }

  /** True where something is drawn at this line. */
  #take(line: number, event: TraceEvent): boolean {
    switch (event.event) {
      case "trace":
      case "suppress":
      case "note":
        return false;
      case "object":
        // Of what no more calls are shown, no more objects need to be known.
        if (this.left.calls === 0) this.lanes.introduce(event);
        return false;
      case "call":
        return this.#call(line, event);
      case "return":
        return this.#return(line, event);
      case "complete":
        return this.#complete(line, event);
      case "transmit":
        return this.#transmit(line, event);
      default:
        return this.#happen(line, event);
    }
  }

  #call(line: number, event: EventOf<"call">): boolean {
    if (this.calls.length >= this.#limits.calls) {
      this.left.calls++;
      return false;
    }
    const refs = refsOf(event.args, (ref) => this.lanes.isKnown(ref));
    const socket = this.lanes.socket(refs.socket);
    const of = (ref: string, kind: "operation" | "memory"): number =>
      this.lanes.of(ref, { socket, kind });
    const operation = refs.operation === null ? -1 : of(refs.operation, "operation");
    const call: CallBar = {
      id: String(event.id),
      function: event.function,
      socket,
      operation,
      memory: refs.memory.map((ref) => of(ref, "memory")),
      line,
      returned: 0,
      answer: "",
      isPending: false,
      completed: 0,
      outcome: "",
    };
    this.calls.push(call);
    this.#byId.set(call.id, call);
    const open = this.#open.get(operation);
    if (open !== undefined) open.push(call);
    else if (operation >= 0) this.#open.set(operation, [call]);
    return true;
  }

  #return(line: number, { id, status, error }: EventOf<"return">): boolean {
    const call = this.#byId.get(String(id));
    if (call === undefined || call.returned > 0) return false;
    call.returned = line;
    call.answer = answerText(status, error);
    call.isPending = isPending(status, error);
    return true;
  }

  #complete(line: number, event: EventOf<"complete">): boolean {
    const ref = subjectOf(event);
    const call = this.#ended(ref === null ? -1 : this.lanes.find(ref));
    const outcome = outcomeText(event);
    if (call === undefined) return this.#mark(line, ref, `complete ${outcome}`.trimEnd());
    call.completed = line;
    call.outcome = outcome;
    return true;
  }

  /** The call that a completion ends: of those that share an IRP, the oldest that still runs. */
  #ended(lane: number): CallBar | undefined {
    const open = this.#open.get(lane) ?? [];
    const running = open.findIndex(({ isPending, returned }) => isPending || returned === 0);
    const [call] = open.splice(Math.max(running, 0), 1);
    if (open.length === 0) this.#open.delete(lane);
    return call;
  }

  #transmit(line: number, { id, bytes }: EventOf<"transmit">): boolean {
    const call = this.#byId.get(String(id));
    if (call === undefined) return false;
    const lane = call.operation < 0 ? call.socket : call.operation;
    return this.#add({ line, lane, what: `transmit ${bytes} bytes` });
  }

  /** Something that happens to an object: a mark in its lane, and of what lies in it. */
  #happen(line: number, event: Happening): boolean {
    const ref = subjectOf(event);
    const isDrawn = this.#mark(line, ref, happeningText(event));
    if (ref === null || (event.event !== "free" && event.event !== "leave-frame")) return isDrawn;
    const inner = this.lanes.within(ref);
    const drawn = inner.map((name) => this.#mark(line, name, `${event.event} of ${ref}`));
    for (const name of [ref, ...inner]) this.lanes.end(name);
    return isDrawn || drawn.includes(true);
  }

  #mark(line: number, ref: string | null, what: string): boolean {
    const lane = ref === null ? -1 : this.lanes.find(ref);
    return lane >= 0 && this.#add({ line, lane, what });
  }

  #add(mark: Mark): boolean {
    if (this.marks.length < this.#limits.marks) this.marks.push(mark);
    else this.left.marks++;
    return this.left.marks === 0;
  }

  #keepTime(line: number, time: number | string): void {
    const at = BigInt(time);
    this.#start ??= at;
    this.moments.push({ line, time: Number(at - this.#start) });
  }
}
