/** Walks one call's arguments and gathers the issues. Generated checks speak to this class only. */
import type { Arch } from "./arch.js";
import { lengthOf } from "./bytes.js";
import { describe, shown } from "./describe.js";
import type { Shown } from "./describe.js";
import { Finding, strengthIn } from "./issue.js";
import type { Issue, Profile, Rule, Strength } from "./issue.js";
import { MAX_CHAIN, MAX_ISSUES, MAX_ITEMS } from "./limits.js";
import type { CheckOptions, Profiles, Terms } from "./options.js";
import { asksFacts, isStrength, NO_OPTIONS, wrongIn } from "./options.js";
import { argumentsRule, factsRule, optionsRule } from "./own-rules.js";
import { isRecord } from "./record.js";
import { perhaps } from "./suggest.js";
import { CLEAN, REFUSED } from "./verdict.js";
import type { Verdict } from "./verdict.js";

/** Judges one value: true where its type is right, and where not, an issue is in the collector. */
export type Judge<T> = (on: Collector, value: unknown) => value is T;

/** Arguments by name, nothing known of them. */
export type Given = Readonly<Record<string, unknown>>;

/** What a check knows of its call. */
export interface JudgedCall<F extends object> {
  readonly name: string;
  /** Judges the arguments; left out where that is done elsewhere. */
  readonly judge?: (on: Collector, given: Given) => void;
  /** Judges by facts; left out where no rule asks for one. */
  readonly judgeFacts?: (on: Collector, given: Given, facts: F) => void;
  /** The names of all facts. */
  readonly facts: ReadonlySet<string>;
}

/** The answer where nothing is wrong. */
export const NO_ISSUES: readonly Issue[] = Object.freeze([]);

/** Where the collectors at work are; a check that a getter starts within another goes on top. */
const path: (string | number)[] = [];

/** Gathers the issues of one call. */
export class Collector implements Terms {
  readonly profile: Profile;
  readonly arch: Arch;
  /** True where what a guard lets pass has nothing to tell: no options change a rule. */
  readonly isQuick: boolean;
  readonly #profiles: Profiles;
  readonly #options: CheckOptions;
  readonly #verdict: Verdict;
  readonly #base = path.length;
  #issues: Issue[] | undefined;
  #rule: Rule | undefined;
  #call = "";
  #isRefused = false;
  #isMuted = false;
  /** A rule that refuses was seen to be broken, be it that the options let it go. */
  #hasSeenIt = false;

  /** `verdict` is what an earlier look at the arguments has said. */
  constructor(profiles: Profiles, options: CheckOptions, verdict: Verdict = CLEAN) {
    this.profile = options.profile ?? profiles[0];
    this.arch = options.arch ?? "x64";
    this.isQuick = options.rules === undefined;
    this.#profiles = profiles;
    this.#options = options;
    this.#verdict = verdict;
  }

