/** What happens in a run: always as a sum, and as events where somebody wants to read them. */
import { Recorder } from "../monitor/index.js";
import type { Told } from "../monitor/index.js";
import type { TracedCall } from "../support/index.js";
import type { ObjectEvent, TraceEvent } from "../trace/format.js";
import type { Sum } from "./digest.js";
import { Digest, mix } from "./digest.js";

/** What a call is, for the journal. */
export interface Called {
  readonly name: string;
  /** Null for a function that is none of the schema. */
  readonly traced: TracedCall | null;
  /** Arguments in their order, and the names of the parameters. */
  readonly args: readonly unknown[];
  readonly names: readonly string[];
  readonly socket: object | number | null;
  readonly told: Told;
}

/** A call of the journal. */
export interface Entry {
  readonly sum: Sum;
  readonly socket: Sum | null;
  /** The id of the call in the trace; 0 where none is written. */
  readonly id: number;
}

/** What an event adds to the sum of its object. */
const MARKS: Readonly<Record<ObjectEvent, number>> = {
  free: 101,
  unlock: 102,
  reuse: 103,
  deregister: 104,
  "leave-frame": 105,
  cancel: 106,
  "mark-pending": 107,
  "pass-on": 108,
};

/** Fields and facts of an object, by name. */
export type State = Readonly<Record<string, unknown>>;

/** Keeps the books of one run after the other. */
export class Journal {
  readonly #digest = new Digest();
  #recorder: Recorder | null = null;
  /** What is known of objects, for the trace. */
  readonly #states = new Map<object, () => State>();
  /** Fields are being read for the trace: that is no reading of the program. */
  isReading = false;

  /** Begins a run; with `sink`, its events are told. */
  begin(sink: ((event: TraceEvent) => void) | null): void {
    this.#digest.reset();
    this.#states.clear();
    const stateOf = (object: object): State => this.#states.get(object)?.() ?? {};
    this.#recorder = sink === null ? null : new Recorder(sink, stateOf);
  }

  /** Any event, where somebody wants to read them. */
  event(event: TraceEvent): void {
    this.#recorder?.event(event);
  }

  /** What rules could see of the run. */
  get total(): number {
    return this.#digest.total;
  }

  /** An object, and what is known of it. */
  tell(object: object, type: string, what: { mark: number; state: () => State }): void {
    this.#digest.happens(this.#digest.of(object), what.mark);
    this.#read((recorder) => {
      this.#states.set(object, () => what.state());
      recorder.ref(object, type, what.state());
    });
  }

  /** A descriptor, and what is known of it. */
  descriptor(s: number, state: State): void {
    mix(this.#digest.of(s), 50);
    this.#recorder?.event({ event: "object", ref: s, type: "SOCKET", state });
  }

  /** Says that an object lies in another. */
  lies(object: object, container: object, type: string): void {
    const sum = this.#digest.of(object);
    this.#digest.of(container).inside.push(sum);
    this.#read((recorder) => {
      const of = recorder.known(container);
      const ref = recorder.ref(object, type);
      recorder.event({ event: "object", ref, type, in: of });
    });
  }

  /** A call begins. */
  call({ name, traced, args, names, socket, told }: Called): Entry {
    const digest = this.#digest;
    const sum = digest.sum();
    for (let i = 0; i < name.length; i++) mix(sum, name.charCodeAt(i));
    const of = socket === null ? null : digest.of(socket);
    if (of !== null) mix(of, sum.index);
    if (traced === null) digest.others(args, sum);
    else digest.args(traced, args, sum);
    const recorder = this.#recorder;
    if (recorder === null) return { sum, socket: of, id: 0 };
    this.isReading = true;
    const given = Object.fromEntries(names.map((param, i) => [param, args[i]]));
    const id = recorder.call(name, given, told);
    this.isReading = false;
    return { sum, socket: of, id };
  }

  /** A call returns. */
  returned(
    { sum, socket, id }: Entry,
    status: number,
    more: { error?: number; out?: State } = {},
  ): void {
    const code = more.error ?? status;
    mix(sum, code);
    if (socket !== null) mix(socket, code);
    this.#recorder?.returned(id, status, more);
  }

  /** The operation of an IRP or overlapped structure is completed. */
  completed(carrier: object, code: number, more: { information: number; isIrp: boolean }): void {
    const { information, isIrp } = more;
    this.#at(carrier, code + 201);
    this.#at(carrier, information);
    this.#with(carrier, (ref) =>
      isIrp
        ? { event: "complete", irp: ref, status: code, information }
        : { event: "complete", overlapped: ref, error: code, information },
    );
  }

  /** The provider tells of the end of an operation. */
  notified(overlapped: object, error: number, information: number): void {
    this.#at(overlapped, error + 301);
    this.#with(overlapped, (ref) => {
      return { event: "notify", overlapped: ref, error, information, ofSwitch: true };
    });
  }

  /** A completion routine has returned. */
  routine(carrier: object, returned: number | undefined, isIrp: boolean): void {
    this.#at(carrier, (returned ?? 0) + 401);
    this.#with(carrier, (ref) =>
      isIrp ? { event: "routine", irp: ref, returned } : { event: "routine", overlapped: ref },
    );
  }

  /** WSPGetOverlappedResult has told a byte count. */
  result(overlapped: object, information: number): void {
    this.#at(overlapped, information + 501);
    this.#with(overlapped, (ref) => ({ event: "result", overlapped: ref, information }));
  }

  /** The program reads or writes a field; null for the whole. */
  touch(object: object, field: string | null, access: "read" | "write"): void {
    this.#at(object, access === "read" ? 601 : 602);
    this.#with(object, (ref) => ({ event: "touch", ref, field: field ?? undefined, access }));
  }

  /** Something happens to an object, and to what lies in it. */
  happens(event: ObjectEvent, object: object): void {
    this.#at(object, MARKS[event]);
    for (const inner of this.#digest.known(object)?.inside ?? []) {
      this.#digest.happens(inner, MARKS[event]);
    }
    this.#recorder?.happens(event, object);
  }

  /** The program has waited. */
  waited(): void {
    this.#recorder?.event({ event: "wait" });
  }

  /** A remark, for whoever reads the trace. */
  note(text: string): void {
    this.#recorder?.event({ event: "note", text });
  }

  /** The operations of a socket take note of what happens to it as a whole. */
  concerns(operations: Iterable<Sum>, code: number): void {
    for (const sum of operations) mix(sum, code);
  }

  #at(object: object, code: number): void {
    const sum = this.#digest.known(object);
    if (sum !== undefined) this.#digest.happens(sum, code);
  }

  #with(object: object, event: (ref: string) => TraceEvent): void {
    if (this.#recorder === null) return;
    const ref = this.#recorder.known(object);
    if (ref !== undefined) this.#recorder.event(event(ref));
  }

  #read(tell: (recorder: Recorder) => void): void {
    if (this.#recorder === null) return;
    this.isReading = true;
    tell(this.#recorder);
    this.isReading = false;
  }
}
