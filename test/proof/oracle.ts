/**
 * A third judge, made of the model and of nothing that is generated: slow, and plain enough to be
 * believed. It says which rules arguments break, and where.
 */
import { holds } from "../../generator/prove/evaluate.js";
import type { CallModel, Model, RuleModel, StructModel, TypeModel } from "../../generator/model.js";
import type { Profile } from "../../support/index.js";
import { MAX_PATH, MAX_STRUCTS } from "../../support/index.js";

/** How a rule binds in a profile. */
const bindsIn = (rule: RuleModel, profile: Profile): string | undefined =>
  typeof rule.strength === "string" ? rule.strength : rule.strength[profile];

/** The way to a value, from its end: a chain has too many links to copy the way to each. */
interface Path {
  readonly key: string | number;
  readonly from?: Path;
}

function textOf(path: Path | undefined): string {
  const keys: (string | number)[] = [];
  for (let at = path; at !== undefined; at = at.from) keys.push(at.key);
  return keys.reverse().slice(0, MAX_PATH).join(".");
}

const tagOf = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
);
const lengthOf = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  "length",
);
const isBytes = (value: unknown): value is Uint8Array => tagOf?.get?.call(value) === "Uint8Array";
const size = (bytes: Uint8Array): number => Number(lengthOf?.get?.call(bytes));
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Judges the arguments of a call without facts, on x64. */
export class Oracle {
  readonly #model: Model;
  readonly #call: CallModel;
  readonly #profile: Profile;
  #found: { rule: RuleModel; path: Path | undefined }[] = [];
  /** How many structs and elements may be met in the value of a parameter, and how many were. */
  #most = Infinity;
  #met = 0;
  #typeRule: RuleModel | undefined;
  /** True after arguments with a chain that does not end: where that shows is up to a judge. */
  isCyclic = false;

  constructor(model: Model, call: CallModel, profile: Profile) {
    this.#model = model;
    this.#call = call;
    this.#profile = profile;
  }

  /** Every broken rule with its place, as `rule at path`, and how it binds. */
  judge(args: unknown): Map<string, string> {
    this.#found = [];
    this.isCyclic = false;
    if (!isObject(args)) return new Map([[`${this.#call.name}/arguments at `, "must"]]);
    const typed = new Map<string, boolean>();
    const values: Record<string, unknown> = {};
    for (const param of this.#call.params) {
      const value = (values[param.name] = args[param.name]);
      this.#typeRule = this.#call.rules.find(
        ({ check }) => check.kind === "type" && check.param === param.name,
      );
      const path = { key: param.name };
      this.#most = this.#isVast(param.type) ? MAX_STRUCTS : Infinity;
      this.#met = 0;
      let isRight = (value === null && param.optional) || this.#fits(param.type, value, path);
      if (this.#isOver) isRight = this.#report(this.#typeRule, path);
      typed.set(param.name, isRight);
    }
    for (const rule of this.#call.rules) {
      if (rule.seenBy !== "arguments") continue;
      if (this.#isBroken(rule, values, typed))
        this.#report(rule, rule.on[0] === undefined ? undefined : { key: rule.on[0] });
    }
    const list = this.#found.flatMap(({ rule, path }) => {
      const binds = bindsIn(rule, this.#profile);
      return binds === undefined ? [] : [[`${rule.id} at ${textOf(path)}`, binds] as const];
    });
    return new Map(list);
  }

