/** What need not be asked, because something else that is asked has the answer. */
import type { Typed } from "../expression/typed.js";
import type { RuleModel } from "../model.js";
import { holds } from "../prove/evaluate.js";
import { isArchValue } from "../values.js";

/** What the rules of a call say of its parameters by themselves, where all of them bind. */
export interface Said {
  /** Parameters that must be NULL. */
  readonly isNull: ReadonlySet<string>;
  /** Parameters that must not be NULL. */
  readonly nonNull: ReadonlySet<string>;
}

type Binary = Extract<Typed, { kind: "binary" }>;

/** The name of a parameter that a condition compares with NULL, and nothing else. */
function comparedWithNull(typed: Typed, op: "==" | "!="): string | undefined {
  if (typed.kind !== "binary" || typed.op !== op || typed.right.kind !== "null") return undefined;
  return typed.left.kind === "member" ? typed.left.path.join(".") : undefined;
}

/** The parameter of which a rule says no more than whether it is NULL. */
export function saysOfNull({ check }: RuleModel, op: "==" | "!="): string | undefined {
  const name = check.kind === "require" ? comparedWithNull(check.expression, op) : undefined;
  return name?.includes(".") === true ? undefined : name;
}

/** What rules say that refuse whatever breaks them. */
export function saidBy(rules: readonly RuleModel[]): Said {
  const names = (op: "==" | "!="): Set<string> =>
    new Set(rules.flatMap((rule) => saysOfNull(rule, op) ?? []));
  return { isNull: names("=="), nonNull: names("!=") };
}

/**
 * Rules that refuse, each without what another one says. That something is not NULL is asked where
 * its type is.
 */
export const onceEach = (rules: readonly RuleModel[], said: Said): RuleModel[] =>
  joinFlags(rules).flatMap((rule) => {
    if (saysOfNull(rule, "==") !== undefined) return [rule];
    return saysOfNull(rule, "!=") === undefined ? (knowing(rule, said) ?? []) : [];
  });

/** The same rule where it is known what is NULL; undefined where nothing can break it then. */
export function knowing(rule: RuleModel, said: Said): RuleModel | undefined {
  if (rule.check.kind !== "require") return rule;
  const expression = simplified(rule.check.expression, said);
  if (expression === true) return undefined;
  return expression === false ? rule : { ...rule, check: { ...rule.check, expression } };
}

function simplified(typed: Typed, said: Said): Typed | boolean {
  for (const op of ["==", "!="] as const) {
    const name = comparedWithNull(typed, op) ?? "";
    if (said.isNull.has(name)) return op === "==";
    if (said.nonNull.has(name)) return op === "!=";
  }
  if (typed.kind !== "binary" || (typed.op !== "&&" && typed.op !== "||")) return typed;
  const [left, right] = [simplified(typed.left, said), simplified(typed.right, said)];
  const ends = typed.op === "||";
  if (left === ends || right === ends) return ends;
  if (typeof left === "boolean") return right;
  return typeof right === "boolean" ? left : { ...typed, left, right };
}

/** Rules about flags that bind together: what one refuses is no flag for the other. */
function joinFlags(rules: readonly RuleModel[]): RuleModel[] {
  const about = (kind: "flags" | "undocumented", name: string): string[] =>
    rules.flatMap(({ check }) => (check.kind === kind && check.param === name ? check.flags : []));
  return rules.flatMap((rule) => {
    const { check } = rule;
    if (check.kind === "undocumented" && about("flags", check.param).length > 0) return [];
    if (check.kind !== "flags") return [rule];
    return [{ ...rule, check: { ...check, except: about("undocumented", check.param) } }];
  });
}

/**
 * A condition without those tests for NULL that its other parts answer: a local that keeps what is
 * behind a pointer is 0 where there is nothing, and another part does not hold for 0.
 */
export function withoutNullTests(typed: Typed): Typed {
  const parts = partsOf(typed);
  const left = parts.filter((part) => {
    const name = comparedWithNull(part, "!=");
    return name === undefined || !parts.some((other) => failsAtZero(other, name));
  });
  const [first = typed, ...rest] = left;
  return rest.reduce<Typed>(
    (all, part): Binary => ({ kind: "binary", op: "&&", left: all, right: part, wide: false }),
    first,
  );
}

const partsOf = (typed: Typed): Typed[] =>
  typed.kind === "binary" && typed.op === "&&"
    ? [...partsOf(typed.left), ...partsOf(typed.right)]
    : [typed];

/** True for a condition about numbers behind a pointer alone that does not hold where all are 0. */
function failsAtZero(typed: Typed, pointer: string): boolean {
  const values: Record<string, unknown> = {};
  return isBehind(typed, pointer, values) && !holds(typed, { values, facts: {} });
}

/** True where all that is read are numbers behind the pointer; `values` becomes one of zeros. */
function isBehind(typed: Typed, pointer: string, values: Record<string, unknown>): boolean {
  switch (typed.kind) {
    case "member":
      if (typed.meaning.kind !== "number") return false;
      if (!typed.path.join(".").startsWith(`${pointer}.`)) return false;
      setZero(values, typed.path);
      return true;
    case "number":
      return true;
    case "constant":
      return !isArchValue(typed.value);
    case "not":
      return isBehind(typed.of, pointer, values);
    case "binary":
      return [typed.left, typed.right].every((side) => isBehind(side, pointer, values));
    default:
      return false;
  }
}

function setZero(values: Record<string, unknown>, [name = "", ...rest]: readonly string[]): void {
  if (rest.length === 0) {
    values[name] = 0;
    return;
  }
  const inner = (values[name] ??= {}) as Record<string, unknown>;
  setZero(inner, rest);
}
