/** Names: identifiers that can be written as they are, each with one meaning. */
import type { ConstantSet, GuidSet } from "../../schema/define.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import {
  camel, codecNames, isIdentifier, isKeyword, isReservedGlobal, isReservedMember, isReservedStem,
  isRuleKey, isSlug, kebab, structStem,
} from "../names.js"; // prettier-ignore
import type { Item, RawType, Registry } from "../registry.js";
import { keyOf, placeOf } from "../registry.js";
import { TakenNames } from "./taken.js";

/** Checks every name of a schema. */
export function checkNames(registry: Registry, diagnostics: Diagnostics): void {
  const check = new NameCheck(diagnostics);
  for (const item of registry.allTypes) check.type(item);
  for (const item of [...registry.layouts, ...registry.tables]) check.layout(item);
  for (const item of registry.codes) check.codes(item, registry);
  for (const item of registry.constants) check.constants(item, "constant");
  for (const item of registry.guids) check.constants(item, "GUID");
  for (const item of registry.calls) check.call(item);
  for (const item of registry.facts) check.slugs(item, Object.keys(item.value.facts), "facts");
  for (const item of registry.allPages) check.slugged(item, "a page");
  for (const item of registry.allDecisions) check.slugged(item, "a decision");
  // Members come last: they are held against all that is taken by then.
  for (const item of registry.allTypes) check.typeMembers(item);
  for (const item of registry.calls) check.callMembers(item);
}

