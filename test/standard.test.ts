/** The checks as Standard Schema: by themselves, and in a library that takes any such schema. */
import { initTRPC } from "@trpc/server";
import { expect, test } from "vitest";
import { checkWskSendTo, standardSchema } from "../index.js";
import type { WskSendToArgs } from "../index.js";
import * as standard from "../generated/standard/index.js";
import { WskSendToArgsSchema } from "../generated/zod/index.js";
import { profilesOf, run, strengthOf } from "./examples.js";
import type { StandardSchema } from "../support/index.js";
import { baseArgs, callNamed, exampleArgs, schema } from "./vectors.js";

const sendTo = (): Record<string, unknown> => baseArgs(callNamed("WskSendTo"));
const standardOf = (name: string): StandardSchema<unknown>["~standard"] =>
  (Reflect.get(standard, `${name}ArgsStandard`) as StandardSchema<unknown>)["~standard"];

test("every call has a schema that hands the very object through, or its refusals", () => {
  expect(Object.keys(standard)).toEqual(schema.calls.map(({ name }) => `${name}ArgsStandard`));
  for (const call of schema.calls) {
    const { version, vendor, validate } = standardOf(call.name);
    expect([version, vendor]).toEqual([1, "wskit"]);
    const args = baseArgs(call);
    const result = validate(args);
    expect(result.issues).toBeUndefined();
    expect("value" in result && result.value === args).toBe(true);
    expect(validate(null).issues?.map(({ rule }) => rule)).toEqual([`${call.name}/arguments`]);
  }
});

test("it refuses what is binding, by the same issues as the check, and nothing else", () => {
  for (const call of schema.calls) {
    for (const rule of call.rules.filter(({ seenBy }) => seenBy === "arguments")) {
      const [profile = ""] = call.profiles;
      for (const example of rule.rejects) {
        const issues = run({ call, rule, under: "" }, example, profile);
        const wanted = issues.filter(({ strength }) => strength === "must");
        const seen = standardOf(call.name).validate(exampleArgs(call, example)).issues ?? [];
        const facts = (example.facts ?? {}) as object;
        if (Object.keys(facts).length === 0) expect(seen, rule.id).toEqual(wanted);
        if (strengthOf(rule, profile) !== "must" && profilesOf(rule, call).includes(profile))
          expect(seen.map((issue) => issue.rule)).not.toContain(rule.id);
      }
    }
  }
});

test("facts and profiles come in with a check of one's own", () => {
  const strict = standardSchema<WskSendToArgs>((args) =>
    checkWskSendTo(args, {}, { profile: "strict" }),
  );
  const args = { ...sendTo(), ControlInfo: new Uint8Array(16) };
  expect(standardOf("WskSendTo").validate(args).issues).toBeUndefined();
  expect(strict["~standard"].validate(args).issues?.[0]).toMatchObject({
    rule: "WskSendTo/ControlInfo.null",
    path: ["ControlInfo"],
    profile: "strict",
  });
});

test("tRPC takes it for an input, hands the IRP through, and reports path and rule", async () => {
  const { procedure, router, createCallerFactory } = initTRPC.create();
  const send = procedure.input(standard.WskSendToArgsStandard).mutation(({ input }) => input.Irp);
  const caller = createCallerFactory(router({ send }))({});
  const args = sendTo() as unknown as WskSendToArgs;
  expect(await caller.send(args)).toBe(args.Irp);
  // @ts-expect-error 2 is a flag of another call
  const refusal: unknown = await caller.send({ ...args, Flags: 2 }).catch((error) => error);
  expect(refusal).toMatchObject({
    code: "BAD_REQUEST",
    cause: { issues: [{ path: ["Flags"], rule: "WskSendTo/Flags.must-be" }] },
  });
});

test("zod says the same through its own Standard Schema", () => {
  const args = { ...sendTo(), Flags: 2 };
  const ours = standardOf("WskSendTo").validate(args).issues;
  const zods = WskSendToArgsSchema["~standard"].validate(args);
  if (zods instanceof Promise) throw new Error("zod has become asynchronous");
  expect(zods.issues?.map(({ message, path }) => ({ message, path }))).toEqual(
    ours?.map(({ message, path }) => ({ message, path })),
  );
});
