/** Which rules a JSON Schema says, and why it does not say the others. */
import type { Profile } from "../../schema/vocabulary.js";
import { strengthIn } from "../../support/issue.js";
import { never } from "../fault.js";
import type { CallModel, Check, Model, RuleModel } from "../model.js";
import { ownNames } from "../values.js";
import { isWide } from "../emit/type-code.js";
import type { Said } from "./expression.js";
import { COMPARES, sayCondition } from "./expression.js";
import type { JsonObject } from "./json.js";
import { at, not, NULL, sameWide } from "./json.js";

/** Where a rule stands. A rule of a struct has no call. */
export interface Place {
  readonly call: CallModel | undefined;
  readonly profile: Profile;
}

/** Says a rule about the arguments; one about their types is said by the types themselves. */
export function sayRule(model: Model, rule: RuleModel, { call, profile }: Place): Said {
  const strength = strengthIn(rule, profile);
  if (strength === undefined) return { why: `it does not hold in the profile ${profile}` };
  if (strength !== "must") return { why: `it is a ${strength} in the profile ${profile}` };
  const { check } = rule;
  switch (check.kind) {
    case "type":
      return { schema: {} };
    case "must-be":
      return { schema: at([check.param], is(model, call, check)) };
    case "flags":
    case "undocumented":
      return sayFlags(model, check, call);
    case "required":
    case "null": {
      const by = at([check.by], is(model, call, { param: check.by, value: check.is }));
      const byOther = at([check.by], not(is(model, call, { param: check.by, value: check.is })));
      return check.kind === "required"
        ? { schema: { anyOf: [by, at([check.param], not(NULL))] } }
        : { schema: { anyOf: [byOther, at([check.param], NULL)] } };
    }
    case "bytes-of":
    case "count-of":
      return { why: COMPARES };
    case "require":
      return sayCondition(check.expression);
    case "chain":
      return { why: "JSON text has an end, and with it every chain" };
    case "none":
    case "null-only-if":
    case "lifetime":
    case "returns":
      return { why: "it is about more than the arguments" };
    default:
      return never(check);
  }
}

function is(
  model: Model,
  call: CallModel | undefined,
  { param, value }: { param: string; value: number },
): JsonObject {
  const type = call?.params.find(({ name }) => name === param)?.type;
  const hasWide = type !== undefined && isWide(model, type);
  return hasWide ? sameWide(BigInt(value)) : { const: value };
}

/** More combinations than these are no list that anybody reads. */
const MOST_COMBINATIONS = 64;

function sayFlags(
  model: Model,
  check: Extract<Check, { kind: "flags" | "undocumented" }>,
  call: CallModel | undefined,
): Said {
  const set = call?.params.find(({ name }) => name === check.param)?.flags;
  if (set === undefined) return { why: "JSON Schema does not read single bits" };
  const all = combinations(valuesOf(model, (_, of) => of === set));
  const bad = new Set(valuesOf(model, (name, of) => of === set && check.flags.includes(name)));
  if (all === undefined) return { why: "there are too many combinations of flags for a list" };
  const allowed = check.kind === "flags" ? all : all.filter((value) => !hasAny(value, bad));
  return { schema: at([check.param], { enum: allowed }) };
}

const hasAny = (value: number, bits: ReadonlySet<number>): boolean =>
  [...bits].some((bit) => (value & bit) !== 0);

function valuesOf(model: Model, takes: (name: string, set: string) => boolean): number[] {
  return model.constants.flatMap(({ name: set, values }) =>
    ownNames(values)
      .filter((name) => takes(name, set))
      .map((name) => Number(values[name]?.value)),
  );
}

/** All combinations of bits, in order; undefined where there are too many. */
function combinations(bits: readonly number[]): number[] | undefined {
  const found = new Set([0]);
  for (const bit of bits) {
    for (const value of found) found.add((value | bit) >>> 0);
    if (found.size > MOST_COMBINATIONS) return undefined;
  }
  return [...found].sort((a, b) => a - b);
}
