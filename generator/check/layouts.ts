/** Layouts: members that can be laid out, and a place for every field. */
import type { ByArch, Member, Members, TypedMember } from "../../schema/members.js";
import { ARCHITECTURES } from "../../schema/vocabulary.js";
import type { DiagnosticCode } from "../diagnostic-codes.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import type { Definition } from "../layout/definitions.js";
import { longForm } from "../layout/definitions.js";
import { dimsOf, Layouts, scalarOf } from "../layout/resolve.js";
import { isIdentifier } from "../names.js";
import type { Registry } from "../registry.js";
import { keyOf, placeOf } from "../registry.js";
import { didYouMean } from "../../support/suggest.js";
import { checkFit } from "./layout-fit.js";

/** Checks all definitions that have a C layout. */
export function checkLayouts(registry: Registry, diagnostics: Diagnostics): void {
  const layouts = new Layouts(registry);
  const definitions = new Set(layouts.definitions.values());
  const faulty = new Set<string>();
  for (const definition of definitions) {
    const check = new LayoutCheck(definition, { registry, layouts, diagnostics });
    if (!check.all()) faulty.add(definition.name);
  }
  const inside = new Map([...definitions].map((of) => [of.name, embedded(layouts, of)]));
  for (const definition of definitions) {
    const all = reachedFrom(definition.name, inside);
    if ([...all, definition.name].some((name) => faulty.has(name))) continue;
    if (all.has(definition.name)) {
      const place = placeOf(definition.item, "name");
      // A struct that holds itself by its fields has been told of as a type.
      if (definition.at[0] === "fields") continue;
      diagnostics.report("layout-endless", place, { name: definition.name });
    } else if (![...all].some((name) => reachedFrom(name, inside).has(name))) {
      checkFit(definition, layouts, { registry, diagnostics });
    }
  }
}

/** The names of the definitions that lie inside one by value. */
function embedded(layouts: Layouts, { members, fields }: Definition): string[] {
  const visit = (inner: Members): string[] =>
    Object.entries(inner).flatMap(([name, member]) => {
      const long = longForm(member, name, fields);
      if (long === undefined || "pointer" in long) return [];
      if ("struct" in long) return visit(long.struct);
      if ("union" in long) return visit(long.union);
      const type = layouts.definitions.get(long.type);
      return type === undefined ? [] : [type.name];
    });
  return visit(members);
}

function reachedFrom(name: string, inside: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const visit = (from: string): void => {
    for (const next of inside.get(from) ?? []) if (!seen.has(next)) visit((seen.add(next), next));
  };
  visit(name);
  return seen;
}

interface Tools {
  readonly registry: Registry;
  readonly layouts: Layouts;
  readonly diagnostics: Diagnostics;
}

type Path = readonly string[];

class LayoutCheck {
  readonly #of: Definition;
  readonly #tools: Tools;
  #isSound = true;

  constructor(definition: Definition, tools: Tools) {
    this.#of = definition;
    this.#tools = tools;
  }

  /** True where the engine can lay the definition out. */
  all(): boolean {
    const { members, pack, align, at } = this.#of;
    const outer = at.slice(0, -1);
    this.#bytes(pack, { path: [...outer, "pack"], most: 16 });
    this.#bytes(align, { path: [...outer, "align"], most: 8192 });
    this.#members(members, at, new Map());
    return this.#isSound;
  }

