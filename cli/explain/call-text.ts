/** Calls and their parameters as people read them. */
import type { Call, Contract, Param, Rule } from "./contract.js";
import { ruleList, ruleText } from "./rule-text.js";
import { block, columns, indent } from "./typeset.js";

/** A call: prototype, origin, parameters, outcomes, rules. */
export function callText(call: Call, rules: readonly Rule[], contract: Contract): string {
  const outcomes = [
    ...call.outcomes,
    ...(call.otherwise ? [{ ...call.otherwise, name: "any other" }] : []),
  ];
  const never = call.neverReturns.map(({ name }) => name).join(", ");
  return [
    block(call.name, [call.summary]),
    indent(prototype(call)),
    indent(columns(origin(call, contract))),
    `\nParameters\n${indent(columns(call.params.map(paramRow)))}`,
    `\nOutcomes\n${indent(columns(outcomes.map((o) => [o.name, o.completes, o.result, o.doc])))}`,
    ...(never === "" ? [] : [indent(`Never: ${never}`)]),
    `\n${ruleList(rules)}`,
  ].join("\n");
}

/** A parameter: what it is, its three directions, its rules and those of what lies behind it. */
export function paramText({ call, param, rules }: ParamSubject, contract: Contract): string {
  const facts = [
    ["Type", `${param.spelled ?? param.type}${param.optional ? ", or NULL" : ""}`],
    ["Direction", param.dir],
    ["On the page", param.printed],
    ["In the header", param.sal],
  ];
  const own = rules.filter((rule) => rule.id.startsWith(`${call.name}/`));
  const behind = rules.filter((rule) => !own.includes(rule));
  return [
    block(`${call.name}.${param.name}`, [param.doc]),
    `${indent(columns(facts))}\n`,
    ...own.map((rule) => ruleText(rule, contract)),
    ...(behind.length === 0 ? [] : [ruleList(behind, "Rules of what it points to")]),
  ].join("\n");
}

interface ParamSubject {
  readonly call: Call;
  readonly param: Param;
  readonly rules: readonly Rule[];
}

const paramRow = (param: Param): string[] => [param.name, param.type, param.dir, param.doc];

function prototype(call: Call): string {
  const params = call.params.map(
    ({ sal, spelled, type, name }) => `    ${sal} ${spelled ?? type} ${name}`,
  );
  return `${call.returns === "INT" ? "int" : call.returns} ${call.name}(\n${params.join(",\n")}\n);\n`;
}

function origin(call: Call, contract: Contract): string[][] {
  const page = contract.pages.find(({ name }) => name === call.page);
  const source =
    page === undefined
      ? `no source page; described from ${call.describedFrom ?? "nothing"}`
      : `${page.title} (${page.language})`;
  return [
    ["Type", call.typedef],
    ["Header", call.header],
    ["Tables", call.tables.join(", ")],
    ["IRQL", call.irql ?? "user mode"],
    ["Since", call.since],
    ["Page", source],
    ["Profiles", call.profiles.join(", ")],
    ...(call.decided.length === 0 ? [] : [["Decided", call.decided.join(", ")]]),
  ];
}
