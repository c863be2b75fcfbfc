/** Rules as people read them: requirement, check, sources, an example of each side. */
import { lifetimeText } from "../../generator/lifetime-text.js";
import type { LifetimeCheck } from "../../generator/model.js";
import type { Contract, Example, Rule } from "./contract.js";
import { block, columns, indent } from "./typeset.js";

/** A line or two for each rule: strength, id, sentence, and where it stands first of all. */
export function ruleList(rules: readonly Rule[], title = "Rules"): string {
  const rows = rules.map((rule) => [
    strengthText(rule),
    rule.id,
    `${rule.says} (${rule.sources[0] ?? ""})`,
  ]);
  return `${title}\n${indent(columns(rows))}\n`;
}

/** Everything about a rule. */
export function ruleText(rule: Rule, contract: Contract): string {
  const facts = [
    ["Class", rule.class],
    ["Strength", longStrength(rule)],
    ["Noticed by", WITNESS[rule.seenBy] ?? rule.seenBy],
    ["Holds where", checkText(rule)],
    ["Answered with", rule.answers ?? ""],
    ["Not checked", rule.unchecked ?? ""],
    ["Advice", rule.advice],
    ["Stands for", rule.standsFor ?? ""],
    ...rule.sources.map((source, i) => [i === 0 ? "Sources" : "", source]),
    ["Also known as", (rule.aliases ?? []).join(", ")],
    ["Catalogue", rule.catalog.join(", ")],
    ...examples("Keeps it", rule.accepts, contract),
    ...examples("Breaks it", rule.rejects, contract),
  ].filter(([label, text]) => text !== "" || label === "");
  return `${block(rule.id, [rule.says])}\n${indent(columns(facts))}\n`;
}

const WITNESS: Readonly<Record<string, string>> = {
  arguments: "whoever sees the arguments",
  state: "whoever knows the state at the call",
  protocol: "whoever watches the operation to its end",
  reader: "only a reader of the program",
};

const strengthText = ({ strength }: Rule): string =>
  typeof strength === "string" ? strength : (Object.values(strength)[0] ?? "");

function longStrength({ strength }: Rule): string {
  if (typeof strength === "string") return strength;
  return Object.entries(strength)
    .map(([profile, of]) => `${of} (${profile})`)
    .join(", ");
}

/** The check in C-like words; types are told by the sentence of the rule itself. */
function checkText({ check }: Rule): string {
  const word = (name: string): string => String(check[name]);
  const all = (name: string): string => [check[name]].flat().join(" or ");
  switch (check.kind) {
    case "require":
      return word("text");
    case "lifetime":
      return lifetimeText(check as unknown as LifetimeCheck);
    case "must-be":
      return `${word("param")} == ${word("value")}`;
    case "flags":
      return `${word("param")} combines flags of ${all("flags")}`;
    case "undocumented":
      return `${word("param")} has no bit of ${all("flags")}`;
    case "bytes-of":
    case "count-of":
      return `${word("of")} == NULL || ${word("param")} <= length(${word("of")})`;
    case "required":
      return `${word("by")} == ${word("is")} || ${word("param")} != NULL`;
    case "null":
      return `${word("by")} != ${word("is")} || ${word("param")} == NULL`;
    case "null-only-if":
      return `${word("param")} != NULL, or one holds: ${all("facts")}`;
    case "returns":
      return `the code is ${check["which"] === "never" ? "none that is never returned" : "listed"}`;
    case "chain":
      return `${word("field")} leads to no earlier link`;
    default:
      return "";
  }
}

function examples(label: string, all: readonly Example[], contract: Contract): string[][] {
  return all.map((example, i) => [i === 0 ? label : "", exampleText(example, contract)]);
}

function exampleText(example: Example, contract: Contract): string {
  const set = Object.entries(example.set ?? {}).map(([path, value]) => `${path} = ${plain(value)}`);
  const facts = Object.entries(example.facts ?? {}).map(([fact, value]) => `${fact}: ${value}`);
  const events = (example.events ?? []).map(({ happening, object, code }) =>
    [happening, object, code === undefined ? undefined : codeName(code, contract)]
      .filter((word) => word !== undefined)
      .join(" "),
  );
  const profile = example.profile === undefined ? [] : [`in ${example.profile}`];
  const parts = [...set, ...facts, ...(events.length > 0 ? [events.join(" > ")] : []), ...profile];
  return parts.length === 0 ? "the example of the call as it is" : parts.join("; ");
}

function codeName(code: number, contract: Contract): string {
  for (const { codes = {} } of contract.codes) {
    for (const [name, { value }] of Object.entries(codes)) {
      if (typeof value === "number" && (value | 0) === code) return name;
    }
  }
  return String(code);
}

function plain(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if ("hex" in value) return `<${String(value.hex)}>`;
  if ("bytes" in value) return `${String(value.bytes)} bytes`;
  if ("$bigint" in value) return `0x${BigInt(String(value.$bigint)).toString(16)}`;
  if ("sameAs" in value) return value.sameAs === "" ? "itself" : String(value.sameAs);
  if ("routine" in value) return "a routine";
  if (Array.isArray(value)) return `[${value.map(plain).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([key, of]) => `${key}: ${plain(of)}`)
    .join(", ")} }`;
}
