/**
 * Arguments that no generated check sees, judged in the same way: a breach throws CallRefused,
 * which names the argument, before anything is taken, sent or written.
 */
import { judgeSOCKADDR } from "../generated/judges.js";
import { WSK_FLAG_ABORTIVE } from "../generated/index.js";
import type { PSOCKADDR } from "../generated/index.js";
import {
  admit, Collector, describe, endpointOf, isInteger, isRecord, passes,
} from "../support/index.js"; // prettier-ignore
import type { Rule } from "../support/index.js";
import { familyName, levelName } from "./names.js";
import type { Endpoint } from "./network/network.js";

/** Judges arguments of a call; throws CallRefused where they break a rule. */
export function requireArguments(call: string, judge: (on: Collector) => void): void {
  const on = new Collector(["documented"], {});
  const issues = on.inspect(call, () => judge(on));
  admit(call, issues);
}

/** A rule that the runtime adds to those of the schema. */
export function runtimeRule(id: string, expects: string, advice: string): Rule {
  const sources = ["policy: what the reference runtime needs of its callers"];
  return { id, expects, advice, strength: "must", sources };
}

/** Refuses flags besides those that are allowed: with 0, all of them. */
export function requireFlags(call: string, Flags: number, allowed: number): void {
  if (typeof Flags === "number" && Flags === (Flags & allowed)) return;
  const abortive = allowed === WSK_FLAG_ABORTIVE ? "WSK_FLAG_ABORTIVE" : String(allowed);
  const wanted = allowed === 0 ? "0, because it is reserved" : `0 or ${abortive}`;
  const rule = runtimeRule(`${call}/Flags.must-be`, wanted, "Pass no other flag.");
  requireArguments(call, (on) => on.breach(rule, "Flags", describe(Flags)));
}

/** Refuses a call at a level above `most`; Windows would stop with a bug check. */
export function requireIrql(call: string, irql: number, most: number): void {
  if (irql <= most) return;
  const wanted = `an IRQL of at most ${levelName(most)}`;
  const rule = runtimeRule(`${call}/irql`, wanted, "Make the call at a lower level.");
  requireArguments(call, (on) => on.breach(rule, "irql", levelName(irql)));
}

/** True for an address that is whole, by the rules of the schema; of any family. */
export function isAddress(value: unknown): value is PSOCKADDR {
  const on = new Collector(["documented"], {});
  const type = runtimeRule("SOCKADDR/type", "an address", "Pass a whole SOCKADDR.");
  const judge = (): boolean => on.param(type, "address", judgeSOCKADDR, value);
  return passes(on.inspect("SOCKADDR", judge));
}

/** The endpoint of an address, which must be whole and of the family of its socket. */
export function requireEndpoint(
  call: string,
  [name, address]: readonly [name: string, address: PSOCKADDR],
  family: number,
): Endpoint {
  const type = runtimeRule(`${call}/${name}.type`, "an address", "Pass a whole SOCKADDR.");
  const wanted = `an address of family ${familyName(family)}, as the socket`;
  const advice = "Create the socket with the family of its addresses.";
  const fits = runtimeRule(`${call}/${name}.fits-socket`, wanted, advice);
  requireArguments(call, (on) => {
    const isAddress = on.param(type, name, judgeSOCKADDR, address);
    if (isAddress && address.sa_family !== family)
      on.breach(fits, name, familyName(address.sa_family));
  });
  return endpointOf(address);
}

/** Refuses what is no number of 32 bits, signed or not. */
export function requireUlongs(call: string, values: Readonly<Record<string, unknown>>): void {
  for (const name in values) {
    const value = values[name];
    if (isInteger(value, -0x8000_0000, 0xffff_ffff)) continue;
    const rule = runtimeRule(`${call}/${name}.type`, "a ULONG", "Pass a number of 32 bits.");
    requireArguments(call, (on) => on.breach(rule, name, describe(value)));
  }
}

/**
 * Refuses what is neither NULL nor a pointer to a number that can be written. What is not `read`
 * may hold anything before the call.
 */
export function requireCell(
  call: string,
  [name, cell]: readonly [name: string, cell: object | null],
  { read }: { readonly read: boolean },
): void {
  if (cell === null) return;
  const advice = "Pass an object with a value, or NULL.";
  const rule = runtimeRule(`${call}/${name}.type`, "a pointer to a number", advice);
  requireArguments(call, (on) => {
    if (!isRecord(cell)) return on.breach(rule, name, describe(cell));
    const { value } = cell;
    const isRead = !read || isInteger(value, 0, Number.MAX_SAFE_INTEGER);
    if (!isRead) on.breach(rule, `${name}.value`, describe(value));
  });
  requireWritable(call, { [name]: cell }, ["value"]);
}

/** Refuses targets that cannot be written, in one of the members that the call writes. */
export function requireWritable(
  call: string,
  targets: Readonly<Record<string, object>>,
  members: readonly string[],
): void {
  for (const name in targets) {
    for (const member of members) {
      if (!isWritable(targets[name], member)) refuseUnwritable(call, name, member);
    }
  }
}

function refuseUnwritable(call: string, name: string, member: string): void {
  const advice = "Pass an object that is not frozen: the call writes there.";
  const rule = runtimeRule(`${call}/${name}.writable`, "memory that can be written", advice);
  requireArguments(call, (on) => on.breach(rule, `${name}.${member}`, "memory that cannot"));
}

function isWritable(target: unknown, key: string): boolean {
  if (!isRecord(target)) return false;
  for (let at: object | null = target; at !== null; at = Reflect.getPrototypeOf(at)) {
    const property = Reflect.getOwnPropertyDescriptor(at, key);
    if (property !== undefined) return property.writable ?? property.set !== undefined;
  }
  return Object.isExtensible(target);
}
