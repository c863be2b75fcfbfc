/** From a name to what it stands for: calls, parameters, rules, types, fields, codes, and more. */
import { distance } from "../../support/suggest.js";
import type { Call, Contract, Layout, Type } from "./contract.js";
import { ARCHITECTURES, placementOn } from "./contract.js";
import { catalogueOf, numberCalled, shortNamesOf } from "./numbers.js";
import { behindPath } from "./paths.js";
import type { Places, Subject } from "./subject.js";
import { ownRules, runtimeRules } from "./own-rules.js";

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
  for (const layout of contract.layouts) addMembers(subjects, layout);
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
  for (const entry of catalogueOf(contract)) {
    // A number is more than an entry.
    if (!/^\d+$/.test(entry.id) && !subjects.has(entry.id)) subjects.set(entry.id, entry);
  }
  for (const entry of shortNamesOf(contract)) {
    if (!subjects.has(entry.id)) subjects.set(entry.id, entry);
  }
  for (const rule of runtimeRules(contract)) subjects.set(rule.id, { kind: "rule", rule });
  return subjects;
}

/** What a name stands for: one of the subjects, a number, or a way through pointers. */
export function lookUp(
  name: string,
  subjects: ReadonlyMap<string, Subject>,
  contract: Contract,
): { readonly subject: Subject } | { readonly near: readonly string[] } {
  const subject = named(subjects, name) ?? numberCalled(name, contract);
  if (subject !== undefined) return { subject };
  const behind = behindPath(name, (prefix) => named(subjects, prefix), contract);
  if (behind !== undefined) return lookUp(behind, subjects, contract);
  return { near: nearest(name, subjects.keys()) };
}

/** A subject by its name, in any case. */
function named(subjects: ReadonlyMap<string, Subject>, name: string): Subject | undefined {
  const exact = subjects.get(name);
  if (exact !== undefined) return exact;
  const wanted = name.toLowerCase();
  for (const [known, subject] of subjects) if (known.toLowerCase() === wanted) return subject;
  return undefined;
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
    const places = layout === undefined ? {} : (placesIn(layout).get(name) ?? {});
    subjects.set(`${type.name}.${name}`, { kind: "field", type, field: name, places });
  }
  for (const rule of type.rules ?? []) subjects.set(rule.id, { kind: "rule", rule });
}

/** The members that are no fields of the JavaScript view, by every name of the type. */
function addMembers(subjects: Map<string, Subject>, layout: Layout): void {
  for (const [path, places] of placesIn(layout)) {
    const field = subjects.get(`${layout.name}.${path}`);
    for (const owner of [layout.name, ...layout.aliases]) {
      const name = `${owner}.${path}`;
      if (!subjects.has(name)) subjects.set(name, field ?? { kind: "member", name, places });
    }
  }
}

function placesIn(layout: Layout): ReadonlyMap<string, Places> {
  const places = new Map<string, Places>();
  for (const arch of ARCHITECTURES) {
    for (const member of placementOn(layout, arch).members) {
      places.set(member.path, { ...places.get(member.path), [arch]: member });
    }
  }
  return places;
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
