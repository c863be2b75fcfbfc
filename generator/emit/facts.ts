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
  const names = list([...model.facts.keys()].map(string));
  const set = code`export const FACT_NAMES: ReadonlySet<string>`;
  const doc = docComment([
    "What a check may be told. A rule whose fact is left out is not judged.",
  ]);
  const body = code`
${doc}export interface Facts {\n${facts}}

${docComment(["The names of all facts; a check reports others."])}${set} = /* @__PURE__ */ new Set([${names}]);
`;
  return { path: "facts.ts", source: "the facts of the schema", body };
}
