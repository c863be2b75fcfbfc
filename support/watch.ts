/**
 * Watches one operation from its call to its end: what must not happen to its objects meanwhile,
 * and what is still owed when the program ends.
 */
import { describe } from "./describe.js";
import { Finding, strengthIn } from "./issue.js";
import type { Issue, Profile, Rule } from "./issue.js";
import type { Outcomes } from "./outcomes.js";
import { resultOf } from "./outcomes.js";
import type { CheckOptions, Profiles } from "./options.js";
import { NO_OPTIONS, settle } from "./options.js";
import { optionsRule } from "./own-rules.js";
import { perhaps } from "./suggest.js";

/** What may happen to the objects of an operation. */
export type Happening = (typeof HAPPENINGS)[number];

/** All happenings; a watch reports others. */
export const HAPPENINGS = [
  "call", "return", "completion", "routine", "notification", "result", "read", "write", "free",
  "unlock", "leave-frame", "deregister", "reuse", "close", "abort", "disconnect", "callee-read",
  "callee-write",
] as const; // prettier-ignore

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

/** A happening, a return of that code, or a return of any code that means failure. */
export type Moment = Happening | { readonly code: number } | "failure";

/** What happens to the operation as a whole, whichever object an event names. */
const OF_OPERATION = new Set<Happening>([
  "call", "return", "completion", "routine", "notification", "result", "close", "abort",
  "disconnect",
]); // prettier-ignore

/** A stretch of an operation, and what is forbidden or owed in it. */
export interface Lifetime {
  readonly rule: Rule;
  /** It begins when all of these have come, in this order. */
  readonly after: readonly Moment[];
  /** It ends with any of these. */
  readonly until: readonly Moment[];
  /** The objects that it is about. */
  readonly of: readonly string[];
  readonly forbids: readonly Happening[];
  readonly owes: readonly Happening[];
}

/** What a watch knows of its call. */
export interface Watched {
  readonly name: string;
  readonly lifetimes: readonly Lifetime[];
  readonly outcomes: Outcomes;
  /** Fields that continue a chain: `Buffer.Mdl.Next` is an object of `Buffer.Mdl`. */
  readonly links: readonly string[];
  /** The profiles of the call; the first is its default. */
  readonly profiles: Profiles;
}

interface Stretch {
  readonly lifetime: Lifetime;
  /** How many of the moments of `after` have come. */
  begun: number;
  isOver: boolean;
  readonly owed: Set<Happening>;
  /** How it began, for messages. */
  since: string;
}

/** Judges the events of one operation; it begins with the call itself. */
export class Watch {
  readonly #stretches: readonly Stretch[];
  readonly #of: Watched;
  readonly #profile: Profile;
  #isTold = false;

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
    this.#stretches = of.lifetimes
      .filter(({ rule }) => strengthIn(rule, this.#profile) !== undefined)
      .map((lifetime) => ({
        lifetime,
        begun: lifetime.after[0] === "call" ? 1 : 0,
        isOver: false,
        owed: new Set(lifetime.owes),
        since: "the call",
      }));
  }

  /**
   * Takes note of what happened, and tells which rules it breaks. The call itself need not be told;
   * where it is the first event, it is that one, and a later one is another call.
   */
  see(told: Happened): readonly Issue[] {
    if (!KNOWN.has(told.happening)) return [this.#unknown(told.happening)];
    const issues: Issue[] = this.#takeWrong();
    const isFirst = !this.#isTold;
    this.#isTold = true;
    if (isFirst && told.happening === "call") return issues;
    const event = told.code === undefined ? told : { ...told, code: told.code | 0 };
    const object = event.object === undefined ? undefined : this.#plain(event.object);
    for (const stretch of this.#stretches) {
      const { of, forbids } = stretch.lifetime;
      const isMine = object === undefined || of.includes(object);
      if (isMine || OF_OPERATION.has(event.happening)) stretch.owed.delete(event.happening);
      if (isMine && isWithin(stretch) && forbids.includes(event.happening)) {
        issues.push(this.#issue(stretch, event));
      }
      this.#move(stretch, event, isMine);
    }
    return issues;
  }

  /** Ends the watch, and tells what is still owed. */
  end(): readonly Issue[] {
    return this.#takeWrong().concat(
      this.#stretches
        .filter((stretch) => hasBegun(stretch) && stretch.owed.size > 0)
        .map((stretch) => this.#issue(stretch, null)),
    );
  }

  /** What is wrong with the options is told once, at the first occasion. */
  #takeWrong(): Issue[] {
    const wrong = [...this.#wrong];
    this.#wrong = [];
    return wrong;
  }

  /** An end may come before the beginning: an IRP is often completed before its call returns. */
  #move(stretch: Stretch, event: Happened, isMine: boolean): void {
    const { after, until } = stretch.lifetime;
    const next = after[stretch.begun];
    const isOfAll = OF_OPERATION.has(event.happening);
    const isEnd = until.some((moment) => this.#isNow(moment, event));
    if (isEnd && (isMine || isOfAll)) stretch.isOver = true;
    else if (next !== undefined && (isMine || isOfAll) && this.#isNow(next, event)) {
      stretch.begun += 1;
      stretch.since = textOf(event);
    }
  }

  #isNow(moment: Moment, event: Happened): boolean {
    if (moment !== "failure" && typeof moment === "string") return event.happening === moment;
    if (event.happening !== "return" || event.code === undefined) return false;
    return typeof moment === "string"
      ? resultOf(this.#of.outcomes, event.code) === "failure"
      : event.code === moment.code;
  }

  #issue({ lifetime, since, owed }: Stretch, event: Happened | null): Issue {
    const { rule, of } = lifetime;
    const path = (event?.object ?? of[0] ?? "").split(".");
    const received =
      event === null ? `no ${[...owed].join(", no ")}` : `${textOf(event)} after ${since}`;
    return this.#breach(rule, path, received);
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

  /** The object without indices and links: elements and links are what their field names. */
  #plain(object: string): string {
    const parts = object.replace(/\[\d+\]/g, "").split(".");
    return parts.filter((part, i) => i === 0 || !this.#of.links.includes(part)).join(".");
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

const hasBegun = ({ lifetime, begun }: Stretch): boolean => begun === lifetime.after.length;

const isWithin = (stretch: Stretch): boolean => hasBegun(stretch) && !stretch.isOver;

const textOf = ({ happening, object }: Happened): string =>
  object === undefined ? happening : `${happening} of ${object}`;
