/** The rules that hold in a value: those of its call or struct, and of every struct inside it. */
import type { CallModel, Model, RuleModel } from "../model.js";

/** A rule, and the values that it is asked of. */
export interface Nested {
  readonly rule: RuleModel;
  readonly values: Readonly<Record<string, unknown>>;
  readonly call: CallModel | undefined;
  readonly path: readonly string[];
}

/** The rules of a call or struct of that name and of what lies in its value. */
export function* nestedIn(model: Model, owner: string, value: unknown): Generator<Nested> {
  const call = model.calls.find(({ name }) => name === owner);
  if (call === undefined) return yield* inType(model, { type: owner, value, path: [] });
  const values = { ...Object(value) };
  for (const rule of call.rules) yield { rule, values, call, path: rule.on.slice(0, 1) };
  for (const { name, type } of call.params)
    yield* inType(model, { type, value: values[name], path: [name] });
}

function* inType(
  model: Model,
  of: { type: string; value: unknown; path: readonly string[] },
): Generator<Nested> {
  const { value, path } = of;
  const type = model.types.get(of.type);
  if (type === undefined || typeof value !== "object" || value === null) return;
  if (type.kind === "struct") {
    const values: Record<string, unknown> = { ...value };
    for (const rule of type.rules)
      yield { rule, values, call: undefined, path: [...path, ...rule.on.slice(0, 1)] };
    for (const field of type.fields) {
      const inner = { type: field.type, value: values[field.name], path: [...path, field.name] };
      yield* inType(model, inner);
    }
  } else if (type.kind === "pointer" && type.form === "array" && Array.isArray(value)) {
    for (const [i, item] of value.entries())
      yield* inType(model, { type: type.to, value: item, path: [...path, String(i)] });
  } else if (type.kind === "pointer" && type.form === "cell") {
    const inner = { type: type.to, value: Reflect.get(value, "value"), path: [...path, "value"] };
    yield* inType(model, inner);
  } else if (type.kind === "pointer" && type.form === "object") {
    yield* inType(model, { ...of, type: type.to });
  }
}
