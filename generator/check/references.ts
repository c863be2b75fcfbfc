/** References: every name that is mentioned exists, and fits where it is mentioned. */
import type { Decision, Source, StructType } from "../../schema/define.js";
import type { AnyCall, Param } from "../../schema/define-call.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import type { Item, Registry } from "../registry.js";
import { keyOf, placeOf } from "../registry.js";
import { didYouMean } from "../suggest.js";
import { isArchValue, ownNames, valueIn } from "../values.js";

/** Checks types, relations, codes and pages. */
export function checkReferences(registry: Registry, diagnostics: Diagnostics): void {
  const check = new ReferenceCheck(registry, diagnostics);
  for (const item of registry.types.values()) check.type(item);
  for (const item of registry.calls) check.call(item);
  for (const item of registry.decisions.values()) check.decision(item);
}

class ReferenceCheck {
  readonly #registry: Registry;
  readonly #diagnostics: Diagnostics;

  constructor(registry: Registry, diagnostics: Diagnostics) {
    this.#registry = registry;
    this.#diagnostics = diagnostics;
  }

  type(item: Registry["types"] extends ReadonlyMap<string, infer I> ? I : never): void {
    const type = item.value;
    if (type.kind === "pointer" && type.to !== "VOID") this.#typeName(type.to, placeOf(item, "to"));
    if (type.kind === "routine") {
      for (const [name, to] of Object.entries(type.params))
        this.#typeName(to, placeOf(item, "params", name));
    }
    if (type.kind !== "struct") return;
    this.#source(type.from, placeOf(item, "from"));
    const chains = Object.entries(type.fields).filter(([, field]) => field.chain === true);
    chains.forEach(([name, field], i) => {
      const pointer = this.#registry.types.get(field.type)?.value;
      const isOwn = pointer?.kind === "pointer" && pointer.to === type.name;
      if (i > 0 || !isOwn) {
        this.#mismatch(name, `the one pointer to ${type.name}`, placeOf(item, "fields", name));
      }
    });
    if (type.variants !== undefined) this.#variants(item, type);
    for (const [name, field] of Object.entries(type.fields)) {
      this.#typeName(field.type, placeOf(item, "fields", name, "type"));
      if (field.bytesFrom !== undefined) {
        this.#member(field.bytesFrom, type.fields, placeOf(item, "fields", name, "bytesFrom"));
      }
      if (!Object.hasOwn(type.example, name)) {
        this.#diagnostics.report("example-misplaced", placeOf(item, "example"), { name });
      }
    }
  }

