/** facts.ts: what a check may be told, and how it reads that. */
import type { CallModel, Model, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import { docComment, key, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { factCode } from "./expression.js";
import { list } from "./pieces.js";
import { needsOf } from "./rule-checks.js";

/** A member that reads the facts of these rules, each once and by its name; nothing for none. */
export function emitTold(model: Model, call: CallModel, rules: readonly RuleModel[]): Code {
  const names = new Set(rules.flatMap((rule) => needsOf(model, rule, call).told));
  if (names.size === 0) return nothing;
  const read = [...names].sort().map((name) => code`${key(name)}: ${factCode(name)}`);
  return code`told: (facts) => ({ ${list(read)} }),`;
}

/** Emits facts.ts. */
export function emitFacts(model: Model): OutputFile {
  const facts = [...model.facts].map(([name, fact]) => {
    const type = fact.type === "boolean" ? code`boolean` : code`number`;
    return code`${docComment([fact.doc])}readonly ${key(name)}?: ${type} | undefined;\n`;
  });
  const all = list([...model.facts.keys()].map(string));
  const about = docComment([
    "What a check may be told. A rule whose fact is left out is not judged.",
  ]);
  const names = docComment(["The names of all facts; a check reports others."]);
  const body = code`
${about}export interface Facts {\n${facts}}

${names}export const FACT_NAMES: ReadonlySet<string> = /* @__PURE__ */ new Set([${all}]);
`;
  return { path: "facts.ts", source: "the facts of the schema", body };
}
