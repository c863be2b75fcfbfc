/** Walks one call's arguments and gathers the issues. Generated checks speak to this class only. */
import { describe } from "./describe.js";
import { formatPath, strengthIn } from "./issue.js";
import type { Issue, Profile, Rule } from "./issue.js";
import { MAX_CHAIN, MAX_ISSUES, MAX_ITEMS } from "./limits.js";

/** The architectures whose pointer widths differ: x86 has 4 bytes, the others 8. */
export type Arch = "x64" | "x86" | "arm64";

/** How to judge a call. */
export interface CheckOptions<P extends Profile = Profile> {
  /** The reading of the contract; the first profile of the call when left out. */
  readonly profile?: P;
  /** The architecture of the caller; x64 when left out. It bounds SIZE_T and lays out CMSGHDR. */
  readonly arch?: Arch;
  /** Told of each rule that could not be judged, because a fact was not given. */
  readonly notJudged?: (rule: string, fact: string) => void;
}

/** Judges one value: true where its type is right, and where not, an issue is in the collector. */
export type Judge<T> = (on: Collector, value: unknown) => value is T;

/** All of them. */
export const ARCHITECTURES: readonly Arch[] = ["x64", "x86", "arm64"];

/** Gathers the issues of one call. */
export class Collector {
  readonly issues: Issue[] = [];
  readonly arch: Arch;
  readonly profile: Profile;
  readonly #notJudged: CheckOptions["notJudged"];
  readonly #path: (string | number)[] = [];
  readonly #profiles: readonly Profile[];
  #rule: Rule | undefined;
  #call = "";
  #isRefused = false;

  /** `profiles` are those of the call; the first one is its default. */
  constructor(profiles: readonly [Profile, ...Profile[]], options: CheckOptions) {
    this.#profiles = profiles;
    this.arch = options.arch ?? "x64";
    this.profile = options.profile ?? profiles[0];
    this.#notJudged = options.notJudged;
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
    this.#path.push(key);
    const fits = judge(this, value);
    this.#path.pop();
    return fits;
  }

  /** The same for a field that may be NULL. */
  nullable<T>(key: string, judge: Judge<T>, value: unknown): value is T | null {
    return value === null || this.field(key, judge, value);
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
    const depth = this.#path.length;
    let fits = true;
    let link: unknown = first;
    let marked: unknown = first;
    for (let steps = 1, limit = 2; ; steps++) {
      fits = judge(this, link) && fits;
      link = isRecord(link) ? link[next] : null;
      if (!isRecord(link)) break;
      this.#path.push(next);
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
    this.#path.length = depth;
    return fits;
  }

  /** Reports a wrong type at the current place. Returns false, so that a judge can end with it. */
  expected(what: string, value: unknown): false {
    this.#report(this.#rule, what, describe(value));
    return false;
  }

  /** Reports a broken rule at `key` below the current place. */
  breach(rule: Rule, key: string | null, received: string): void {
    if (key !== null) this.#path.push(key);
    this.#report(rule, rule.expects, received);
    if (key !== null) this.#path.pop();
  }

  /** Judges that memory is as long as a field says; reports it at `key` where it is not. */
  holds(key: string, memory: Uint8Array | null, bytes: number, said: string): boolean {
    if (memory === null || memory.length >= bytes) return true;
    this.#path.push(key);
    this.expected(`at least ${bytes} bytes, as ${said} says`, memory);
    this.#path.pop();
    return false;
  }

  /** Runs the judge of a call. Whatever reading the arguments throws becomes an issue. */
  inspect(
    call: string,
    args: unknown,
    judge: (args: Record<string, unknown>) => void,
  ): readonly Issue[] {
    this.#call = call;
    this.#rule = argumentsRule(call);
    this.#judgeOptions();
    try {
      if (isRecord(args)) judge(args);
      else this.expected(`the arguments of ${call} by name`, args);
    } catch {
      this.#path.length = 0;
      this.#report(
        argumentsRule(call),
        "arguments that can be read",
        "something that throws when read",
      );
    }
    return this.issues;
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
    const { arch, profile } = this;
    if (!this.#profiles.includes(profile)) {
      const wanted = `one of the profiles ${this.#profiles.join(", ")}`;
      this.#report(optionsRule(this.#call), wanted, describe(profile));
    }
    if (!ARCHITECTURES.includes(arch)) {
      const wanted = `one of the architectures ${ARCHITECTURES.join(", ")}`;
      this.#report(optionsRule(this.#call), wanted, describe(arch));
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
    } else if (strengthIn(rule, this.profile) !== undefined) this.#notJudged?.(rule.id, name);
    return false;
  }

  #report(rule: Rule | undefined, expected: string, received: string): void {
    const strength = rule && strengthIn(rule, this.profile);
    if (rule === undefined || strength === undefined) return;
    // Warnings must not crowd out what refuses the call.
    if (this.issues.length >= MAX_ISSUES) {
      if (strength !== "must" || this.#isRefused) return;
      this.issues.pop();
    }
    if (strength === "must") this.#isRefused = true;
    const path = this.#path.slice(0, MAX_PATH);
    const place = formatPath(path) || this.#call;
    this.issues.push({
      rule: rule.id,
      path,
      strength,
      expected,
      received,
      message: `${place}: expected ${expected}, received ${received} [${rule.id}]`,
      advice: rule.advice,
      sources: rule.sources,
    });
  }
}

function argumentsRule(call: string): Rule {
  return {
    id: `${call}/arguments`,
    says: "The arguments are an object with one property for each parameter.",
    expects: "an object",
    advice: "Pass the parameters by their C names.",
    strength: "must",
    sources: ["policy: how JavaScript passes the arguments of a call by name"],
  };
}

function optionsRule(call: string): Rule {
  return {
    ...argumentsRule(call),
    id: `${call}/options`,
    says: "The options name a profile of the call and an architecture.",
    advice: "Take a name from the list; without options, the first profile and x64 count.",
  };
}

/** The rule about facts that are misspelt, or of the wrong kind. */
export function factsRule(call: string): Rule {
  return {
    ...argumentsRule(call),
    id: `${call}/facts`,
    says: "A fact is one that the schema has: a whole number, true or false.",
    advice: "Leave out what is not known: a rule without its fact is not judged.",
  };
}

/** Longer paths are cut: a chain may be a million links long. */
const MAX_PATH = 32;

/** True for plain and class objects, not for arrays, functions or null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
