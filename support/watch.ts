/**
 * Watches one operation from its call to its end: what must not happen to its objects meanwhile,
 * and what is still owed when the program ends.
 */
import type { CheckOptions } from "./collector.js";
import { formatPath, strengthIn } from "./issue.js";
import type { Issue, Profile, Rule } from "./issue.js";
import type { Outcomes } from "./outcomes.js";
import { resultOf } from "./outcomes.js";

/** What may happen to the objects of an operation. */
export type Happening =
  | "call" | "return" | "completion" | "routine" | "notification" | "result" | "read" | "write"
  | "free" | "unlock" | "leave-frame" | "deregister" | "reuse" | "close" | "abort"
  | "disconnect"; // prettier-ignore

/** One thing that happened. */
export interface Happened {
  readonly happening: Happening;
  /** The object by parameter and field, for instance `Buffer.Mdl`; left out where it is clear. */
  readonly object?: string;
  /** The code that was returned or with which the operation completed. */
  readonly code?: number;
}

/** A stretch of an operation, and what is forbidden or owed in it. */
export interface Lifetime {
  readonly rule: Rule;
  /** A happening, a return of that code, or a return of any code that means failure. */
  readonly after: Happening | { readonly code: number } | "failure";
  readonly until: Happening | null;
  /** The objects that it is about. */
  readonly of: readonly string[];
  readonly forbids: readonly Happening[];
  readonly owes: readonly Happening[];
}

interface Stretch {
  readonly lifetime: Lifetime;
  state: "before" | "within" | "over";
  readonly owed: Set<Happening>;
  /** How it began, for messages. */
  since: string;
}

/** Judges the events of one operation; it begins with the call itself. */
export class Watch {
  readonly #stretches: readonly Stretch[];
  readonly #outcomes: Outcomes;
  readonly #profile: Profile;

  /** `profile` is the default of the call. */
  constructor(
    lifetimes: readonly Lifetime[],
    outcomes: Outcomes,
    profile: Profile,
    options: CheckOptions = {},
  ) {
    this.#outcomes = outcomes;
    this.#profile = options.profile ?? profile;
    this.#stretches = lifetimes
      .filter(({ rule }) => strengthIn(rule, this.#profile) !== undefined)
      .map((lifetime) => ({
        lifetime,
        state: lifetime.after === "call" ? "within" : "before",
        owed: new Set(lifetime.owes),
        since: "the call",
      }));
  }

  /** Takes note of what happened, and tells which rules it breaks. */
  see(event: Happened): readonly Issue[] {
    const issues: Issue[] = [];
    for (const stretch of this.#stretches) {
      const { lifetime } = stretch;
      const isMine = event.object === undefined || lifetime.of.includes(plain(event.object));
      if (isMine) {
        stretch.owed.delete(event.happening);
        if (stretch.state === "within" && lifetime.forbids.includes(event.happening)) {
          issues.push(this.#issue(stretch, event));
        }
      }
      this.#move(stretch, event, isMine);
    }
    return issues;
  }

  /** Ends the watch, and tells what is still owed. */
  end(): readonly Issue[] {
    return this.#stretches
      .filter(({ state, owed }) => state !== "before" && owed.size > 0)
      .map((stretch) => this.#issue(stretch, null));
  }

  #move(stretch: Stretch, event: Happened, isMine: boolean): void {
    const { after, until } = stretch.lifetime;
    if (event.happening === until && isMine) stretch.state = "over";
    else if (stretch.state === "before" && this.#begins(after, event)) {
      stretch.state = "within";
      stretch.since = textOf(event);
    }
  }

  #begins(after: Lifetime["after"], event: Happened): boolean {
    if (after !== "failure" && typeof after === "string") return event.happening === after;
    if (event.happening !== "return" || event.code === undefined) return false;
    return typeof after === "string"
      ? resultOf(this.#outcomes, event.code) === "failure"
      : event.code === after.code;
  }

  #issue({ lifetime, since, owed }: Stretch, event: Happened | null): Issue {
    const { rule, of, until } = lifetime;
    const path = (event?.object ?? of[0] ?? "").split(".");
    const end = until === null ? "" : `, before ${until}`;
    const received =
      event === null ? `no ${[...owed].join(", no ")}` : `${textOf(event)} after ${since}${end}`;
    return {
      rule: rule.id,
      path,
      strength: strengthIn(rule, this.#profile) ?? "note",
      expected: rule.expects,
      received,
      message: `${formatPath(path)}: expected ${rule.expects}, received ${received} [${rule.id}]`,
      advice: rule.advice,
      sources: rule.sources,
    };
  }
}

/** The object without indices: every element of an array is what its field names. */
const plain = (object: string): string => object.replace(/\[\d+\]/g, "");

const textOf = ({ happening, object }: Happened): string =>
  object === undefined ? happening : `${happening} of ${object}`;
