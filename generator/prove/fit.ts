/** Makes real values of an example, and says where it is not of its type: as the judges would. */
import type { Value } from "../../schema/define.js";
import { describe } from "../../support/describe.js";
import { integerPhrase, rangeOf } from "../phrases.js";
import type { FieldModel, Model, StructModel, TypeModel } from "../model.js";
import { dataOf, sameAs } from "./data.js";

/** A value of an example that is not of its type. */
export interface Misfit {
  readonly path: readonly string[];
  readonly wanted: string;
  readonly received: string;
}

type Pointer = Extract<TypeModel, { kind: "pointer" }>;

/** Makes real values, and gathers what does not fit. */
export class Fitter {
  readonly misfits: Misfit[] = [];
  readonly #model: Model;
  readonly #path: string[] = [];
  /** Where an object is that of another path. */
  readonly #shared: { readonly at: readonly string[]; readonly of: string }[] = [];

  constructor(model: Model) {
    this.#model = model;
  }

  /** The real value of a type, under the name of its parameter or field. */
  fit(key: string, of: { type: string; nullable: boolean }, data: Value | undefined): unknown {
    this.#path.push(key);
    const type = this.#model.types.get(of.type);
    const value =
      data === null && of.nullable ? null : type === undefined ? undefined : this.#real(type, data);
    this.#path.pop();
    return value;
  }

  /** The value with every object in its place that stands at another path too. */
  join(value: unknown): unknown {
    for (const { at, of } of this.#shared) {
      const object = follow(value, of === "" ? [] : of.split("."));
      if (typeof object === "object" && object !== null)
        Reflect.set(Object(follow(value, at.slice(0, -1))), at.at(-1) ?? "", object);
      else this.misfits.push({ path: at, wanted: "the path of an object", received: of });
    }
    return value;
  }

  /** The real value of a struct. */
  struct(struct: StructModel, data: Value | undefined): unknown {
    const fields = dataOf(data);
    if (fields === undefined) return this.#wrong(`the fields of ${struct.name}`, data);
    for (const key of Object.keys(fields)) {
      if (!struct.fields.some((field) => field.name === key))
        this.#wrong(`no field ${key} in ${struct.name}`, data);
    }
    const value: Record<string, unknown> = {};
    for (const field of struct.fields) value[field.name] = this.#field(field, fields[field.name]);
    for (const field of struct.fields) this.#long(field, value);
    return value;
  }

  #field(field: FieldModel, data: Value | undefined): unknown {
    const nullable = field.nullable === true;
    if (field.count === undefined)
      return this.fit(field.name, { type: field.type, nullable }, data);
    this.#path.push(field.name);
    const wanted = field.count === "any" ? "bytes" : `${field.count} bytes`;
    const memory = this.#memory(data, wanted);
    if (field.count !== "any" && memory !== undefined && memory.length !== field.count)
      this.#wrong(wanted, data);
    this.#path.pop();
    return memory;
  }

  #real(type: TypeModel, data: Value | undefined): unknown {
    switch (type.kind) {
      case "integer": {
        const { low, high } = rangeOf(type);
        const isWide = type.bits === "pointer" || type.bits === 64;
        const isWhole = Number.isSafeInteger(data) || (isWide && typeof data === "bigint");
        const exact = isWhole ? BigInt(data as number) : undefined;
        if (exact !== undefined && exact >= low && exact <= high) return data;
        return this.#wrong(integerPhrase(type), data);
      }
      case "boolean":
        return typeof data === "boolean" ? data : this.#wrong("TRUE or FALSE", data);
      case "routine":
        return typeof data === "object" && data !== null && "routine" in data
          ? () => undefined
          : this.#wrong("a callback, { routine: true }", data);
      case "struct":
        return this.struct(type, data);
      case "pointer":
        return this.#pointer(type, data);
    }
  }

  #pointer({ form, to }: Pointer, data: Value | undefined): unknown {
    const nullable = false;
    const of = sameAs(data);
    if (of !== undefined) {
      this.#shared.push({ at: [...this.#path], of });
      return null;
    }
    switch (form) {
      case "bytes":
        return this.#memory(data, "memory");
      case "opaque":
        return dataOf(data) ?? this.#wrong("a pointer, for instance {}", data);
      case "array":
        if (!Array.isArray(data)) return this.#wrong(`an array of ${to}`, data);
        return data.map((item: Value, i) => this.fit(String(i), { type: to, nullable }, item));
      case "cell":
        if (dataOf(data) === undefined) return this.#wrong("{ value }", data);
        return { value: this.fit("value", { type: to, nullable }, dataOf(data)?.["value"]) };
      case "object": {
        const type = this.#model.types.get(to);
        return type?.kind === "struct" ? this.struct(type, data) : undefined;
      }
    }
  }

  #memory(data: Value | undefined, wanted: string): Uint8Array | undefined {
    if (typeof data === "object" && data !== null) {
      if ("bytes" in data && isSize(data.bytes)) return new Uint8Array(data.bytes);
      if ("hex" in data && typeof data.hex === "string" && /^(?:[0-9a-f]{2})*$/i.test(data.hex))
        return Uint8Array.from(Buffer.from(data.hex, "hex"));
    }
    this.#wrong(`${wanted}, as { bytes } or { hex }`, data);
    return undefined;
  }

  /** Memory is as long as the field beside it says. */
  #long({ name, bytesFrom = "" }: FieldModel, value: Readonly<Record<string, unknown>>): void {
    const [memory, bytes] = [value[name], value[bytesFrom]];
    if (!(memory instanceof Uint8Array) || typeof bytes === "boolean" || !isNumber(bytes)) return;
    if (memory.length >= bytes) return;
    this.#path.push(name);
    this.#wrong(`at least ${bytes} bytes, as ${bytesFrom} says`, { bytes: memory.length });
    this.#path.pop();
  }

  #wrong(wanted: string, data: Value | undefined): undefined {
    this.misfits.push({ path: [...this.#path], wanted, received: textOf(data).slice(0, 60) });
    return undefined;
  }
}

function follow(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => Reflect.get(Object(at), key), value);
}

function textOf(data: Value | undefined): string {
  if (data === undefined) return "missing";
  return typeof data === "object" && data !== null ? JSON.stringify(data, text) : describe(data);
}

const isNumber = (value: unknown): value is number | bigint =>
  typeof value === "number" || typeof value === "bigint";

/** No rule needs more memory than this to be shown. */
const MOST = 0x100_0000;

const isSize = (value: Value | undefined): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MOST;

const text = (_: string, value: unknown): unknown =>
  typeof value === "bigint" ? `${value}n` : value;
