/** facts.ts: what a check may be told. */
import type { Model } from "../model.js";
import { code } from "../print/code.js";
import { docComment, key, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { list } from "./pieces.js";

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
