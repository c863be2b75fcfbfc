/** Short descriptions of any value, fit for a message of one line. */
import { visible } from "./visible.js";

const MAX_TEXT = 40;
/** Text that JSON leaves as it is. */
const PLAIN = /^[\w .,:;+*/=()<>!?-]*$/;
const MAX_BIGINT = 10n ** 40n;

function quote(text: string): string {
  if (text.length <= MAX_TEXT && PLAIN.test(text)) return `"${text}"`;
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return visible(JSON.stringify(short));
}

/** A proxy may claim any length, and so may a property of a view. */
const count = (length: unknown): number | string =>
  Number.isSafeInteger(length) ? Number(length) : "no known number of";

function describeObject(value: object): string {
  if (Array.isArray(value)) return `an array of ${count(value.length)}`;
  if (ArrayBuffer.isView(value)) return `${count(value.byteLength)} bytes`;
  return "an object";
}

/** What is said of something that cannot be read. */
export const THROWS = "something that throws when read";

/** What a value is, in a few words: `null`, `2`, `"text"`, `an array of 3`, `16 bytes`. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return value > MAX_BIGINT || value < -MAX_BIGINT ? "a bigint of many digits" : `${value}n`;
    case "string":
      return quote(value);
    case "object":
      return value === null ? "null" : describeObject(value);
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
    default:
      return String(value);
  }
}

/** A 32-bit number as C prints it, unsigned: `0x80000002`. */
export function hex(value: number): string {
  return `0x${(value >>> 0).toString(16).toUpperCase()}`;
}

/** Facts as they were told: `socket.connected: false, returned: 259`. */
export function describeFacts(facts: Readonly<Record<string, unknown>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}: ${describe(value)}`)
    .join(", ");
}

/** A value as an issue keeps it: text that is made, or what never changes and can wait for it. */
export type Shown = string | number | bigint | boolean | null | undefined;

/** Keeps a value for a message that may never be read. What can change is described at once. */
export function shown(value: unknown): Shown {
  switch (typeof value) {
    case "number":
    case "bigint":
    case "boolean":
    case "undefined":
      return value;
    default:
      return describe(value);
  }
}

/** The text of what was kept. */
export const shownText = (kept: Shown): string =>
  typeof kept === "string" ? kept : describe(kept);
