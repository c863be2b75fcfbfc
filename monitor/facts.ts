/** What a trace knows of the world when a function is called. */
import type { Facts } from "../generated/index.js";
import { FACT_NAMES } from "../generated/facts.js";
import type { TracedCall } from "../support/index.js";
import type { EventOf } from "../trace/format.js";
import { badNumber } from "./bad-trace.js";
import { numberOf } from "./numbers.js";
import type { Operation } from "./operation.js";
import type { Thing } from "./operation.js";
import type { Given, Use } from "./operation.js";

/** How a fact is found. */
interface Source {
  readonly name: string;
  /** Whose state has it, and under which name. */
  readonly of: "socket" | "carrier" | "irql" | "table" | "buffers";
  readonly key: string;
}

/** Facts that were found, and what they were found from. */
interface Found {
  readonly socket: Thing | undefined;
  readonly version: number;
  readonly carrierVersion: number;
  readonly irql: unknown;
  readonly table: string | undefined;
  readonly facts: Facts;
}

/** What is known when a function is called, as far as the rules about the call ask for it. */
export class FactsBefore {
  readonly #sources = new Map<TracedCall<Facts>, readonly Source[]>();
  /** What was found for the last call with an IRP: most come again as they were. */
  readonly #found = new WeakMap<Thing, Found>();

  /** The facts about a call. */
  before(traced: TracedCall<Facts>, call: EventOf<"call">, operation: Operation): Facts {
    const socket = operation.socket?.thing;
    const carrier = operation.carrier?.thing;
    const { irql, table } = call;
    const isPlain = call.facts === undefined && traced.errorIn === null;
    const found = isPlain && carrier !== undefined ? this.#found.get(carrier) : undefined;
    if (
      found !== undefined &&
      found.socket === socket &&
      found.version === socket?.version &&
      found.carrierVersion === carrier?.version &&
      found.irql === irql &&
      found.table === table
    )
      return found.facts;
    const facts = this.#find(traced, call, operation);
    if (isPlain && carrier !== undefined && socket !== undefined) {
      const { version } = socket;
      const carrierVersion = carrier.version;
      this.#found.set(carrier, { socket, version, carrierVersion, irql, table, facts });
    }
    return facts;
  }

  #find(traced: TracedCall<Facts>, call: EventOf<"call">, operation: Operation): Facts {
    const facts: Record<string, unknown> = { ...factsIn(call.facts) };
    for (const source of this.#sourcesOf(traced)) {
      if (facts[source.name] !== undefined) continue;
      const value = valueOf(source, call, operation);
      if (value === undefined) continue;
      const bad = typeof value === "boolean" ? null : badNumber(operation.line, source.name, value);
      if (bad !== null) throw bad;
      facts[source.name] = typeof value === "boolean" ? value : numberOf(value);
    }
    return Object.freeze(facts);
  }

  #sourcesOf(traced: TracedCall<Facts>): readonly Source[] {
    let sources = this.#sources.get(traced);
    if (sources === undefined) {
      sources = traced.facts.before.filter((name) => name !== "irp.outstanding").map(sourceOf);
      this.#sources.set(traced, sources);
    }
    return sources;
  }
}

/** Facts of sockets and IRPs are in their states without the first word, others in full. */
function sourceOf(name: string): Source {
  const dot = name.indexOf(".");
  const [first, rest] = [name.slice(0, Math.max(dot, 0)), name.slice(dot + 1)];
  if (name === "irql") return { name, of: "irql", key: name };
  if (name === "dispatch.category") return { name, of: "table", key: name };
  if (first === "buffers") return { name, of: "buffers", key: rest };
  if (first === "irp") return { name, of: "carrier", key: rest };
  return { name, of: "socket", key: first === "socket" ? rest : name };
}

function valueOf(source: Source, call: EventOf<"call">, operation: Operation): unknown {
  const { of, key } = source;
  switch (of) {
    case "irql":
      return call.irql;
    case "table":
      return tableCategory(call.table);
    case "buffers":
      return registered(operation.uses);
    case "carrier":
      return operation.carrier?.thing.state.get(key);
    case "socket": {
      const state = operation.socket?.thing.state;
      // A descriptor that was closed is none any more.
      if (key === "known" && state?.get("closed") === true) return false;
      return key === "category" ? categoryOf(state?.get(key)) : state?.get(key);
    }
  }
}

/** `stream` is WSK_FLAG_STREAM_SOCKET. */
function categoryOf(given: unknown): unknown {
  if (typeof given !== "string" || !/^[a-z]+$/.test(given)) return given;
  return `WSK_FLAG_${given.toUpperCase()}_SOCKET`;
}

/** WSK_PROVIDER_STREAM_DISPATCH is the table of WSK_FLAG_STREAM_SOCKET. */
function tableCategory(table: string | undefined): string | undefined {
  const category = table === undefined ? null : /^WSK_PROVIDER_(\w+)_DISPATCH$/.exec(table);
  return category?.[1] === undefined ? undefined : `WSK_FLAG_${category[1]}_SOCKET`;
}

/** True where all memory is registered; undefined where the trace does not say it of each. */
function registered(uses: readonly Use[]): boolean | undefined {
  const memory = uses.filter(({ path }) => path.endsWith(".buf"));
  const told = memory.map(({ thing }) => thing.state.get("registered"));
  if (told.includes(false)) return false;
  return told.length > 0 && told.every((is) => is === true) ? true : undefined;
}

/** The facts of an event; a name that no schema has means nothing. */
export function factsIn(given: Given | undefined): Facts {
  const facts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given ?? {})) {
    if (FACT_NAMES.has(name)) facts[name] = typeof value === "boolean" ? value : numberOf(value);
  }
  return facts;
}
