/** Every rule of the schema keeps what it promises: its accepted examples pass, its rejected fail. */
import { describe, expect, test } from "vitest";
import * as generated from "../generated/index.js";
import * as zodSchemas from "../generated/zod/index.js";
import type { Profile } from "../support/index.js";
import { passes } from "../support/index.js";
import { cases, checkOf, named, profilesOf, run, strengthOf } from "./examples.js";
import type { CallData } from "./vectors.js";
import { baseArgs, exampleArgs, schema } from "./vectors.js";

type Guard = (args: unknown) => boolean;

describe.each(schema.calls.map((call) => [call.name, call] as const))("%s", (_, call) => {
  test("accepts its base example, in every profile", () => {
    for (const profile of call.profiles) {
      const issues = checkOf(call)(baseArgs(call), {}, { profile: profile as Profile });
      expect(issues).toEqual([]);
    }
    expect(named<Guard>(generated, `is${call.name}Args`)(baseArgs(call))).toBe(true);
  });
});

describe.each(cases.map((c) => [c.rule.id, c.call.name, c] as const))("%s in %s", (_, __, c) => {
  const { call, rule } = c;

  test("accepted examples break it in no profile", () => {
    for (const example of rule.accepts) {
      for (const profile of profilesOf(rule, call)) {
        const issues = run(c, example, profile);
        expect(issues.filter((issue) => issue.rule === rule.id)).toEqual([]);
      }
    }
  });

  test("rejected examples break it, with its strength and a source", () => {
    for (const example of rule.rejects) {
      const profile = example.profile ?? profilesOf(rule, call)[0] ?? "documented";
      const issues = run(c, example, profile);
      const mine = issues.filter((issue) => issue.rule === rule.id);
      expect(mine, JSON.stringify(example)).not.toEqual([]);
      for (const issue of mine) {
        expect(issue.strength).toBe(strengthOf(rule, profile));
        expect(issue.message).toMatch(/: expected .+, received .+ \[.+\]$/);
        expect(issue.sources.length).toBeGreaterThan(0);
        expect(issue.advice).not.toBe("");
      }
      expect(passes(issues)).toBe(!issues.some((issue) => issue.strength === "must"));
    }
  });
});

test("a rule that nothing checks says why, and only a reader can keep it", () => {
  const all = schema.calls.flatMap((call) => call.rules);
  const unchecked = all.filter((rule) => rule.unchecked !== undefined);
  expect(unchecked.length).toBeGreaterThan(0);
  for (const rule of all) {
    expect(rule.seenBy === "reader").toBe(rule.unchecked !== undefined);
    if (rule.unchecked !== undefined) expect(rule.unchecked.length).toBeGreaterThan(20);
  }
});

describe("zod schemas agree with the checks", () => {
  interface Schema {
    safeParse(args: unknown): {
      success: boolean;
      data?: Record<string, unknown>;
      error?: { issues: { path: PropertyKey[]; params?: { rule: string } }[] };
    };
  }
  const schemaOf = (call: CallData): Schema => named(zodSchemas, `${call.name}ArgsSchema`);

  test.each(schema.calls.map((call) => [call.name, call] as const))("%s", (_, call) => {
    const examples = cases
      .filter((c) => c.call === call && c.rule.check.kind !== "lifetime")
      .flatMap(({ rule, under }) =>
        [...rule.accepts, ...rule.rejects].map((example) => exampleArgs(call, example, under)),
      );
    expect(examples.length).toBeGreaterThan(10);
    for (const args of examples) {
      const issues = checkOf(call)(args).filter((issue) => issue.strength === "must");
      const result = schemaOf(call).safeParse(args);
      const key = (rule: string, path: readonly PropertyKey[]): string =>
        `${path.join(".")} ${rule}`;
      const fromZod = (result.error?.issues ?? []).map((i) => key(i.params?.rule ?? "?", i.path));
      const fromCheck = issues.map((issue) => key(issue.rule, issue.path));
      expect(fromZod.sort()).toEqual(fromCheck.sort());
      expect(result.success).toBe(issues.length === 0);
    }
  });

  test.each(schema.calls.map((call) => [call.name, call] as const))(
    "%s keeps pointers",
    (_, call) => {
      const args = baseArgs(call);
      const data = schemaOf(call).safeParse(args).data ?? {};
      for (const [name, value] of Object.entries(args)) expect(data[name]).toBe(value);
    },
  );
});
