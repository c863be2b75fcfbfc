/** The numbers that the rules of a call or struct hold its members against. */
import type { Typed } from "../expression/typed.js";
import type { Model, RuleModel, VariantsModel } from "../model.js";
import { isArchValue } from "../values.js";

/** Numbers by member: those it is compared with, and those its length is. */
export interface Interest {
  readonly values: ReadonlyMap<string, readonly bigint[]>;
  readonly lengths: ReadonlyMap<string, readonly bigint[]>;
  /** The members that hold control information. */
  readonly controlInfo: ReadonlySet<string>;
}

/** Gathers what the rules of one owner say; `variants` tells which values of a field matter. */
export function interestOf(
  model: Model,
  rules: readonly RuleModel[],
  variants?: VariantsModel,
): Interest {
  const gathered = new Gathering();
  for (const { check } of rules) {
    if (check.kind === "require") gathered.condition(check.expression);
    if (check.kind === "must-be") gathered.value(check.param, BigInt(check.value));
  }
  for (const { set, constant } of variants?.cases ?? []) {
    const value = model.constants.find(({ name }) => name === set)?.values[constant]?.value;
    if (typeof value === "number") gathered.value(variants?.by ?? "", BigInt(value));
  }
  return gathered;
}

class Gathering implements Interest {
  readonly values = new Map<string, bigint[]>();
  readonly lengths = new Map<string, bigint[]>();
  readonly controlInfo = new Set<string>();

  value(member: string, value: bigint): void {
    add(this.values, member, value);
  }

  condition(typed: Typed): void {
    if (typed.kind === "not") this.condition(typed.of);
    if (typed.kind === "wellFormed" && typed.bytes.kind === "member")
      this.controlInfo.add(typed.bytes.path.join("."));
    if (typed.kind !== "binary") return;
    if (typed.op === "&&" || typed.op === "||") {
      this.condition(typed.left);
      this.condition(typed.right);
      return;
    }
    const members = membersIn(typed);
    for (const value of numbersIn(typed)) {
      for (const { name, isLength } of members)
        add(isLength ? this.lengths : this.values, name, value);
    }
  }
}

function add(to: Map<string, bigint[]>, member: string, value: bigint): void {
  const known = to.get(member) ?? [];
  if (!known.includes(value)) to.set(member, [...known, value]);
}

function membersIn(typed: Typed, isLength = false): { name: string; isLength: boolean }[] {
  if (typed.kind === "member" && typed.path.length === 1)
    return [{ name: typed.path[0] ?? "", isLength }];
  if (typed.kind === "length") return membersIn(typed.of, true);
  if (typed.kind !== "binary") return [];
  return [...membersIn(typed.left), ...membersIn(typed.right)];
}

function numbersIn(typed: Typed): bigint[] {
  if (typed.kind === "number") return [typed.value];
  if (typed.kind === "constant")
    return [BigInt(isArchValue(typed.value) ? typed.value.x64 : typed.value)];
  if (typed.kind !== "binary") return [];
  return [...numbersIn(typed.left), ...numbersIn(typed.right)];
}
