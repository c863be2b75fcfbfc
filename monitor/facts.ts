/** What a trace knows of the world when a function is called. */
import type { Facts } from "../generated/index.js";
import { FACT_NAMES } from "../generated/facts.js";
import type { TracedCall } from "../support/index.js";
import type { EventOf } from "../trace/format.js";
import { numberOf } from "./numbers.js";
import type { Thing } from "./thing.js";
import type { Given } from "./values.js";

/** Where facts about a call are found. */
export interface Around {
  readonly call: EventOf<"call">;
  readonly socket: Thing | undefined;
  readonly carrier: Thing | undefined;
  /** The memory of the buffers, where the trace names it. */
  readonly memory: readonly Thing[];
}

/** The facts that the rules about a call ask for, as far as they are known. */
export function factsBefore(call: TracedCall<Facts>, around: Around): Facts {
  const facts: Record<string, unknown> = {};
  let isEmpty = true;
  for (const name of call.facts.before) {
    const value = factOf(name, around);
    if (value === undefined) continue;
    facts[name] = typeof value === "boolean" ? value : numberOf(value);
    isEmpty = false;
  }
  return isEmpty ? NONE : facts;
}

const NONE: Facts = Object.freeze({});

function factOf(name: string, around: Around): unknown {
  const { call, socket, carrier } = around;
  const given = call.facts?.[name];
  if (given !== undefined) return given;
  const dot = name.indexOf(".");
  const [of, rest] = dot < 0 ? ["", name] : [name.slice(0, dot), name.slice(dot + 1)];
  switch (of) {
    case "socket":
      return rest === "category" ? categoryOf(socket?.state.get(rest)) : socket?.state.get(rest);
    case "irp":
      return rest === "outstanding" ? undefined : carrier?.state.get(rest);
    case "dispatch":
      return rest === "category" ? tableCategory(call.table) : socket?.state.get(name);
    case "buffers":
      return registered(around.memory);
    case "":
      return name === "irql" ? call.irql : undefined;
    default:
      return socket?.state.get(name);
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
function registered(memory: readonly Thing[]): boolean | undefined {
  const told = memory.map(({ state }) => state.get("registered"));
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
