/** Numbers of a trace: as they are, as text, and by the names that the schema knows. */
import * as codes from "../generated/codes/index.js";
import * as constants from "../generated/constants/index.js";
import { isRecord } from "../support/index.js";

/** Names of wdm.h for what a completion routine returns, besides those of the schema. */
const OF_ROUTINES = {
  STATUS_CONTINUE_COMPLETION: codes.STATUS_SUCCESS,
  ContinueCompletion: codes.STATUS_SUCCESS,
  StopCompletion: codes.STATUS_MORE_PROCESSING_REQUIRED,
};

/** Of values that differ by architecture, that of x64. */
const NAMED: ReadonlyMap<string, number | bigint> = new Map(
  Object.entries({ ...constants, ...codes, ...OF_ROUTINES }).flatMap(([name, given]) => {
    const value: unknown = isRecord(given) ? given["x64"] : given;
    return typeof value === "number" || typeof value === "bigint" ? [[name, value] as const] : [];
  }),
);

const WRITTEN = /^(?:-?\d{1,40}|0[xX][\dA-Fa-f]{1,32})$/;

/**
 * The number that a trace means: a number, `"0x103"`, a name, names with `|` between them or in a
 * list. Anything else comes back as it is, for a check to refuse.
 */
export function numberOf(given: unknown): unknown {
  if (typeof given === "number") return given;
  const known = typeof given === "string" ? NAMED.get(given) : undefined;
  if (known !== undefined) return known;
  const names = typeof given === "string" ? given.split("|") : given;
  if (!Array.isArray(names)) return given;
  let all = 0n;
  for (const name of names) {
    const value: unknown = typeof name === "string" ? named(name.trim()) : name;
    if (typeof value !== "number" && typeof value !== "bigint") return given;
    if (names.length === 1) return narrow(value);
    if (typeof value === "number" && !Number.isSafeInteger(value)) return given;
    all |= BigInt(value);
  }
  return narrow(all);
}

function named(name: string): number | bigint | undefined {
  return WRITTEN.test(name) ? BigInt(name) : NAMED.get(name);
}

const narrow = (value: number | bigint): number | bigint =>
  typeof value === "number" || value > BigInt(Number.MAX_SAFE_INTEGER) || value < 0n - 0x8000_0000n
    ? value
    : Number(value);

/** Every name that stands for a number. */
export const NUMBER_NAMES: Iterable<string> = NAMED.keys();

/** The first name that stands for no number, where text was to be one; null where it is. */
export function unknownName(given: unknown): string | null {
  const names = typeof given === "string" ? given.split("|") : given;
  if (!Array.isArray(names)) return null;
  const wrong: unknown = names.find(
    (name) => typeof name === "string" && named(name.trim()) === undefined,
  );
  return typeof wrong === "string" ? wrong : null;
}

/** The code that a trace means, signed as in C; null where it is none. */
export function codeOf(given: string | number | undefined): number | null {
  if (given === undefined) return null;
  const value = numberOf(given);
  return typeof value === "number" && Number.isInteger(value) ? value | 0 : null;
}

/** The name of a code, or the number as C prints it. */
export function codeText(code: number, language: "NTSTATUS" | "WSA"): string {
  const name = NAMES_OF[language].get(code);
  if (name !== undefined) return name;
  return language === "NTSTATUS" ? `0x${(code >>> 0).toString(16).toUpperCase()}` : String(code);
}

const namesIn = (isOf: (name: string) => boolean): ReadonlyMap<number, string> =>
  new Map(
    Object.entries(codes).flatMap(([name, value]) =>
      typeof value === "number" && isOf(name) ? [[value, name] as const] : [],
    ),
  );

const NAMES_OF = {
  NTSTATUS: namesIn((name) => name.startsWith("STATUS_")),
  WSA: namesIn((name) => !name.startsWith("STATUS_")),
};
