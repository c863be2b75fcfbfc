/** How generated zod schemas report the issues of the checks: the only part of support with zod. */
import { z } from "zod";
import { Collector } from "./collector.js";
import type { Judge } from "./collector.js";
import type { Issue, Profile, Rule } from "./issue.js";

function forward(issues: readonly Issue[], skip: number, context: z.RefinementCtx): void {
  for (const { path, message, sources: _sources, ...params } of issues) {
    if (params.strength !== "must") continue;
    context.addIssue({
      code: "custom",
      path: path.slice(skip),
      message,
      params,
    });
  }
}

/** A schema for one parameter: judged by the generated check, handed through uncopied. */
export function param<T>(
  rule: Rule,
  key: string,
  judge: Judge<unknown>,
  options: ParamOptions,
): z.ZodCustom<T> {
  return z.custom<T>().superRefine((value, context) => {
    const on = new Collector([options.profile], {});
    if (options.nullable && value === null) return;
    on.param(rule, key, judge, value);
    forward(on.issues, 1, context);
  });
}

/** How a parameter is judged. */
export interface ParamOptions {
  readonly profile: Profile;
  readonly nullable: boolean;
}

/** The rules between parameters: of all that the check finds, the issues of these rules. */
export function between<Args>(
  check: (args: unknown) => readonly Issue[],
  rules: readonly Rule[],
): (args: Args, context: z.RefinementCtx) => void {
  const known = new Set(rules.map((rule) => rule.id));
  return (args, context) => {
    forward(
      check(args).filter((issue) => known.has(issue.rule)),
      0,
      context,
    );
  };
}
