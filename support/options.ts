/** By which reading of the contract, and for which architecture, a call is judged. */
import { ARCHITECTURES } from "./arch.js";
import type { Arch } from "./arch.js";
import { describe } from "./describe.js";
import type { Profile, Strength } from "./issue.js";

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

/** True where somebody has told a fact, or wants to hear which are missing. */
export function asksFacts(facts: object, { notJudged }: CheckOptions): boolean {
  return facts !== NO_FACTS || notJudged !== undefined;
}

/** True where nothing besides what the arguments break could be told. */
export function isSilent(facts: object, options: CheckOptions): boolean {
  if (options === NO_OPTIONS) return facts === NO_FACTS;
  return !asksFacts(facts, options) && options.rules === undefined;
}

/** The terms that options ask for, which may be one that does not exist. */
export function termsOf(profiles: Profiles, options: TermsOptions): Terms {
  return { profile: options.profile ?? profiles[0], arch: options.arch ?? "x64" };
}

/** True for terms that exist. */
export function isKnown(profiles: Profiles, { profile, arch }: Terms): boolean {
  return profiles.includes(profile) && ARCHITECTURES.includes(arch);
}

const STRENGTHS = new Set<unknown>(["must", "should", "note", "off"]);

/** True for what a rule may be made to be. */
export const isStrength = (how: unknown): boolean => STRENGTHS.has(how);

/** What is wrong with options, at most so much of it as anybody reads. */
export function wrongIn(
  profiles: Profiles,
  options: CheckOptions,
): { readonly wanted: string; readonly received: string }[] {
  const { profile, arch } = termsOf(profiles, options);
  const wrong: { wanted: string; received: string }[] = [];
  const expect = (isRight: boolean, wanted: string, value: unknown): void => {
    if (!isRight && wrong.length < 10) wrong.push({ wanted, received: describe(value) });
  };
  expect(profiles.includes(profile), `one of the profiles ${profiles.join(", ")}`, profile);
  const archs = `one of the architectures ${ARCHITECTURES.join(", ")}`;
  expect(ARCHITECTURES.includes(arch), archs, arch);
  for (const [rule, how] of Object.entries(options.rules ?? {})) {
    const wanted = `must, should, note or off for the rule ${rule.slice(0, 100)}`;
    expect(isStrength(how), wanted, how);
  }
  return wrong;
}