  #members(members: Members, path: Path, taken: Map<string, string>): void {
    const names = Object.keys(members);
    if (Object.getPrototypeOf(members) !== Object.prototype) {
      this.#report("name-reserved", placeOf(this.#of.item, ...path), { name: "__proto__" });
    }
    names.forEach((name, i) => {
      const member = members[name];
      if (member === undefined) return;
      const isLast = i === names.length - 1 || path.at(-1) === "union";
      this.#member(member, { name, path: [...path, name], isLast, taken });
    });
  }

  #member(
    member: Member,
    at: { name: string; path: Path; isLast: boolean; taken: Map<string, string> },
  ): void {
    const { name, path, taken } = at;
    const long = longForm(member, name, this.#of.fields);
    const key = keyOf(this.#of.item, ...path);
    if (!isIdentifier(name)) return this.#invalid(name, key);
    if (long === undefined) {
      const other = didYouMean(name, Object.keys(this.#of.fields ?? {}));
      return this.#report("unknown-parameter", key, { name, other });
    }
    this.#bytes(long.align ?? 0, { path: [...path, "align"], most: 8192 });
    if (dimsOf(long)[0] === 0 && !at.isLast) this.#report("layout-flexible", key, { name });
    const isUnnamed = ("anonymous" in long && long.anonymous === true) || isEnd(long);
    if (!isUnnamed) {
      if (taken.has(name)) this.#report("name-taken", key, { name, other: "a member beside it" });
      taken.set(name, name);
    }
    if ("type" in long) this.#typed(long, member, path);
    if (!("struct" in long) && !("union" in long)) return;
    this.#bytes(long.pack ?? 0, { path: [...path, "pack"], most: 16 });
    const [word, inner] = "struct" in long ? ["struct", long.struct] : ["union", long.union];
    for (const word of ["count", "align"] as const) {
      if (!isUnnamed || long[word] === undefined) continue;
      this.#mismatch(name, `without ${word}, since it has no name`, [...path, word]);
    }
    this.#members(inner, [...path, word], isUnnamed ? taken : new Map());
  }

  #typed(long: TypedMember, member: Member, path: Path): void {
    const { registry, layouts } = this.#tools;
    const { type: name, bits } = long;
    const isText = typeof member === "string";
    const at = member === "field" && this.#of.at[0] !== "fields" ? path : [...path, "type"];
    const place = placeOf(this.#of.item, ...(isText && member !== "field" ? path : at));
    const type = registry.types.get(name)?.value;
    if (type === undefined && !layouts.definitions.has(name)) {
      // Of a field, the check of references says so.
      if (member === "field") this.#isSound = false;
      else this.#report("unknown-type", place, { name, other: didYouMean(name, this.#names()) });
    } else if (type?.kind === "struct" && !layouts.definitions.has(name)) {
      this.#report("layout-unknown", place, { name });
    }
    if (bits === undefined) {
      if (long.anonymous === true) this.#mismatch(path.at(-1) ?? "", "a bit field", path);
      return;
    }
    const widths = ARCHITECTURES.map((arch) =>
      type?.kind === "integer" || type?.kind === "boolean"
        ? (scalarOf(type, arch)?.size ?? 0) * 8
        : 0,
    );
    const most = Math.min(...widths);
    if (most === 0 || long.count !== undefined) {
      this.#mismatch(path.at(-1) ?? "", "a whole number, and no array", [...path, "bits"]);
    } else if (bits > most) {
      const wanted = `a width of ${name} (0 to ${most})`;
      const words = { received: String(bits), wanted };
      this.#report("value-out-of-range", placeOf(this.#of.item, ...path, "bits"), words);
    }
  }

  /** Names of fields and slots are checked where they are declared. */
  #invalid(name: string, key: Place): void {
    this.#isSound = false;
    const [at] = this.#of.at;
    if (at !== "fields" && at !== "lead") this.#report("name-invalid", key, { name });
  }

  #names(): string[] {
    return [...this.#tools.registry.names("types"), ...this.#tools.layouts.definitions.keys()];
  }

  #bytes(value: ByArch, at: { path: Path; most: number }): void {
    const numbers = typeof value === "number" ? { "": value } : value;
    for (const [arch, n] of Object.entries(numbers)) {
      if (n === 0 || (n <= at.most && Number.isInteger(Math.log2(n)))) continue;
      const path = arch === "" ? at.path : [...at.path, arch];
      const words = { received: String(n), wanted: `a power of two up to ${at.most}` };
      this.#report("value-out-of-range", placeOf(this.#of.item, ...path), words);
    }
  }

  #mismatch(name: string, wanted: string, path: Path): void {
    this.#report("relation-mismatch", placeOf(this.#of.item, ...path), { name, wanted });
  }

  #report(
    code: DiagnosticCode,
    place: Place,
    words: { name?: string; other?: string; wanted?: string; received?: string },
  ): void {
    this.#isSound = false;
    this.#tools.diagnostics.report(code, place, words);
  }
}

const isEnd = (long: object): boolean => "bits" in long && long.bits === 0;
