/** One line of Wine's log: a call of the relay, its return, or a trace of a channel. */

/** Who wrote a line, and when, in nanoseconds since the machine was started. */
export interface WineStamp {
  readonly thread: number;
  /** Only with `+pid`. */
  readonly process?: number;
  /** Only with `+timestamp`. */
  readonly time?: bigint;
}

/** What a line says. */
export type WineLine =
  | { readonly kind: "call"; readonly name: string; readonly args: readonly number[] }
  | { readonly kind: "return"; readonly name: string; readonly value: number }
  | { readonly kind: "trace"; readonly by: string; readonly text: string }
  /** A call or return of ws2_32 that is cut, or mixed with another line. */
  | { readonly kind: "broken" };

const STAMP = /^(?:(\d+)\.(\d{3,6}):)?(?:([0-9a-f]{4,8}):)?([0-9a-f]{4,8}):/;
const CALL = /^Call ws2_32\.(?:dll\.)?(\w+)\(([^)]*)\) ret=[0-9a-f]+$/;
const RETURN = /^Ret {1,2}ws2_32\.(?:dll\.)?(\w+)\(\) retval=([0-9a-f]+) ret=[0-9a-f]+$/;
const SETS_ERROR =
  /^Call (?:KERNEL32|kernelbase|ntdll)\.(?:SetLastError|RtlSetLastWin32Error)\(([0-9a-f]+)\)/i;
const TRACE = /^(?:trace|warn|fixme|err):(?:winsock|netio|ntoskrnl):(\w+) (.*)$/;

/** Reads a line; undefined for those that say nothing of sockets, which are most. */
export function readWineLine(line: string): (WineStamp & { readonly says: WineLine }) | undefined {
  const found = STAMP.exec(line);
  if (found === null) return undefined;
  const says = saidBy(line.slice(found[0].length));
  if (says === undefined) return undefined;
  const [, seconds, fraction = "", process, thread = "0"] = found;
  return {
    thread: Number.parseInt(thread, 16),
    ...(process === undefined ? {} : { process: Number.parseInt(process, 16) }),
    ...(seconds === undefined ? {} : { time: BigInt(seconds + fraction.padEnd(9, "0")) }),
    says,
  };
}

function saidBy(text: string): WineLine | undefined {
  const [, by, rest] = TRACE.exec(text) ?? [];
  if (by !== undefined && rest !== undefined) return { kind: "trace", by, text: rest };
  const [, error] = SETS_ERROR.exec(text) ?? [];
  if (error !== undefined)
    return { kind: "trace", by: "SetLastError", text: String(Number.parseInt(error, 16) >>> 0) };
  if (!/^(?:Call|Ret {1,2}) ?ws2_32\./.test(text)) return undefined;
  const [, called, args] = CALL.exec(text) ?? [];
  if (called !== undefined && args !== undefined)
    return { kind: "call", name: called, args: args.split(",").map(numberOf) };
  const [, returned, value] = RETURN.exec(text) ?? [];
  if (returned !== undefined && value !== undefined)
    return { kind: "return", name: returned, value: Number.parseInt(value, 16) };
  return { kind: "broken" };
}

/** Arguments are hexadecimal; behind a pointer to a string stands the string. */
const numberOf = (text: string): number => Number.parseInt(text.trim(), 16) || 0;
