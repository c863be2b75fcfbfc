/** Names: identifiers that can be written as they are, each with one meaning. */
import * as support from "../../support/index.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import {
  camel,
  isIdentifier,
  isKeyword,
  isReservedGlobal,
  isReservedMember,
  isReservedStem,
  isRuleKey,
  isSlug,
  kebab,
} from "../names.js";
import type { Item, Registry } from "../registry.js";
import { keyOf, placeOf } from "../registry.js";

/** Checks every name of a schema. */
export function checkNames(registry: Registry, diagnostics: Diagnostics): void {
  new NameCheck(diagnostics).run(registry);
}

class NameCheck {
  readonly #diagnostics: Diagnostics;
  readonly #taken = new Map<string, string>();
  readonly #stems = new Map<string, string>();

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
    for (const name of Object.keys(support)) this.#taken.set(name, "a name of wskit/support");
    for (const name of ["Facts", "param", "between"])
      this.#taken.set(name, "a name of the generated code");
  }

  run(registry: Registry): void {
    for (const item of registry.types.values()) {
      this.#global(item.value.name, placeOf(item, "name"), { what: "a type" });
      if (item.value.kind === "struct") {
        this.#members(item, item.value.fields, "fields");
        this.#rules(item, item.value.rules ?? {});
      }
      if (item.value.kind === "routine") this.#members(item, item.value.params, "params");
    }
    for (const item of registry.codes) {
      // The codes of a type, NTSTATUS for instance, go by its name.
      const again = registry.types.get(item.value.name)?.value.kind === "integer";
      this.#global(item.value.name, placeOf(item, "name"), { what: "a set of codes", again });
      for (const name of Object.keys(item.value.codes))
        this.#global(name, keyOf(item, "codes", name), { what: "a code" });
    }
    for (const item of registry.constants) {
      this.#global(item.value.name, placeOf(item, "name"), { what: "a set of constants" });
      for (const name of Object.keys(item.value.values))
        this.#global(name, keyOf(item, "values", name), { what: "a constant" });
    }
    for (const item of registry.facts) {
      for (const name of Object.keys(item.value.facts)) {
        if (!isSlug(name)) this.#invalid(name, keyOf(item, "facts", name));
      }
    }
    for (const item of registry.pages.values()) {
      if (!isSlug(item.value.name)) this.#invalid(item.value.name, placeOf(item, "name"));
    }
    for (const item of registry.calls) this.#call(item);
  }

  #call(item: Registry["calls"][number]): void {
    const { name, typedef, params, rules, tables } = item.value;
    this.#global(name, placeOf(item, "name"), { what: "a call" });
    this.#global(typedef, placeOf(item, "typedef"), { what: "a typedef" });
    tables.forEach((table, i) => {
      this.#global(table, placeOf(item, "tables", i), { what: "a table", again: true });
    });
    for (const made of [
      `${name}Args`,
      `${name}Outcomes`,
      `${name}Profile`,
      `is${name}Args`,
      `check${name}`,
      `assert${name}`,
      `create${name}`,
      `${name}ArgsSchema`,
    ]) {
      this.#take(made, placeOf(item, "name"), `made for ${name}`);
    }
    this.#members(item, params, "params");
    this.#rules(item, rules);
    const stem = kebab(name);
    if (isReservedStem(stem))
      this.#diagnostics.report("name-reserved", placeOf(item, "name"), { name: `${stem}.ts` });
    const other = this.#stems.get(stem);
    if (other !== undefined) {
      this.#diagnostics.report("name-taken", placeOf(item, "name"), {
        name: `${stem}.ts`,
        other: `the file of ${other}`,
      });
    }
    this.#stems.set(stem, name);
  }

  #global(name: string, place: Place, of: { what: string; again?: boolean }): void {
    if (!isIdentifier(name)) this.#invalid(name, place);
    else if (isReservedGlobal(name)) this.#diagnostics.report("name-reserved", place, { name });
    else if (of.again !== true) this.#take(name, place, of.what);
  }

  #take(name: string, place: Place, what: string): void {
    const other = this.#taken.get(name);
    if (other !== undefined) this.#diagnostics.report("name-taken", place, { name, other });
    this.#taken.set(name, what);
  }

  #members(item: Item<unknown>, members: object, under: string): void {
    if (Object.getPrototypeOf(members) !== Object.prototype) {
      this.#diagnostics.report("name-reserved", placeOf(item, under), { name: "__proto__" });
    }
    for (const name of Object.keys(members)) {
      if (!isIdentifier(name)) this.#invalid(name, keyOf(item, under, name));
      else if (isReservedMember(name))
        this.#diagnostics.report("name-reserved", keyOf(item, under, name), { name });
    }
  }

  #rules(item: Item<unknown>, rules: object): void {
    const constants = new Map<string, string>();
    for (const key of Object.keys(rules)) {
      const place = keyOf(item, "rules", key);
      if (!isRuleKey(key)) {
        this.#invalid(key, place);
        continue;
      }
      const constant = camel(key);
      const other = constants.get(constant);
      if (isKeyword(constant)) this.#diagnostics.report("name-reserved", place, { name: constant });
      if (other !== undefined)
        this.#diagnostics.report("name-taken", place, { name: key, other: `the rule ${other}` });
      constants.set(constant, key);
    }
  }

  #invalid(name: string, place: Place): void {
    this.#diagnostics.report("name-invalid", place, { name });
  }
}
