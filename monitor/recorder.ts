/** Turns what a program does with real objects into the events of a trace. */
import { TRACED } from "../generated/traced/index.js";
import type { Facts } from "../generated/index.js";
import { isRecord } from "../support/index.js";
import type { Shape, StructShape, TracedCall } from "../support/index.js";
import type { EventOf, ObjectEvent, TraceEvent } from "../trace/format.js";
import type { Given } from "./operation.js";

/** What is known of a call besides its arguments. */
export interface Told {
  readonly irql?: number;
  readonly table?: string;
  readonly facts?: Facts;
}

/**
 * Structs that outlast a call, and are known by name: the others are told with each call, save for
 * those that were given a name before.
 */
const LASTING: ReadonlySet<string> = new Set(["WSK_SOCKET", "IRP", "MDL", "WSAOVERLAPPED"]);

/** So many objects of one call are told of. */
const MOST_OPEN = 10_000;

const CALLS: ReadonlyMap<string, TracedCall<Facts>> = new Map(
  TRACED.map((traced) => [traced.watched.name, traced]),
);

/** Makes events of calls, and gives objects their names. */
export class Recorder {
  /** Facts about a lasting object, by the names that its state has for them. */
  readonly #factsOf: (object: object) => Given;
  readonly #sink: (event: TraceEvent) => void;
  readonly #refs = new WeakMap<object, string>();
  /** What was last said of an object. */
  readonly #said = new WeakMap<object, string>();
  /** Objects whose state is to be told before the call. */
  readonly #open = new Map<Given, StructShape>();
  readonly #counts = new Map<string, number>();
  #calls = 0;

  constructor(sink: (event: TraceEvent) => void, factsOf: (object: object) => Given = nothing) {
    this.#sink = sink;
    this.#factsOf = factsOf;
  }

  /** Any event, as it is. */
  event(event: TraceEvent): void {
    this.#sink(event);
  }

  /** The name of an object; the first time, an event introduces it. */
  ref(object: object, type: string, state?: Given): string {
    const ref = this.#refs.get(object) ?? this.#name(type);
    this.#refs.set(object, ref);
    const said = state === undefined ? "" : JSON.stringify(state, plain);
    const before = this.#said.get(object);
    if (before === undefined || (said !== "" && said !== before)) {
      this.#said.set(object, said);
      this.#sink({ event: "object", ref, type, ...(state === undefined ? {} : { state }) });
    }
    return ref;
  }

  /** The name of an object, where it has one. */
  known(object: object): string | undefined {
    return this.#refs.get(object);
  }

  /** A call, with arguments by name; returns the id that its return mentions. */
  call(name: string, args: Given, told: Told = {}): number {
    this.#calls += 1;
    const id = this.#calls;
    const traced = CALLS.get(name);
    const given = traced === undefined ? this.#others(args) : this.#args(traced, args);
    this.#introduce();
    const call: EventOf<"call"> = { event: "call", id, function: name, args: given };
    this.#sink({ ...call, ...known(told) });
    return id;
  }

  /** A return. */
  returned(id: number, status: number, more: { error?: number; out?: Given } = {}): void {
    this.#sink({ event: "return", id, status, ...more });
  }

  /** Something happens to an object that has a name; to others, nobody has done anything yet. */
  happens(event: ObjectEvent, object: object): void {
    const ref = this.#refs.get(object);
    if (ref !== undefined) this.#sink({ event, ref });
  }

  #name(type: string): string {
    const stem = NAMES[type] ?? type.toLowerCase();
    const count = (this.#counts.get(stem) ?? 0) + 1;
    this.#counts.set(stem, count);
    return `${stem}:${count}`;
  }

