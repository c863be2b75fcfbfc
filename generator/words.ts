/** The words of a parameter that state a rule, and the check that each one means. */
import type { AnyCall, Param, Word } from "../schema/define-call.js";
import type { Check } from "./model.js";

/** Every rule that the words of a parameter state, by the word in its key. */
export function checksOf(name: string, param: Param): Map<Word, Check> {
  const checks = new Map<Word, Check>();
  const { mustBe, flags, undocumented, bytesOf, countOf, nullIff, nullOnlyIf } = param;
  if (mustBe !== undefined) checks.set("must-be", { kind: "must-be", param: name, value: mustBe });
  if (flags !== undefined) checks.set("flags", { kind: "flags", param: name, flags: [flags] });
  if (undocumented !== undefined) {
    checks.set("undocumented", { kind: "undocumented", param: name, flags: undocumented });
  }
  if (bytesOf !== undefined) checks.set("bytes-of", { kind: "bytes-of", param: name, of: bytesOf });
  if (countOf !== undefined) checks.set("count-of", { kind: "count-of", param: name, of: countOf });
  if (nullIff !== undefined) {
    const by = { param: name, by: nullIff.param, is: nullIff.is };
    checks.set("required", { kind: "required", ...by });
    checks.set("null", { kind: "null", ...by });
  }
  if (nullOnlyIf !== undefined) {
    checks.set("null-only-if", { kind: "null-only-if", param: name, facts: nullOnlyIf.any });
  }
  return checks;
}

/** Every check that a call states beside its `require`s, by the key of its rule. */
export function statedChecks(call: AnyCall): Map<string, Check> {
  const stated = new Map<string, Check>();
  for (const [name, param] of Object.entries(call.params)) {
    for (const [word, check] of checksOf(name, param)) stated.set(`${name}.${word}`, check);
  }
  return stated;
}

/** What the outcomes of a call say of its codes; a rule states it where one has this key. */
export function returnsCheck(call: AnyCall, key: string): Check | undefined {
  const fact = call.errorIn === undefined ? "returned" : "error";
  if (key === "returns.listed") return { kind: "returns", which: "listed", fact };
  if (key === "returns.never") return { kind: "returns", which: "never", fact };
  return undefined;
}
