/** All definitions by kind and name, each with the place where it stands. */
import type {
  ArchValue, BooleanType, CodeSet, ConstantSet, Decision, Fact, FactSet, GuidSet, IntegerType, Page,
  PointerType, RoutineType, StructType,
} from "../schema/define.js"; // prettier-ignore
import type { AnyCall } from "../schema/define-call.js";
import type { LayoutType, TableType } from "../schema/define-layout.js";
import type { Place } from "./diagnostics.js";
import type { Entry } from "./load.js";
import { valueIn } from "./values.js";

/** A type of the schema before it is resolved. */
export type RawType = IntegerType | BooleanType | PointerType | RoutineType | StructType;

interface Kinds {
  call: AnyCall;
  struct: StructType;
  layout: LayoutType;
  table: TableType;
  integer: IntegerType;
  boolean: BooleanType;
  pointer: PointerType;
  routine: RoutineType;
  codes: CodeSet;
  constants: ConstantSet;
  guids: GuidSet;
  facts: FactSet;
  page: Page;
  decision: Decision;
}

/** What names are asked for, for suggestions. */
export type NameKind = "types" | "codes" | "constants" | "facts" | "pages" | "decisions";

/** A definition whose shape has been checked. */
export interface Item<T> {
  readonly value: T;
  readonly entry: Entry;
}

/** The place of a path inside an item. */
export function placeOf(item: Item<unknown>, ...path: (string | number)[]): Place {
  const { file, export: name, path: prefix } = item.entry;
  return { file, export: name, path: [...prefix, ...path] };
}

/** The same, for a mistake in the key at the end of the path. */
export function keyOf(item: Item<unknown>, ...path: (string | number)[]): Place {
  return { ...placeOf(item, ...path), atKey: true };
}

/** All names that a definition may give: its own, and those of its values. */
function namesIn(value: Entry["value"]): string[] {
  const members = ["values", "codes", "facts"].flatMap((key) => Object.keys(Object(value[key])));
  return [String(value["name"]), ...members];
}

const byName = (a: { value: { name: string } }, b: { value: { name: string } }): number =>
  a.value.name < b.value.name ? -1 : 1;

/** Looks definitions up. */
export class Registry {
  readonly #entries: readonly Entry[];
  readonly #mistaken: ReadonlySet<string>;
  readonly calls: readonly Item<AnyCall>[];
  readonly structs: readonly Item<StructType>[];
  readonly layouts: readonly Item<LayoutType>[];
  readonly tables: readonly Item<TableType>[];
  /** All types, two of one name included. */
  readonly allTypes: readonly Item<RawType>[];
  readonly types: ReadonlyMap<string, Item<RawType>>;
  readonly codes: readonly Item<CodeSet>[];
  readonly constants: readonly Item<ConstantSet>[];
  readonly guids: readonly Item<GuidSet>[];
  readonly facts: readonly Item<FactSet>[];
  /** All pages, two of one name included. */
  readonly allPages: readonly Item<Page>[];
  readonly pages: ReadonlyMap<string, Item<Page>>;
  /** All decisions, two of one name included. */
  readonly allDecisions: readonly Item<Decision>[];
  readonly decisions: ReadonlyMap<string, Item<Decision>>;

  /** `entries` have passed the check of their shape, `mistaken` have not. */
  constructor(entries: readonly Entry[], mistaken: readonly Entry[] = []) {
    this.#entries = entries;
    this.#mistaken = new Set(mistaken.flatMap(({ value }) => namesIn(value)));
    this.calls = this.#of("call");
    this.structs = this.#of("struct");
    this.layouts = this.#of("layout");
    this.tables = this.#of("table");
    this.allTypes = [
      ...this.#of("integer"), ...this.#of("boolean"), ...this.#of("pointer"),
      ...this.#of("routine"), ...this.structs,
    ]; // prettier-ignore
    this.types = new Map(this.allTypes.map((item) => [item.value.name, item]));
    this.codes = this.#of("codes");
    this.constants = this.#of("constants");
    this.guids = this.#of("guids");
    this.facts = this.#of("facts");
    this.allPages = this.#of("page");
    this.pages = new Map(this.allPages.map((item) => [item.value.name, item]));
    this.allDecisions = this.#of("decision");
    this.decisions = new Map(this.allDecisions.map((item) => [item.value.name, item]));
  }

  #of<K extends keyof Kinds>(kind: K): Item<Kinds[K]>[] {
    return this.#entries
      .filter((entry): entry is Entry & { value: Kinds[K] } => entry.kind === kind)
      .map((entry) => ({ value: entry.value, entry }))
      .sort(byName);
  }

  /** True for a name of a definition whose own mistake is reported: who mentions it makes none. */
  isMistaken(name: string): boolean {
    return this.#mistaken.has(name);
  }

  /** The struct of that name. */
  struct(name: string): StructType | undefined {
    const type = this.types.get(name)?.value;
    return type?.kind === "struct" ? type : undefined;
  }

  /** The value of a constant, and the set that it belongs to. */
  constant(name: string): { value: number | ArchValue; set: string } | undefined {
    for (const { value: set } of this.constants) {
      const value = valueIn(set.values, name);
      if (value !== undefined) return { value, set: set.name };
    }
    return undefined;
  }

  /** The set of constants of that name. */
  constantSet(name: string): ConstantSet | undefined {
    return this.constants.find((item) => item.value.name === name)?.value;
  }

  /** The value of a code as C sees it, signed where its type is, and the set it belongs to. */
  code(name: string): { value: number; set: string } | undefined {
    for (const { value: set } of this.codes) {
      const value = valueIn(set.codes, name);
      if (value !== undefined) return { value: set.signed ? value | 0 : value, set: set.name };
    }
    return undefined;
  }

  /** The type of a fact. */
  fact(name: string): Fact["type"] | undefined {
    for (const { value: set } of this.facts) {
      if (Object.hasOwn(set.facts, name)) return set.facts[name]?.type;
    }
    return undefined;
  }

  /** All names of a kind, for suggestions. */
  names(kind: NameKind): string[] {
    if (kind === "types") return [...this.types.keys()];
    if (kind === "pages") return [...this.pages.keys()];
    if (kind === "decisions") return [...this.decisions.keys()];
    if (kind === "codes") return this.codes.flatMap((item) => Object.keys(item.value.codes));
    if (kind === "facts") return this.facts.flatMap((item) => Object.keys(item.value.facts));
    return this.constants.flatMap((item) => [item.value.name, ...Object.keys(item.value.values)]);
  }
}
