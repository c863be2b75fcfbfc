/** docs/<call>.md: the page of a call: prototype, parameters, outcomes, rules with their sources. */
import type { Strength } from "../../schema/vocabulary.js";
import type { CallModel, Model, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { md, mdCode } from "../print/markdown.js";

/** A page, as Markdown. */
export interface Page {
  readonly path: string;
  readonly body: Code;
}

/** Emits a page for each call. */
export function emitDocs(model: Model): Page[] {
  const structs = [...model.types.values()].filter((type) => type.kind === "struct");
  return model.calls.map((call) => {
    const reached = structs.filter((struct) =>
      call.params.some((p) => reaches(model, p.type, struct.name)),
    );
    const rules = [...call.rules, ...reached.flatMap((struct) => struct.rules)];
    const body = code`# ${md(call.name)}\n\n${md(call.summary)}\n\n${facts(call)}${parameters(call)}${outcomes(call)}${ruleSection(rules)}`;
    return { path: `docs/${call.stem}.md`, body };
  });
}

function reaches(model: Model, from: string, to: string, seen = new Set<string>()): boolean {
  const type = model.types.get(from);
  if (type === undefined || seen.has(from)) return false;
  seen.add(from);
  if (type.kind === "pointer") return reaches(model, type.to, to, seen);
  if (type.kind !== "struct") return false;
  return from === to || type.fields.some((field) => reaches(model, field.type, to, seen));
}

function facts(call: CallModel): Code {
  const rows = [
    ["Type", call.typedef],
    ["Header", call.header],
    ["Tables", call.tables.join(", ")],
    ["IRQL", call.irql ?? "user mode"],
    ["Since", call.since],
    ["Source page", `${call.page.title} (${call.page.language})`],
    ["Profiles", call.profiles.join(", ")],
  ];
  const lines = rows.map(([name = "", value = ""]) => code`| ${md(name)} | ${md(value)} |\n`);
  const url = call.page.url === undefined ? nothing : code`\nSource: ${mdCode(call.page.url)}\n`;
  return code`| | |\n| --- | --- |\n${lines}${url}\n`;
}

function parameters(call: CallModel): Code {
  const rows = call.params.map(
    (p) =>
      code`| ${mdCode(p.name)} | ${mdCode(p.type)} | ${md(p.dir)} | ${md(p.printed)} | ${mdCode(p.sal)} | ${md(p.doc)} |\n`,
  );
  return code`## Parameters\n\n| name | type | direction | on the page | in the header | what it is |\n| --- | --- | --- | --- | --- | --- |\n${rows}\n`;
}

function outcomes(call: CallModel): Code {
  const rows = call.outcomes.map(
    (o) => code`| ${mdCode(o.name)} | ${md(o.completes)} | ${md(o.result)} | ${md(o.doc)} |\n`,
  );
  const other = call.otherwise;
  const rest =
    other === undefined
      ? nothing
      : code`| any other | ${md(other.completes)} | ${md(other.result)} | ${md(other.doc)} |\n`;
  const never =
    call.neverReturns.length === 0
      ? nothing
      : code`\nNever returned: ${join(
          call.neverReturns.map(({ name }) => mdCode(name)),
          code`, `,
        )}.\n`;
  return code`## Outcomes\n\n| code | completes | result | meaning |\n| --- | --- | --- | --- |\n${rows}${rest}${never}\n`;
}

function ruleSection(rules: readonly RuleModel[]): Code {
  const pieces = rules.map(
    (rule) =>
      code`### ${mdCode(rule.id)}\n\n${md(rule.says)}\n\n- Strength: ${md(strengthText(rule.strength))}. Seen in: ${md(rule.seenBy)}.\n- Advice: ${md(rule.advice)}\n${rule.sources.map((source) => code`- Source: ${md(source)}\n`)}${check(rule)}\n`,
  );
  return code`## Rules\n\n${pieces}`;
}

function check({ check: of }: RuleModel): Code {
  return of.kind === "require" ? code`- Holds where ${mdCode(of.text)}\n` : nothing;
}

function strengthText(
  strength: Strength | { readonly [profile: string]: Strength | undefined },
): string {
  if (typeof strength === "string") return `${strength}, in all profiles`;
  return Object.entries(strength)
    .map(([profile, of]) => `${of} (${profile})`)
    .join(", ");
}
