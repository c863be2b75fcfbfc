/** The guide of the trace format, its schema and the check of a line say the same. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { EVENT_NAMES, isTraceEvent, wrongWith } from "../trace/check-event.js";
import type { FieldSpec } from "../trace/format.js";
import { COMMON_FIELDS, EVENTS } from "../trace/format.js";
import { breachesOf, linesOf } from "./monitor/events.js";

const guide = new URL("../docs/guide/", import.meta.url);
const schema: unknown = JSON.parse(
  readFileSync(new URL("trace-format.schema.json", guide), "utf8"),
);
const isOfSchema = new Ajv2020({ strict: false }).compile(schema as object);

const text = readFileSync(new URL("trace-format.md", guide), "utf8");
const blocks = [...text.matchAll(/```ndjson\n([\s\S]*?)```/g)].map(([, block = ""]) =>
  block
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown),
);

test("the examples of the guide are of the format", () => {
  expect(blocks.length).toBe(3);
  for (const event of blocks.flat()) {
    expect(wrongWith(event)).toBeNull();
    expect(isOfSchema(event)).toBe(true);
  }
});

test("the first example is broken as the guide says, the second is not", () => {
  const [first = [], second = []] = blocks.map((block) => block.filter(isTraceEvent));
  expect(linesOf(breachesOf(first))).toEqual(["7 WskSend/mdl-stays-locked mdl:1"]);
  expect(linesOf(breachesOf(second))).toEqual([]);
});

/** Values of which some fit a field, and some do not. */
const ANY = fc.oneof(
  fc.constantFrom<unknown>(
    "irp:1", "", "12", "-7", "read", "caller", "STATUS_PENDING", "documented", 0, 1, -1,
    2 ** 32, -(2 ** 31), 2 ** 53, 1.5, true, false, null, [], {}, { a: 1 },
  ),
  fc.string(),
  fc.integer(),
); // prettier-ignore

test("the schema and the check agree on any event", () => {
  const names = fc.constantFrom(...EVENT_NAMES);
  const event = names.chain((name) => {
    const fields: Readonly<Record<string, FieldSpec>> = {
      ...EVENTS[name].fields,
      ...COMMON_FIELDS,
    };
    const values = Object.fromEntries(
      Object.keys(fields).map((field) => [field, fc.option(ANY, { nil: undefined })]),
    );
    return fc.record(values).map((given) => ({ event: name, ...given }));
  });
  fc.assert(
    fc.property(event, (made) => {
      const line: unknown = JSON.parse(JSON.stringify(made));
      expect(isTraceEvent(line)).toBe(isOfSchema(line));
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  [null, "", "one event, a JSON object", "null"],
  [[], "", "one event, a JSON object", "an array of 0"],
  [{ event: "cal" }, "event", "the name of an event (perhaps call)", '"cal"'],
  [{ event: "free" }, "ref", "the ref of an object: a text or a whole number", "nothing"],
  [{ event: "touch", ref: "a", access: "look" }, "access", "one of read, write", '"look"'],
  [{ event: "trace", version: 2 }, "version", "1, the only one so far", "2"],
])("%j is no event", (event, field, expected, received) => {
  expect(wrongWith(event)).toEqual({ field, expected, received });
});
