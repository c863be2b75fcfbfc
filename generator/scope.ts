/** What the expressions of a call or a struct may refer to. */
import type { Field, StructType } from "../schema/define.js";
import type { AnyCall } from "../schema/define-call.js";
import type { Meaning, Scope } from "./expression/typed.js";
import type { Registry } from "./registry.js";
import { didYouMean } from "../support/suggest.js";
import { isWideSet } from "./values.js";

/** True where NULL is a value of the parameter. */
export function isOptional(param: AnyCall["params"][string]): boolean {
  return param.nullable === true || param.nullIff !== undefined || param.nullOnlyIf !== undefined;
}

/** The field that continues a chain of a struct. */
export function nextOf(struct: StructType): string | undefined {
  return Object.entries(struct.fields).find(([, field]) => field.chain === true)?.[0];
}

function meaningOf(registry: Registry, typeName: string, nullable: boolean): Meaning {
  const type = registry.types.get(typeName)?.value;
  switch (type?.kind) {
    case "integer":
      return { kind: "number", wide: type.bits === "pointer" || type.bits === 64 };
    case "boolean":
      return { kind: "boolean" };
    case "routine":
      return { kind: "routine", type: type.name, nullable };
    case "struct":
      return { kind: "struct", struct: type.name, next: nextOf(type), nullable: false };
    case "pointer": {
      if (type.form === "bytes") return { kind: "bytes", nullable };
      if (type.form === "array")
        return { kind: "array", element: type.to, count: undefined, nullable };
      const struct = type.form === "object" ? registry.struct(type.to) : undefined;
      if (type.form === "object" && struct === undefined) return { kind: "mistaken" };
      if (struct === undefined) return { kind: "routine", type: type.name, nullable };
      return { kind: "struct", struct: struct.name, next: nextOf(struct), nullable };
    }
    case undefined:
      return { kind: "mistaken" };
  }
}

function fieldMeaning(registry: Registry, field: Field | undefined): Meaning | undefined {
  if (field === undefined) return undefined;
  if (field.count !== undefined) return { kind: "bytes", nullable: false };
  return meaningOf(registry, field.type, field.nullable === true);
}

function scopeOf(
  registry: Registry,
  names: readonly string[],
  own: (name: string) => Meaning | undefined,
): Scope {
  return {
    member(name, struct) {
      if (struct === undefined) return names.includes(name) ? own(name) : undefined;
      const fields = registry.struct(struct)?.fields ?? {};
      return Object.hasOwn(fields, name) ? fieldMeaning(registry, fields[name]) : undefined;
    },
    constant: (name) => {
      const [constant, code] = [registry.constant(name), registry.code(name)];
      if (code !== undefined) return { ...code, isCode: true, inWideSet: false };
      if (constant === undefined) return registry.isMistaken(name) ? "mistaken" : undefined;
      const values = registry.constantSet(constant.set)?.values ?? {};
      return { ...constant, isCode: false, inWideSet: isWideSet(values) };
    },
    fact: (name) => registry.fact(name) ?? (registry.isMistaken(name) ? "mistaken" : undefined),
    suggest: (name, struct) =>
      struct === undefined
        ? didYouMean(name, [...names, ...registry.names("constants"), ...registry.names("codes")])
        : didYouMean(name, Object.keys(registry.struct(struct)?.fields ?? {})),
    suggestFact: (name) => didYouMean(name, registry.names("facts")),
  };
}

/** The scope of a call: its parameters. */
export function callScope(registry: Registry, call: AnyCall): Scope {
  return scopeOf(registry, Object.keys(call.params), (name) => {
    const param = call.params[name];
    const meaning = param && meaningOf(registry, param.type, isOptional(param));
    if (meaning?.kind !== "array") return meaning;
    const [count] = Object.entries(call.params).find(([, other]) => other.countOf === name) ?? [];
    return { ...meaning, count };
  });
}

/** The scope of a struct: its fields. */
export function structScope(registry: Registry, struct: StructType): Scope {
  return scopeOf(registry, Object.keys(struct.fields), (name) => {
    const meaning = fieldMeaning(registry, struct.fields[name]);
    const isLink = meaning?.kind === "struct" && name === nextOf(struct);
    return isLink ? { ...meaning, isLink } : meaning;
  });
}
