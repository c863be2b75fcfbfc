/** Whole recordings, each beside the trace that it becomes. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sourceOf } from "../../../trace/convert/index.js";
import { InputError, textOf } from "../../../trace/input.js";
import { converted } from "./reading.js";

const read = (name: string): string =>
  readFileSync(new URL(`../../fixtures/traces/${name}`, import.meta.url), "utf8");

const RECORDINGS = [
  ["strace.txt", "strace"],
  ["wine.txt", "wine"],
  ["wsk.txt", "wine"],
  ["afd.xml", "afd-xml"],
  ["afd.csv", "afd-csv"],
] as const;

describe.each(RECORDINGS)("%s", (name, from) => {
  const text = read(name);
  const expected = read(`${name}.ndjson`).trimEnd().split("\n");

  test("is known by its beginning, and becomes the trace beside it", async () => {
    expect(sourceOf(text.slice(0, 4096), name)).toBe(from);
    const { lines, bad } = await converted(text);
    expect(bad).toEqual([]);
    expect(lines).toEqual(expected);
  });

  test("becomes the same however it is cut", async () => {
    const cuts = fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        expect((await converted(text, from, at)).lines).toEqual(expected);
      }),
      { numRuns: 25 },
    );
    const every = Array.from({ length: text.length }, (_, i) => i);
    expect((await converted(text, from, every)).lines).toEqual(expected);
  });

  test("becomes events, or is refused, whatever is changed in it", async () => {
    const place = fc.integer({ min: 0, max: text.length });
    const piece = fc.oneof(fc.string(), fc.constantFrom("(", "<", '"', "{", "\n", "=", "0x", ","));
    const change = fc.tuple(place, fc.nat(20), piece);
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const changed = changes.reduce(
          (all, [at, length, more]) => all.slice(0, at) + more + all.slice(at + length),
          text,
        );
        // Every event is checked as it is made a line.
        await converted(changed, from).catch((error: unknown) => {
          expect(error).toBeInstanceOf(InputError);
        });
      }),
      { numRuns: 100 },
    );
  });

  test("is the same with the line ends of Windows, as UTF-16", async () => {
    const bytes = Buffer.from(`\ufeff${text.replaceAll("\n", "\r\n")}`, "utf16le");
    let decoded = "";
    const chunks = (async function* chunks() {
      yield bytes;
    })();
    for await (const chunk of textOf(chunks, name)) decoded += chunk;
    expect((await converted(decoded)).lines).toEqual(expected);
  });
});

test("XML and CSV of the same events become the same trace", () => {
  const [xml, csv] = ["afd.xml", "afd.csv"].map((name) =>
    read(`${name}.ndjson`)
      .split("\n")
      .slice(1)
      .map((line) => line.replace(/"line":\d+/, "").replace(/"id":\d+/, "")),
  );
  expect(xml).toEqual(csv);
});
