/** Sets of codes, constants and GUIDs of the model: reached or declared, their aliases followed. */
import type { CodeSetModel, ConstantSetModel, GuidSetModel, NamedModel } from "./model.js";
import type { Reached } from "./reach.js";
import type { Registry } from "./registry.js";
import type { Named } from "./values.js";
import { valueIn } from "./values.js";
import { Fault } from "./fault.js";

/** The sets of a model. */
export interface Sets {
  readonly codes: readonly CodeSetModel[];
  readonly constants: readonly ConstantSetModel[];
  readonly guids: readonly GuidSetModel[];
}

/** Builds the sets that calls reach and those that the folder declares. */
export function buildSets(registry: Registry, reached: Reached): Sets {
  return {
    codes: registry.codes
      .filter((item) => reached.codes.has(item.value.name))
      .map(({ value, entry }) => ({
        ...value,
        codes: resolved(value.codes),
        file: entry.file,
      })),
    constants: registry.constants
      .filter((item) => reached.constants.has(item.value.name))
      .map(({ value, entry }) => ({
        ...value,
        values: resolved(value.values),
        file: entry.file,
      })),
    guids: registry.guids
      .filter((item) => !item.entry.builtIn)
      .map(({ value, entry }) => ({ ...value, file: entry.file })),
  };
}

/** Values first, each followed by its aliases, so that a name stands before it is mentioned. */
function resolved<V>(
  values: Readonly<Record<string, Named<V> & { readonly doc: string }>>,
): Record<string, NamedModel<V>> {
  const entries = Object.entries(values);
  const made: Record<string, NamedModel<V>> = {};
  for (const [name, of] of entries) {
    if ("aliasOf" in of) continue;
    const value = valueIn(values, name);
    if (value === undefined) throw new Fault(`${name} passed its checks without a value`);
    made[name] = { value, doc: of.doc };
    for (const [alias, other] of entries) {
      if ("aliasOf" in other && other.aliasOf === name)
        made[alias] = { value, aliasOf: name, doc: other.doc };
    }
  }
  return made;
}
