/** What a check has to say: plain data, the same from every implementation. */

import { shownText } from "./describe.js";
import type { Shown } from "./describe.js";

/** A reading of the contract. */
export type Profile = "documented" | "header" | "strict" | "san" | "spi";

/** How binding a rule is. A breach of `must` is an error, of `should` a warning. */
export type Strength = "must" | "should" | "note";

/** A rule, as a check knows it; the requirement itself, as a sentence, stands in schema.json. */
export interface Rule {
  /** For instance `WskSendTo/ControlInfo.required`; never reused for another meaning. */
  readonly id: string;
  /** What is wanted, fit to stand behind "expected". */
  readonly expects: string;
  /** What to do about a breach, one sentence. */
  readonly advice: string;
  /** The strength in every profile, or by profile where the rule does not hold in all. */
  readonly strength: Strength | { readonly [P in Profile]?: Strength };
  /** The pages, header lines, observations and decisions it rests on. */
  readonly sources: readonly string[];
}

/** A breach of a rule by an argument. */
export interface Issue {
  /** The id of the rule. */
  readonly rule: string;
  /** The way to the argument: names of parameters and fields, indices of elements. */
  readonly path: readonly (string | number)[];
  readonly strength: Strength;
  /** The profile by which the arguments were judged. */
  readonly profile: Profile;
  readonly expected: string;
  readonly received: string;
  /** `ControlInfo: expected …, received … [WskSendTo/ControlInfo.required]` */
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
  /** Where the rule stands written. */
  readonly sources: readonly string[];
}

interface FindingData extends Pick<Issue, "path" | "strength" | "profile" | "expected"> {
  readonly received: Shown;
}

/**
 * An issue as a check finds it. The texts that most callers never read (message, received, advice,
 * sources) are made when they are: `JSON.stringify` shows them, `{ ...issue }` leaves them out.
 */
export class Finding implements Issue {
  readonly rule: string;
  readonly path: readonly (string | number)[];
  readonly strength: Strength;
  readonly profile: Profile;
  readonly expected: string;
  readonly #received: Shown;
  readonly #rule: Rule;

  constructor(rule: Rule, of: FindingData) {
    this.rule = rule.id;
    this.path = of.path;
    this.strength = of.strength;
    this.profile = of.profile;
    this.expected = of.expected;
    this.#received = of.received;
    this.#rule = rule;
  }

  /** What stood there instead. */
  get received(): string {
    return shownText(this.#received);
  }

  /** `ControlInfo: expected …, received … [WskSendTo/ControlInfo.required]` */
  get message(): string {
    const place = formatPath(this.path) || this.rule.slice(0, this.rule.indexOf("/"));
    return `${place}: expected ${this.expected}, received ${this.received} [${this.rule}]`;
  }

  /** What to do about it. */
  get advice(): string {
    return this.#rule.advice;
  }

  /** Where the rule stands written. */
  get sources(): readonly string[] {
    return this.#rule.sources;
  }

  /** Everything, as plain data. */
  toJSON(): Issue {
    const { received, message, advice, sources } = this;
    return { ...this, received, message, advice, sources };
  }
}

/** The path as people write it: `lpBuffers[1].len`. */
export function formatPath(path: readonly (string | number)[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else text += text === "" ? key : `.${key}`;
  }
  return text;
}

/** True where no `must` is broken; warnings and notes do not refuse a call. */
export function passes(issues: readonly Issue[]): boolean {
  for (let i = 0; i < issues.length; i++) if (issues[i]?.strength === "must") return false;
  return true;
}

/** The strength of a rule in a profile; undefined where it does not hold. */
export function strengthIn(rule: Rule, profile: Profile): Strength | undefined {
  return typeof rule.strength === "string" ? rule.strength : rule.strength[profile];
}