  /** True once more has been met than may be: nothing more is judged in the value. */
  get #isOver(): boolean {
    return this.#met > this.#most;
  }

  /** Meets a struct, or an element that is none. */
  #meets(): boolean {
    this.#met++;
    return !this.#isOver;
  }

  /** True where chains or arrays may be in each other, or more than sixteen structs at one place. */
  #isVast(name: string): boolean {
    let structs = 0;
    const visit = (of: string, around: number): boolean => {
      const type = this.#type(of);
      const isStruct = type.kind === "struct";
      const repeats = isStruct ? type.next !== undefined : "form" in type && type.form === "array";
      const nested = around + (repeats ? 1 : 0);
      if (nested > 1 || (isStruct && ++structs > 16)) return true;
      if (isStruct)
        return type.fields.some(({ type: of, chain }) => chain !== true && visit(of, nested));
      const isWay = type.kind === "pointer" && (type.form === "array" || type.form === "cell");
      return isWay && visit(type.to, nested);
    };
    return visit(name, 0);
  }

  #report(rule: RuleModel | undefined, path: Path | undefined): false {
    if (rule !== undefined) this.#found.push({ rule, path });
    return false;
  }

  #isBroken(
    rule: RuleModel,
    values: Record<string, unknown>,
    typed: ReadonlyMap<string, boolean>,
  ): boolean {
    const { check } = rule;
    const isTyped = (...names: string[]): boolean =>
      names.every((name) => typed.get(name) === true);
    const number = (name: string): bigint => BigInt(values[name] as number | bigint);
    switch (check.kind) {
      case "must-be":
        return isTyped(check.param) && number(check.param) !== BigInt(check.value);
      case "flags":
      case "undocumented": {
        if (!isTyped(check.param)) return false;
        const flags = this.#flags(check.flags);
        const bits = number(check.param);
        return check.kind === "flags" ? (bits & ~flags) !== 0n : (bits & flags) !== 0n;
      }
      case "bytes-of":
      case "count-of": {
        if (!isTyped(check.param, check.of)) return false;
        const of = values[check.of];
        if (of === null) return false;
        return BigInt(isBytes(of) ? size(of) : (of as unknown[]).length) < number(check.param);
      }
      case "required":
        return (
          isTyped(check.by) && number(check.by) !== BigInt(check.is) && values[check.param] === null
        );
      case "null":
        return (
          isTyped(check.by, check.param) &&
          number(check.by) === BigInt(check.is) &&
          values[check.param] !== null
        );
      case "require":
        return isTyped(...this.#members(rule)) && !holds(check.expression, { values, facts: {} });
      default:
        return false;
    }
  }

  /**
   * The parameters or fields that a condition names: words of its text that are one. A sum asks
   * how many elements count, as well.
   */
  #members(
    { check }: RuleModel,
    names: readonly string[] = this.#call.params.map(({ name }) => name),
  ): string[] {
    const words =
      check.kind === "require" ? (check.text.match(/[A-Za-z_]\w*(?:\.\w+)*/g) ?? []) : [];
    const named = words.map((word) => word.split(".")[0] ?? "");
    const isSummed = (name: string | undefined): boolean =>
      check.kind === "require" && check.text.includes(`total(${name},`);
    const counts = this.#call.params.filter(({ countOf }) => isSummed(countOf));
    return [...named, ...counts.map(({ name }) => name)].filter((word) => names.includes(word));
  }

  #flags(names: readonly string[]): bigint {
    let all = 0n;
    for (const set of this.#model.constants) {
      for (const [name, { value }] of Object.entries(set.values)) {
        if (names.includes(set.name) || names.includes(name)) all |= BigInt(value as number);
      }
    }
    return all;
  }

  #type(name: string): TypeModel {
    const type = this.#model.types.get(name);
    if (type === undefined) throw new Error(`no type ${name}`);
    return type.kind === "pointer" && type.form === "object" ? this.#type(type.to) : type;
  }

  #fits(name: string, value: unknown, path: Path): boolean {
    const type = this.#type(name);
    const wrong = (): false => this.#report(this.#typeRule, path);
    switch (type.kind) {
      case "boolean":
        return typeof value === "boolean" || wrong();
      case "routine":
        return typeof value === "function" || wrong();
      case "integer":
        return isWhole(type, value) || wrong();
      case "struct":
        return type.next === undefined
          ? this.#struct(type, value, path)
          : this.#chain(type, value, path);
      case "pointer":
        break;
    }
    if (type.form === "bytes") return isBytes(value) || wrong();
    if (type.form === "cell")
      return isObject(value)
        ? this.#fits(type.to, value["value"], { key: "value", from: path })
        : wrong();
    if (type.form !== "array") return isObject(value) || wrong();
    if (!Array.isArray(value)) return wrong();
    return this.#array(type.to, value, path);
  }

  #array(name: string, items: readonly unknown[], path: Path): boolean {
    const isStruct = this.#type(name).kind === "struct";
    let fits = true;
    for (let i = 0; i < items.length && !this.#isOver; i++) {
      const isMet = isStruct || this.#meets();
      fits = isMet && this.#fits(name, items[i], { key: i, from: path }) && fits;
    }
    return fits;
  }

  #chain(struct: StructModel, first: unknown, path: Path): boolean {
    const met = new Set<unknown>();
    let fits = true;
    let at = path;
    for (let link: unknown = first; ; at = { key: struct.next ?? "", from: at }) {
      met.add(link);
      fits = this.#struct(struct, link, at) && fits;
      const next: unknown = isObject(link) ? link[struct.next ?? ""] : null;
      if (!isObject(next) || this.#isOver) return fits;
      if (met.has(next)) {
        this.isCyclic = true;
        const ends = struct.rules.find(({ check }) => check.kind === "chain");
        return this.#report(ends, { key: struct.next ?? "", from: at });
      }
      link = next;
    }
  }

  #struct(struct: StructModel, value: unknown, path: Path): boolean {
    if (!this.#meets()) return false;
    if (!isObject(value)) return this.#report(this.#typeRule, path);
    const typed = new Map<string, boolean>();
    for (const field of struct.fields) {
      const of = value[field.name];
      const at = { key: field.name, from: path };
      const isNull = of === null && field.nullable === true;
      if (isNull) typed.set(field.name, true);
      else if (field.chain === true)
        typed.set(field.name, isObject(of) || this.#report(this.#typeRule, at));
      else if (field.count !== undefined) {
        const isRight = isBytes(of) && (field.count === "any" || size(of) === field.count);
        typed.set(field.name, isRight || this.#report(this.#typeRule, at));
      } else typed.set(field.name, this.#fits(field.type, of, at));
    }
    for (const { name, bytesFrom } of struct.fields) {
      const memory = value[name];
      if (bytesFrom === undefined || memory === null) continue;
      if (typed.get(name) !== true || typed.get(bytesFrom) !== true) continue;
      if (size(memory as Uint8Array) < Number(value[bytesFrom]))
        this.#report(this.#typeRule, { key: name, from: path });
    }
    const names = struct.fields.map(({ name }) => name);
    for (const rule of struct.rules) {
      if (rule.check.kind !== "require") continue;
      if (!this.#members(rule, names).every((name) => typed.get(name) === true)) continue;
      if (!holds(rule.check.expression, { values: value, facts: {} }))
        this.#report(rule, { key: rule.on[0] ?? "", from: path });
    }
    return [...typed.values()].every(Boolean);
  }
}

function isWhole(
  { bits, signed }: Extract<TypeModel, { kind: "integer" }>,
  value: unknown,
): boolean {
  const isWide = bits === 64 || bits === "pointer";
  if (!Number.isSafeInteger(value) && !(isWide && typeof value === "bigint")) return false;
  const width = BigInt(bits === "pointer" ? 64 : bits);
  const exact = BigInt(value as number | bigint);
  const [low, high] = signed
    ? [-(1n << (width - 1n)), (1n << (width - 1n)) - 1n]
    : [0n, (1n << width) - 1n];
  return exact >= low && exact <= high;
}
