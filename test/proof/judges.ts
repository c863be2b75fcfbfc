/** The judges of a call side by side: boolean, check, zod and the oracle. */
import * as generated from "../../generated/index.js";
import * as zodSchemas from "../../generated/zod/index.js";
import type { CallModel, Model } from "../../generator/model.js";
import type { Profile } from "../../support/index.js";
import { passes } from "../../support/index.js";
import type { Check } from "../examples.js";
import { named } from "../examples.js";
import type { CallData } from "../vectors.js";
import { Oracle } from "./oracle.js";

type Guard = (args: unknown) => boolean;

interface Schema {
  safeParse(args: unknown): {
    success: boolean;
    error?: { issues: { path: PropertyKey[]; params?: { rule: string } }[] };
  };
}

/** What two judges say differently of the same arguments; nothing where they agree. */
export type Compare = (args: unknown, profile: Profile) => string | undefined;

/** Compares all judges of a call of our schema. */
export function judgesOf(model: Model, { name }: CallData): Compare {
  const call = model.calls.find((one) => one.name === name);
  if (call === undefined) throw new Error(`no call ${name}`);
  return comparing(model, call, { checks: generated, zod: zodSchemas });
}

/** Compares all judges of a call, wherever they are. Guard and zod know one profile only. */
export function comparing(
  model: Model,
  call: CallModel,
  modules: { readonly checks: object; readonly zod: object },
): Compare {
  const oracles = new Map(
    call.profiles.map((profile) => [profile, new Oracle(model, call, profile)]),
  );
  const is = named<Guard>(modules.checks, `is${call.name}Args`);
  const check = named<Check>(modules.checks, `check${call.name}`);
  const zod = named<Schema>(modules.zod, `${call.name}ArgsSchema`);
  return (args, profile) => {
    const issues = check(args, undefined, { profile });
    const oracle = oracles.get(profile);
    if (oracle === undefined) throw new Error(`no profile ${profile}`);
    const truth = oracle.judge(args);
    const found = issues.map(({ rule, path, strength }) => [placed(rule, path), strength] as const);
    const isRight = ![...truth.values()].includes("must");
    const tell = oracle.isCyclic ? rulesOf : listOf;
    const said = (who: string, what: unknown): string =>
      `${who} says ${what}, the oracle ${tell(truth)}`;
    if (passes(issues) !== isRight || tell(found) !== tell(truth))
      return said("check", tell(found));
    if (profile !== call.profiles[0]) return undefined;
    if (is(args) !== isRight) return said("the guard", !isRight);
    const plain = check(args).map(
      ({ rule, path, strength }) => [placed(rule, path), strength] as const,
    );
    if (tell(plain) !== tell(truth)) return said("check without options", tell(plain));
    // That arguments are an object at all is said by zod itself, which knows no rule.
    const wholeRule = (path: readonly PropertyKey[]): string =>
      path.length === 0 ? `${call.name}/arguments` : "?";
    const result = zod.safeParse(args);
    const musts = issues.filter(({ strength }) => strength === "must");
    const ofZod = (result.error?.issues ?? [])
      .map(({ params, path }) => placed(params?.rule ?? wholeRule(path), path))
      .sort();
    const ofCheck = musts.map(({ rule, path }) => placed(rule, path)).sort();
    if (result.success !== isRight) return said("zod", result.success);
    return ofZod.join() === ofCheck.join()
      ? undefined
      : `zod says ${ofZod.join()}, check ${ofCheck.join()}`;
  };
}

type Found = Iterable<readonly [string, string]>;

const placed = (rule: string, path: readonly PropertyKey[]): string =>
  `${rule} at ${path.join(".")}`;

const listOf = (found: Found): string =>
  [...found].map(([what, how]) => `${what} (${how})`).sort().join(", ") || "nothing"; // prettier-ignore

/** The rules alone, each once. */
const rulesOf = (found: Found): string =>
  [...new Set([...found].map(([what]) => what.split(" at ")[0]))].sort().join(", ");
