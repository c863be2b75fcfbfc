/** Names in a trace that mean nothing to the monitor: what they say was not judged. */
import { FACT_NAMES } from "../generated/facts.js";
import * as shapes from "../generated/traced/shapes.js";
import { TRACED } from "../generated/traced/index.js";
import { didYouMean } from "../support/suggest.js";
import type { EventOf } from "../trace/format.js";
import { codeOf, NUMBER_NAMES } from "./numbers.js";
import { ALLOCATIONS, KNOWN_CALLS, OTHER_CALLS } from "./other-calls.js";

/** So many are told; the rest is counted. */
const MOST = 20;

const FUNCTIONS = new Set([
  ...TRACED.map(({ watched }) => watched.name),
  ...OTHER_CALLS.keys(),
  ...ALLOCATIONS.keys(),
  ...KNOWN_CALLS,
]);
const PARAMS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  TRACED.map(
    ({ watched, params }) => [watched.name, new Set(params.map(({ name }) => name))] as const,
  ),
);
const FIELDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.values(shapes).map(({ name, fields }) => [name, new Set(fields.map((f) => f.name))]),
);
/** Facts without their first word, and what stands for memory and cells. */
const STATES = new Set([
  ...[...FACT_NAMES].map((name) => name.slice(name.indexOf(".") + 1)),
  ...FACT_NAMES,
  "bytes",
  "hex",
  "value",
  "items",
  "freed",
  "routine",
]);
const TYPES = new Set([...FIELDS.keys(), "SOCKET", "MEMORY", "CELL", "FRAME", "POOL"]);
const RULES = new Set(
  TRACED.flatMap(({ reads, watched }) => [
    ...Object.keys(reads),
    ...watched.lifetimes.map(({ rule }) => rule.id),
  ]),
);
const SLUGS = new Set([...RULES].map((id) => id.slice(id.indexOf("/") + 1)));

/** Gathers what could not be judged. */
export class Unknowns {
  readonly #told: string[] = [];
  readonly #seen = new Set<string>();
  #more = 0;

  /** What there was, a sentence each. */
  get all(): readonly string[] {
    return this.#more === 0 ? this.#told : [...this.#told, `and ${this.#more} more`];
  }

  /** A sentence, told once for each `what`. What is only counted isn't remembered: a trace has no end. */
  tell(sentence: string, what = sentence): void {
    if (this.#seen.has(what)) return;
    if (this.#told.length >= MOST) this.#more += 1;
    else {
      this.#seen.add(what);
      this.#told.push(sentence);
    }
  }

  /** A function, its arguments, and facts. */
  call(line: number, { function: name, args, facts }: EventOf<"call">): void {
    const params = PARAMS.get(name);
    if (params === undefined) {
      // A function of other work is nobody's mistake; one that is nearly ours is a misspelt one.
      const near = FUNCTIONS.has(name) ? "" : didYouMean(name, FUNCTIONS);
      if (near !== "") this.#unknown(line, `the function ${name}`, near);
    } else this.#names(line, args, { known: params, what: `the argument %s of ${name}` });
    if (facts !== undefined) this.#names(line, facts, { known: FACT_NAMES, what: "the fact %s" });
  }

  /** The type of an object, and its state. */
  object(line: number, { type, state }: EventOf<"object">): void {
    const fields = FIELDS.get(type);
    if (!TYPES.has(type)) {
      const near = didYouMean(type, TYPES);
      if (near !== "") this.#unknown(line, `the type ${type}`, near);
    }
    if (state === undefined || (fields === undefined && type !== "SOCKET")) return;
    const known = { has: (name: string) => STATES.has(name) || fields?.has(name) === true };
    for (const name in state) {
      if (known.has(name)) continue;
      // C has more fields than rules ask for; one that is nearly known is a misspelt one.
      const near = didYouMean(name, [...(fields ?? []), ...STATES]);
      if (near !== "") this.#unknown(line, `${name} of ${type}`, near);
    }
  }

  /** A code that Windows has, and no contract. */
  code(line: number, given: string | number | undefined): void {
    if (typeof given !== "string" || codeOf(given) !== null) return;
    this.#unknown(line, `the code ${given}`, didYouMean(given, NUMBER_NAMES));
  }

  /** The codes of a completion, or of what comes with it. */
  completion(line: number, event: EventOf<"complete" | "routine" | "notify" | "result">): void {
    if ("error" in event) this.code(line, event.error);
    if ("status" in event) this.code(line, event.status);
    if ("returned" in event) this.code(line, event.returned);
  }

  /** A rule that is to be excused. */
  rule(line: number, name: string): void {
    if (RULES.has(name) || SLUGS.has(name) || name.startsWith("runtime/")) return;
    const known = name.includes("/") ? RULES : SLUGS;
    this.#unknown(line, `the rule ${name}`, didYouMean(name, known));
  }

  #names(
    line: number,
    given: Readonly<Record<string, unknown>>,
    of: { known: ReadonlySet<string>; what: string },
  ): void {
    for (const name in given) {
      if (of.known.has(name)) continue;
      const what = of.what.replace("%s", () => name);
      this.#unknown(line, what, didYouMean(name, of.known));
    }
  }

  #unknown(line: number, what: string, near: string): void {
    this.tell(`line ${line}: nobody knows ${what}${near}`, what);
  }
}
