/** One line of strace: who, when, what. */
import type { Value } from "./value.js";
import { NotationError, ValueReader } from "./value.js";

/** What a call has come to. */
export interface Result {
  /** undefined for `?`, where nobody saw it return. */
  readonly value: number | undefined;
  /** What `-yy` tells of a descriptor that it returned. */
  readonly note?: string;
  /** The name of the errno. */
  readonly errno?: string;
  /** How long it took, in nanoseconds. */
  readonly took?: bigint;
}

/** Who wrote a line, and when, in nanoseconds. */
export interface Stamp {
  /** 0 where the recording has only one, and no `-f`. */
  readonly pid: number;
  readonly time?: bigint;
}

/** What a line says; `text` is the rest of the line, behind the stamp. */
export interface Stamped extends Stamp {
  readonly text: string;
}

const WHO = /^(?:\[pid +(\d{1,10})\] |(\d{1,10})(?:<[^>]*>)? +)/;
const SINCE_1970 = /^(\d+)\.(\d{1,9}) +/;
const OF_DAY = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? +/;

const nano = (seconds: number | bigint, fraction = ""): bigint =>
  BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));

/** The stamp of a line, and what stands behind it. */
export function stampOf(line: string): Stamped {
  const who = WHO.exec(line);
  const pid = Number(who?.[1] ?? who?.[2] ?? 0);
  const rest = line.slice(who?.[0].length ?? 0);
  const [since, seconds, part] = SINCE_1970.exec(rest) ?? [];
  if (since !== undefined)
    return { pid, time: nano(BigInt(seconds ?? 0), part), text: rest.slice(since.length) };
  const [clock, h, m, s, fraction] = OF_DAY.exec(rest) ?? [];
  if (clock === undefined) return { pid, text: rest };
  const time = nano(Number(h) * 3600 + Number(m) * 60 + Number(s), fraction);
  return { pid, time, text: rest.slice(clock.length) };
}

/** A call with its arguments; `raw` is their text. */
export interface Called {
  readonly name: string;
  readonly args: readonly Value[];
  readonly raw: string;
}

/** Arguments up to the parenthesis that closes them; throws NotationError. */
export function readCall(name: string, text: string): { called: Called; result: Result } {
  const reader = new ValueReader(text);
  const args = reader.args();
  const called = { name, args, raw: text.slice(0, reader.at) };
  return { called, result: resultOf(text, reader.at) };
}

/** Arguments of a call that has not returned; undefined where strace has not shown all of them. */
export function readBegun(name: string, text: string): Called | undefined {
  try {
    const reader = new ValueReader(`${text.trimEnd().replace(/,$/, "")})`);
    return { name, args: reader.args(), raw: text };
  } catch (error) {
    if (error instanceof NotationError) return undefined;
    throw error;
  }
}

const VALUE = /^\s*=\s+(\?|-?\d+|0x[0-9a-f]+)(?![\w])/;
const NOTE = /^<((?:[^<>]|(?<=-)>|<[^<>]*>)*)>/;
const ERRNO = /^ +(E[A-Z0-9]+)\b/;
const TOOK = /<(\d+)\.(\d+)>\s*$/;

function resultOf(text: string, at: number): Result {
  const behind = text.slice(at);
  const [all, value] = VALUE.exec(behind) ?? [];
  if (all === undefined) throw new NotationError(at);
  const rest = behind.slice(all.length);
  const note = NOTE.exec(rest)?.[1];
  const errno = ERRNO.exec(rest)?.[1];
  const [, seconds, fraction] = TOOK.exec(rest) ?? [];
  return {
    value: value === "?" ? undefined : Number(value),
    ...(note === undefined ? {} : { note }),
    ...(errno === undefined ? {} : { errno }),
    ...(seconds === undefined ? {} : { took: nano(BigInt(seconds), fraction) }),
  };
}
