/** Calls and decisions: every name that is mentioned exists, and fits where it is mentioned. */
import type { Decision } from "../../schema/define.js";
import type { AnyCall } from "../../schema/define-call.js";
import type { Diagnostics } from "../diagnostics.js";
import type { Item, Registry } from "../registry.js";
import { keyOf, placeOf } from "../registry.js";
import { isOptional } from "../scope.js";
import { Mentions } from "./mentions.js";

/** Checks pages, codes and sources. */
export function checkReferences(registry: Registry, diagnostics: Diagnostics): void {
  const check = new ReferenceCheck(registry, diagnostics);
  for (const item of registry.calls) check.call(item);
  for (const item of registry.decisions.values()) check.decision(item);
}

class ReferenceCheck {
  readonly #registry: Registry;
  readonly #diagnostics: Diagnostics;
  readonly #mentions: Mentions;

  constructor(registry: Registry, diagnostics: Diagnostics) {
    this.#registry = registry;
    this.#diagnostics = diagnostics;
    this.#mentions = new Mentions(registry, diagnostics);
  }

  call(item: Item<AnyCall>): void {
    const call = item.value;
    if (call.page !== undefined) {
      this.#mentions.source({ page: call.page, section: "" }, placeOf(item, "page"));
    } else if (call.describedFrom === undefined) {
      this.#diagnostics.report("page-missing", placeOf(item), { name: call.name });
    }
    call.decided?.forEach((decision, i) =>
      this.#mentions.source({ decision }, placeOf(item, "decided", i)),
    );
    const returned = this.#registry.types.get(call.returns)?.value;
    if (returned?.kind !== "integer" || returned.bits !== 32 || !returned.signed) {
      const words = { name: call.returns, wanted: "a signed number of 32 bits" };
      this.#diagnostics.report("relation-mismatch", placeOf(item, "returns"), words);
    }
    if (call.errorIn !== undefined) this.#errorIn(item, call.errorIn);
    this.#outcomes(item);
    for (const list of ["tables", "profiles", "neverReturns"] as const)
      this.#once(item, list, call[list] ?? []);
    for (const [key, rule] of Object.entries(call.rules)) {
      const from = Array.isArray(rule.from) ? rule.from : [rule.from];
      from.forEach((source, i) =>
        this.#mentions.source(source, placeOf(item, "rules", key, "from", i)),
      );
      rule.on.forEach((name, i) =>
        this.#mentions.member(name, call.params, placeOf(item, "rules", key, "on", i)),
      );
      if (rule.answers !== undefined)
        this.#mentions.code(rule.answers, placeOf(item, "rules", key, "answers"));
    }
  }

  decision(item: Item<Decision>): void {
    item.value.sides.forEach(({ from }, i) =>
      this.#mentions.source(from, placeOf(item, "sides", i, "from")),
    );
  }

  #outcomes(item: Item<AnyCall>): void {
    const { name, outcomes, otherwise, neverReturns } = item.value;
    if (Object.keys(outcomes).length === 0 && otherwise === undefined)
      this.#diagnostics.report("outcomes-missing", keyOf(item, "outcomes"), { name });
    const values = new Map<number | undefined, string>();
    for (const [code, outcome] of Object.entries(outcomes)) {
      const place = keyOf(item, "outcomes", code);
      this.#mentions.code(code, place);
      this.#fits(item, code, place);
      this.#mentions.source(outcome.from, placeOf(item, "outcomes", code, "from"));
      const value = this.#registry.code(code)?.value;
      const other = values.get(value);
      if (other !== undefined)
        this.#diagnostics.report("duplicate-value", place, { name: code, other });
      if (value !== undefined) values.set(value, code);
    }
    if (otherwise) this.#mentions.source(otherwise.from, placeOf(item, "otherwise", "from"));
    neverReturns?.forEach((code, i) => {
      const place = placeOf(item, "neverReturns", i);
      this.#mentions.code(code, place);
      this.#fits(item, code, place);
      if (values.has(this.#registry.code(code)?.value))
        this.#diagnostics.report("returned-and-excluded", place, { name: code });
    });
  }

  /** An NTSTATUS is signed, and nothing else is an NTSTATUS. */
  #fits(
    { value: call }: Item<AnyCall>,
    name: string,
    place: Parameters<Mentions["code"]>[1],
  ): void {
    const code = this.#registry.code(name);
    const set = this.#registry.codes.find((item) => item.value.name === code?.set)?.value;
    if (set === undefined) return;
    const isStatus = call.returns === "NTSTATUS";
    if (isStatus ? set.signed : set.name !== "NTSTATUS") return;
    const wanted = isStatus ? "a code of a signed set, as NTSTATUS is," : "no NTSTATUS";
    this.#diagnostics.report("relation-mismatch", place, { name, wanted });
  }

  #errorIn(item: Item<AnyCall>, name: string): void {
    const { params } = item.value;
    const place = placeOf(item, "errorIn");
    if (!this.#mentions.member(name, params, place)) return;
    const param = params[name];
    const type = this.#registry.types.get(param?.type ?? "")?.value;
    if (param === undefined || type === undefined) return;
    const to = type.kind === "pointer" ? this.#registry.types.get(type.to)?.value : undefined;
    const isCell = type.kind === "pointer" && type.form === "cell";
    if (isCell && to?.kind === "integer" && to.bits === 32 && !isOptional(param)) return;
    const wanted = "a cell of a 32-bit number that is never NULL";
    this.#diagnostics.report("relation-mismatch", place, { name, wanted });
  }

  #once(item: Item<AnyCall>, list: string, names: readonly string[]): void {
    names.forEach((name, i) => {
      if (names.indexOf(name) < i)
        this.#diagnostics.report("listed-twice", placeOf(item, list, i), { name });
    });
  }
}
