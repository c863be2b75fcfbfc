/** The options of `wskit check`: what they ask for, or what is wrong with them. */
import type { ReportFormat } from "../../report/index.js";
import { REPORT_FORMATS } from "../../report/index.js";
import { PROFILES } from "../../schema/index.js";
import type { Profile } from "../../schema/index.js";
import { didYouMean } from "../../support/suggest.js";
import { ownContract } from "../explain/contract.js";

/** The options, as they are given. */
export interface CheckFlags {
  readonly format: string;
  readonly html?: string;
  readonly out?: string;
  readonly profile?: string;
  readonly rules?: string;
  readonly ignore?: string;
  readonly notes?: true;
}

/** What they ask for. */
export interface Wanted {
  readonly format: ReportFormat | "perfetto";
  readonly html: string | undefined;
  readonly out: string | undefined;
  readonly profile: Profile | undefined;
  readonly only: readonly string[] | undefined;
  readonly ignore: readonly string[] | undefined;
  readonly notes: boolean;
  readonly hasColour: boolean;
}

const FORMATS = [...REPORT_FORMATS, "perfetto"] as const;

/** What the options ask for; text: what is wrong with them. */
export function wantedBy(flags: CheckFlags): Wanted | string {
  const { format, profile, html, out } = flags;
  const knownFormat = FORMATS.find((name) => name === format);
  if (knownFormat === undefined) return unknown("--format", format, FORMATS);
  const knownProfile = PROFILES.find((name) => name === profile);
  if (profile !== undefined && knownProfile === undefined)
    return unknown("--profile", profile, PROFILES);
  const [only, ignore] = [listOf(flags.rules), listOf(flags.ignore)];
  const wrong = wrongRule("--rules", only) ?? wrongRule("--ignore", ignore);
  if (wrong !== undefined) return wrong;
  const hasColour = process.stdout.hasColors?.() === true;
  return {
    format: knownFormat,
    html,
    out,
    profile: knownProfile,
    only,
    ignore,
    notes: flags.notes === true,
    hasColour,
  };
}

const unknown = (option: string, given: string, known: readonly string[]): string =>
  `${option}: expected one of ${known.join(", ")}, received ${JSON.stringify(given)}` +
  didYouMean(given, known);

const listOf = (given: string | undefined): readonly string[] | undefined =>
  given?.split(",").map((name) => name.trim());

/** What is wrong with a list of rules; undefined where each is some rule's id or name. */
function wrongRule(option: string, names: readonly string[] | undefined): string | undefined {
  if (names === undefined) return undefined;
  const ids = ruleIds();
  const known = new Set([...ids, ...ids.map((id) => id.slice(id.indexOf("/") + 1))]);
  const wrong = names.find((name) => !known.has(name));
  if (wrong === undefined) return undefined;
  const near = didYouMean(wrong, known);
  return `${option}: expected ids of rules, received ${JSON.stringify(wrong)}${near}`;
}

/** The ids of all rules. */
function ruleIds(): string[] {
  const { calls, types } = ownContract();
  return [...calls, ...types].flatMap(({ rules = [] }) => rules.map(({ id }) => id));
}
