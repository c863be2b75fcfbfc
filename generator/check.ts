/** All checks of a schema. Every mistake is reported; nothing is emitted after an error. */
import type { Diagnostics } from "./diagnostics.js";
import { checkLayouts } from "./check/layouts.js";
import { checkNames } from "./check/names.js";
import { checkParams } from "./check/params.js";
import { checkReferences } from "./check/references.js";
import { checkRules } from "./check/rules.js";
import { checkTables } from "./check/tables.js";
import { checkTypes } from "./check/types.js";
import { checkValues } from "./check/values.js";
import type { Entry } from "./load.js";
import { Registry } from "./registry.js";
import { checkShape } from "./shape.js";

/** Other definitions are emitted where one of these reaches them. */
const isEmitted = (kind: string): boolean =>
  ["call", "struct", "layout", "table", "codes", "constants", "guids"].includes(kind);

/** Checks the definitions of a folder, and returns them by name. */
export function check(
  entries: readonly Entry[],
  folder: string,
  diagnostics: Diagnostics,
): Registry {
  // What cannot be loaded is missed by everything that mentions it: one mistake, not many.
  const isLoaded = !diagnostics.failed;
  const sound = entries.filter((entry) => checkShape(entry, diagnostics));
  const mistaken = entries.filter((entry) => !sound.includes(entry));
  const registry = new Registry(sound, mistaken);
  if (!isLoaded) return registry;
  checkNames(registry, diagnostics);
  checkTypes(registry, diagnostics);
  checkParams(registry, diagnostics);
  checkReferences(registry, diagnostics);
  checkValues(registry, diagnostics);
  checkRules(registry, diagnostics);
  checkTables(registry, diagnostics);
  checkLayouts(registry, diagnostics);
  if (!diagnostics.failed && !entries.some(({ kind, builtIn }) => !builtIn && isEmitted(kind))) {
    diagnostics.report("schema-empty", { file: folder, export: "", path: [] }, { name: folder });
  }
  return registry;
}
