/**
 * Proves the generated booleans: changes guards.ts and the verdicts at one place at a time, and
 * asks a battery of calls whether anything says otherwise then. A change that nothing notices is a
 * check that does nothing, or one that nobody tests. Run it with `npm run verify:mutants`.
 */
import { answer, batteryFor } from "./mutation/battery.js";
import type { Known } from "./mutation/battery.js";
import { EQUIVALENT } from "./mutation/equivalent.js";
import { FILES, GUARDS, Modules, sourceOf, turns } from "./mutation/modules.js";
import type { Judge } from "./mutation/modules.js";
import { mutantsOf } from "./mutation/operators.js";
import type { Mutant } from "./mutation/operators.js";

const started = performance.now();
const modules = new Modules();
const battery = batteryFor(modules.all);
/** The calls by the file whose mutants they judge; those that killed of late stand first. */
const batteries = new Map(FILES.map((file) => [file, batteryOf(file)]));

/** The guard of a type is asked by the judges of calls as well. */
function batteryOf(file: string): Known[] {
  const own = modules.of(file);
  return battery.filter(({ name }) => file === GUARDS || Object.hasOwn(own, name));
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

const excuses = EQUIVALENT.flatMap(({ because, like }) =>
  like.map((text) => ({ because, text, pattern: patternOf(text), survivors: 0 })),
);

const sumOf = (some: typeof excuses): number =>
  some.reduce((sum, { survivors }) => sum + survivors, 0);

function patternOf(text: string): RegExp {
  const parts = text.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}

const mutants = FILES.flatMap((file) => mutantsOf(file, sourceOf(file)));
const problems: string[] = [];
for (const mutant of mutants) {
  const excused = excuses.filter(({ pattern }) => pattern.test(mutant.what));
  const where = `generated/${mutant.file}:${mutant.line}, ${mutant.what}`;
  if (!isKilled(mutant)) {
    for (const excuse of excused) excuse.survivors++;
    if (excused.length === 0) problems.push(`not noticed: ${where}`);
  } else if (excused.length > 0) problems.push(`excused, but noticed: ${where}`);
}
for (const { text, survivors } of excuses)
  if (survivors === 0) problems.push(`excuses nothing: ${text}`);

for (const problem of problems) process.stdout.write(`${problem}\n`);
for (const { because } of EQUIVALENT) {
  const of = excuses.filter((excuse) => excuse.because === because);
  process.stdout.write(`${sumOf(of)}: ${because}\n`);
}
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(
  `${mutants.length} mutants, ${sumOf(excuses)} of them equivalent, ` +
    `${battery.length} calls, ${seconds} s\n`,
);
if (problems.length > 0 || mutants.length < 1000) process.exitCode = 1;
