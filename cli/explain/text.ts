/** Subjects as people read them in a terminal. */
import { never } from "../../generator/fault.js";
import type { Contract, Layout, NamedSet, NamedValue, Table, Type } from "./contract.js";
import { callText, paramText } from "./call-text.js";
import { layoutText, placesText } from "./layout-text.js";
import { ruleList, ruleText } from "./rule-text.js";
import type { CatalogueSubject, NumberSubject, Subject } from "./subject.js";
import { block, columns, indent } from "./typeset.js";

/** What there is to say of a subject. */
export function textOf(subject: Subject, contract: Contract): string {
  switch (subject.kind) {
    case "call":
      return callText(subject.call, subject.rules, contract);
    case "parameter":
      return paramText(subject, contract);
    case "rule":
      return ruleText(subject.rule, contract);
    case "type":
      return typeText(subject.type, subject.layout, contract);
    case "layout":
      return `${block(`${subject.layout.name} (a ${subject.layout.kind})`, [subject.layout.doc])}\n${layoutText(subject.layout)}`;
    case "table":
      return tableText(subject.table, subject.layout);
    case "field":
      return fieldText(subject);
    case "member":
      return `${subject.name} (a member in C)\n${indent(placesText(subject.places))}\n`;
    case "value":
      return `${valueLine(subject.name, subject.of, subject.set)}\n`;
    case "number":
      return numberText(subject);
    case "catalogue":
      return catalogueText(subject);
    case "set":
      return setText(subject.set);
    case "fact":
      return block(`${subject.name} (a fact: ${subject.type})`, [subject.doc]);
    case "page": {
      const { name, title, language, url, doc } = subject.page;
      return block(`${name} (a page, ${language})`, [
        title,
        doc,
        ...(url === undefined ? [] : [url]),
      ]);
    }
    case "decision": {
      const { name, asks, sides, decides } = subject.decision;
      const said = sides.map(({ says, from }) => `${says} (${Object.values(from).join(", ")})`);
      return block(`${name} (a decision)`, [
        asks,
        ...said.map((side) => `- ${side}`),
        `Decided: ${decides}`,
      ]);
    }
    default:
      return never(subject);
  }
}

function typeText(type: Type, layout: Layout | undefined, contract: Contract): string {
  const parts = [
    block(`${type.name} (${kindOf(type)})`, [
      type.doc,
      ...((type.subset ?? "") ? [type.subset ?? ""] : []),
    ]),
  ];
  const fields = type.fields ?? [];
  if (fields.length > 0) {
    parts.push(`Fields\n${indent(columns(fields.map((f) => [f.name, f.type, f.doc])))}\n`);
  }
  if (layout !== undefined) parts.push(layoutText(layout));
  if ((type.rules ?? []).length > 0) parts.push(ruleList(type.rules ?? []));
  const users = contract.calls.filter((call) => call.params.some((p) => p.type === type.name));
  if (users.length > 0) parts.push(`Taken by ${users.map((call) => call.name).join(", ")}\n`);
  return parts.join("\n");
}

function tableText(table: Table, layout: Layout | undefined): string {
  const slots = table.slots.map(({ name, since }, i) => [
    String(i),
    name,
    since === undefined ? "" : `since ${since}`,
  ]);
  const since = table.since === undefined ? [] : [`Since ${table.since}.`];
  const head = block(`${table.name} (a dispatch table)`, [table.doc ?? "", ...since]);
  const picture = layout === undefined ? "" : `\n${layoutText(layout)}`;
  return `${head}\nSlots\n${indent(columns(slots))}\n${picture}`;
}

const kindOf = ({ kind, to }: Type): string =>
  kind === "pointer" && to !== undefined ? `a pointer to ${to}` : `a ${kind}`;

function fieldText({ type, field, places }: Extract<Subject, { kind: "field" }>): string {
  const found = type.fields?.find(({ name }) => name === field);
  const rules = (type.rules ?? []).filter((rule) => rule.on.includes(field));
  const head = block(`${type.name}.${field}: ${found?.type ?? ""}`, [found?.doc ?? ""]);
  const where = Object.keys(places).length === 0 ? "" : `${indent(placesText(places))}\n`;
  return rules.length === 0 ? head + where : `${head}${where}\n${ruleList(rules)}`;
}

function numberText({ text, values, entry }: NumberSubject): string {
  const rows = values.map(({ name, of, set }) => [name, set.name, of.doc]);
  const names = rows.length === 0 ? "" : `${indent(columns(rows))}\n`;
  return `${text}\n${names}${entry === undefined ? "" : `\n${catalogueText(entry)}`}`;
}

function catalogueText({
  id,
  of = "an entry of the catalogue",
  rules,
  decisions,
}: CatalogueSubject): string {
  const rows = decisions.map(({ name, asks }) => [name, asks]);
  return [
    `${id} (${of})\n`,
    ...(rules.length === 0 ? [] : [ruleList(rules)]),
    ...(rows.length === 0 ? [] : [`Decisions\n${indent(columns(rows))}\n`]),
  ].join("\n");
}

function setText(set: NamedSet): string {
  const entries = Object.entries(set.codes ?? set.values ?? {});
  const rows = entries.map(([name, of]) => [name, shown(of.value), of.doc]);
  return `${block(`${set.name} (a set of ${entries.length})`, [set.doc])}\n${indent(columns(rows))}\n`;
}

function valueLine(name: string, of: NamedValue, set: NamedSet): string {
  const alias = of.aliasOf === undefined ? "" : `, the same as ${of.aliasOf}`;
  return `${name} = ${shown(of.value)}${alias} (${set.name})\n  ${of.doc}`;
}

/** `259 (0x103)`, `{B5CB...}`, or one number for each architecture. */
function shown(value: unknown): string {
  if (typeof value === "number") {
    return value > 9 || value < 0
      ? `${value} (0x${(value >>> 0).toString(16).toUpperCase()})`
      : `${value}`;
  }
  if (typeof value !== "object" || value === null) return String(value);
  if ("$bigint" in value) return `0x${BigInt(String(value.$bigint)).toString(16).toUpperCase()}`;
  return Object.entries(value)
    .map(([arch, of]) => `${arch} ${shown(of)}`)
    .join(", ");
}
