/** Schemas of users get arbitraries and JSON Schemas, of whatever their calls and rules are made. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { generate } from "../../generator/pipeline.js";
import type { NearMiss } from "../../support/testing/index.js";
import type { Check } from "../examples.js";
import { named } from "../examples.js";
import { toJsonText } from "../../support/index.js";
import { relativeTo } from "../strict.js";
import { temporaryFolder } from "../temp.js";

const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));
type Made = (...args: readonly unknown[]) => fc.Arbitrary<unknown>;

test.each(["new-call/schema", "odd", "sound", "values"])(
  "those of %s keep and break its rules",
  async (name) => {
    const out = join(temporaryFolder(), "generated");
    const support = relativeTo(out, "support");
    const { model } = await generate({ schema: join(fixtures, name), out, support });
    const checks: object = await import(join(out, "index.ts"));
    const testing: object = await import(join(out, "testing/index.ts"));
    for (const call of model.calls) {
      const check = named<Check>(checks, `check${call.name}`);
      const valid = named<Made>(testing, `arb${call.name}Args`)();
      const isGood = (args: unknown): boolean =>
        check(args).every(({ strength }) => strength === "note");
      fc.assert(fc.property(valid, isGood), { numRuns: 200 });
      const misses = named<Record<string, NearMiss> | undefined>(testing, `${call.name}NearMisses`);
      for (const [rule, { profile, alongside }] of Object.entries(misses ?? {})) {
        const broken = named<Made>(testing, `arb${call.name}Breaking`)(rule);
        const isMeant = (args: unknown): boolean => {
          const rules = check(args, {}, { profile }).map((issue) => issue.rule);
          return rules.includes(rule) && rules.every((id) => id === rule || alongside.includes(id));
        };
        fc.assert(fc.property(broken, isMeant), { numRuns: 200 });
      }
      const text = readFileSync(join(out, "json-schema", `${call.stem}.json`), "utf8");
      const fits = new Ajv2020({ strict: false }).compile(JSON.parse(text) as object);
      const isSaid = (args: unknown): boolean => fits(JSON.parse(toJsonText(args)));
      fc.assert(fc.property(valid, isSaid), { numRuns: 200 });
      const own = call.rules.filter(({ seenBy }) => seenBy === "arguments").map(({ id }) => id);
      expect(Object.keys(misses ?? {})).toEqual(expect.arrayContaining(own));
    }
  },
);