  /** What has been found. */
  get issues(): readonly Issue[] {
    return this.#issues ?? NO_ISSUES;
  }

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
    path.push(key);
    const fits = judge(this, value);
    path.pop();
    return fits;
  }

  /** The same for a field that may be NULL. */
  nullable<T>(key: string, judge: Judge<T>, value: unknown): value is T | null {
    return value === null || this.field(key, judge, value);
  }

  /** Judges without a word. */
  fits<T>(judge: Judge<T>, value: unknown): value is T {
    const wasMuted = this.#isMuted;
    this.#isMuted = true;
    const fits = judge(this, value);
    this.#isMuted = wasMuted;
    return fits;
  }

  /** Judges every element of an array, holes included. */
  array<T>(judge: Judge<T>, value: unknown): value is T[] {
    if (!Array.isArray(value)) return this.expected("an array", value);
    const { length } = value;
    if (!(length <= MAX_ITEMS)) return this.expected(`an array of at most ${MAX_ITEMS}`, value);
    let fits = true;
    for (let i = 0; i < length; i++) {
      if (this.#isDone) return false;
      fits = this.field(i, judge, value[i]) && fits;
    }
    return fits;
  }

  /** Judges a chain link by link, and that it ends: a link met again is an endless chain. */
  chain<T>(ends: Rule, next: string, judge: Judge<T>, first: unknown): first is T {
    const depth = path.length;
    let fits = true;
    let link: unknown = first;
    let marked: unknown = first;
    for (let steps = 1, limit = 2; ; steps++) {
      fits = judge(this, link) && fits;
      link = isRecord(link) ? link[next] : null;
      if (!isRecord(link)) break;
      path.push(next);
      if (link === marked || steps > MAX_CHAIN) {
        this.breach(ends, null, "one that comes back to an earlier link");
        fits = false;
        break;
      }
      if (steps === limit) {
        marked = link;
        limit *= 2;
      }
      if (this.#isDone) {
        fits = false;
        break;
      }
    }
    path.length = depth;
    return fits;
  }

  /** Reports a wrong type at the current place. Returns false, so that a judge can end with it. */
  expected(what: string, value: unknown): false {
    this.#report(this.#rule ?? argumentsRule(this.#call), what, shown(value));
    return false;
  }

  /** Reports a broken rule at `key` below the current place. */
  breach(rule: Rule, key: string | null, received: Shown): void {
    if (key !== null) path.push(key);
    this.#report(rule, rule.expects, received);
    if (key !== null) path.pop();
  }

  /** Judges that memory is as long as a field says; reports it at `key` where it is not. */
  holds(key: string, memory: Uint8Array | null, bytes: number, said: string): boolean {
    if (memory === null || lengthOf(memory) >= bytes) return true;
    const wanted = `at least ${bytes} bytes, as ${said} says`;
    return this.field(key, (on, value): value is never => on.expected(wanted, value), memory);
  }

  /** Judges a call: its arguments where there was something to tell of them, then the facts. */
  check<F extends object>(call: JudgedCall<F>, args: unknown, facts: F): readonly Issue[] {
    this.#call = call.name;
    try {
      this.#judgeOptions();
      if (isRecord(args)) this.#judge(call, args, facts);
      else this.expected(`the arguments of ${call.name} by name`, args);
      // What the look has refused, and no judge sees, has changed meanwhile.
      if (this.#verdict === REFUSED && !this.#hasSeenIt)
        this.#unsteady("that are the same at each look", "others");
    } catch {
      this.#unsteady("that can be read", "something that throws when read");
    }
    return this.#end();
  }

  /** Judges something else in the name of a call. Whatever it throws becomes an issue. */
  inspect(call: string, judge: () => void): readonly Issue[] {
    this.#call = call;
    try {
      this.#judgeOptions();
      judge();
    } catch {
      this.#unsteady("that can be read", "something that throws when read");
    }
    return this.#end();
  }

  #end(): readonly Issue[] {
    if (path.length !== this.#base) path.length = this.#base;
    return this.issues;
  }

  #judge<F extends object>(call: JudgedCall<F>, args: Given, facts: F): void {
    if (this.#verdict !== CLEAN || !this.isQuick) call.judge?.(this, args);
    if (!asksFacts(facts, this.#options)) return;
    for (const name of Object.keys(facts)) {
      if (call.facts.has(name) || this.#isDone) continue;
      const wanted = `the name of a fact${perhaps(name, call.facts)}`;
      this.#report(factsRule(call.name), wanted, describe(name));
    }
    call.judgeFacts?.(this, args, facts);
  }

  #unsteady(wanted: string, received: string): void {
    path.length = this.#base;
    this.#isMuted = false;
    this.#report(argumentsRule(this.#call), `arguments ${wanted}`, received);
  }

  /**
   * True where one of the facts holds; where none is known to, but some are unknown, not judged.
   */
  anyFact(rule: Rule, facts: Readonly<Record<string, boolean | undefined>>): boolean {
    const values = Object.entries(facts);
    if (values.some(([, value]) => value === true)) return true;
    return values.some(([name, value]) => !this.boolean(rule, name, value));
  }

  /** True where nothing that is still to be judged could change what is reported. */
  get #isDone(): boolean {
    return this.#isRefused && this.issues.length >= MAX_ISSUES;
  }

  /** A profile or architecture that is unknown would judge by no rule, so it is an issue itself. */
  #judgeOptions(): void {
    if (this.#options === NO_OPTIONS) return;
    for (const { wanted, received } of wrongIn(this.#profiles, this.#options)) {
      this.#report(optionsRule(this.#call), wanted, received);
    }
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
    if (value !== undefined) {
      this.#report(factsRule(this.#call), `${wanted} for the fact ${name}`, describe(value));
    } else if (this.#strengthOf(rule) !== undefined) this.#options.notJudged?.(rule.id, name);
    return false;
  }

  #report(rule: Rule, expected: string, received: Shown): void {
    if (this.#isMuted) return;
    if (strengthIn(rule, this.profile) === "must") this.#hasSeenIt = true;
    const strength = this.#strengthOf(rule);
    if (strength === undefined) return;
    const issues = this.#issues;
    // Warnings must not crowd out what refuses the call.
    if (issues !== undefined && issues.length >= MAX_ISSUES) {
      if (strength !== "must" || this.#isRefused) return;
      issues.pop();
    }
    if (strength === "must") this.#isRefused = true;
    const at = path.slice(this.#base, this.#base + MAX_PATH);
    const { profile } = this;
    const found = new Finding(rule, { path: at, strength, profile, expected, received });
    if (issues === undefined) this.#issues = [found];
    else issues.push(found);
  }

  #strengthOf(rule: Rule): Strength | undefined {
    const { rules } = this.#options;
    const own = rules !== undefined && Object.hasOwn(rules, rule.id) ? rules[rule.id] : undefined;
    if (own === undefined) return strengthIn(rule, this.profile);
    if (own === "off") return undefined;
    return isStrength(own) ? own : strengthIn(rule, this.profile);
  }
}

/** Longer paths are cut: a chain may be a million links long. */
const MAX_PATH = 32;
