/** The part of the model that lies in memory: layouts, tables, and what a struct is cast to. */
import type { StructType } from "../schema/define.js";
import { slotName } from "./check/tables.js";
import { memberOfSlot } from "./layout/definitions.js";
import { Layouts } from "./layout/resolve.js";
import type { CallModel, LayoutModel, SlotModel, TableModel, VariantsModel } from "./model.js";
import type { Registry } from "./registry.js";
import { namedIn, sourceText } from "./sources.js";

/** The layouts of those names that have one. */
export function layoutsOf(
  registry: Registry,
  names: readonly string[],
): ReadonlyMap<string, LayoutModel> {
  const layouts = new Layouts(registry);
  const found = new Map<string, LayoutModel>();
  for (const of of names) {
    const definition = layouts.definitions.get(of);
    if (definition === undefined) continue;
    const { name, kind, aliases, doc, from, item } = definition;
    const on = {
      x64: layouts.layout(name, "x64"),
      x86: layouts.layout(name, "x86"),
      arm64: layouts.layout(name, "arm64"),
    };
    found.set(name, {
      name,
      kind,
      aliases,
      doc,
      source: sourceText(from, namedIn(registry)),
      file: item.entry.file,
      on,
    });
  }
  return found;
}

/** The tables of those names, and those that calls name and nobody declares. */
export function tablesOf(
  registry: Registry,
  calls: readonly CallModel[],
  names: ReadonlySet<string>,
): TableModel[] {
  const declared = registry.tables.map((item) => item.value).filter(({ name }) => names.has(name));
  const tables = declared.map((table): TableModel => {
    const slots = table.slots.map((slot): SlotModel => {
      const name = slotName(slot);
      const since = typeof slot === "string" ? undefined : slot.since;
      const call = calls.find((one) => one.name === name);
      return { name, member: memberOfSlot(table, name), since, call };
    });
    const { name, doc, since } = table;
    return { name, doc, since, isDeclared: true, slots };
  });
  const known = new Set(declared.map(({ name }) => name));
  const others = [...new Set(calls.flatMap((call) => call.tables))].filter((n) => !known.has(n));
  const undeclared = others.map((name): TableModel => {
    const inside = calls.filter((call) => call.tables.includes(name));
    const slots = inside.map((call) => ({
      name: call.name,
      member: call.name,
      since: undefined,
      call,
    }));
    return { name, doc: undefined, since: undefined, isDeclared: false, slots };
  });
  return [...tables, ...undeclared].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The structs that a struct is cast to. */
export function variantsOf(registry: Registry, struct: StructType): VariantsModel | undefined {
  if (struct.variants === undefined) return undefined;
  const { by, types } = struct.variants;
  const cases = Object.entries(types).map(([constant, type]) => {
    return { constant, set: registry.constant(constant)?.set ?? "", type };
  });
  return { by, cases };
}
