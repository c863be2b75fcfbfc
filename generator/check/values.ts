/** Values of sets: each fits into its bits and has one name; its other names are aliases. */
import type { ArchValue } from "../../schema/define.js";
import type { Arch } from "../../schema/vocabulary.js";
import { ARCHITECTURES } from "../../schema/vocabulary.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import type { Item, Registry } from "../registry.js";
import { placeOf } from "../registry.js";
import { didYouMean } from "../../support/suggest.js";
import type { Values } from "../values.js";
import { aliasIn, isArchValue, ownNames, valueIn } from "../values.js";

/** Checks the values of all sets. */
export function checkValues(registry: Registry, diagnostics: Diagnostics): void {
  const check = new ValueCheck(diagnostics);
  for (const item of registry.codes) check.numbers(item, "codes", item.value.codes);
  for (const item of registry.constants) check.numbers(item, "values", item.value.values);
  for (const item of registry.guids) check.guids(item);
}

class ValueCheck {
  readonly #diagnostics: Diagnostics;

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
  }

  numbers(item: Item<unknown>, under: string, values: Values<number | ArchValue>): void {
    const seen = new Map<string, string>();
    for (const name of Object.keys(values)) {
      const place = placeOf(item, under, name, "value");
      const value = valueIn(values, name);
      const alias = aliasIn(values, name);
      if (alias !== undefined) this.#alias(alias, placeOf(item, under, name, "aliasOf"), values);
      else if (isArchValue(value)) this.#perArch(value, place);
      else if (value !== undefined) this.#range(value, 32, place);
      if (alias !== undefined || value === undefined) continue;
      const keys = ARCHITECTURES.map((arch) => `${arch} ${onArch(value, arch)}`);
      const other = keys.map((key) => seen.get(key)).find((taken) => taken !== undefined);
      if (other !== undefined) this.#diagnostics.report("duplicate-value", place, { name, other });
      for (const key of keys) seen.set(key, name);
    }
  }

  guids(item: Registry["guids"][number]): void {
    const seen = new Map<string, string>();
    for (const [name, { value }] of Object.entries(item.value.values)) {
      const other = seen.get(value);
      const place = placeOf(item, "values", name, "value");
      if (other !== undefined) this.#diagnostics.report("duplicate-value", place, { name, other });
      seen.set(value, name);
    }
  }

  #alias(name: string, place: Place, values: Values<unknown>): void {
    const own = ownNames(values);
    if (own.includes(name)) return;
    const further = aliasIn(values, name);
    const other =
      further !== undefined && own.includes(further)
        ? `; did you mean ${further}?`
        : didYouMean(name, own);
    this.#diagnostics.report("alias-unknown", place, { name, other });
  }

  #perArch(value: ArchValue, place: Place): void {
    for (const arch of ARCHITECTURES) {
      const at = { ...place, path: [...place.path, arch] };
      this.#range(value[arch], arch === "x86" ? 32 : 64, at);
    }
  }

  #range(value: number | bigint, bits: 32 | 64, place: Place): void {
    const exact = BigInt(value);
    if (exact >= -(1n << BigInt(bits - 1)) && exact < 1n << BigInt(bits)) return;
    const words = { received: String(value), wanted: `a ${bits}-bit number` };
    this.#diagnostics.report("value-out-of-range", place, words);
  }
}

const onArch = (value: number | ArchValue, arch: Arch): bigint =>
  BigInt(isArchValue(value) ? value[arch] : value);
