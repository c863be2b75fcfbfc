/** Answers in words: numbers that have names get them, and what nobody wrote is `untouched`. */
import { ntstatusName, wsaerrorName, WSS_OPERATION_IN_PROGRESS } from "../index.js";
import type { Answer, Case } from "./vocabulary.js";

/** What was seen of a step, in words. */
export type Observation = Readonly<Record<string, string>>;

/** What counts and structures hold before a call; no call writes this number. */
export const UNTOUCHED = 0x7777;

/** A status as in C: signed, though the programs tell it unsigned. */
const statusName = (value: number): string => ntstatusName(Math.trunc(value) | 0);

/**
 * Winsock's structure ends with a status of NT under Wine, and with a WSA code in our provider;
 * which one is told by `result`, so that here only its kind counts.
 */
function internalName(value: number): string {
  if (value === UNTOUCHED) return "untouched";
  if (value === 0) return "0";
  return value === WSS_OPERATION_IN_PROGRESS ? "0x103" : "failed";
}

const countName = (value: number): string => (value === UNTOUCHED ? "untouched" : String(value));
const truth = (value: number): string => (value === 0 ? "FALSE" : "TRUE");

/** How a number is named, by its key. */
const NAMES: Readonly<Record<Case["calls"], Readonly<Record<string, (value: number) => string>>>> =
  {
    winsock: {
      returned: (value) => (value === 0 ? "0" : "SOCKET_ERROR"),
      error: wsaerrorName,
      Internal: internalName,
      ok: truth,
      event: truth,
    },
    wsk: { returned: statusName, Status: statusName, completed: truth, ok: truth },
  };

/** An answer in words. */
export function nameAnswer(calls: Case["calls"], answer: Answer): Observation {
  const named: Record<string, string> = {};
  for (const [key, value] of Object.entries(answer)) {
    named[key] = typeof value === "string" ? value : (NAMES[calls][key] ?? countName)(value);
  }
  return blur(named);
}

/** How much of a failed send had left depends on buffers of the kernel: `some`. */
function blur(named: Record<string, string>): Observation {
  const key = named["Internal"] === "failed" ? "InternalHigh" : "bytes";
  if (named["Internal"] !== "failed" && named["error"] === undefined) return named;
  if (Number(named[key]) > 0) named[key] = "some";
  return named;
}

/** An observation on one line. */
export function formatObservation(observation: Observation): string {
  return Object.entries(observation)
    .map(([key, value]) => `${key}=${value}`)
    .join(" ");
}

/** The observation of such a line. Throws where it is none. */
export function parseObservation(line: string): Observation {
  const observation: Record<string, string> = {};
  for (const part of line === "" ? [] : line.split(" ")) {
    const at = part.indexOf("=");
    if (at < 1) throw new Error(`not an observation: ${line}`);
    observation[part.slice(0, at)] = part.slice(at + 1);
  }
  return observation;
}
