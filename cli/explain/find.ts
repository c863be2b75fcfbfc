/** From a name to what it stands for: calls, parameters, rules, types, fields, codes, and more. */
import { distance } from "../../generator/suggest.js";
import type {
  Call, Contract, Decision, Layout, NamedSet, NamedValue, Page, Param, Rule, Table, Type,
} from "./contract.js"; // prettier-ignore
import { ownRules } from "./own-rules.js";

/** What a name stands for. */
export type Subject =
  | { readonly kind: "call"; readonly call: Call; readonly rules: readonly Rule[] }
  | {
      readonly kind: "parameter";
      readonly call: Call;
      readonly param: Param;
      readonly rules: readonly Rule[];
    }
  | { readonly kind: "rule"; readonly rule: Rule }
  | { readonly kind: "type"; readonly type: Type; readonly layout: Layout | undefined }
  | { readonly kind: "layout"; readonly layout: Layout }
  | { readonly kind: "table"; readonly table: Table; readonly layout: Layout | undefined }
  | { readonly kind: "field"; readonly type: Type; readonly field: string }
  | ValueSubject
  | { readonly kind: "set"; readonly set: NamedSet }
  | { readonly kind: "fact"; readonly name: string; readonly type: string; readonly doc: string }
  | { readonly kind: "page"; readonly page: Page }
  | { readonly kind: "decision"; readonly decision: Decision }; // prettier-ignore

interface ValueSubject {
  readonly kind: "value";
  readonly name: string;
  readonly of: NamedValue;
  readonly set: NamedSet;
}

/** Every name that can be asked about, with what it stands for. */
export function subjectsOf(contract: Contract): Map<string, Subject> {
  const subjects = new Map<string, Subject>();
  for (const call of contract.calls) addCall(subjects, contract, call);
  const layouts = new Map(contract.layouts.map((layout) => [layout.name, layout]));
  for (const type of contract.types) addType(subjects, type, layouts.get(type.name));
  for (const table of contract.tables) {
    subjects.set(table.name, { kind: "table", table, layout: layouts.get(table.name) });
  }
  for (const layout of contract.layouts) {
    for (const name of [layout.name, ...layout.aliases]) {
      const known = subjects.get(layout.name);
      if (!subjects.has(name)) subjects.set(name, known ?? { kind: "layout", layout });
    }
  }
  for (const set of [...contract.codes, ...contract.constants, ...contract.guids]) {
    if (!subjects.has(set.name)) subjects.set(set.name, { kind: "set", set });
    for (const [name, of] of Object.entries(set.codes ?? set.values ?? {})) {
      subjects.set(name, { kind: "value", name, of, set });
    }
  }
  for (const [name, fact] of Object.entries(contract.facts)) {
    subjects.set(name, { kind: "fact", name, ...fact });
  }
  for (const decision of contract.decisions) {
    subjects.set(decision.name, { kind: "decision", decision });
  }
  for (const page of contract.pages) {
    if (!subjects.has(page.name)) subjects.set(page.name, { kind: "page", page });
  }
  return subjects;
}

function addCall(subjects: Map<string, Subject>, contract: Contract, call: Call): void {
  const structs = reachedBy(contract, call).flatMap((type) => type.rules ?? []);
  const rules = [...call.rules, ...structs];
  subjects.set(call.name, { kind: "call", call, rules });
  subjects.set(call.typedef, { kind: "call", call, rules });
  for (const param of call.params) {
    const own = call.rules.filter((rule) => rule.on.includes(param.name));
    const behind = reachedFrom(contract, param.type).flatMap((type) => type.rules ?? []);
    const subject = { kind: "parameter", call, param, rules: [...own, ...behind] } as const;
    subjects.set(`${call.name}.${param.name}`, subject);
  }
  for (const rule of [...call.rules, ...ownRules(call)])
    subjects.set(rule.id, { kind: "rule", rule });
}

function addType(subjects: Map<string, Subject>, type: Type, layout?: Layout): void {
  subjects.set(type.name, { kind: "type", type, layout });
  for (const { name } of type.fields ?? []) {
    subjects.set(`${type.name}.${name}`, { kind: "field", type, field: name });
  }
  for (const rule of type.rules ?? []) subjects.set(rule.id, { kind: "rule", rule });
}

const reachedBy = (contract: Contract, call: Call): Type[] => [
  ...new Set(call.params.flatMap((param) => reachedFrom(contract, param.type))),
];

/** The types that lie behind a type. */
function reachedFrom(contract: Contract, name: string, seen = new Set<string>()): Type[] {
  const type = contract.types.find((candidate) => candidate.name === name);
  if (type === undefined || seen.has(name)) return [];
  seen.add(name);
  const next = [
    ...(type.to === undefined ? [] : [type.to]),
    ...(type.fields ?? []).map((f) => f.type),
  ];
  return [type, ...next.flatMap((other) => reachedFrom(contract, other, seen))];
}

/** The nearest names to one that is not known, the nearest first. */
export function nearest(name: string, known: Iterable<string>): string[] {
  const wanted = name.toLowerCase();
  const scored: [number, string][] = [];
  for (const candidate of known) {
    const other = candidate.toLowerCase();
    const d = other.includes(wanted) ? 1 : distance(wanted, other);
    if (d <= Math.max(2, Math.floor(name.length / 3))) scored.push([d, candidate]);
  }
  return scored
    .sort(([a, x], [b, y]) => a - b || x.length - y.length)
    .slice(0, 5)
    .map(([, candidate]) => candidate);
}
