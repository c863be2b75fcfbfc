/** How the lists of cases are written. */
import type { Case } from "../vocabulary.js";

/** A socket that is connected to the peer. */
export const CONNECTED = ["socket", "connect to=peer"] as const;

/** A send of no buffers at all. */
export const NOTHING = "send bufs=0 count=0";

/** More than the kernels of both ends hold, so that a send of it waits for the peer. */
export const LARGE = 16_777_216;

/** A send that is pending because nobody reads, and one behind it. */
export const STALLED = [...CONNECTED, `send bufs=${LARGE}`, "send op=1 bufs=4"] as const;

/** Cases of Windows Sockets by name; a step that is a list stands for its steps. */
export function winsock(cases: Readonly<Record<string, Steps>>): readonly Case[] {
  return define("winsock", cases);
}

/** The same for Winsock Kernel. */
export function wsk(cases: Readonly<Record<string, Steps>>): readonly Case[] {
  return define("wsk", cases);
}

/** Steps as they are written. */
export type Steps = readonly (string | readonly string[])[];

function define(calls: Case["calls"], cases: Readonly<Record<string, Steps>>): readonly Case[] {
  return Object.entries(cases).map(([name, steps]) => ({
    name: `${calls}: ${name}`,
    calls,
    steps: steps.flat(),
  }));
}
