/** What stands in a schema folder is loaded, anew each time, whatever it is and whatever it does. */
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";
import type { Diagnostic } from "../../generator/diagnostics.js";
import { SchemaError } from "../../generator/diagnostics.js";
import { generate, loadModel } from "../../generator/pipeline.js";
import { OutputError } from "../../generator/write.js";
import { temporaryFolder } from "../temp.js";

const fixture = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url)), "utf8");
const tape = fixture("new-call/schema/tape.ts");
const play = fixture("new-call/schema/calls/tape-play.ts");

let parent = "";
let schema = "";
const put = (path: string, text: string): void => {
  const file = join(parent, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

beforeEach(() => {
  parent = temporaryFolder();
  schema = join(parent, "schema");
  put("schema/tape.ts", tape);
  put("schema/calls/tape-play.ts", play);
});

async function mistakes(): Promise<readonly Diagnostic[]> {
  return loadModel(schema).then(
    () => [],
    (error: unknown) => (error instanceof SchemaError ? error.diagnostics : Promise.reject(error)),
  );
}

const callsOf = async (): Promise<string[]> =>
  (await loadModel(schema)).calls.map(({ name, summary }) => `${name}: ${summary}`);

test("links are followed, to files and to folders, once; circles end", async () => {
  renameSync(join(schema, "calls"), join(parent, "elsewhere"));
  symlinkSync(join(parent, "elsewhere"), join(schema, "calls"));
  renameSync(join(schema, "tape.ts"), join(parent, "tape.ts"));
  symlinkSync(join(parent, "tape.ts"), join(schema, "tape.ts"));
  symlinkSync(join(parent, "tape.ts"), join(schema, "again.ts"));
  symlinkSync(schema, join(schema, "circle"));
  expect(await callsOf()).toEqual(["TapePlay: Plays a tape."]);
});

test("a link that leads nowhere is a mistake", async () => {
  symlinkSync(join(parent, "nowhere.ts"), join(schema, "gone.ts"));
  const [mistake, ...rest] = await mistakes();
  expect(rest).toEqual([]);
  expect(mistake).toMatchObject({ code: "schema-unreadable", place: { file: "schema/gone.ts" } });
  expect(mistake?.message).toContain("a link that leads nowhere");
});

test("each load sees the files as they are now, and what they import", async () => {
  put("words.ts", 'export const summary = "First.";');
  put(
    "schema/calls/tape-play.ts",
    `import { summary } from "../../words.js";\n${play.replace('summary: "Plays a tape."', "summary")}`,
  );
  expect(await callsOf()).toEqual(["TapePlay: First."]);
  put("words.ts", 'export const summary = "Second.";');
  expect(await callsOf()).toEqual(["TapePlay: Second."]);
  put("schema/calls/tape-play.ts", play);
  expect(await callsOf()).toEqual(["TapePlay: Plays a tape."]);
});

test("loads and runs at the same time do not disturb each other", async () => {
  const loads = await Promise.all([callsOf(), callsOf(), callsOf()]);
  expect(new Set(loads.map(String)).size).toBe(1);
  const out = join(parent, "generated");
  const runs = await Promise.all([1, 2, 3, 4].map(async () => generate({ schema, out })));
  expect(runs.filter(({ differences }) => differences.length > 0)).toHaveLength(1);
});

test("a file that ends the process does not", async () => {
  put("schema/end.ts", "process.exit(0);");
  expect((await mistakes()).map(({ message }) => message)).toEqual([
    "the file cannot be loaded: it calls process.exit(0)",
  ]);
});

test("a mistake of syntax, or while a file runs, is found on its line; it is the only one", async () => {
  put("schema/tape.ts", `${tape}\nexport const last = defineFacts({ name: "X", ;\n`);
  const line = tape.split("\n").length + 1;
  const found = (await mistakes()).map(({ place, message }) => [
    place.file,
    place.at?.line,
    message,
  ]);
  expect(found).toEqual([["schema/tape.ts", line, "the file cannot be loaded: Unexpected token"]]);
  put("schema/tape.ts", `${tape}\nthrow new Error("torn");\n`);
  const thrown = (await mistakes()).map(({ place, message }) => [
    place.file,
    place.at?.line,
    message,
  ]);
  expect(thrown).toEqual([["schema/tape.ts", line, "the file cannot be loaded: torn"]]);
});

const WEIRD: [string, string, string][] = [
  [
    "a getter that throws",
    '{ ...page, get title() { throw new Error("no title"); } }',
    "X.title throws when it is read: no title",
  ],
  [
    "a proxy that throws",
    '{ ...page, deep: new Proxy({}, { ownKeys() { throw new Error("no keys"); } }) }',
    "X.deep throws when it is read: no keys",
  ],
  [
    "a circle",
    "(() => { const deep = { ...page }; deep.deep = deep; return deep; })()",
    "X.deep holds itself, or is nested too deep",
  ],
  [
    "20,000 levels",
    "{ ...page, deep: Array.from({ length: 20_000 }).reduce((deep) => ({ deep }), 0) }",
    "X.deep.deep.deep.deep holds itself, or is nested too deep",
  ],
];

test.each(WEIRD)("%s is a mistake, and no crash", async (_, text, message) => {
  put(
    "schema/weird.ts",
    `const page = { kind: "page", name: "x", title: "X", language: "en", doc: "X.", sha256: "${"0".repeat(64)}" };\nexport const X = ${text};`,
  );
  const found = (await mistakes()).map((mistake) =>
    mistake.message.replace("the file cannot be loaded: ", ""),
  );
  expect(found).toEqual([message]);
});

test("a list that holds itself ends", async () => {
  put("schema/weird.ts", "export const list: unknown[] = []; list.push(list);");
  expect(await mistakes()).toEqual([]);
});

test("what replaces a definition of wskit is named, but not where it is the same", async () => {
  const long =
    'export const LONG = { kind: "integer", name: "LONG", doc: "A signed 32-bit number.", bits: 32, signed: true };';
  put("schema/long.ts", long);
  const out = join(parent, "generated");
  expect((await generate({ schema, out })).warnings).toEqual([]);
  put("schema/long.ts", long.replace("32,", "64,"));
  const { warnings } = await generate({ schema, out });
  expect(warnings.map(({ severity, code, place }) => [severity, code, place.file])).toEqual([
    ["warning", "built-in-replaced", "schema/long.ts"],
  ]);
});

test("the output folder is not in the schema folder, whatever links say", async () => {
  symlinkSync(schema, join(parent, "link"));
  for (const [from, to] of [
    ["link", "schema/generated"],
    ["schema", "link/generated"],
    ["link", "schema"],
  ] as const) {
    const options = { schema: join(parent, from), out: join(parent, to) };
    await expect(generate(options)).rejects.toThrow(OutputError);
  }
});

test("a folder that a killed run took away comes back before --check, and where the schema is wrong", async () => {
  const out = join(parent, "generated");
  await generate({ schema, out });
  const takeAway = (): void => renameSync(out, join(parent, `.generated.wskit-old-${2 ** 22 + 1}`));
  takeAway();
  expect((await generate({ schema, out, check: true })).differences).toEqual([]);
  takeAway();
  put("schema/wrong.ts", "(");
  await expect(generate({ schema, out })).rejects.toThrow(SchemaError);
  expect(readFileSync(join(out, "index.ts"), "utf8")).toContain("Generated by wskit");
});

test.each([
  ["../support", "../support/index.js"],
  ["vendor/support/", "./vendor/support/index.js"],
  ["./vendor", "./vendor/index.js"],
  ["/abs", "abs/index.js"],
  ["wskit/support", "wskit/support"],
])("the support code in %s is imported from %s", async (support, imported) => {
  const out = join(parent, "generated");
  const { files } = await generate({ schema, out, support });
  expect(files.get("judges.ts")).toMatch(
    new RegExp(`from "[./]*${imported.replaceAll(".", "\\.")}"`),
  );
  const deep = support === "wskit/support" ? imported : imported.replace(/^\.\//, "../");
  expect(files.get("contract/tape-play.ts")).toContain(`${deep}"`);
});
