/** From checked definitions to the frozen model. Nothing here reports: the checks have been. */
import type { StructType } from "../schema/define.js";
import type { AnyCall } from "../schema/define-call.js";
import { layoutsOf, tablesOf, variantsOf } from "./build-layouts.js";
import { requireCheck, ruleModel, statedRules, typeRule } from "./build-rules.js";
import type { CallModel, Model, StructModel, TypeModel } from "./model.js";
import { kebab } from "./names.js";
import { reach } from "./reach.js";
import type { Item, RawType, Registry } from "./registry.js";
import { isOptional, nextOf, structScope } from "./scope.js";
import { buildSets } from "./sets.js";

/** Builds the model of a schema that has no mistakes. */
export function build(registry: Registry): Model {
  const calls = registry.calls.map((item) => callModel(registry, item));
  const reached = reach(registry);
  const types = new Map<string, TypeModel>();
  for (const name of reached.types) {
    const item = registry.types.get(name);
    if (item) types.set(name, typeModel(registry, item));
  }
  const pageNames = new Set(calls.map((call) => call.page?.name));
  return Object.freeze({
    calls,
    types,
    ...buildSets(registry, reached),
    facts: new Map(registry.facts.flatMap((item) => Object.entries(item.value.facts)).sort(byKey)),
    pages: [...registry.pages.values()]
      .filter((i) => !i.entry.builtIn || pageNames.has(i.value.name))
      .map((i) => i.value),
    decisions: [...registry.decisions.values()].filter((i) => !i.entry.builtIn).map((i) => i.value),
    tables: tablesOf(registry, calls, new Set(reached.layouts)),
    layouts: layoutsOf(registry, reached.layouts),
  });
}

function typeModel(registry: Registry, item: Item<RawType>): TypeModel {
  return item.value.kind === "struct"
    ? structModel(registry, item.value, item.entry.file)
    : item.value;
}

function structModel(registry: Registry, struct: StructType, file: string): StructModel {
  const scope = structScope(registry, struct);
  const { kind, name, doc, subset, example } = struct;
  const rules = Object.entries(struct.rules ?? {}).map(([key, rule]) =>
    ruleModel(registry, {
      owner: name,
      key,
      rule: { ...rule, on: [rule.on], seenBy: "arguments" },
      check:
        rule.require === undefined
          ? { kind: "chain", field: rule.on }
          : requireCheck(rule.require, scope),
    }),
  );
  const fields = Object.entries(struct.fields).map(([field, of]) => ({ name: field, ...of }));
  const more = { next: nextOf(struct), variants: variantsOf(registry, struct) };
  return { kind, name, doc, subset, example, fields, rules, ...more, file };
}

function callModel(registry: Registry, { value: call, entry }: Item<AnyCall>): CallModel {
  const page = call.page === undefined ? undefined : registry.pages.get(call.page)?.value;
  const params = Object.entries(call.params).map(([name, param]) => ({
    name,
    ...param,
    optional: isOptional(param),
  }));
  const codeOf = (name: string): CallModel["neverReturns"][number] => ({
    name,
    ...(registry.code(name) ?? { value: 0, set: "" }),
  });
  const {
    name,
    typedef,
    header,
    tables,
    irql,
    since,
    returns,
    errorIn,
    profiles,
    summary,
    otherwise,
    describedFrom,
  } = call;
  return {
    name, typedef, header, page, describedFrom, tables, irql, since, returns, errorIn, profiles,
    summary, decided: call.decided ?? [], params,
    otherwise,
    outcomes: Object.entries(call.outcomes).map(([code, of]) => ({ ...codeOf(code), ...of })),
    neverReturns: (call.neverReturns ?? []).map(codeOf),
    rules: [...params.map((of) => typeRule(registry, call, of)), ...statedRules(registry, call)],
    stem: kebab(name),
    file: entry.file,
  }; // prettier-ignore
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;
