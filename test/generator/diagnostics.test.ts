/** Every diagnostic, at its place: fixtures carry `// ### message [code]` on the mistaken line. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Diagnostic } from "../../generator/diagnostics.js";
import { DIAGNOSTICS } from "../../generator/diagnostic-codes.js";
import { Diagnostics, SchemaError } from "../../generator/diagnostics.js";
import { locate } from "../../generator/locate.js";
import { loadModel, rootOf } from "../../generator/pipeline.js";
import { report } from "../../generator/report.js";

const fixtures = fileURLToPath(new URL("../fixtures/diagnostics", import.meta.url));
const cases = readdirSync(fixtures);

async function mistakesOf(folder: string): Promise<readonly Diagnostic[]> {
  const diagnostics = new Diagnostics();
  await loadModel(folder, diagnostics).catch((error: unknown) => {
    if (!(error instanceof SchemaError)) throw error;
  });
  return diagnostics.all;
}

/** What the comments of a fixture expect, as `file:line message [code]`. */
function expectations(folder: string, name: string): string[] {
  const lines: string[] = [];
  for (const file of readdirSync(join(folder, "calls"))) {
    const text = readFileSync(join(folder, "calls", file), "utf8");
    text.split("\n").forEach((line, i) => {
      for (const message of line.split("// ### ")[1]?.split(" ### ") ?? []) {
        lines.push(`${name}/calls/${file}:${i + 1} ${message}`);
      }
    });
  }
  return lines.sort();
}

const inComments = cases.filter((name) => name !== "unreadable" && name !== "empty");

test.each(inComments)("%s: each mistake is found on its line, and no other", async (name) => {
  const folder = join(fixtures, name);
  const located = await locate(await mistakesOf(folder), rootOf(folder));
  const found = located.map(
    ({ location, message, code }) => `${location.file}:${location.line} ${message} [${code}]`,
  );
  expect(found.sort()).toEqual(expectations(folder, name));
});

test("a file that cannot be loaded is named, and so is what stopped it", async () => {
  const [mistake, ...rest] = await mistakesOf(join(fixtures, "unreadable"));
  expect(rest).toEqual([]);
  expect(mistake?.code).toBe("schema-unreadable");
  expect(mistake?.place.file).toBe("unreadable/calls/broken.ts");
  expect(mistake?.message).toMatch(/Unexpected token|Expected/);
});

test("a folder of which nothing can be made is a mistake", async () => {
  expect((await mistakesOf(join(fixtures, "empty"))).map((m) => m.code)).toEqual(["schema-empty"]);
});

test("every code of the table is seen in a fixture, and documented", async () => {
  const seen = new Set<string>();
  for (const name of cases) {
    for (const { code } of await mistakesOf(join(fixtures, name))) seen.add(code);
  }
  expect([...seen].sort()).toEqual(Object.keys(DIAGNOSTICS).sort());
  const guide = readFileSync(new URL("../../docs/guide/diagnostics.md", import.meta.url), "utf8");
  const documented = [...guide.matchAll(/^### `([a-z-]+)`$/gm)].map((match) => match[1]);
  expect(documented.sort()).toEqual(Object.keys(DIAGNOSTICS).sort());
});

test("the report shows place, frame and hint of all mistakes at once", async () => {
  const folder = join(fixtures, "references");
  const text = await report(await mistakesOf(folder), rootOf(folder));
  expect(text).toContain(
    "references/calls/wsk-echo.ts:9:9: error: there is no page wsk-sned; did you mean wsk-send? [unknown-page]",
  );
  expect(text).toContain('>  9 |   page: "wsk-sned",');
  expect(text).toContain("    |         ^");
  expect(text).toContain("  hint: Declare it with definePage");
  expect(text).toMatch(/\n1\d errors; nothing was written\.\n$/);
});

test("an expression is blamed at the column of its mistake", async () => {
  const folder = join(fixtures, "rules");
  const located = await locate(await mistakesOf(folder), rootOf(folder));
  const blamed = located.find(({ message }) => message.startsWith("there is no Flag;"));
  expect(blamed?.location.column).toBe('      require: "'.length + 1);
});

test("control characters of a schema do not reach the terminal", async () => {
  const diagnostic: Diagnostic = {
    code: "name-invalid",
    severity: "error",
    message: '"\u001b[2J" is not a C identifier',
    hint: "",
    place: { file: "none.ts", export: "", path: [] },
  };
  expect(await report([diagnostic], "/nowhere")).toContain('"\\u001b[2J"');
});
