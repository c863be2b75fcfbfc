/** Walks one call's arguments and gathers the issues. Generated checks speak to this class only. */
import { lengthOf } from "./bytes.js";
import { describe, shown, THROWS } from "./describe.js";
import type { Shown } from "./describe.js";
import { Findings } from "./findings.js";
import type { Issue, Rule } from "./issue.js";
import { MAX_CHAIN, MAX_ITEMS } from "./limits.js";
import type { Profiles, Terms } from "./options.js";
import { NO_FACTS } from "./options.js";
import { argumentsRule, factsRule } from "./own-rules.js";
import { isArray, isNamed, isRecord } from "./record.js";
import { perhaps } from "./suggest.js";
import { CLEAN, REFUSED, WARNED } from "./verdict.js";
import type { Verdict } from "./verdict.js";

/** Judges one value: true where its type is right, and where not, an issue is in the collector. */
export type Judge<T> = (on: Collector, value: unknown) => value is T;

/** Arguments by name, nothing known of them. */
export type Given = Readonly<Record<string, unknown>>;

/** What a check knows of its call, facts aside. */
export interface Judged {
  readonly name: string;
  readonly profiles: Profiles;
  /** Looks at the arguments by any terms; left out where that is done elsewhere. */
  readonly weigh?: (args: unknown, terms: Terms) => Verdict;
  /** Judges the arguments; left out where that is done elsewhere. */
  readonly judge?: (on: Collector, given: Given) => void;
}

/** What a check knows of its call. */
export interface JudgedCall<F extends object> extends Judged {
  /** Judges by facts; left out where no rule asks for one. */
  readonly judgeFacts?: (on: Collector, given: Given, facts: F) => void;
  /** Reads the facts that those rules ask for, each once. */
  readonly told?: (facts: F) => F;
  /** The names of all facts. */
  readonly facts: ReadonlySet<string>;
}

/** Facts as they came, and as they were read where they were. */
export interface Told<F extends object> {
  readonly facts: F;
  readonly read?: F | null | undefined;
}

/** Walks the arguments of one call, and gathers the issues. */
export class Collector extends Findings {
  #rule: Rule | undefined;
  /** What an earlier look at the arguments has said, where there was one. */
  #verdict: Verdict | undefined;
  #isUnsteady = false;

  /** Judges a parameter; issues about its type carry `rule`. */
  param<T>(rule: Rule, key: string, judge: Judge<T>, value: unknown): value is T {
    this.#rule = rule;
    return this.field(key, judge, value);
  }

  /** The same for a parameter that may be NULL. */
  optional<T>(rule: Rule, key: string, judge: Judge<T>, value: unknown): value is T | null {
    return value === null || this.param(rule, key, judge, value);
  }

  /** Judges a field or an element. */
  field<T>(key: string | number, judge: Judge<T>, value: unknown): value is T {
    this.enter(key);
    const fits = judge(this, value);
    this.leave();
    return fits;
  }

  /** The same for a field that may be NULL. */
  nullable<T>(key: string, judge: Judge<T>, value: unknown): value is T | null {
    return value === null || this.field(key, judge, value);
  }

