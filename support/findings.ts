/** What a check has found so far: the issues, and the terms by which something is one. */
import type { Arch } from "./arch.js";
import type { Shown } from "./describe.js";
import { Finding, strengthIn } from "./issue.js";
import type { Issue, Profile, Rule, Strength } from "./issue.js";
import { MAX_ISSUES, MAX_PATH } from "./limits.js";
import type { CheckOptions, Profiles, Settled, Terms } from "./options.js";
import { NO_OPTIONS, settle } from "./options.js";
import { optionsRule } from "./own-rules.js";
import type { Walk } from "./walk.js";

/** The answer where nothing is wrong. */
export const NO_ISSUES: readonly Issue[] = Object.freeze([]);

/** Gathers the issues of one call; begun anew, those of another one. */
export class Findings implements Terms {
  profile: Profile;
  arch: Arch = "x64";
  /** True where what a guard lets pass has nothing to tell: no options change a rule. */
  isQuick = true;
  /** Who counts what is met, while something is judged of which there may be very much. */
  walk: Walk | undefined;
  /** The call in whose name issues are told. */
  protected call = "";
  /** True while nothing is told. */
  protected isMuted = false;
  /** A rule that refuses was seen to be broken, be it that the options let it go. */
  protected hasSeenIt = false;
  #rules: Settled["rules"];
  #notJudged: Settled["notJudged"];
  #wrong: Settled["wrong"] = [];
  #issues: Issue[] | undefined;
  #isRefused = false;
  /** The way to where the judges are; what is further down than anybody reads is only counted. */
  readonly #path: (string | number)[] = [];
  #depth = 0;

  /** Options that are wrong are told as soon as it is known for which call. */
  constructor(profiles: Profiles, options: CheckOptions = NO_OPTIONS) {
    this.profile = profiles[0];
    if (options !== NO_OPTIONS) this.#take(settle(profiles, options));
  }

  /** What has been found. */
  get issues(): readonly Issue[] {
    return this.#issues ?? NO_ISSUES;
  }

  /** Begins with another call, by its first profile, and forgets the one before. */
  begin(call: string, profile: Profile): void {
    this.call = call;
    this.profile = profile;
    this.arch = "x64";
    this.isQuick = true;
    this.isMuted = false;
    this.hasSeenIt = false;
    this.#rules = undefined;
    this.#notJudged = undefined;
    this.#issues = undefined;
    this.#isRefused = false;
    this.#depth = 0;
  }

  /** Hands out what has been found, and keeps nothing of the call. */
  end(): readonly Issue[] {
    const { issues } = this;
    this.#rules = undefined;
    this.#notJudged = undefined;
    this.#issues = undefined;
    return issues;
  }

  /** Takes the options of the call, and tells what is wrong with them. */
  judgeOptions(settled: Settled): void {
    this.#take(settled);
    this.tellWrong();
  }

  /** True where somebody wants to hear which facts are missing. */
  get isAsked(): boolean {
    return this.#notJudged !== undefined;
  }

  /** How deep below the arguments the judges are. */
  protected get depth(): number {
    return this.#depth;
  }

  protected set depth(depth: number) {
    this.#depth = depth;
  }

  /** True where nothing that is still to be judged could change what is reported. */
  protected get isDone(): boolean {
    if (this.walk !== undefined && this.walk.left < 0) return true;
    return this.#isRefused && this.issues.length >= MAX_ISSUES;
  }

  protected enter(key: string | number): void {
    if (this.#depth < MAX_PATH) this.#path[this.#depth] = key;
    this.#depth += 1;
  }

  protected leave(): void {
    this.#depth -= 1;
  }

  /** Tells what is wrong with the options. */
  protected tellWrong(): void {
    const wrong = this.#wrong;
    this.#wrong = [];
    for (const { wanted, received } of wrong) this.report(optionsRule(this.call), wanted, received);
  }

  /** Tells that a rule is not judged; if whoever wants to hear it throws, its option is wrong. */
  protected tellMissing(rule: Rule, fact: string): void {
    if (this.#notJudged === undefined || this.#strengthOf(rule) === undefined) return;
    try {
      this.#notJudged(rule.id, fact);
    } catch {
      this.#notJudged = undefined;
      this.report(optionsRule(this.call), "a function as the option notJudged", "one that throws");
    }
  }

  /** Reports a broken rule at the current place. */
  protected report(rule: Rule, expected: string, received: Shown): void {
    if (this.isMuted) return;
    if (strengthIn(rule, this.profile) === "must") this.hasSeenIt = true;
    const strength = this.#strengthOf(rule);
    if (strength === undefined) return;
    const issues = this.#issues;
    // Warnings must not crowd out what refuses the call.
    if (issues !== undefined && issues.length >= MAX_ISSUES) {
      if (strength !== "must" || this.#isRefused) return;
      issues.pop();
    }
    if (strength === "must") this.#isRefused = true;
    const path = this.#place();
    const { profile } = this;
    const found = new Finding(rule, { path, strength, profile, expected, received });
    if (issues === undefined) this.#issues = [found];
    else issues.push(found);
  }

  /** A copy of the way; most are so short that slicing takes longer. */
  #place(): (string | number)[] {
    const path = this.#path;
    const [first, second] = [path[0] ?? "", path[1] ?? ""];
    if (this.#depth === 1) return [first];
    return this.#depth === 2 ? [first, second] : this.#path.slice(0, this.#depth);
  }

  #strengthOf(rule: Rule): Strength | undefined {
    const own = this.#rules?.get(rule.id) ?? strengthIn(rule, this.profile);
    return own === "off" ? undefined : own;
  }

  #take({ profile, arch, rules, notJudged, wrong }: Settled): void {
    this.profile = profile;
    this.arch = arch;
    this.isQuick = rules === undefined;
    this.#rules = rules;
    this.#notJudged = notJudged;
    this.#wrong = wrong;
  }
}
