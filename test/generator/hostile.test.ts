/** Text of a schema is text, in every position and whatever it says; names are names or errors. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Node, Project, SyntaxKind } from "ts-morph";
import { beforeAll, expect, test } from "vitest";
import { DIAGNOSTICS } from "../../generator/diagnostic-codes.js";
import { SchemaError } from "../../generator/diagnostics.js";
import type { Files } from "../../generator/write.js";
import { loadModel, render } from "../../generator/pipeline.js";
import { visible } from "../../support/visible.js";
import { temporaryFolder } from "../temp.js";

const PAYLOADS = [
  "*/PWNED();/*", "x\n*/\nPWNED();\n/*", "a`+PWNED()+`b", "v${PWNED()}w", "a'+PWNED()+'b",
  'a"+PWNED()+"b', "a\\'+PWNED()//", 'a\\"+PWNED()//', "a\nPWNED();//", "a\rPWNED();//",
  "a\u2028PWNED();//", "a\u2029PWNED();//", "a']:PWNED(),['b",
  "id'>>>;\nPWNED();\ntype _D = Array<Array<Array<'id", "a/);PWNED();(/b", "a;PWNED();b",
  "a}PWNED();{b", "a(){}};PWNED();({b", "</script><script>PWNED()</script>",
  "[x](javascript:PWNED()) {PWNED()} <img src=x onerror=PWNED()>", "<!--<script>",
  "\u001b[2J\u001b]0;PWNED\u0007", "ok \u202e } ;)(DENWP \u2066", "$(PWNED) `PWNED` ; PWNED",
  "@prettier-ignore @format", "@ts-nocheck", '/ <reference path="/etc/passwd" />',
  "# sourceMappingURL=data:application/json;base64,e30=", "eslint-disable",
  '@deprecated @type {import("child_process")}', "{@link javascript:PWNED()}", "a\ud800b", "a\u0000b",
  "prettier-ignore", "| a | b |\n| --- | --- |", "x".repeat(100_000),
]; // prettier-ignore

/** A schema with the same text in every position that takes free text. */
function schemaWith(text: string): string {
  const t = JSON.stringify(text);
  return `
const from = [{ policy: ${t} }, { docs: ${t}, about: ${t} }, { page: "p", section: ${t} }, { header: ${t} }, { observed: ${t} }, { reference: ${t} }, { inferred: ${t} }];
const rule = { says: ${t}, expects: ${t}, advice: ${t}, strength: "must", from, catalog: [${t}], accepts: [{}], rejects: [{ set: { Pad: null } }] };
export const page = { kind: "page", name: "p", title: ${t}, language: ${t}, url: ${t}, doc: ${t}, sha256: "${"0".repeat(64)}" };
export const extra = { kind: "facts", name: "F", facts: { "a.b": { type: "boolean", doc: ${t} } } };
export const set = { kind: "constants", name: "BITS", doc: ${t}, use: "flags", from: from[0], values: { BIT: { value: 1, doc: ${t} }, SAME: { aliasOf: "BIT", doc: ${t} }, WIDE: { value: { x64: 4n, arm64: 4, x86: 2 }, doc: ${t} } } };
export const ids = { kind: "guids", name: "IDS", doc: ${t}, from: from[0], values: { ID: { value: "C0B422F5-F58C-11D1-AD6C-00C04FA34A2D", doc: ${t} } } };
export const codes = { kind: "codes", name: "CODES", doc: ${t}, signed: true, from: from[0], codes: { CODE: { value: 1, doc: ${t} } } };
export const types = [
  { kind: "integer", name: "NUM", doc: ${t}, bits: 32, signed: false },
  { kind: "pointer", name: "PPAD", doc: ${t}, form: "object", to: "PAD" },
];
export const PAD = { kind: "struct", name: "PAD", doc: ${t}, subset: ${t}, from: from[0], fields: { Pad: { type: "NUM", doc: ${t} } }, rules: { ok: { ...rule, on: "Pad", require: "Pad == 0", rejects: [{ set: { Pad: 1 } }] } }, example: { Pad: 0 } };
export const WskHostile = {
  kind: "call", name: "WskHostile", typedef: "PFN_H", header: ${t}, page: "p", tables: ["T"], irql: ${t}, since: ${t},
  returns: "NTSTATUS", profiles: ["documented"], summary: ${t},
  params: { Pad: { type: "PPAD", dir: "in", printed: ${t}, sal: ${t}, doc: ${t}, catalog: [${t}], nullable: true } },
  outcomes: { CODE: { completes: "already", result: "failure", then: ${t}, doc: ${t}, from: from[0] } },
  otherwise: { completes: "never", result: "failure", doc: ${t}, from: from[0] },
  rules: { wants: { ...rule, on: ["Pad"], seenBy: "arguments", require: "Pad != NULL" } },
};
`;
}

