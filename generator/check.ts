/** All checks of a schema. Every mistake is reported; nothing is emitted after an error. */
import type { Diagnostics } from "./diagnostics.js";
import { checkLayouts } from "./check/layouts.js";
import { checkNames } from "./check/names.js";
import { checkReferences } from "./check/references.js";
import { checkRules } from "./check/rules.js";
import { checkTables } from "./check/tables.js";
import { checkValues } from "./check/values.js";
import type { Entry } from "./load.js";
import { Registry } from "./registry.js";
import { checkShape } from "./shape.js";

/** Checks the definitions of a folder, and returns them by name. */
export function check(
  entries: readonly Entry[],
  folder: string,
  diagnostics: Diagnostics,
): Registry {
  for (const entry of entries) checkShape(entry, diagnostics);
  const broken = new Set(diagnostics.all.map(({ place }) => `${place.file}:${place.export}`));
  const sound = entries.filter((entry) => !broken.has(`${entry.file}:${entry.export}`));
  const registry = new Registry(sound);
  checkNames(registry, diagnostics);
  checkReferences(registry, diagnostics);
  checkValues(registry, diagnostics);
  checkRules(registry, diagnostics);
  checkTables(registry, diagnostics);
  checkLayouts(registry, diagnostics);
  if (registry.calls.length === 0 && !diagnostics.failed) {
    diagnostics.report("no-calls", { file: folder, export: "", path: [] }, { name: folder });
  }
  return registry;
}
