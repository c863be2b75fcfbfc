/** Every rule of the schema keeps what it promises: its accepted examples pass, its rejected fail. */
import { describe, expect, test } from "vitest";
import * as generated from "../generated/index.js";
import * as zodSchemas from "../generated/zod/index.js";
import type { Facts } from "../generated/index.js";
import type { CheckOptions, Issue, Profile, Watch } from "../support/index.js";
import { passes } from "../support/index.js";
import type { CallData, ExampleData, RuleData } from "./vectors.js";
import { baseArgs, exampleArgs, schema } from "./vectors.js";

type Check = (args: unknown, facts?: Facts, options?: CheckOptions) => readonly Issue[];
type Guard = (args: unknown) => boolean;

const named = <T>(module: object, name: string): T => Reflect.get(module, name) as T;
const checkOf = (call: CallData): Check => named(generated, `check${call.name}`);

const profilesOf = (rule: RuleData, call: CallData): string[] =>
  typeof rule.strength === "string" ? [...call.profiles] : Object.keys(rule.strength);

const strengthOf = (rule: RuleData, profile: string): string | undefined =>
  typeof rule.strength === "string" ? rule.strength : rule.strength[profile];

interface Case {
  readonly call: CallData;
  readonly rule: RuleData;
  readonly under: string;
}

/** Judges an example by what the rule is about: the call, the operation, or its objects. */
function run({ call, rule, under }: Case, example: ExampleData, profile: string): Issue[] {
  const options = { profile: profile as Profile };
  if (rule.check.kind === "lifetime") {
    const watch = named<(options: CheckOptions) => Watch>(generated, `watch${call.name}`)(options);
    return [...(example.events ?? []).flatMap((event) => watch.see(event)), ...watch.end()];
  }
  const check =
    rule.seenBy === "protocol"
      ? named<Check>(generated, `check${call.name}Operation`)
      : checkOf(call);
  return [...check(exampleArgs(call, example, under), example.facts as Facts, options)];
}

/** Struct rules are judged through each call that takes the struct. */
function* judged(): Generator<Case> {
  for (const call of schema.calls) {
    for (const rule of call.rules) yield { call, rule, under: "" };
    for (const type of schema.types) {
      for (const rule of type.rules ?? []) {
        for (const under of placesOf(call, type.name)) yield { call, rule, under };
      }
    }
  }
}

function placesOf(call: CallData, struct: string): string[] {
  const places: string[] = [];
  for (const param of call.params) {
    const type = schema.types.find((t) => t.name === param.type);
    const target = schema.types.find((t) => t.name === (type?.to ?? ""));
    if (target === undefined || type?.form === "bytes") continue;
    const at = type?.form === "array" ? `${param.name}.0.` : `${param.name}.`;
    if (target.name === struct) places.push(at);
    if (target.name === "WSK_BUF" && struct === "MDL") places.push(`${at}Mdl.`);
    if (target.name !== "WSK_BUF_LIST") continue;
    if (struct === "WSK_BUF") places.push(`${at}Buffer.`);
    if (struct === "MDL") places.push(`${at}Buffer.Mdl.`);
  }
  return places;
}

describe.each(schema.calls.map((call) => [call.name, call] as const))("%s", (_, call) => {
  test("accepts its base example, in every profile", () => {
    for (const profile of call.profiles) {
      const issues = checkOf(call)(baseArgs(call), {}, { profile: profile as Profile });
      expect(issues).toEqual([]);
    }
    expect(named<Guard>(generated, `is${call.name}Args`)(baseArgs(call))).toBe(true);
  });
});

const cases = [...judged()].filter((c) => c.rule.unchecked === undefined);

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
