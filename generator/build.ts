/** From checked definitions to the frozen model. Nothing here reports: the checks have been. */
import type { RuleBase, StructType } from "../schema/define.js";
import type { AnyCall, Rule } from "../schema/define-call.js";
import { parseExpression } from "./expression/parse.js";
import type { Scope } from "./expression/resolve.js";
import { resolve } from "./expression/resolve.js";
import { Fault } from "./fault.js";
import type {
  CallModel,
  Check,
  Model,
  ParamModel,
  RuleModel,
  StructModel,
  TypeModel,
} from "./model.js";
import { camel, kebab } from "./names.js";
import type { Item, RawType, Registry } from "./registry.js";
import { layoutsOf, tablesOf, variantsOf } from "./build-layouts.js";
import { reach } from "./reach.js";
import { callScope, isOptional, nextOf, structScope } from "./scope.js";
import { sourceText, sourceTexts } from "./sources.js";
import { phraseOf } from "./phrases.js";
import { checksOf } from "./words.js";

/** Builds the model of a schema that has no mistakes. */
export function build(registry: Registry): Model {
  const calls = registry.calls.map((item) => callModel(registry, item));
  const reached = reach(registry);
  const types = new Map<string, TypeModel>();
  for (const name of reached.types) {
    const item = registry.types.get(name);
    if (item) types.set(name, typeModel(registry, item));
  }
  const pageNames = new Set(calls.map((call) => call.page.name));
  return Object.freeze({
    calls,
    types,
    codes: registry.codes.map((item) => item.value).filter((set) => reached.codes.has(set.name)),
    constants: registry.constants
      .map((item) => item.value)
      .filter((set) => reached.constants.has(set.name)),
    facts: new Map(registry.facts.flatMap((item) => Object.entries(item.value.facts)).sort(byKey)),
    pages: [...registry.pages.values()]
      .filter((i) => !i.entry.builtIn || pageNames.has(i.value.name))
      .map((i) => i.value),
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
      check: requireCheck(rule.require, scope),
    }),
  );
  const fields = Object.entries(struct.fields).map(([field, of]) => ({ name: field, ...of }));
  const more = { next: nextOf(struct), variants: variantsOf(registry, struct) };
  return { kind, name, doc, subset, example, fields, rules, ...more, file };
}

function callModel(registry: Registry, { value: call, entry }: Item<AnyCall>): CallModel {
  const page = registry.pages.get(call.page)?.value;
  if (page === undefined) throw new Fault(`${call.name} passed its checks without a page`);
  const params = Object.entries(call.params).map(([name, param]) => ({
    name,
    ...param,
    optional: isOptional(param),
  }));
  const codeOf = (name: string): { name: string; value: number } => ({
    name,
    value: registry.code(name) ?? 0,
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
  } = call;
  return {
    name, typedef, header, page, tables, irql, since, returns, errorIn, profiles, summary, params,
    otherwise,
    outcomes: Object.entries(call.outcomes).map(([code, of]) => ({ ...codeOf(code), ...of })),
    neverReturns: (call.neverReturns ?? []).map(codeOf),
    rules: [...params.map((of) => typeRule(registry, call, of)), ...statedRules(registry, call)],
    stem: kebab(name),
    file: entry.file,
  }; // prettier-ignore
}

/** The rule that a parameter is of its type. */
function typeRule(registry: Registry, call: AnyCall, param: ParamModel): RuleModel {
  const phrase = phraseOf(registry, param.type, param.optional);
  const header = sourceText({ header: call.header }, registry);
  const page = sourceText({ page: call.page, section: `Parameters/${param.name}` }, registry);
  return {
    id: `${call.name}/${param.name}.type`,
    constant: camel(`${param.name}.type`),
    says: `${param.name} is ${phrase}.`,
    expects: phrase,
    advice: `Pass ${phrase}: ${lowerFirst(param.doc)}`,
    strength: "must",
    sources: [page, `${header}: ${param.sal} ${param.type} ${param.name}`],
    catalog: param.catalog,
    on: [param.name],
    seenBy: "arguments",
    check: { kind: "type", param: param.name },
    accepts: [{}],
    rejects: [{ set: { [param.name]: "neither a number nor a pointer" } }],
  };
}

function statedRules(registry: Registry, call: AnyCall): RuleModel[] {
  const scope = callScope(registry, call);
  const stated = new Map<string, Check>();
  for (const [name, param] of Object.entries(call.params)) {
    for (const [word, check] of checksOf(name, param)) stated.set(`${name}.${word}`, check);
  }
  return Object.entries(call.rules).map(([key, rule]) => {
    const check = stated.get(key) ?? requireCheck(rule.require, scope);
    return ruleModel(registry, { owner: call.name, key, rule, check });
  });
}

function requireCheck(text: string | undefined, scope: Scope): Check {
  if (text === undefined) return { kind: "none" };
  return { kind: "require", text, expression: resolve(parseExpression(text), scope) };
}

function ruleModel(
  registry: Registry,
  made: { owner: string; key: string; rule: RuleBase & Pick<Rule, "on" | "seenBy">; check: Check },
): RuleModel {
  const { owner, key, rule, check } = made;
  const { says, expects, advice, strength, catalog, on, seenBy, accepts, rejects } = rule;
  return {
    id: `${owner}/${key}`,
    constant: camel(key),
    says, expects, advice, strength,
    sources: sourceTexts(rule.from, registry),
    catalog, on, seenBy, check, accepts, rejects,
  }; // prettier-ignore
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
