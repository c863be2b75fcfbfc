/** Names: identifiers that can be written as they are, each with one meaning. */
import type { ConstantSet, GuidSet } from "../../schema/define.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import {
  camel, codecNames, isIdentifier, isKeyword, isReservedStem, isRuleKey, isSlug, kebab,
  reservedGlobal, reservedMember, structStem,
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
  for (const item of registry.facts) check.facts(item);
  for (const item of registry.allPages) check.slugged(item, "a page");
  for (const item of registry.allDecisions) check.slugged(item, "a decision");
  // Members come last: they are held against all that is taken by then.
  for (const item of registry.allTypes) check.typeMembers(item);
  const codes = registry.codes.flatMap((item) => Object.keys(item.value.codes));
  for (const item of registry.calls) check.callMembers(item, codes);
}

const BY_FILE = "by the files that wskit generates";

class NameCheck {
  readonly #diagnostics: Diagnostics;
  readonly #taken: TakenNames;
  readonly #stems = new Map<string, string>();
  readonly #slugged = new Set<string>();
  readonly #facts = new Map<string, string>();
  readonly #tables = new Set<string>();

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
    this.#taken = new TakenNames(diagnostics);
  }

  type(item: Item<RawType>): void {
    const { name, kind } = item.value;
    this.#global(name, placeOf(item, "name"), { what: "a type", isValue: false });
    this.#made(
      item,
      `judge${name}`,
      `judgeOne${name}`,
      `fits${name}`,
      `arb${name}`,
      `shape${name}`,
    );
    if (kind !== "struct") return;
    if (Object.keys(item.value.rules ?? {}).length > 0) {
      this.#stem(structStem(name), item, name);
      this.#made(item, `${camel(structStem(name))}Rules`);
    }
    this.#layoutNames(item, [name, ...(item.value.aliases ?? [])]);
    this.#made(item, ...Object.values(codecNames(name)));
  }

  layout(item: Registry["layouts"][number] | Registry["tables"][number]): void {
    const { name, kind } = item.value;
    this.#global(name, placeOf(item, "name"), { what: `a ${kind}`, isValue: false });
    const aliases = kind === "layout" ? (item.value.aliases ?? []) : [];
    this.#layoutNames(item, [name, ...aliases]);
    if (kind === "layout") return;
    this.#tables.add(name);
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
    const type = registry.types.get(name)?.value;
    if (type?.kind !== "integer" || type.bits !== 32) {
      this.#global(name, placeOf(item, "name"), { what: "a set of codes", isValue: false });
    }
    this.#made(item, `${name.toLowerCase()}Name`, `${name}_NAMES`);
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
    tables.forEach((table, i) => this.#table(table, placeOf(item, "tables", i)));
    const types = [
      "Args", "Outcomes", "Profile", "ArgsSchema", "ArgsStandard", "NearMiss", "NearMisses",
    ]; // prettier-ignore
    for (const made of types.map((end) => `${name}${end}`)) {
      this.#taken.take(made, placeOf(item, "name"), { what: `made for ${name}`, isValue: false });
    }
    this.#made(
      item, `is${name}Args`, `check${name}`, `assert${name}`, `create${name}`, `watch${name}`,
      `check${name}Operation`, `weigh${name}`, `judge${name}`, `judge${name}Facts`, `arb${name}Args`, `arb${name}Breaking`, `traced${name}`,
    ); // prettier-ignore
    const stem = kebab(name);
    if (isReservedStem(stem)) this.#reserved(`${stem}.ts`, placeOf(item, "name"), BY_FILE);
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

  /** Facts of all sets are told in one object, so that each name is there once. */
  facts(item: Registry["facts"][number]): void {
    for (const name of Object.keys(item.value.facts)) {
      const place = keyOf(item, "facts", name);
      if (!isSlug(name)) this.#invalid(name, place);
      const other = this.#facts.get(name);
      if (other !== undefined) this.#diagnostics.report("name-taken", place, { name, other });
      this.#facts.set(name, `a fact of ${item.value.name}`);
    }
  }

  typeMembers(item: Item<RawType>): void {
    const type = item.value;
    if (type.kind === "routine") this.#members(item, type.params, "params");
    if (type.kind !== "struct") return;
    this.#members(item, type.fields, "fields");
    this.#rules(item, type.rules ?? {}, new Map());
  }

  /** The constants of rules stand beside what follows from types, and the codes of outcomes. */
  callMembers(item: Registry["calls"][number], codes: readonly string[]): void {
    const { params, rules } = item.value;
    this.#members(item, params, "params");
    const constants = new Map([
      ...codes.map((code) => [code, "a code"] as const),
      ["outcomes", "the outcomes of the call"] as const,
      ["lifetimes", "the lifetimes of the call"] as const,
      ...Object.keys(params).map(
        (param) => [camel(`${param}.type`), `the rule that ${param} is of its type`] as const,
      ),
    ]);
    this.#rules(item, rules, constants);
  }

  /** The sets of a folder are files of their own, beside its index. */
  #setStem(folder: string, item: Item<unknown>, name: string): void {
    const stem = structStem(name);
    if (stem === "index") this.#reserved("index.ts", placeOf(item, "name"), BY_FILE);
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
    const by = reservedGlobal(name);
    if (!isIdentifier(name)) this.#invalid(name, place);
    else if (by !== undefined) this.#reserved(name, place, by);
    else return true;
    return false;
  }

  /** Several calls stand in one table; it is taken once, by its declaration if it has one. */
  #table(name: string, place: Place): void {
    if (this.#tables.has(name) || !this.#written(name, place)) return;
    this.#tables.add(name);
    this.#taken.take(name, place, { what: "a table", isValue: false });
  }

  /** Takes values that are made of a name. */
  #made(item: Item<{ readonly name: string }>, ...names: readonly string[]): void {
    const what = `made for ${item.value.name}`;
    for (const name of names)
      this.#taken.take(name, placeOf(item, "name"), { what, isValue: true });
  }

  #members(item: Item<unknown>, members: object, under: string): void {
    if (Object.getPrototypeOf(members) !== Object.prototype) {
      this.#reserved("__proto__", placeOf(item, under), "in JavaScript or TypeScript");
    }
    const locals = new Map<string, string>();
    for (const name of Object.keys(members)) {
      const place = keyOf(item, under, name);
      if (!isIdentifier(name)) this.#invalid(name, place);
      else if (reservedMember(name) !== undefined)
        this.#reserved(name, place, reservedMember(name));
      else {
        const ok = `${camel(name)}Ok`;
        const hidden = this.#taken.hiddenBy(name) ?? this.#taken.hiddenBy(ok);
        const other = hidden ?? locals.get(ok) ?? locals.get(name);
        if (other !== undefined) this.#diagnostics.report("name-taken", place, { name, other });
        locals.set(ok, `what tells whether ${name} is of its type`);
        locals.set(name, `a name beside it`);
      }
    }
  }

  #rules(item: Item<unknown>, rules: object, constants: Map<string, string>): void {
    for (const key of Object.keys(rules)) {
      const place = keyOf(item, "rules", key);
      const constant = camel(key);
      const other = constants.get(constant);
      if (!isRuleKey(key)) this.#invalid(key, place);
      else if (isKeyword(constant)) {
        this.#reserved(constant, place, "in JavaScript or TypeScript");
      } else if (other !== undefined) {
        this.#diagnostics.report("name-taken", place, { name: key, other });
      }
      constants.set(constant, `the rule ${key}`);
    }
  }

  #reserved(name: string, place: Place, other = ""): void {
    this.#diagnostics.report("name-reserved", place, { name, other });
  }

  #invalid(name: string, place: Place): void {
    this.#diagnostics.report("name-invalid", place, { name });
  }
}
