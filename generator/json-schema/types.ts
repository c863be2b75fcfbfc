/** The types that a call reaches, as definitions of its JSON Schema. */
import { never } from "../fault.js";
import type { FieldModel, Model, StructModel, TypeModel } from "../model.js";
import { rangeOf } from "../phrases.js";
import { isWide, typeOf } from "../emit/type-code.js";
import type { JsonObject } from "./json.js";
import { bytes, MEMORY, narrow, orNull, ref, wide } from "./json.js";

/** The types behind these, and themselves, sorted by name. */
export function reachedTypes(model: Model, names: readonly string[]): TypeModel[] {
  const reached = new Map<string, TypeModel>();
  const visit = (name: string): void => {
    const type = typeOf(model, name);
    if (reached.has(name)) return;
    reached.set(name, type);
    if (type.kind === "struct")
      for (const field of type.fields) if (field.count === undefined) visit(field.type);
    if (type.kind === "pointer" && type.form !== "bytes" && type.form !== "opaque") visit(type.to);
  };
  names.forEach(visit);
  return [...reached.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The definition of a type; `rules` are those of a struct that JSON Schema can say. */
export function definitionOf(
  model: Model,
  type: TypeModel,
  rules: readonly JsonObject[],
): JsonObject {
  return { description: type.doc, ...shapeOf(model, type, rules) };
}

function shapeOf(model: Model, type: TypeModel, rules: readonly JsonObject[]): JsonObject {
  switch (type.kind) {
    case "integer": {
      const { low, high } = rangeOf(type);
      return isWide(model, type.name) ? wide(low, high) : narrow(low, high);
    }
    case "boolean":
      return { type: "boolean" };
    case "routine":
      return record({ routine: { description: "What it is called.", type: "string" } });
    case "pointer":
      return pointerShape(type);
    case "struct":
      return structShape(type, rules);
    default:
      return never(type);
  }
}

function pointerShape(type: Extract<TypeModel, { kind: "pointer" }>): JsonObject {
  switch (type.form) {
    case "object":
      return ref(type.to);
    case "cell":
      return record({ value: ref(type.to) });
    case "bytes":
      return MEMORY;
    case "array":
      return { type: "array", items: ref(type.to) };
    case "opaque":
      return { type: "object" };
    default:
      return never(type.form);
  }
}

function structShape(struct: StructModel, rules: readonly JsonObject[]): JsonObject {
  const fields = struct.fields.map((field) => [
    field.name,
    { description: field.doc, ...fieldShape(field) },
  ]);
  return { ...record(Object.fromEntries(fields)), ...allOf(rules) };
}

/** All of these, if there are any. */
export const allOf = (schemas: readonly JsonObject[]): JsonObject =>
  schemas.length === 0 ? {} : { allOf: schemas };

function fieldShape({ type, count, nullable }: FieldModel): JsonObject {
  if (count === undefined) return orNull(ref(type), nullable === true);
  return count === "any" ? MEMORY : { ...MEMORY, ...bytes({ least: count, most: count }) };
}

/** An object with these properties, and perhaps others. */
export const record = (properties: Readonly<Record<string, JsonObject>>): JsonObject => ({
  type: "object",
  required: Object.keys(properties),
  properties,
});
