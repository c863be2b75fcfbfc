/** The examples of every rule, run against the generated checks. */
import * as generated from "../generated/index.js";
import type { Facts } from "../generated/index.js";
import type { CheckOptions, Issue, Profile, Watch } from "../support/index.js";
import type { CallData, ExampleData, RuleData } from "./vectors.js";
import { exampleArgs, schema } from "./vectors.js";

/** A generated check. */
export type Check = (args: unknown, facts?: Facts, options?: CheckOptions) => readonly Issue[];

/** A member of a generated module. */
export const named = <T>(module: object, name: string): T => Reflect.get(module, name) as T;
/** The check of a call. */
export const checkOf = (call: CallData): Check => named(generated, `check${call.name}`);

/** The profiles in which a rule holds at a call. */
export const profilesOf = (rule: RuleData, call: CallData): string[] =>
  typeof rule.strength === "string" ? [...call.profiles] : Object.keys(rule.strength);

/** How binding a rule is in a profile. */
export const strengthOf = (rule: RuleData, profile: string): string | undefined =>
  typeof rule.strength === "string" ? rule.strength : rule.strength[profile];

/** A rule at a call; `under` is where its struct stands among the arguments. */
export interface Case {
  readonly call: CallData;
  readonly rule: RuleData;
  readonly under: string;
}

/** Judges an example by what the rule is about: the call, the operation, or its objects. */
export function run({ call, rule, under }: Case, example: ExampleData, profile: string): Issue[] {
  const options = { profile: profile as Profile };
  if (rule.check.kind === "lifetime") {
    const watch = named<(options: CheckOptions) => Watch>(generated, `watch${call.name}`)(options);
    return [...(example.events ?? []).flatMap((event) => watch.see(event)), ...watch.end()];
  }
  const check =
    rule.seenBy === "protocol"
      ? named<Check>(generated, `check${call.name}Operation`)
      : checkOf(call);
  return [...check(exampleArgs(call, example, under), example.facts as Facts, options)];
}

/** Struct rules are judged through each call that takes the struct. */
function* judged(): Generator<Case> {
  for (const call of schema.calls) {
    for (const rule of call.rules) yield { call, rule, under: "" };
    for (const type of schema.types) {
      for (const rule of type.rules ?? []) {
        for (const under of placesOf(call, type.name)) yield { call, rule, under };
      }
    }
  }
}

function placesOf(call: CallData, struct: string): string[] {
  const places: string[] = [];
  for (const param of call.params) {
    const type = schema.types.find((t) => t.name === param.type);
    const target = schema.types.find((t) => t.name === (type?.to ?? ""));
    if (target === undefined || type?.form === "bytes") continue;
    const at = type?.form === "array" ? `${param.name}.0.` : `${param.name}.`;
    if (target.name === struct) places.push(at);
    if (target.name === "WSK_BUF" && struct === "MDL") places.push(`${at}Mdl.`);
    if (target.name !== "WSK_BUF_LIST") continue;
    if (struct === "WSK_BUF") places.push(`${at}Buffer.`);
    if (struct === "MDL") places.push(`${at}Buffer.Mdl.`);
  }
  return places;
}

/** Every rule that something checks, at every call and place where it holds. */
export const cases: readonly Case[] = [...judged()].filter((c) => c.rule.unchecked === undefined);
