/** Examples as data: what a call is made with where nothing else is said, and changes to it. */
import type { Value } from "../../schema/define.js";
import type { CallModel, Model, ParamModel } from "../model.js";

/** A tree of values whose branches can be changed. */
export type Data = Record<string, Value>;

/** The example of a type: that of its struct, zero, an empty object, NULL where it may be. */
function exampleOf(model: Model, name: string, optional: boolean): Value {
  const type = model.types.get(name);
  if (type === undefined) return null;
  if (type.kind === "struct") return type.example;
  if (type.kind === "integer") return 0;
  if (type.kind === "boolean") return false;
  if (type.kind === "routine") return { routine: true };
  switch (type.form) {
    case "object":
      return exampleOf(model, type.to, false);
    case "cell":
      return { value: exampleOf(model, type.to, false) };
    case "array":
      return [exampleOf(model, type.to, false)];
    case "bytes":
      return optional ? null : { bytes: 8 };
    case "opaque":
      return {};
  }
}

function exampleOfParam(model: Model, param: ParamModel): Value {
  if (param.example !== undefined) return param.example;
  return param.mustBe ?? exampleOf(model, param.type, param.optional);
}

/** The arguments of a call that all its examples begin with. */
export function baseOf(model: Model, call: CallModel): Data {
  return Object.fromEntries(
    call.params.map((param) => [param.name, exampleOfParam(model, param)] as const),
  );
}

/** The data with a value at a dotted path; undefined where nothing has that path. */
export function withValue(data: Data, path: string, value: Value): Data | undefined {
  return dataOf(change(data, path.split("."), value));
}

function change(at: Value, [key, ...rest]: readonly string[], value: Value): Value | undefined {
  if (key === undefined) return value;
  const fields = isList(at) ? Object.fromEntries(Object.entries(at)) : dataOf(at);
  if (fields === undefined || !Object.hasOwn(fields, key)) return undefined;
  const inner = change(fields[key] ?? null, rest, value);
  if (inner === undefined) return undefined;
  return isList(at) ? at.with(Number(key), inner) : { ...fields, [key]: inner };
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** The path that a value is to be the same as; undefined where it is a value of its own. */
export function sameAs(value: Value | undefined): string | undefined {
  const is = typeof value === "object" && value !== null && "sameAs" in value;
  return is && typeof value.sameAs === "string" ? value.sameAs : undefined;
}

/** The fields of data: of the example of a struct, and not of memory or a callback. */
export function dataOf(value: unknown): Data | undefined {
  return isData(value) ? value : undefined;
}

function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isMemory(value);
}

/** True for what stands for memory, a callback, or another object of the example. */
function isMemory(value: object): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && ["bytes", "hex", "routine", "sameAs"].includes(keys[0] ?? "");
}
