/** How generated zod schemas report the issues of the checks: the only part of support with zod. */
import { z } from "zod";
import { Collector } from "./collector.js";
import type { Judge } from "./collector.js";
import type { Issue, Profile, Rule } from "./issue.js";
import { NO_OPTIONS } from "./options.js";
import { isRecord } from "./record.js";

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
  const call = rule.id.slice(0, rule.id.indexOf("/"));
  return z.custom<T>().superRefine((value, context) => {
    if (options.nullable && value === null) return;
    const on = new Collector([options.profile], NO_OPTIONS);
    on.inspect(call, () => on.param(rule, key, judge, value));
    forward(on.issues, 1, context);
  });
}

/**
 * A schema whose calls are mostly right: the guard of the call answers, and zod goes through the
 * arguments only to tell what is wrong. What is judged is what is handed on: the arguments are
 * read once, each into its property of a new object, and what they point to stays as it is.
 *
 * `definite` tells zod that a refusal needs no second opinion; it is internal to zod 4.6.
 */
export function quick<S extends z.ZodType>(
  schema: S,
  fits: (args: unknown) => boolean,
  read: (args: Record<string, unknown>) => object,
): S {
  const parser = (args: unknown): z.output<S> | typeof z.INVALID => {
    try {
      const given = isRecord(args) ? read(args) : undefined;
      return given !== undefined && fits(given) ? (given as z.output<S>) : z.INVALID;
    } catch {
      return z.INVALID;
    }
  };
  return z.withParser(schema, Object.assign(parser, { definite: true }));
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
