/**
 * Proves that every rule is proven: switches them off one by one, and asks whether its rejected
 * examples, which the tests run, then pass unnoticed. Run it with `npm run verify:rules`.
 */
import { readdirSync } from "node:fs";
import type { Rule } from "../support/index.js";
import type { Case } from "./examples.js";
import { cases, profilesOf, run } from "./examples.js";

const folder = new URL("../generated/contract/", import.meta.url);
const rules = new Map<string, Rule>();
for (const file of readdirSync(folder)) {
  const module: Record<string, unknown> = await import(new URL(file, folder).href);
  for (const value of Object.values(module)) if (isRule(value)) rules.set(value.id, value);
}

function isRule(value: unknown): value is Rule {
  return typeof value === "object" && value !== null && "id" in value && "advice" in value;
}

/** True where every rejected example is noticed, as the tests want it. */
function isNoticed(at: Case): boolean {
  return at.rule.rejects.every((example) => {
    const profile = example.profile ?? profilesOf(at.rule, at.call)[0] ?? "documented";
    return run(at, example, profile).some((issue) => issue.rule === at.rule.id);
  });
}

const problems: string[] = [];
for (const at of cases) {
  const rule = rules.get(at.rule.id);
  const where = `${at.rule.id} in ${at.call.name}`;
  if (rule === undefined) {
    problems.push(`${where}: no generated rule`);
    continue;
  }
  if (!isNoticed(at)) problems.push(`${where}: its rejected examples are not noticed`);
  const { strength } = rule;
  Object.assign(rule, { strength: {} });
  if (isNoticed(at)) problems.push(`${where}: switched off, and nothing notices`);
  Object.assign(rule, { strength });
}

for (const problem of problems) process.stdout.write(`${problem}\n`);
const distinct = new Set(cases.map((at) => at.rule.id)).size;
process.stdout.write(`${distinct} rules switched off at ${cases.length} places\n`);
if (problems.length > 0 || distinct < 200) process.exitCode = 1;
