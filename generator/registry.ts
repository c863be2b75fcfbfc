/** All definitions by kind and name, each with the place where it stands. */
import type {
  BooleanType, CodeSet, ConstantSet, FactSet, IntegerType, Page, PointerType, RoutineType,
  StructType,
} from "../schema/define.js"; // prettier-ignore
import type { AnyCall } from "../schema/define-call.js";
import type { LayoutType, TableType } from "../schema/define-layout.js";
import type { Place } from "./diagnostics.js";
import type { Entry } from "./load.js";

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
  facts: FactSet;
  page: Page;
}

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

const byName = (a: { value: { name: string } }, b: { value: { name: string } }): number =>
  a.value.name < b.value.name ? -1 : 1;

/** Looks definitions up. */
export class Registry {
  readonly #entries: readonly Entry[];
  readonly calls: readonly Item<AnyCall>[];
  readonly structs: readonly Item<StructType>[];
  readonly layouts: readonly Item<LayoutType>[];
  readonly tables: readonly Item<TableType>[];
  /** All types, two of one name included. */
  readonly allTypes: readonly Item<RawType>[];
  readonly types: ReadonlyMap<string, Item<RawType>>;
  readonly codes: readonly Item<CodeSet>[];
  readonly constants: readonly Item<ConstantSet>[];
  readonly facts: readonly Item<FactSet>[];
  /** All pages, two of one name included. */
  readonly allPages: readonly Item<Page>[];
  readonly pages: ReadonlyMap<string, Item<Page>>;

  /** `entries` have passed the check of their shape. */
  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
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
    this.facts = this.#of("facts");
    this.allPages = this.#of("page");
    this.pages = new Map(this.allPages.map((item) => [item.value.name, item]));
  }

  #of<K extends keyof Kinds>(kind: K): Item<Kinds[K]>[] {
    return this.#entries
      .filter((entry): entry is Entry & { value: Kinds[K] } => entry.kind === kind)
      .map((entry) => ({ value: entry.value, entry }))
      .sort(byName);
  }

  /** The struct of that name. */
  struct(name: string): StructType | undefined {
    const type = this.types.get(name)?.value;
    return type?.kind === "struct" ? type : undefined;
  }

  /** The value of a constant. */
  constant(name: string): number | undefined {
    for (const { value: set } of this.constants) {
      if (Object.hasOwn(set.values, name)) return set.values[name]?.value;
    }
    return undefined;
  }

  /** The set of constants of that name. */
  constantSet(name: string): ConstantSet | undefined {
    return this.constants.find((item) => item.value.name === name)?.value;
  }

  /** The value of a code as C sees it, signed where its type is. */
  code(name: string): number | undefined {
    for (const { value: set } of this.codes) {
      const code = Object.hasOwn(set.codes, name) ? set.codes[name] : undefined;
      if (code !== undefined) return set.signed ? code.value | 0 : code.value;
    }
    return undefined;
  }

  /** The type of a fact. */
  fact(name: string): "boolean" | "integer" | undefined {
    for (const { value: set } of this.facts) {
      if (Object.hasOwn(set.facts, name)) return set.facts[name]?.type;
    }
    return undefined;
  }

  /** All names of a kind, for suggestions. */
  names(kind: "types" | "codes" | "constants" | "facts" | "pages"): string[] {
    if (kind === "types") return [...this.types.keys()];
    if (kind === "pages") return [...this.pages.keys()];
    if (kind === "codes") return this.codes.flatMap((item) => Object.keys(item.value.codes));
    if (kind === "facts") return this.facts.flatMap((item) => Object.keys(item.value.facts));
    return this.constants.flatMap((item) => [item.value.name, ...Object.keys(item.value.values)]);
  }
}
