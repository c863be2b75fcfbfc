/** Dispatch tables: each slot once, and each call in the tables that it names. */
import type { Diagnostics } from "../diagnostics.js";
import { isIdentifier } from "../names.js";
import type { Registry } from "../registry.js";
import { keyOf, placeOf } from "../registry.js";
import { didYouMean } from "../../support/suggest.js";

/** The name of a slot, in whichever form it is written. */
export const slotName = (slot: string | { readonly name: string }): string =>
  typeof slot === "string" ? slot : slot.name;

/** Checks tables, and what calls say of them. */
export function checkTables(registry: Registry, diagnostics: Diagnostics): void {
  for (const item of registry.tables) {
    const seen = new Set<string>(Object.keys(item.value.lead ?? {}));
    for (const name of seen) {
      const place = keyOf(item, "lead", name);
      if (!isIdentifier(name)) diagnostics.report("name-invalid", place, { name });
    }
    item.value.slots.forEach((slot, i) => {
      const name = slotName(slot);
      const place = placeOf(item, "slots", i);
      if (!isIdentifier(name)) diagnostics.report("name-invalid", place, { name });
      if (seen.has(name)) diagnostics.report("name-taken", place, { name, other: "a slot" });
      seen.add(name);
    });
  }
  const tables = new Map(registry.tables.map((item) => [item.value.name, item.value]));
  // Who declares tables of his own declares them all; others may name one and leave it at that.
  const isStrict = registry.tables.some((item) => !item.entry.builtIn);
  for (const item of registry.calls) {
    const call = item.value;
    call.tables.forEach((name, i) => {
      const place = placeOf(item, "tables", i);
      const other = didYouMean(name, tables.keys());
      const table = tables.get(name);
      if (table === undefined) {
        if (isStrict || other !== "") diagnostics.report("unknown-table", place, { name, other });
      } else if (!table.slots.some((slot) => slotName(slot) === call.name)) {
        diagnostics.report("slot-missing", place, { name: call.name, other: name });
      }
    });
  }
}