  /** Judges without a word. */
  fits<T>(judge: Judge<T>, value: unknown): value is T {
    const wasMuted = this.isMuted;
    this.isMuted = true;
    const fits = judge(this, value);
    this.isMuted = wasMuted;
    // What the look has let pass was of its type then.
    if (!fits && (this.#verdict === CLEAN || this.#verdict === WARNED)) this.#unsteady(...CHANGED);
    return fits;
  }

  /** Judges every element of an array, holes included. */
  array<T>(judge: Judge<T>, value: unknown): value is T[] {
    if (!isArray(value)) return this.expected("an array", value);
    const { length } = value;
    if (!(length <= MAX_ITEMS)) return this.expected(`an array of at most ${MAX_ITEMS}`, value);
    let fits = true;
    for (let i = 0; i < length; i++) {
      if (this.isDone) return false;
      fits = this.field(i, judge, value[i]) && fits;
    }
    return fits;
  }

  /** Judges a chain link by link, and that it ends: a link met again is an endless chain. */
  chain<T>(ends: Rule, next: string, judge: Judge<T>, first: unknown): first is T {
    const { depth } = this;
    let fits = true;
    let link: unknown = first;
    let marked: unknown = first;
    for (let steps = 1, limit = 2; ; steps++) {
      fits = judge(this, link) && fits;
      link = isRecord(link) ? link[next] : null;
      if (!isRecord(link)) break;
      this.enter(next);
      if (link === marked || steps > MAX_CHAIN) {
        this.breach(ends, null, "one that comes back to an earlier link");
        fits = false;
        break;
      }
      if (steps === limit) {
        marked = link;
        limit *= 2;
      }
      if (this.isDone) {
        fits = false;
        break;
      }
    }
    this.depth = depth;
    return fits;
  }

  /** Reports a wrong type at the current place. Returns false, so that a judge can end with it. */
  expected(what: string, value: unknown): false {
    this.report(this.#rule ?? argumentsRule(this.call), what, shown(value));
    return false;
  }

  /** Reports a broken rule at `key` below the current place. */
  breach(rule: Rule, key: string | null, received: Shown): void {
    if (key !== null) this.enter(key);
    this.report(rule, rule.expects, received);
    if (key !== null) this.leave();
  }

  /** Judges that memory is as long as a field says; reports it at `key` where it is not. */
  holds(key: string, memory: Uint8Array | null, bytes: number, said: string): boolean {
    if (memory === null || lengthOf(memory) >= bytes) return true;
    const wanted = `at least ${bytes} bytes, as ${said} says`;
    return this.field(key, (on, value): value is never => on.expected(wanted, value), memory);
  }

  /** Judges the arguments of a call, where an earlier look has not found them clean. */
  judge(call: Judged, args: unknown, verdict: Verdict | undefined): void {
    this.#rule = undefined;
    this.#isUnsteady = false;
    this.#verdict = verdict;
    if (verdict === CLEAN && this.isQuick) return;
    try {
      if (!isRecord(args)) this.expected(`the arguments of ${call.name} by name`, args);
      else call.judge?.(this, args);
      // What the look has refused, and no judge sees, has changed meanwhile.
      if (verdict === REFUSED && !this.hasSeenIt) this.#unsteady(...CHANGED);
    } catch {
      this.#unsteady(...UNREAD);
    }
  }

  /** Judges a call by facts, where some were told or somebody wants to hear which are missing. */
  judgeFacts<F extends object>(call: JudgedCall<F>, args: unknown, of: Told<F>): void {
    if (of.facts === NO_FACTS && !this.isAsked) return;
    const told = this.#told(call, of);
    try {
      if (isRecord(args)) call.judgeFacts?.(this, args, told);
    } catch {
      this.#unsteady(...UNREAD);
    }
  }

  /** The facts that there are, each read once. What is wrong with them is an issue. */
  #told<F extends object>(call: JudgedCall<F>, { facts, read }: Told<F>): F {
    try {
      if (!isNamed(facts)) this.#wrongFact("facts by name", describe(facts));
      else {
        for (const name of Object.keys(facts)) {
          if (call.facts.has(name) || this.isDone) continue;
          this.#wrongFact(`the name of a fact${perhaps(name, call.facts)}`, describe(name));
        }
        return read ?? call.told?.(facts) ?? facts;
      }
    } catch {
      this.#wrongFact("facts that can be read", THROWS);
    }
    return Object.create(null);
  }

  #wrongFact(wanted: string, received: string): void {
    this.report(factsRule(this.call), wanted, received);
  }

  /** Judges something else in the name of a call. Whatever it throws becomes an issue. */
  inspect(call: string, judge: () => void): readonly Issue[] {
    this.call = call;
    try {
      this.tellWrong();
      judge();
    } catch {
      this.#unsteady(...UNREAD);
    }
    return this.issues;
  }

  #unsteady(wanted: string, received: string): void {
    this.depth = 0;
    this.isMuted = false;
    if (!this.#isUnsteady) this.report(argumentsRule(this.call), wanted, received);
    this.#isUnsteady = true;
  }

  /**
   * True where one of the facts holds; where none is known to, but some are unknown, not judged.
   */
  anyFact(rule: Rule, facts: Readonly<Record<string, boolean | undefined>>): boolean {
    const values = Object.entries(facts);
    if (values.some(([, value]) => value === true)) return true;
    return values.some(([name, value]) => !this.boolean(rule, name, value));
  }

  /** True for a fact that is true or false; a rule whose fact was not given is not judged. */
  boolean(rule: Rule, name: string, value: boolean | undefined): value is boolean {
    if (typeof value === "boolean") return true;
    return this.#noFact(rule, { name, value, wanted: "true or false" });
  }

  /** The same for a fact that is a number. */
  integer(rule: Rule, name: string, value: number | undefined): value is number {
    if (Number.isSafeInteger(value)) return true;
    return this.#noFact(rule, { name, value, wanted: "a whole number" });
  }

  /** The same for a code: 0xC0000001 is -1073741823, as in C. */
  code(rule: Rule, name: string, value: number | undefined): value is number {
    if (value !== undefined && value === (value | 0)) return true;
    const wanted = Number.isSafeInteger(value)
      ? `a signed number of 32 bits, as C reads a code (here perhaps ${Number(value) | 0}),`
      : "a whole number";
    return this.#noFact(rule, { name, value, wanted });
  }

  #noFact(rule: Rule, of: { name: string; value: unknown; wanted: string }): false {
    const { name, value, wanted } = of;
    if (value === undefined) this.tellMissing(rule, name);
    else this.#wrongFact(`${wanted} for the fact ${name}`, describe(value));
    return false;
  }
}

/** What is said of arguments that are others at each look, or cannot be looked at. */
const CHANGED = ["arguments that are the same at each look", "others"] as const;
const UNREAD = ["arguments that can be read", THROWS] as const;
