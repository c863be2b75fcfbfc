/**
 * Proves the generated booleans: changes guards.ts and the verdicts at one place at a time, and
 * asks a battery of calls whether anything says otherwise then. A change that nothing notices is a
 * check that does nothing, or one that nobody tests. Run it with `npm run verify:mutants`.
 */
import { answer, batteryFor } from "./mutation/battery.js";
import type { Known } from "./mutation/battery.js";
import { EQUIVALENT } from "./mutation/equivalent.js";
import { FILES, Modules, sourceOf, turns } from "./mutation/modules.js";
import type { Judge } from "./mutation/modules.js";
import { mutantsOf } from "./mutation/operators.js";
import type { Mutant } from "./mutation/operators.js";

const started = performance.now();
const modules = new Modules();
const battery = batteryFor(modules.all);
/** The calls by the file whose mutants they judge; those that killed of late stand first. */
const batteries = new Map(FILES.map((file) => [file, batteryOf(file)]));

/** A guard is asked by weighs as well. */
function batteryOf(file: string): Known[] {
  const own = modules.of(file);
  return battery.filter(({ name }) => file === "guards.ts" || Object.hasOwn(own, name));
}

function isKilled({ file, source }: Mutant): boolean {
  const calls = batteries.get(file) ?? [];
  return modules.with(file, source, () => {
    const judges = modules.all;
    const killer = calls.findIndex((known) => isNoticed(judges[known.name], known));
    if (killer > 0) calls.unshift(...calls.splice(killer, 1));
    return killer >= 0;
  });
}

function isNoticed(judge: Judge | undefined, known: Known): boolean {
  turns.most = known.most;
  const said = judge === undefined ? undefined : answer(judge, known);
  return said !== known.verdict || turns.count > known.most;
}

const patterns = EQUIVALENT.map(({ like, because }) => {
  const text = like.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return { like, because, pattern: new RegExp(`^${text.join(".*")}$`), survivors: 0 };
});

const mutants = FILES.flatMap((file) => mutantsOf(file, sourceOf(file)));
const problems: string[] = [];
for (const mutant of mutants) {
  const excuses = patterns.filter(({ pattern }) => pattern.test(mutant.what));
  const where = `generated/${mutant.file}:${mutant.line}, ${mutant.what}`;
  if (!isKilled(mutant)) {
    for (const excuse of excuses) excuse.survivors++;
    if (excuses.length === 0) problems.push(`not noticed: ${where}`);
  } else if (excuses.length > 0) problems.push(`excused, but noticed: ${where}`);
}
for (const { like, survivors } of patterns)
  if (survivors === 0) problems.push(`excuses nothing: ${like}`);

for (const problem of problems) process.stdout.write(`${problem}\n`);
const equivalent = patterns.reduce((sum, { survivors }) => sum + survivors, 0);
for (const { because, survivors } of patterns) process.stdout.write(`${survivors}: ${because}\n`);
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(
  `${mutants.length} mutants, ${equivalent} of them equivalent, ` +
    `${battery.length} calls, ${seconds} s\n`,
);
if (problems.length > 0 || mutants.length < 1000) process.exitCode = 1;
