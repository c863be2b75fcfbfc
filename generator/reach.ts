/**
 * What the calls of a schema reach: only that is emitted, besides what the folder itself
 * declares.
 */
import type { Typed } from "./expression/typed.js";
import { resolve } from "./expression/resolve.js";
import { parseExpression } from "./expression/parse.js";
import type { Registry } from "./registry.js";
import { callScope, structScope } from "./scope.js";

/** The names of everything that is needed. */
export interface Reached {
  readonly types: readonly string[];
  /** Definitions with a C layout: those of the types, and those that the folder declares. */
  readonly layouts: readonly string[];
  readonly codes: ReadonlySet<string>;
  readonly constants: ReadonlySet<string>;
}

/** Collects types, sets of codes and sets of constants. */
export function reach(registry: Registry): Reached {
  const types = reachedTypes(registry);
  const constants = new Set(
    registry.constants.filter((i) => !i.entry.builtIn).map((i) => i.value.name),
  );
  for (const name of reachedConstants(registry, types)) constants.add(name);
  const codes = new Set(registry.codes.filter((i) => !i.entry.builtIn).map((i) => i.value.name));
  for (const { value: call } of registry.calls) {
    for (const code of [...Object.keys(call.outcomes), ...(call.neverReturns ?? [])]) {
      for (const { value: set } of registry.codes)
        if (Object.hasOwn(set.codes, code)) codes.add(set.name);
    }
  }
  return { types, layouts: reachedLayouts(registry, types), codes, constants };
}

function reachedTypes(registry: Registry): string[] {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const type = registry.types.get(name)?.value;
    if (type === undefined || seen.has(name)) return;
    seen.add(name);
    if (type.kind === "pointer") visit(type.to);
    if (type.kind === "routine") Object.values(type.params).forEach(visit);
    if (type.kind !== "struct") return;
    Object.values(type.fields).forEach((field) => visit(field.type));
    Object.values(type.variants?.types ?? {}).forEach(visit);
  };
  for (const { value: call } of registry.calls) {
    visit(call.returns);
    for (const param of Object.values(call.params)) visit(param.type);
  }
  for (const { value: struct, entry } of registry.structs) if (!entry.builtIn) visit(struct.name);
  return [...seen].sort();
}

function reachedLayouts(registry: Registry, types: readonly string[]): string[] {
  const named = new Set(registry.calls.flatMap(({ value: call }) => call.tables));
  const own = [...registry.layouts, ...registry.tables].filter(
    ({ value, entry }) => !entry.builtIn || named.has(value.name),
  );
  return [...types, ...own.map((item) => item.value.name)].sort();
}

function reachedConstants(registry: Registry, types: readonly string[]): Set<string> {
  const names = new Set<string>();
  const add = (text: string | undefined, scope: Parameters<typeof resolve>[1]): void => {
    if (text !== undefined)
      constantsIn(resolve(parseExpression(text), scope)).forEach((name) => names.add(name));
  };
  for (const { value: call } of registry.calls) {
    for (const rule of Object.values(call.rules)) add(rule.require, callScope(registry, call));
    for (const { flags } of Object.values(call.params)) if (flags !== undefined) names.add(flags);
  }
  for (const name of types) {
    const struct = registry.struct(name);
    Object.keys(struct?.variants?.types ?? {}).forEach((constant) => names.add(constant));
    for (const rule of Object.values(struct?.rules ?? {}))
      if (struct) add(rule.require, structScope(registry, struct));
  }
  const sets = registry.constants.map((item) => item.value);
  const isNeeded = (set: (typeof sets)[number]): boolean =>
    names.has(set.name) || Object.keys(set.values).some((name) => names.has(name));
  return new Set(sets.filter(isNeeded).map((set) => set.name));
}

function constantsIn(typed: Typed): string[] {
  switch (typed.kind) {
    case "constant":
      return [typed.name];
    case "binary":
      return [...constantsIn(typed.left), ...constantsIn(typed.right)];
    case "not":
    case "length":
    case "allOnes":
      return constantsIn(typed.of);
    case "wellFormed":
      return [...constantsIn(typed.bytes), ...constantsIn(typed.length)];
    default:
      return [];
  }
}
