/** Every format of a report against a whole expected output, of a usual trace and of a hostile one. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { REPORT_FORMATS, reportFor } from "../../report/index.js";
import type { ReportFormat } from "../../report/index.js";
import { breachOf, BREACHES, HOSTILE, HOSTILE_BREACH, HOSTILE_SUMMARY } from "./sample.js";
import { reported, SUMMARY } from "./sample.js";

const SAMPLE = { breaches: BREACHES, summary: SUMMARY };
const HOSTILE_SAMPLE = { breaches: [HOSTILE_BREACH], summary: HOSTILE_SUMMARY };
const CLEAN = { breaches: [], summary: { ...SUMMARY, errors: 0, suppressed: 0, notJudged: [] } };

async function written(format: ReportFormat, of = SAMPLE, colour = false): Promise<string> {
  const report = await reportFor(format, { file: of.summary.file, colour, version: "0.1.0" });
  return reported(report, of);
}

/** What a terminal or a reader of text would act on; none of it may reach a report. */
const DANGER =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])/;

describe.each(REPORT_FORMATS)("%s", (format) => {
  test("of a trace with breaches is as expected", async () => {
    await expect(await written(format)).toMatchFileSnapshot(`expected/sample.${format}.txt`);
  });

  test("of a hostile trace is as expected, and holds no control character", async () => {
    const text = await written(format, HOSTILE_SAMPLE);
    await expect(text).toMatchFileSnapshot(`expected/hostile.${format}.txt`);
    expect(text).not.toMatch(DANGER);
  });

  test("of a trace without breaches is as expected", async () => {
    await expect(await written(format, CLEAN)).toMatchFileSnapshot(`expected/clean.${format}.txt`);
  });
});

test("text is coloured where it is told to be, and only there", async () => {
  // oxlint-disable-next-line no-control-regex
  const ESCAPES = /\u001b\[\d+m/g;
  const coloured = await written("text", SAMPLE, true);
  expect(coloured.match(ESCAPES)?.length).toBeGreaterThan(20);
  expect(coloured.replace(ESCAPES, "")).toBe(await written("text"));
});

test("json and ndjson give back each value as it was", async () => {
  const document: unknown = JSON.parse(await written("json", HOSTILE_SAMPLE));
  const breach = { severity: "error", ...HOSTILE_BREACH };
  const summary = HOSTILE_SUMMARY;
  expect(document).toEqual({ version: 1, file: HOSTILE, breaches: [breach], summary });
  const lines = (await written("ndjson", HOSTILE_SAMPLE)).trimEnd().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([{ breach }, { summary }]);
});

describe("sarif", () => {
  const path = createRequire(import.meta.url).resolve(
    "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
  );
  // It is of draft 4, of which it uses nothing that later drafts have otherwise.
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(path, "utf8"));
  const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    schema,
  );

  test.each([
    ["a usual", SAMPLE],
    ["a hostile", HOSTILE_SAMPLE],
    ["a clean", CLEAN],
  ])("of %s trace is SARIF 2.1.0", async (_, of) => {
    isSarif(JSON.parse(await written("sarif", of)));
    expect(isSarif.errors).toBe(null);
  });

  test.each([
    ["-", "%3Cstdin%3E"],
    ["a/b c.ndjson", "a/b%20c.ndjson"],
    ["/a/b#1.ndjson", "file:///a/b%231.ndjson"],
    ["C:\\traces\\a.ndjson", "file:///C:/traces/a.ndjson"],
  ])("%s is at %s", async (file, uri) => {
    const text = await written("sarif", { ...SAMPLE, summary: { ...SUMMARY, file } });
    expect(text).toContain(`"artifactLocation":{"uri":${JSON.stringify(uri)}}`);
  });
});

describe("junit", () => {
  test.each([
    ["a usual", SAMPLE],
    ["a hostile", HOSTILE_SAMPLE],
    ["a clean", CLEAN],
  ])("of %s trace is XML", async (_, of) => {
    const parser = new SaxesParser();
    parser.on("error", (error) => {
      throw error;
    });
    const xml = await written("junit", of);
    expect(() => parser.write(xml).close()).not.toThrow();
  });

  test("tells a rule's first hundred breaches, and how many there are besides", async () => {
    const breaches = Array.from({ length: 130 }, (_, i) => breachOf({ line: i + 1 }));
    const text = await written("junit", { ...SAMPLE, breaches });
    expect(text.match(/: error: /g)?.length).toBe(100);
    expect(text).toContain("… and 30 more</failure>");
  });

  test("a rule of warnings alone is no failure", async () => {
    const breaches = [breachOf({ strength: "should" })];
    expect(await written("junit", { ...SAMPLE, breaches })).toContain('failures="0"');
  });
});

test("github: each line is one command, or the summary", async () => {
  const lines = (await written("github", HOSTILE_SAMPLE)).trimEnd().split("\n");
  expect(lines.map((line) => line.replace(/^(::error file=|wskit: ).*$/, "$1"))).toEqual([
    "::error file=",
    "wskit: ",
  ]);
  expect(lines.join("")).not.toContain("##[");
});