function folderWith(text: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "calls"));
  writeFileSync(join(folder, "calls", "hostile.ts"), text);
  return folder;
}

const generateFrom = async (text: string): Promise<Files> =>
  render(await loadModel(folderWith(text)), {});

/** The kinds of all nodes in order: what the program is, apart from its texts. */
function skeleton(files: Files): string {
  const project = new Project({ useInMemoryFileSystem: true });
  const kinds: string[] = [];
  for (const [path, text] of files) {
    if (!path.endsWith(".ts")) continue;
    const source = project.createSourceFile(path, text);
    expect(
      project.getProgram().compilerObject.getSyntacticDiagnostics(source.compilerNode),
    ).toEqual([]);
    source.forEachDescendant((node) => {
      if (Node.isIdentifier(node)) expect(node.getText()).not.toBe("PWNED");
      if (node.getKind() < SyntaxKind.FirstJSDocNode || node.getKind() > SyntaxKind.LastJSDocNode) {
        kinds.push(node.getKindName());
      }
    });
  }
  return kinds.join(" ");
}

let benign = "";
beforeAll(async () => {
  benign = skeleton(await generateFrom(schemaWith("benign")));
});

test.each(PAYLOADS.map((p) => [JSON.stringify(p).slice(0, 50), p] as const))(
  "%s stays text in every position",
  async (_, payload) => {
    const files = await generateFrom(schemaWith(payload));
    expect(skeleton(files)).toBe(benign);
    const data = JSON.parse(files.get("schema.json") ?? "") as {
      calls: { summary: string; rules: { says: string; sources: string[] }[] }[];
    };
    expect(data.calls[0]?.summary).toBe(payload);
    expect(data.calls[0]?.rules.at(-1)?.says).toBe(payload);
    const page = files.get("docs/wsk-hostile.md") ?? "";
    expect(page.replaceAll(/(`+)[^`]*\1/g, "")).not.toMatch(/<(?:script|img)|\]\(javascript:/);
    for (const [path, text] of files) {
      expect(visible(text), path).toBe(text);
      expect(text, path).not.toMatch(
        /\/\/[#@] *sourceMappingURL|^\s*\/\/ *@ts-nocheck|^\/\/\/ *</m,
      );
    }
  },
);

const NAMES = [
  "a b", "a-b", "1abc", "", "class", "await", "Symbol", "Record", "constructor", "__proto__",
  "toString", "\u0430bc", "a\u200db", "x;PWNED()", "`", "any", "arguments", "CON-",
]; // prettier-ignore

/** These are in nobody's way as parameters and fields. */
const MEMBERS = new Set(["Symbol", "Record"]);

test.each(NAMES)("the name %j is refused in every position, with a place", async (name) => {
  const key = JSON.stringify(name);
  const good = schemaWith("benign");
  const asMember = MEMBERS.has(name);
  const positions = [
    good.replace('name: "WskHostile"', `name: ${key}`),
    good.replace('typedef: "PFN_H"', `typedef: ${key}`),
    good.replace('tables: ["T"]', `tables: [${key}]`),
    ...(asMember ? [] : [good.replace("params: { Pad:", `params: { [${key}]:`)]),
    good.replaceAll('name: "PAD"', `name: ${key}`),
    ...(asMember ? [] : [good.replace("fields: { Pad:", `fields: { [${key}]:`)]),
    good.replace('name: "BITS"', `name: ${key}`),
    good.replace("values: { BIT:", `values: { [${key}]:`),
    good.replace("values: { ID:", `values: { [${key}]:`),
    good.replace('name: "IDS"', `name: ${key}`),
    good.replace("codes: { CODE:", `codes: { [${key}]:`),
    good.replace('name: "NUM"', `name: ${key}`),
    ...(name === "a-b" ? [] : [good.replace("rules: { wants:", `rules: { [${key}]:`)]),
  ];
  for (const [i, text] of positions.entries()) {
    expect(text, String(i)).not.toBe(good);
    const mistakes = await loadModel(folderWith(text)).then(
      () => [],
      (error: unknown) =>
        error instanceof SchemaError ? error.diagnostics : Promise.reject(error),
    );
    const codes = mistakes.map((m) => m.code);
    expect(
      codes.some((code) => code.startsWith("name-")),
      `position ${i}: ${codes.join()}`,
    ).toBe(true);
    expect(mistakes.every((m) => m.code in DIAGNOSTICS && m.place.file !== "")).toBe(true);
  }
});

test("__proto__ written as a literal key is refused, though the key itself has vanished", async () => {
  const text = schemaWith("benign").replace("params: { Pad:", "params: { __proto__: {}, Pad:");
  await expect(loadModel(folderWith(text))).rejects.toThrow("__proto__");
});
