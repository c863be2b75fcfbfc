/**
 * Watches one operation from its call to its end: what must not happen to its objects meanwhile,
 * and what is still owed when the program ends.
 */
import { describe } from "./describe.js";
import { Finding, strengthIn } from "./issue.js";
import type { Issue, Profile, Rule } from "./issue.js";
import type { Course, Happening, Watched } from "./lifetimes.js";
import { HAPPENINGS, Machine } from "./lifetimes.js";
import type { CheckOptions } from "./options.js";
import { NO_OPTIONS, settle } from "./options.js";
import { optionsRule } from "./own-rules.js";
import { perhaps } from "./suggest.js";

const KNOWN: ReadonlySet<string> = new Set(HAPPENINGS);

/** One thing that happened. */
export interface Happened {
  readonly happening: Happening;
  /** The object by parameter and field, for instance `Buffer.Mdl`; left out where it is clear. */
  readonly object?: string;
  /**
   * The code that was returned or with which the operation completed: signed, as in C; a tracer
   * may give its 32 bits unsigned.
   */
  readonly code?: number;
}

/** Judges the events of one operation; it begins with the call itself. */
export class Watch {
  readonly #of: Watched;
  readonly #profile: Profile;
  readonly #machine: Machine;
  readonly #course: Course;
  /** What has happened, in words; first the call. */
  readonly #told = ["the call"];
  #isFirst = true;

  /** What is wrong with the options, until it has been told. */
  #wrong: readonly Issue[] = [];

  /** `of` is the call, as generated code knows it. */
  constructor(of: Watched, options: CheckOptions = NO_OPTIONS) {
    this.#of = of;
    const { profile, wrong } = settle(of.profiles, options);
    this.#profile = profile;
    this.#wrong = wrong.map(({ wanted, received }) =>
      this.#breach({ ...optionsRule(of.name), expects: wanted }, [], received),
    );
    this.#machine = new Machine(of, profile);
    this.#course = this.#machine.begin(0);
  }

  /**
   * Takes note of what happened, and tells which rules it breaks. The call itself need not be told;
   * where it is the first event, it is that one, and a later one is another call.
   */
  see(event: Happened): readonly Issue[] {
    const { happening, object, code } = event;
    if (!KNOWN.has(happening)) return [this.#unknown(happening)];
    const issues: Issue[] = this.#takeWrong();
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (isFirst && happening === "call") return issues;
    const at = this.#told.push(textOf(event)) - 1;
    const broken = this.#course.see({
      happening,
      object: object === undefined ? null : this.#machine.plain(object),
      code: code === undefined ? null : code | 0,
      at,
    });
    return issues.concat(broken.map((index) => this.#forbidden(index, event)));
  }

  /** Ends the watch, and tells what is still owed. */
  end(): readonly Issue[] {
    return this.#takeWrong().concat(this.#course.owing.map((index) => this.#owed(index)));
  }

  /** What is wrong with the options is told once, at the first occasion. */
  #takeWrong(): Issue[] {
    const wrong = [...this.#wrong];
    this.#wrong = [];
    return wrong;
  }

  #forbidden(index: number, event: Happened): Issue {
    const since = this.#told[this.#course.sinceOf(index)] ?? "";
    return this.#issue(index, event.object, `${textOf(event)} after ${since}`);
  }

  #owed(index: number): Issue {
    return this.#issue(index, undefined, `no ${this.#course.owedIn(index).join(", no ")}`);
  }

  #issue(index: number, object: string | undefined, received: string): Issue {
    const lifetime = this.#machine.lifetimes[index];
    if (lifetime === undefined) throw new RangeError(`no stretch ${index}`);
    return this.#breach(lifetime.rule, (object ?? lifetime.of[0] ?? "").split("."), received);
  }

  /** What happened is nothing that a rule could be about: a misspelt happening, as a rule. */
  #unknown(happening: unknown): Issue {
    const near = typeof happening === "string" ? perhaps(happening, HAPPENINGS) : "";
    const rule = eventsRule(this.#of.name, `one of the happenings${near}`);
    return this.#breach(rule, [this.#of.name], describe(happening));
  }

  #breach(rule: Rule, path: readonly string[], received: string): Issue {
    const strength = strengthIn(rule, this.#profile) ?? "note";
    return new Finding(rule, {
      path,
      strength,
      profile: this.#profile,
      expected: rule.expects,
      received,
    });
  }
}

function eventsRule(call: string, expects: string): Rule {
  return {
    id: `${call}/events`,
    expects,
    advice: "Tell the watch what happened by a word of the list; others change nothing.",
    strength: "must",
    sources: ["policy: a misspelt event would otherwise pass for one that breaks no rule"],
  };
}

const textOf = ({ happening, object }: Happened): string =>
  object === undefined ? happening : `${happening} of ${object}`;
