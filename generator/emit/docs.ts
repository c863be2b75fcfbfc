/**
 * docs/<call>.md: the page of a call: prototype, parameters, outcomes, rules with their sources.
 */
import type { Strength } from "../../schema/vocabulary.js";
import { decisionPage } from "./decisions.js";
import { lifetimeText } from "../lifetime-text.js";
import type { CallModel, Check, Model, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { md, mdCellCode, mdCode } from "../print/markdown.js";
import type { Page } from "./page.js";

/** Emits a page for each call, and one of all decisions. */
export function emitDocs(model: Model): Page[] {
  return [...callPages(model), ...decisionPage(model)];
}

function callPages(model: Model): Page[] {
  const structs = [...model.types.values()].filter((type) => type.kind === "struct");
  return model.calls.map((call) => {
    const reached = structs.filter((struct) =>
      call.params.some((p) => reaches(model, { from: p.type, to: struct.name })),
    );
    const rules = [...call.rules, ...reached.flatMap((struct) => struct.rules)];
    const body = code`# ${md(call.name)}

${md(call.summary)}

${facts(call)}${decided(model, call)}${parameters(call)}${outcomes(call)}${ruleSection(rules)}`;
    return { path: `docs/${call.stem}.md`, body };
  });
}

function reaches(
  model: Model,
  path: { from: string; to: string },
  seen = new Set<string>(),
): boolean {
  const { from, to } = path;
  const type = model.types.get(from);
  if (type === undefined || seen.has(from)) return false;
  seen.add(from);
  if (type.kind === "pointer") return reaches(model, { from: type.to, to }, seen);
  if (type.kind !== "struct") return false;
  return from === to || type.fields.some((field) => reaches(model, { from: field.type, to }, seen));
}

function facts(call: CallModel): Code {
  const rows = [
    ["Type", call.typedef],
    ["Header", call.header],
    ["Tables", call.tables.join(", ")],
    ["IRQL", call.irql ?? "user mode"],
    ["Since", call.since],
    [
      "Source page",
      call.page === undefined
        ? `none; described from ${call.describedFrom}`
        : `${call.page.title} (${call.page.language})`,
    ],
    ["Profiles", call.profiles.join(", ")],
  ];
  const lines = rows.map(([name = "", value = ""]) => row(md(name), md(value)));
  const address = call.page?.url;
  const url = address === undefined ? nothing : code`\nSource: ${mdCode(address)}\n`;
  return code`| | |\n| --- | --- |\n${lines}${url}\n`;
}

function decided(model: Model, call: CallModel): Code {
  const lines = call.decided.flatMap((name) => {
    const decision = model.decisions.find((candidate) => candidate.name === name);
    return decision ? [code`- ${md(decision.asks)} ${md(decision.decides)}.\n`] : [];
  });
  return lines.length === 0 ? nothing : code`Decided:\n\n${lines}\n`;
}

const row = (...cells: readonly Code[]): Code => code`| ${join(cells, code` | `)} |\n`;

function parameters(call: CallModel): Code {
  const rows = call.params.map((p) =>
    row(
      mdCellCode(p.name),
      mdCellCode(p.type),
      md(p.dir),
      md(p.printed),
      mdCellCode(p.sal),
      md(p.doc),
    ),
  );
  return code`## Parameters

| name | type | direction | on the page | in the header | what it is |
| --- | --- | --- | --- | --- | --- |
${rows}
`;
}

function outcomes(call: CallModel): Code {
  const rows = call.outcomes.map((o) =>
    row(mdCellCode(o.name), md(o.completes), md(o.result), md(o.doc)),
  );
  const other = call.otherwise;
  const rest =
    other === undefined
      ? nothing
      : row(code`any other`, md(other.completes), md(other.result), md(other.doc));
  const never =
    call.neverReturns.length === 0
      ? nothing
      : code`\nNever returned: ${join(
          call.neverReturns.map(({ name }) => mdCode(name)),
          code`, `,
        )}.\n`;
  return code`## Outcomes

| code | completes | result | meaning |
| --- | --- | --- | --- |
${rows}${rest}${never}
`;
}

function ruleSection(rules: readonly RuleModel[]): Code {
  const pieces = rules.map(
    (rule) =>
      code`### ${mdCode(rule.id)}

${md(rule.says)}

- Strength: ${md(strengthText(rule.strength))}. Class: ${md(rule.class)}.
- Seen in: ${md(rule.seenBy)}.
- Advice: ${md(rule.advice)}
${rule.sources.map((source) => code`- Source: ${md(source)}\n`)}${check(rule)}
`,
  );
  return code`## Rules\n\n${pieces}`;
}

function check({ check: of, aliases, answers, unchecked }: RuleModel): Code {
  const names = aliases?.join(", ");
  return code`${line("Also known as", names)}${holds(of)}${line("A breach is answered with", answers)}${line("Not checked", unchecked)}`;
}

const line = (label: string, text: string | undefined): Code =>
  text === undefined ? nothing : code`- ${md(label)}: ${md(text)}\n`;

function holds(check: Check): Code {
  if (check.kind === "require") return code`- Holds where ${mdCode(check.text)}\n`;
  if (check.kind !== "lifetime") return nothing;
  return code`- Lifetime: ${md(lifetimeText(check))}\n`;
}

function strengthText(
  strength: Strength | { readonly [profile: string]: Strength | undefined },
): string {
  if (typeof strength === "string") return `${strength}, in all profiles`;
  return Object.entries(strength)
    .map(([profile, of]) => `${of} (${profile})`)
    .join(", ");
}
