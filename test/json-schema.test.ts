/** The JSON Schemas, judged by ajv: what they say they refuse, and what they say they cannot. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as testing from "../generated/testing/index.js";
import { toJsonText } from "../index.js";
import type { Case } from "./examples.js";
import { cases, named, profilesOf, run, strengthOf } from "./examples.js";
import type { CallData, ExampleData } from "./vectors.js";
import { baseArgs, exampleArgs, schema } from "./vectors.js";

interface Listed {
  readonly rule: string;
  readonly says: string;
  readonly why?: string;
}
interface CallSchema {
  readonly $id: string;
  readonly $defs: Readonly<Record<string, object>>;
  readonly "x-wskit-profile": string;
  readonly "x-wskit-rules": readonly Listed[];
  readonly "x-wskit-unsaid": readonly Listed[];
}

const stem = (call: string): string =>
  call
    .replace(/^WSP/, "Wsp")
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-")
    .toLowerCase();
const schemaOf = ({ name }: CallData): CallSchema =>
  JSON.parse(
    readFileSync(new URL(`../generated/json-schema/${stem(name)}.json`, import.meta.url), "utf8"),
  ) as CallSchema;

const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
ajv.addVocabulary(["x-wskit-profile", "x-wskit-rules", "x-wskit-unsaid"]);
const validators = new Map(schema.calls.map((call) => [call.name, ajv.compile(schemaOf(call))]));

/** What another program reads of the arguments. */
const json = (args: unknown): unknown => JSON.parse(toJsonText(args));
const passes = (call: CallData, args: unknown): boolean =>
  validators.get(call.name)?.(json(args)) === true;

const rejected = ({ call, rule }: Case): readonly ExampleData[] =>
  rule.rejects.filter(({ profile = call.profiles[0] }) => profile === call.profiles[0]);
const argumentCases = cases.filter(({ rule }) => rule.seenBy === "arguments");
/** JSON has no object that contains itself. */
const isEndless = ({ rule }: Case): boolean => rule.check.kind === "chain";

describe.each(schema.calls)("$name", (call) => {
  const { $id, ...own } = schemaOf(call);
  const mine = argumentCases.filter((one) => one.call === call);
  const listed = (name: "x-wskit-rules" | "x-wskit-unsaid"): Case[] =>
    mine.filter(({ rule }) => own[name].some((of) => of.rule === rule.id));

  test("passes what the call takes", () => {
    expect($id).toBe(`urn:wskit:${call.name}Args`);
    expect(passes(call, baseArgs(call))).toBe(true);
    for (const one of mine) {
      for (const example of one.rule.accepts) {
        const [profile = ""] = call.profiles;
        const isValid = run(one, example, profile).every(({ strength }) => strength !== "must");
        if (isValid)
          expect(passes(call, exampleArgs(call, example, one.under)), one.rule.id).toBe(true);
      }
    }
  });

  test("passes whatever is valid, of any shape", () => {
    type Valid = () => fc.Arbitrary<unknown>;
    const valid = named<Valid>(testing, `arb${call.name}Args`)();
    fc.assert(fc.property(valid, (args) => passes(call, args)));
  });

  test("has each rule about the arguments in one list", () => {
    const ids = [...own["x-wskit-rules"], ...own["x-wskit-unsaid"]].map(({ rule }) => rule);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.includes("/")).sort()).toEqual(
      [...new Set(mine.map(({ rule }) => rule.id))].sort(),
    );
    for (const of of own["x-wskit-unsaid"]) expect(of.why, of.rule).toMatch(/^[A-Za-z].+[^.]$/);
  });

  test("refuses every example that breaks a rule it says", () => {
    for (const one of listed("x-wskit-rules")) {
      expect(rejected(one).length, one.rule.id).toBeGreaterThan(0);
      for (const example of rejected(one)) {
        const args = exampleArgs(call, example, one.under);
        expect(passes(call, args), `${one.rule.id} at ${one.under}`).toBe(false);
      }
    }
  });

  test("refuses near misses of a rule it says", () => {
    type Breaking = (rule: string) => fc.Arbitrary<unknown>;
    const breaking = named<Breaking>(testing, `arb${call.name}Breaking`);
    // What JSON makes of a value of a wrong type may be of the right one.
    for (const { rule } of own["x-wskit-rules"].filter((of) => !of.rule.endsWith(".type")))
      fc.assert(fc.property(breaking(rule), (args) => !passes(call, args)));
  });

  test("lets pass what breaks only rules that it says it cannot say", () => {
    const said = new Set(own["x-wskit-rules"].map(({ rule }) => rule));
    const [profile = ""] = call.profiles;
    for (const one of listed("x-wskit-unsaid").filter((of) => !isEndless(of))) {
      const only = one.rule.rejects.filter((example) =>
        run(one, example, profile).every(({ rule }) => !said.has(rule)),
      );
      if (strengthOf(one.rule, profile) === "must")
        expect(only.length, one.rule.id).toBeGreaterThan(0);
      for (const example of only) {
        const args = exampleArgs(call, example, one.under);
        expect(passes(call, args), `${one.rule.id} at ${one.under}`).toBe(true);
      }
    }
  });

  test("says the rules of its first profile", () => {
    expect(own["x-wskit-profile"]).toBe(call.profiles[0]);
    for (const { rule } of listed("x-wskit-rules"))
      expect(profilesOf(rule, call), rule.id).toContain(call.profiles[0]);
  });
});

test("whole numbers are exact to the last digit", () => {
  const send = ajv.getSchema("urn:wskit:WSPSendArgs#/$defs/ULONG_PTR");
  const signed = ajv.getSchema("urn:wskit:WSPSendArgs#/$defs/INT");
  const takes = (value: unknown): unknown => send?.(value);
  for (const good of [0, 2 ** 53 - 1, "0", "9", "9007199254740993", "18446744073709551615"])
    expect(takes(good), String(good)).toBe(true);
  for (const bad of [-1, 2 ** 53, 1.5, "", "-1", "01", "1.0", "18446744073709551616", "0x1", null])
    expect(takes(bad), String(bad)).toBe(false);
  for (let digit = 0; digit < 20; digit++) {
    const digits = [..."18446744073709551615"];
    digits[digit] = String(Number(digits[digit]) + 1);
    if (digits[digit] !== "10") expect(takes(digits.join("")), digits.join("")).toBe(false);
  }
  expect([signed?.(-2147483648), signed?.(-2147483649), signed?.(2147483648)]).toEqual([true, false, false]); // prettier-ignore
});

test("memory is digits, a bigint is digits, a callback has its name", () => {
  function done(): void {}
  const args = { a: Buffer.from([0, 255]), b: new Uint8Array([16]), c: 2n ** 64n - 1n, d: done };
  expect(json(args)).toEqual({
    a: "00ff",
    b: "10",
    c: "18446744073709551615",
    d: { routine: "done" },
  });
});
