/** Types: what a pointer leads to, which fields go together, and that nothing contains itself. */
import type { Field, PointerType, StructType } from "../../schema/define.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import type { Item, RawType, Registry } from "../registry.js";
import { keyOf, placeOf } from "../registry.js";
import { Mentions } from "./mentions.js";

/** Checks the types of a schema. */
export function checkTypes(registry: Registry, diagnostics: Diagnostics): void {
  const check = new TypeCheck(registry, diagnostics);
  for (const item of registry.types.values()) check.type(item);
  for (const item of endless(registry))
    diagnostics.report("type-endless", placeOf(item), { name: item.value.name });
}

/** More structs than these in each other are a mistake, and no layout of memory. */
const DEEPEST = 32;

class TypeCheck {
  readonly #registry: Registry;
  readonly #diagnostics: Diagnostics;
  readonly #mentions: Mentions;

  constructor(registry: Registry, diagnostics: Diagnostics) {
    this.#registry = registry;
    this.#diagnostics = diagnostics;
    this.#mentions = new Mentions(registry, diagnostics);
  }

  type(item: Item<RawType>): void {
    const type = item.value;
    if (type.kind === "pointer") this.#pointer(item, type);
    if (type.kind === "routine") {
      for (const [name, to] of Object.entries(type.params))
        this.#mentions.type(to, placeOf(item, "params", name));
    }
    if (type.kind === "struct") this.#struct(item, type);
  }

  #pointer(item: Item<RawType>, { name, form, to }: PointerType): void {
    const place = placeOf(item, "to");
    if (to === "VOID") {
      if (form !== "bytes" && form !== "opaque") this.#mismatch(to, "a declared type", place);
      return;
    }
    this.#mentions.type(to, place);
    const pointee = this.#registry.types.get(to)?.value;
    if (form === "object" && pointee !== undefined && pointee.kind !== "struct")
      this.#mismatch(to, `a struct (${name} to anything else is a cell)`, place);
  }

  #struct(item: Item<RawType>, struct: StructType): void {
    this.#mentions.source(struct.from, placeOf(item, "from"));
    if (struct.variants !== undefined) this.#variants(item, struct);
    let chain: string | undefined;
    for (const [name, field] of Object.entries(struct.fields)) {
      const at = (word: string): Place => placeOf(item, "fields", name, word);
      this.#mentions.type(field.type, at("type"));
      this.#field(name, field, at);
      if (field.bytesFrom !== undefined) this.#bytesFrom(struct, field, at("bytesFrom"));
      if (field.chain !== true) continue;
      const type = this.#registry.types.get(field.type)?.value;
      const isLink = type?.kind === "pointer" && type.form === "object" && type.to === struct.name;
      if (type !== undefined && !(isLink && field.nullable === true))
        this.#mismatch(name, `a nullable pointer to ${struct.name}`, at("chain"));
      if (chain !== undefined) this.#mismatch(name, `no chain beside ${chain}`, at("chain"));
      chain = name;
    }
  }

  #variants(item: Item<RawType>, struct: StructType): void {
    const { by, types } = struct.variants ?? { by: "", types: {} };
    const at = (...path: string[]): Place => placeOf(item, "variants", ...path);
    this.#mentions.member(by, struct.fields, at("by"));
    for (const [constant, type] of Object.entries(types)) {
      this.#mentions.type(type, at("types", constant));
      this.#mentions.constant(constant, keyOf(item, "variants", "types", constant));
    }
  }

  #field(name: string, field: Field, at: (word: string) => Place): void {
    const type = this.#registry.types.get(field.type)?.value;
    if (type === undefined) return;
    const isPointer = type.kind === "pointer" || type.kind === "routine";
    if (field.nullable === true && (!isPointer || field.count !== undefined))
      this.#mismatch(name, "a pointer or a callback", at("nullable"));
    const isByte = type.kind === "integer" && type.bits === 8;
    if (field.count !== undefined && !isByte)
      this.#mismatch(name, "of one-byte elements", at("count"));
    const isMemory =
      (type.kind === "pointer" && type.form === "bytes") || field.count !== undefined;
    if (field.bytesFrom !== undefined && !isMemory)
      this.#mismatch(name, "a pointer to memory", at("bytesFrom"));
  }

  #bytesFrom(struct: StructType, { bytesFrom = "" }: Field, place: Place): void {
    if (!this.#mentions.member(bytesFrom, struct.fields, place)) return;
    const length = struct.fields[bytesFrom];
    const type = this.#registry.types.get(length?.type ?? "")?.value;
    if (type !== undefined && (type.kind !== "integer" || length?.count !== undefined))
      this.#mismatch(bytesFrom, "a whole number", place);
  }

  #mismatch(name: string, wanted: string, place: Place): void {
    this.#diagnostics.report("relation-mismatch", place, { name, wanted });
  }
}

/** The types that come to no end: round by round, those are done whose parts are. */
function endless(registry: Registry): Item<RawType>[] {
  let open = [...registry.types.values()];
  for (let round = 0; round < DEEPEST; round++) {
    const names = new Set(open.map((item) => item.value.name));
    open = open.filter((item) => partsOf(registry, item.value).some((part) => names.has(part)));
  }
  return open;
}

/** Structs that lie in a struct; what a pointer to a pointer leads to. */
function partsOf(registry: Registry, type: RawType): string[] {
  const isKind = (name: string): boolean => registry.types.get(name)?.value.kind === type.kind;
  if (type.kind === "struct")
    return Object.values(type.fields)
      .map((field) => field.type)
      .filter(isKind);
  return type.kind === "pointer" ? [type.to].filter(isKind) : [];
}