class NameCheck {
  readonly #diagnostics: Diagnostics;
  readonly #taken: TakenNames;
  readonly #stems = new Map<string, string>();
  readonly #slugged = new Set<string>();

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
    this.#taken = new TakenNames(diagnostics);
  }

  type(item: Item<RawType>): void {
    const { name, kind } = item.value;
    this.#global(name, placeOf(item, "name"), { what: "a type", isValue: false });
    for (const made of [`judge${name}`, `judgeOne${name}`]) {
      this.#taken.take(made, placeOf(item, "name"), { what: `made for ${name}`, isValue: true });
    }
    if (kind !== "struct") return;
    if (Object.keys(item.value.rules ?? {}).length > 0) this.#stem(structStem(name), item, name);
    this.#layoutNames(item, [name, ...(item.value.aliases ?? [])]);
    for (const made of Object.values(codecNames(name))) {
      this.#taken.take(made, placeOf(item, "name"), { what: `made for ${name}`, isValue: false });
    }
  }

  layout(item: Registry["layouts"][number] | Registry["tables"][number]): void {
    const { name, kind } = item.value;
    this.#global(name, placeOf(item, "name"), { what: `a ${kind}`, isValue: false });
    const aliases = kind === "layout" ? (item.value.aliases ?? []) : [];
    this.#layoutNames(item, [name, ...aliases]);
    if (kind === "layout") return;
    const of = { what: `made for ${name}`, isValue: false };
    this.#taken.take(`${name}_SLOTS`, placeOf(item, "name"), of);
  }

  /** The first name is that of the type; the others are its aliases. */
  #layoutNames(item: Item<unknown>, names: readonly string[]): void {
    this.#stem(`layouts/${structStem(names[0] ?? "")}`, item, names[0] ?? "");
    names.forEach((name, i) => {
      const place = i === 0 ? placeOf(item, "name") : placeOf(item, "aliases", i - 1);
      if (i > 0) this.#global(name, place, { what: "an alias", isValue: false });
      this.#taken.take(`${name}_LAYOUT`, place, { what: `made for ${name}`, isValue: false });
    });
  }

  codes(item: Registry["codes"][number], registry: Registry): void {
    const { name } = item.value;
    // The codes of a type, NTSTATUS for instance, go by its name.
    if (registry.types.get(name)?.value.kind !== "integer") {
      this.#global(name, placeOf(item, "name"), { what: "a set of codes", isValue: false });
    }
    this.#setStem("codes", item, name);
    for (const code of Object.keys(item.value.codes)) {
      this.#global(code, keyOf(item, "codes", code), { what: "a code", isValue: true });
    }
  }

  constants(item: Item<ConstantSet | GuidSet>, what: "constant" | "GUID"): void {
    const { name, values } = item.value;
    this.#global(name, placeOf(item, "name"), { what: `a set of ${what}s`, isValue: false });
    this.#setStem("constants", item, name);
    for (const value of Object.keys(values)) {
      this.#global(value, keyOf(item, "values", value), { what: `a ${what}`, isValue: true });
    }
  }

  call(item: Registry["calls"][number]): void {
    const { name, typedef, tables } = item.value;
    this.#global(name, placeOf(item, "name"), { what: "a call", isValue: false });
    this.#global(typedef, placeOf(item, "typedef"), { what: "a typedef", isValue: false });
    tables.forEach((table, i) => this.#written(table, placeOf(item, "tables", i)));
    for (const made of [`${name}Args`, `${name}Outcomes`, `${name}Profile`, `${name}ArgsSchema`]) {
      this.#taken.take(made, placeOf(item, "name"), { what: `made for ${name}`, isValue: false });
    }
    for (const made of [
      `is${name}Args`,
      `check${name}`,
      `assert${name}`,
      `create${name}`,
      `watch${name}`,
      `check${name}Operation`,
    ]) {
      this.#taken.take(made, placeOf(item, "name"), { what: `made for ${name}`, isValue: true });
    }
    const stem = kebab(name);
    if (isReservedStem(stem)) {
      this.#diagnostics.report("name-reserved", placeOf(item, "name"), { name: `${stem}.ts` });
    }
    this.#stem(stem, item, name);
  }

  /** A page or a decision: known by a slug, each by its own. */
  slugged(item: Item<{ readonly name: string }>, other: string): void {
    const { name } = item.value;
    if (!isSlug(name)) this.#invalid(name, placeOf(item, "name"));
    if (this.#slugged.has(`${other} ${name}`)) {
      this.#diagnostics.report("name-taken", placeOf(item, "name"), { name, other });
    }
    this.#slugged.add(`${other} ${name}`);
  }

  slugs(item: Item<unknown>, names: readonly string[], under: string): void {
    for (const name of names) if (!isSlug(name)) this.#invalid(name, keyOf(item, under, name));
  }

  typeMembers(item: Item<RawType>): void {
    const type = item.value;
    if (type.kind === "routine") this.#members(item, type.params, "params");
    if (type.kind !== "struct") return;
    this.#members(item, type.fields, "fields");
    this.#rules(item, type.rules ?? {});
  }

  callMembers(item: Registry["calls"][number]): void {
    this.#members(item, item.value.params, "params");
    this.#rules(item, item.value.rules);
  }

  /** The sets of a folder are files of their own, beside its index. */
  #setStem(folder: string, item: Item<unknown>, name: string): void {
    const stem = structStem(name);
    if (stem === "index") {
      this.#diagnostics.report("name-reserved", placeOf(item, "name"), { name: "index.ts" });
    }
    this.#stem(`${folder}/${stem}`, item, name);
  }

  /** Two definitions must not write one file; names of files ignore case, as some disks do. */
  #stem(stem: string, item: Item<unknown>, name: string): void {
    const other = this.#stems.get(stem);
    if (other !== undefined) {
      const words = { name: `${stem}.ts`, other: `the file of ${other}` };
      this.#diagnostics.report("name-taken", placeOf(item, "name"), words);
    }
    this.#stems.set(stem, name);
  }

  #global(name: string, place: Place, of: { what: string; isValue: boolean }): void {
    if (this.#written(name, place)) this.#taken.take(name, place, of);
  }

  /** True for a name that can be written at the top of a module. */
  #written(name: string, place: Place): boolean {
    if (!isIdentifier(name)) this.#invalid(name, place);
    else if (isReservedGlobal(name)) this.#diagnostics.report("name-reserved", place, { name });
    else return true;
    return false;
  }

  #members(item: Item<unknown>, members: object, under: string): void {
    if (Object.getPrototypeOf(members) !== Object.prototype) {
      this.#diagnostics.report("name-reserved", placeOf(item, under), { name: "__proto__" });
    }
    const locals = new Map<string, string>();
    for (const name of Object.keys(members)) {
      const place = keyOf(item, under, name);
      if (!isIdentifier(name)) this.#invalid(name, place);
      else if (isReservedMember(name)) this.#diagnostics.report("name-reserved", place, { name });
      else {
        const ok = `${camel(name)}Ok`;
        const other = this.#taken.hiddenBy(name) ?? locals.get(ok) ?? locals.get(name);
        if (other !== undefined) this.#diagnostics.report("name-taken", place, { name, other });
        locals.set(ok, `what tells whether ${name} is of its type`);
        locals.set(name, `a name beside it`);
      }
    }
  }

  #rules(item: Item<unknown>, rules: object): void {
    const constants = new Map<string, string>([
      ["outcomes", "the outcomes of the call"],
      ["lifetimes", "the lifetimes of the call"],
    ]);
    for (const key of Object.keys(rules)) {
      const place = keyOf(item, "rules", key);
      const constant = camel(key);
      const other = constants.get(constant);
      if (!isRuleKey(key)) this.#invalid(key, place);
      else if (isKeyword(constant)) {
        this.#diagnostics.report("name-reserved", place, { name: constant });
      } else if (other !== undefined) {
        this.#diagnostics.report("name-taken", place, { name: key, other });
      }
      constants.set(constant, `the rule ${key}`);
    }
  }

  #invalid(name: string, place: Place): void {
    this.#diagnostics.report("name-invalid", place, { name });
  }
}
