/** C values in JSON text, as the JSON Schemas of the calls have them. */
import { isBytes } from "./bytes.js";

/**
 * The arguments of a call as JSON text. Memory becomes hexadecimal digits, two a byte; a bigint
 * decimal digits; a callback `{ routine: name }`. Throws TypeError for an endless chain.
 */
export function toJsonText(args: unknown): string {
  return JSON.stringify(args, replaced);
}

function replaced(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  // A Buffer has a toJSON, which came first.
  const of = this[key];
  if (isBytes(of)) return Array.from(of, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (typeof of === "bigint") return String(of);
  return typeof of === "function" ? { routine: of.name } : value;
}