  #args(traced: TracedCall, args: Given): Given {
    return Object.fromEntries(
      traced.params.map(({ name, shape }) => [name, this.#value(shape, args[name])]),
    );
  }

  /** Arguments of a function whose shapes nobody has: objects that have a name go by it. */
  #others(args: Given): Given {
    return Object.fromEntries(
      Object.entries(args).map(([name, value]) => {
        if (typeof value === "function") return [name, true];
        if (!isRecord(value)) return [name, numeric(value)];
        const type = OF_OTHERS[name];
        const known = this.#refs.get(value) ?? plainly(value);
        return [name, type === undefined ? known : this.ref(value, type, this.#factsOf(value))];
      }),
    );
  }

  #value(shape: Shape, value: unknown): unknown {
    switch (shape.kind) {
      case "whole":
      case "wide":
      case "handle":
      case "boolean":
        return numeric(value);
      case "routine":
        return value === null ? null : true;
      case "opaque":
        return typeof value === "object" && value !== null ? {} : value;
      case "bytes":
        return this.#bytes(value);
      case "cell":
        return isRecord(value)
          ? this.ref(value, "CELL", { value: numeric(value["value"]) })
          : value;
      case "array":
        return Array.isArray(value)
          ? value.map((item: unknown) => this.#struct(shape.of(), item))
          : value;
      case "struct":
        return this.#struct(shape.of(), value);
    }
  }

  #bytes(value: unknown): unknown {
    if (!(value instanceof Uint8Array)) return value;
    return this.ref(value, "MEMORY", { bytes: value.length });
  }

  #struct(shape: StructShape, value: unknown): unknown {
    if (!isRecord(value)) return value;
    const known = this.#refs.get(value);
    // Links of chains have names as well: a chain may be long, or have no end.
    const isNamed = known !== undefined || LASTING.has(shape.name) || shape.next !== undefined;
    if (!isNamed) return this.#fields(shape, value);
    const ref = known ?? this.#name(shape.name);
    this.#refs.set(value, ref);
    if (this.#open.size < MOST_OPEN) this.#open.set(value, shape);
    return ref;
  }

  /** Introduces the objects that arguments lead to, and those that they lead to. */
  #introduce(): void {
    // Those that come meanwhile are met as well.
    for (const [object, shape] of this.#open) {
      const state = { ...this.#fields(shape, object), ...this.#factsOf(object) };
      this.ref(object, shape.name, state);
    }
    this.#open.clear();
  }

  #fields(shape: StructShape, value: Given): Given {
    const fields: Record<string, unknown> = {};
    for (const { name, shape: inner } of shape.fields) {
      if (inner.kind !== "opaque") fields[name] = this.#value(inner, value[name]);
    }
    return fields;
  }
}

/** What any function takes by these names. */
const OF_OTHERS: Readonly<Record<string, string>> = {
  Socket: "WSK_SOCKET",
  Irp: "IRP",
  lpOverlapped: "WSAOVERLAPPED",
};

const NAMES: Readonly<Record<string, string>> = {
  WSK_SOCKET: "sock",
  WSAOVERLAPPED: "ov",
  MEMORY: "mem",
};

/** Fields that are numbers, as an address has them; memory as text. */
function plainly(value: Given): Given {
  const fields = Object.entries(value).flatMap(([name, of]): [string, unknown][] => {
    if (of instanceof Uint8Array) return [[name, { hex: Buffer.from(of).toString("hex") }]];
    return typeof of === "object" || typeof of === "function" ? [] : [[name, numeric(of)]];
  });
  return Object.fromEntries(fields);
}

const nothing = (): Given => ({});

/** What JSON can say of a number: bigints as text. Text of the program is not taken for a name. */
function numeric(value: unknown): unknown {
  if (typeof value === "string") return { text: value };
  return typeof value === "bigint" ? String(value) : value;
}

const plain = (_: string, value: unknown): unknown =>
  typeof value === "bigint" ? String(value) : value;

function known({ irql, table, facts }: Told): Pick<EventOf<"call">, "irql" | "table" | "facts"> {
  return {
    ...(irql === undefined ? {} : { irql }),
    ...(table === undefined ? {} : { table }),
    ...(facts === undefined || Object.keys(facts).length === 0 ? {} : { facts: { ...facts } }),
  };
}