  #variants(item: Item<unknown>, { variants, fields }: StructType): void {
    const at = (...path: string[]): Place => placeOf(item, "variants", ...path);
    this.#member(variants?.by ?? "", fields, at("by"));
    for (const [constant, type] of Object.entries(variants?.types ?? {})) {
      this.#typeName(type, at("types", constant));
      if (this.#registry.constant(constant) !== undefined) continue;
      const other = didYouMean(constant, this.#registry.names("constants"));
      const place = keyOf(item, "variants", "types", constant);
      this.#diagnostics.report("unknown-constant", place, { name: constant, other });
    }
  }

  call(item: Item<AnyCall>): void {
    const call = item.value;
    if (call.page !== undefined) {
      this.#source({ page: call.page, section: "" }, placeOf(item, "page"));
    } else if (call.describedFrom === undefined) {
      this.#diagnostics.report("page-missing", placeOf(item), { name: call.name });
    }
    call.decided?.forEach((decision, i) => this.#source({ decision }, placeOf(item, "decided", i)));
    if (call.errorIn !== undefined)
      this.#member(call.errorIn, call.params, placeOf(item, "errorIn"));
    for (const [name, param] of Object.entries(call.params)) this.#param(item, name, param);
    for (const [name, outcome] of Object.entries(call.outcomes)) {
      this.#code(name, keyOf(item, "outcomes", name));
      this.#source(outcome.from, placeOf(item, "outcomes", name, "from"));
    }
    if (call.otherwise) this.#source(call.otherwise.from, placeOf(item, "otherwise", "from"));
    call.neverReturns?.forEach((name, i) => {
      const place = placeOf(item, "neverReturns", i);
      this.#code(name, place);
      if (Object.hasOwn(call.outcomes, name))
        this.#diagnostics.report("returned-and-excluded", place, { name });
    });
    for (const [key, rule] of Object.entries(call.rules)) {
      const from = Array.isArray(rule.from) ? rule.from : [rule.from];
      from.forEach((source, i) => this.#source(source, placeOf(item, "rules", key, "from", i)));
      rule.on.forEach((name, i) =>
        this.#member(name, call.params, placeOf(item, "rules", key, "on", i)),
      );
      if (rule.answers !== undefined)
        this.#code(rule.answers, placeOf(item, "rules", key, "answers"));
    }
  }

  decision(item: Item<Decision>): void {
    item.value.sides.forEach(({ from }, i) =>
      this.#source(from, placeOf(item, "sides", i, "from")),
    );
  }

  #param(item: Item<AnyCall>, name: string, param: Param): void {
    const at = (...path: (string | number)[]): Place => placeOf(item, "params", name, ...path);
    const { params } = item.value;
    this.#typeName(param.type, at("type"));
    const type = this.#registry.types.get(param.type)?.value;
    for (const word of ["bytesOf", "countOf"] as const) {
      const other = param[word];
      if (other === undefined) continue;
      this.#member(other, params, at(word));
      const pointee = this.#registry.types.get(params[other]?.type ?? "")?.value;
      const form = word === "bytesOf" ? "bytes" : "array";
      if (type !== undefined && type.kind !== "integer")
        this.#mismatch(name, "a whole number", at(word));
      if (pointee !== undefined && !(pointee.kind === "pointer" && pointee.form === form)) {
        this.#mismatch(
          other,
          word === "bytesOf" ? "a pointer to memory" : "a pointer to an array",
          at(word),
        );
      }
    }
    if (param.nullIff) {
      const by = param.nullIff.param;
      this.#member(by, params, at("nullIff", "param"));
      const byType = this.#registry.types.get(params[by]?.type ?? "")?.value;
      if (byType !== undefined && byType.kind !== "integer")
        this.#mismatch(by, "a whole number", at("nullIff", "param"));
    }
    param.nullOnlyIf?.any.forEach((fact, i) => {
      if (this.#registry.fact(fact) !== undefined) return;
      const other = didYouMean(fact, this.#registry.names("facts"));
      this.#diagnostics.report("unknown-fact", at("nullOnlyIf", "any", i), { name: fact, other });
    });
    if (param.mustBe !== undefined && type?.kind === "integer") {
      const bits = type.bits === "pointer" ? 64 : type.bits;
      const [low, high] = type.signed
        ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1]
        : [0, 2 ** bits - 1];
      if (!Number.isInteger(param.mustBe) || param.mustBe < low || param.mustBe > high) {
        this.#diagnostics.report("value-out-of-range", at("mustBe"), {
          received: String(param.mustBe),
          wanted: `a ${param.type} (${low} to ${high})`,
        });
      }
    } else if (param.mustBe !== undefined && type !== undefined)
      this.#mismatch(name, "a whole number", at("mustBe"));
    this.#flags(param, at);
  }

  #flags(param: Param, at: (...path: (string | number)[]) => Place): void {
    if (param.flags === undefined) return;
    const set = this.#registry.constantSet(param.flags);
    if (set === undefined) {
      const other = didYouMean(param.flags, this.#registry.names("constants"));
      this.#diagnostics.report("unknown-constant", at("flags"), { name: param.flags, other });
    } else if (ownNames(set.values).some((flag) => isArchValue(valueIn(set.values, flag)))) {
      this.#mismatch(param.flags, "of one value on every architecture", at("flags"));
    }
    param.undocumented?.forEach((flag, i) => {
      if (set === undefined || Object.hasOwn(set.values, flag)) return;
      const other = didYouMean(flag, Object.keys(set.values));
      this.#diagnostics.report("unknown-constant", at("undocumented", i), { name: flag, other });
    });
  }

  #typeName(name: string, place: Place): void {
    if (this.#registry.types.has(name)) return;
    const other = didYouMean(name, this.#registry.names("types"));
    this.#diagnostics.report("unknown-type", place, { name, other });
  }

  #member(name: string, members: object, place: Place): void {
    if (Object.hasOwn(members, name)) return;
    const other = didYouMean(name, Object.keys(members));
    this.#diagnostics.report("unknown-parameter", place, { name, other });
  }

  #code(name: string, place: Place): void {
    if (this.#registry.code(name) !== undefined) return;
    const other = didYouMean(name, this.#registry.names("codes"));
    this.#diagnostics.report("unknown-status", place, { name, other });
  }

  #source(source: Source, place: Place): void {
    if ("page" in source && !this.#registry.pages.has(source.page)) {
      const other = didYouMean(source.page, this.#registry.names("pages"));
      this.#diagnostics.report("unknown-page", place, { name: source.page, other });
    }
    if ("decision" in source && !this.#registry.decisions.has(source.decision)) {
      const other = didYouMean(source.decision, this.#registry.names("decisions"));
      this.#diagnostics.report("unknown-decision", place, { name: source.decision, other });
    }
  }

  #mismatch(name: string, wanted: string, place: Place): void {
    this.#diagnostics.report("relation-mismatch", place, { name, wanted });
  }
}
