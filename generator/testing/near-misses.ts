/** Near misses of a call: the rejected examples of its rules, and what else each of them breaks. */
import type { Profile, Strength } from "../../schema/vocabulary.js";
import type { Value } from "../../schema/define.js";
import { strengthIn } from "../../support/issue.js";
import type { CallModel, ExampleModel, Model, RuleModel } from "../model.js";
import type { Data } from "../prove/data.js";
import { baseOf, sameAs, withValue } from "../prove/data.js";
import { Fitter } from "../prove/fit.js";
import { judge } from "../prove/judge.js";
import { nestedIn } from "../prove/nested.js";

/** A rule about the arguments of a call, and how it is broken. */
export interface NearMissModel {
  readonly rule: RuleModel;
  readonly profile: Profile;
  readonly alongside: readonly string[];
  readonly from: readonly Data[];
}

/** All rules about the arguments of a call that hold in some of its profiles. */
export function nearMissesOf(model: Model, call: CallModel): NearMissModel[] {
  const base = baseOf(model, call);
  const found = new Map<string, NearMissModel>();
  for (const { rule, path } of nestedIn(model, call.name, valueOf(model, call, base))) {
    const profile = profileOf(rule, call);
    if (rule.seenBy !== "arguments" || profile === undefined || found.has(rule.id)) continue;
    const under = rule.on.length > 0 ? path.slice(0, -1) : path;
    const tried = rule.rejects.flatMap((example) => {
      const changes = changesOf(example, under);
      if (STANDS_ALONE.has(rule.check.kind)) return [{ changes, alongside: [] }];
      const broken = brokenBy(model, call, { base, changes, profile });
      const alongside = [...broken].filter(
        ([id, strength]) => id !== rule.id && strength !== "note",
      );
      return broken.has(rule.id)
        ? [{ changes, alongside: alongside.map(([id]) => id).sort() }]
        : [];
    });
    const least = Math.min(...tried.map(({ alongside }) => alongside.length));
    const best = tried.filter(({ alongside }) => alongside.length === least);
    if (best.length === 0) continue;
    found.set(rule.id, {
      rule,
      profile,
      alongside: [...new Set(best.flatMap(({ alongside }) => alongside))],
      from: distinct(best.map(({ changes }) => changes)),
    });
  }
  return [...found.values()];
}

/** An example for another profile is often the same one. */
function distinct(all: readonly Data[]): Data[] {
  const text = (_: string, value: unknown): unknown =>
    typeof value === "bigint" ? `${value}n` : value;
  return [...new Map(all.map((one) => [JSON.stringify(one, text), one])).values()];
}

/** Where a type is wrong, or a chain endless, no other rule is asked. */
const STANDS_ALONE: ReadonlySet<string> = new Set(["type", "chain"]);

/** The profile in which a rule binds most. */
function profileOf(rule: RuleModel, { profiles }: CallModel): Profile | undefined {
  for (const strength of ["must", "should", "note"]) {
    const profile = profiles.find((one) => strengthIn(rule, one) === strength);
    if (profile !== undefined) return profile;
  }
  return undefined;
}

function changesOf({ set = {} }: ExampleModel, under: readonly string[]): Data {
  const long = (path: string): string => [...under, ...(path === "" ? [] : [path])].join(".");
  const entries = Object.entries(set).map(([path, value]): [string, Value] => {
    const same = sameAs(value);
    return [long(path), same === undefined ? value : { sameAs: long(same) }];
  });
  return Object.fromEntries(entries);
}

function valueOf(model: Model, call: CallModel, data: Data): unknown {
  const fitter = new Fitter(model);
  const params = call.params.map(({ name, type, optional }) => [
    name,
    fitter.fit(name, { type, nullable: optional }, data[name]),
  ]);
  return fitter.join(Object.fromEntries(params));
}

/** The rules about arguments that changes to an example break, and how much they bind. */
function brokenBy(
  model: Model,
  call: CallModel,
  { base, changes, profile }: { base: Data; changes: Data; profile: Profile },
): Map<string, Strength> {
  let data = base;
  for (const [path, value] of Object.entries(changes)) data = withValue(data, path, value) ?? data;
  const broken = new Map<string, Strength>();
  for (const { rule, values, call: of } of nestedIn(model, call.name, valueOf(model, call, data))) {
    const strength = strengthIn(rule, profile);
    if (rule.seenBy !== "arguments" || strength === undefined) continue;
    const world = { values, facts: {} };
    const isBroken = judge(model, rule, { world, call: of, example: {}, profile }) === "broken";
    if (isBroken) broken.set(rule.id, strength);
  }
  return broken;
}
