/** What a reader is looking for. */
import type { Strength } from "../../../support/issue.js";
import type { PageBreach } from "../data.js";
import type { Call, Model } from "./model.js";

/** A kind of breach, as a reader tells them apart. */
export type Shown = Strength | "suppressed";

/** What is looked for. */
export interface Filter {
  /** Words, all of which must occur. */
  readonly words: string;
  /** A rule; empty for any. */
  readonly rule: string;
  /** A function; empty for any. */
  readonly function: string;
  readonly kinds: ReadonlySet<Shown>;
}

/** The kind of a breach. */
export const kindOf = ({ strength, suppressed }: PageBreach): Shown =>
  suppressed === null ? strength : "suppressed";

/** The places of the breaches that are looked for, in the order of their lines. */
export function breachesOf({ breaches }: Model, filter: Filter): number[] {
  const words = wordsOf(filter.words);
  const found: number[] = [];
  breaches.forEach((breach, i) => {
    if (!filter.kinds.has(kindOf(breach))) return;
    if (filter.rule !== "" && breach.rule !== filter.rule) return;
    if (filter.function !== "" && breach.function !== filter.function) return;
    const { message, function: name, callId, ref, earlier, line, aliases } = breach;
    const text = [message, name, callId, ref, earlier, line, ...aliases].join(" ").toLowerCase();
    if (words.every((word) => text.includes(word))) found.push(i);
  });
  return found.sort((a, b) => (breaches[a]?.line ?? 0) - (breaches[b]?.line ?? 0));
}

/** For each call whether it is looked for; null where all are. */
export function callsOf(model: Model, filter: Filter): readonly boolean[] | null {
  const words = wordsOf(filter.words);
  if (words.length === 0 && filter.rule === "" && filter.function === "") return null;
  const broken = new Set<number>();
  for (const i of breachesOf(model, filter)) broken.add(model.breaches[i]?.call ?? -1);
  return model.calls.map((call) => {
    if (filter.function !== "" && call.function !== filter.function) return false;
    if (broken.has(call.index)) return true;
    if (filter.rule !== "") return false;
    const text = textOf(model, call);
    return words.every((word) => text.includes(word));
  });
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");

function textOf({ lanes }: Model, call: Call): string {
  const objects = [call.socket, call.operation, ...call.memory].map((i) => lanes[i]?.name ?? "");
  const { function: name, id, line, answer, outcome } = call;
  return [name, id, line, answer, outcome, ...objects].join(" ").toLowerCase();
}

/** How much was found, in words. */
export function foundText(
  { breaches, calls: all }: Model,
  { wanted, calls }: { wanted: ReadonlySet<number>; calls: readonly boolean[] | null },
): string {
  const n = calls === null ? all.length : calls.filter(Boolean).length;
  const among = `${n.toLocaleString("en")} ${n === 1 ? "call" : "calls"}`;
  if (all.length === 0) return "The trace has no calls.";
  if (breaches.length === 0) return `No breaches; ${among}`;
  return `${wanted.size} of ${breaches.length} breaches, ${among}`;
}

/** How often each value occurs, the most frequent first. */
export function counted(values: readonly string[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].filter(([value]) => value !== "").sort((a, b) => b[1] - a[1]);
}
