/** docs/decisions.md: where the sources are silent or disagree, and what was decided. */
import type { Decision, Source } from "../../schema/define.js";
import type { Model, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { md, mdCode } from "../print/markdown.js";
import { sourceText } from "../sources.js";
import type { Page } from "./page.js";

/** Emits the page; none where nothing was decided. */
export function decisionPage(model: Model): Page[] {
  if (model.decisions.length === 0) return [];
  const body = code`# Decisions

Where the sources are silent or disagree: what each one says, what the contract decides, and the
rules and calls that rest on it.

${model.decisions.map((decision) => section(model, decision))}`;
  return [{ path: "docs/decisions.md", body }];
}

function section(model: Model, { name, asks, sides, decides }: Decision): Code {
  const said = sides.map(({ says, from }) => code`- ${md(says)} (${md(text(from, model))})\n`);
  const ids = [...new Set(restingOn(model, name))].map(mdCode);
  const rests = ids.length === 0 ? nothing : code`\nRests on it: ${join(ids, code`, `)}.\n`;
  return code`## ${mdCode(name)}

${md(asks)}

${said}
**Decided:** ${md(decides)}.
${rests}
`;
}

function restingOn(model: Model, decision: string): string[] {
  const isOn = (rule: RuleModel): boolean =>
    rule.from.some((source) => "decision" in source && source.decision === decision);
  const structs = [...model.types.values()].flatMap((type) =>
    type.kind === "struct" ? type.rules : [],
  );
  const rules = [...model.calls.flatMap((call) => call.rules), ...structs].filter(isOn);
  const calls = model.calls.filter((call) => call.decided.includes(decision));
  return [...calls.map((call) => call.name), ...rules.map((rule) => rule.id)];
}

function text(source: Source, { pages, decisions }: Model): string {
  return sourceText(source, {
    pages: new Map(pages.map((page) => [page.name, page])),
    decisions: new Map(decisions.map((decision) => [decision.name, decision])),
  });
}
