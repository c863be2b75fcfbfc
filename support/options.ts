/** By which reading of the contract, and for which architecture, a call is judged. */
import { ARCHITECTURES } from "./arch.js";
import type { Arch } from "./arch.js";
import { describe, THROWS } from "./describe.js";
import type { Profile, Strength } from "./issue.js";
import { isNamed } from "./record.js";

/** The profiles of a call; the first is its default. */
export type Profiles<P extends Profile = Profile> = readonly [P, ...P[]];

/** What a judgement goes by. */
export interface Terms {
  readonly profile: Profile;
  readonly arch: Arch;
}

/** On which terms the contract of a call is read. */
export interface TermsOptions<P extends Profile = Profile> {
  /** The reading of the contract; the first profile of the call when left out. */
  readonly profile?: P;
  /** The architecture of the caller; x64 when left out. It bounds SIZE_T and lays out CMSGHDR. */
  readonly arch?: Arch;
}

/** How to judge a call. */
export interface CheckOptions<P extends Profile = Profile> extends TermsOptions<P> {
  /** Rules, by id, that are to bind more or less than their profile says; "off" judges one not. */
  readonly rules?: { readonly [rule: string]: Strength | "off" };
  /** Told of each rule that could not be judged, because a fact was not given. */
  readonly notJudged?: (rule: string, fact: string) => void;
}

/** No options at all: a call is read as its first profile does, on x64. */
export const NO_OPTIONS: CheckOptions<never> = Object.freeze({});

/** No facts at all. */
export const NO_FACTS: object = Object.freeze({});

/** What is wrong with options. */
export interface Wrong {
  readonly wanted: string;
  readonly received: string;
}

/** How rules are to bind, by id. */
export type Strengths = ReadonlyMap<string, Strength | "off">;

/** Options as they were read, each once: whatever a getter says later counts for nothing. */
export interface Settled extends Terms {
  /** Undefined where no option says anything of rules. */
  readonly rules: Strengths | undefined;
  readonly notJudged: CheckOptions["notJudged"] | undefined;
  /** What is wrong with the options, at most so much of it as anybody reads. */
  readonly wrong: readonly Wrong[];
}

/** True where options change no rule, and nobody wants to hear of facts. */
export const isQuiet = ({ rules, notJudged, wrong }: Settled): boolean =>
  rules === undefined && notJudged === undefined && wrong.length === 0;

/** Reads options. One that is wrong is told, and does not count. Never throws. */
export function settle(profiles: Profiles, options: CheckOptions): Settled {
  const first = profiles[0];
  let value: unknown = options;
  try {
    if (isNamed(options)) {
      const { profile = first, arch = "x64", rules, notJudged } = options;
      return judged(profiles, { profile, arch, rules, notJudged });
    }
  } catch {
    const read = oneByOne(options, first);
    if (read !== undefined) return judged(profiles, read);
    value = UNREADABLE;
  }
  const wrong: Wrong[] = [];
  expected(wrong, "options by name", value);
  return { ...DEFAULTS, profile: first, wrong };
}

/** Options, nothing known of them. */
type Read = Readonly<Record<keyof CheckOptions, unknown>>;

const DEFAULTS = { arch: "x64", rules: undefined, notJudged: undefined } as const;
const NAMES = ["profile", "arch", "rules", "notJudged"] as const;
const NOTHING: readonly Wrong[] = Object.freeze([]);
const MAX_WRONG = 10;

/** Stands for an option that throws when it is read. */
const UNREADABLE = Symbol();

/** Finds out which options throw; undefined where all do, or none does any more. */
function oneByOne(options: CheckOptions, profile: Profile): Read | undefined {
  const read: Record<keyof CheckOptions, unknown> = { ...DEFAULTS, profile };
  let found = 0;
  for (const name of NAMES) {
    try {
      void options[name];
    } catch {
      read[name] = UNREADABLE;
      found += 1;
    }
  }
  return found > 0 && found < NAMES.length ? read : undefined;
}

function judged(profiles: Profiles, { profile, arch, rules, notJudged }: Read): Settled {
  const isProfile = profiles.includes(profile as Profile);
  const isArch = ARCHITECTURES.includes(arch as Arch);
  const isTold = typeof notJudged === "function";
  const wrong: Wrong[] = [];
  if (!isProfile) expected(wrong, `one of the profiles ${profiles.join(", ")}`, profile);
  if (!isArch) expected(wrong, `one of the architectures ${ARCHITECTURES.join(", ")}`, arch);
  if (!isTold && notJudged !== undefined)
    expected(wrong, "a function as the option notJudged", notJudged);
  return {
    profile: isProfile ? (profile as Profile) : profiles[0],
    arch: isArch ? (arch as Arch) : "x64",
    rules: rules === undefined ? undefined : rulesOf(rules, wrong),
    notJudged: isTold ? (notJudged as Settled["notJudged"]) : undefined,
    wrong: wrong.length === 0 ? NOTHING : wrong,
  };
}

function expected(wrong: Wrong[], wanted: string, value: unknown): void {
  if (wrong.length < MAX_WRONG) wrong.push({ wanted, received: told(value) });
}

/** What a value is, be it that nothing can be read of it. */
function told(value: unknown): string {
  try {
    return value === UNREADABLE ? THROWS : describe(value);
  } catch {
    return THROWS;
  }
}

/** The strengths that are some. */
function rulesOf(given: unknown, wrong: Wrong[]): Strengths {
  const rules = new Map<string, Strength | "off">();
  try {
    if (!isNamed(given)) expected(wrong, "rules by id as the option rules", given);
    else
      for (const rule of Object.keys(given)) {
        const how = given[rule];
        if (isStrength(how)) rules.set(rule, how);
        else expected(wrong, `must, should, note or off for the rule ${describe(rule)}`, how);
      }
  } catch {
    expected(wrong, "rules by id as the option rules", UNREADABLE);
  }
  return rules;
}

const isStrength = (how: unknown): how is Strength | "off" =>
  how === "must" || how === "should" || how === "note" || how === "off";
