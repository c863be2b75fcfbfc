/**
 * Proves the generated booleans: changes guards, verdicts and looks at one place at a time, and
 * asks a battery of calls whether anything says otherwise then. A change that nothing notices is a
 * check that does nothing, or one that nobody tests. Run it with `npm run verify:mutants`.
 */
import { answer, batteryFor } from "./mutation/battery.js";
import type { Known } from "./mutation/battery.js";
import { EQUIVALENT } from "./mutation/equivalent.js";
import { FILES, GUARDS, Modules, sourceOf, turns } from "./mutation/modules.js";
import type { Judge } from "./mutation/modules.js";
import { mutantsOf, ticking } from "./mutation/operators.js";
import type { Mutant } from "./mutation/operators.js";

const started = performance.now();
const modules = new Modules();
const battery = batteryFor(modules.all);
/** Some of the calls. Those that killed of late come first. */
const batteries = new Map<string, Known[]>();

function callsOf(key: string, isOf: (name: string) => boolean): Known[] {
  const calls = batteries.get(key) ?? battery.filter(({ name }) => isOf(name));
  batteries.set(key, calls);
  return calls;
}

/** Asks the function itself first, then all that may ask it: a guard is asked from every module. */
function isKilled({ file, judge, source }: Mutant): boolean {
  const exports = modules.of(file);
  const own = callsOf(judge, (name) => name === judge);
  const all = callsOf(file, (name) => file === GUARDS || Object.hasOwn(exports, name));
  return modules.with(file, source, () => {
    const judges = modules.all;
    return [own, all].some((calls) => {
      const killer = calls.findIndex((known) => isNoticed(judges[known.name], known));
      if (killer > 0) calls.unshift(...calls.splice(killer, 1));
      return killer >= 0;
    });
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

function patternOf(text: string): RegExp {
  const parts = text.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}

const mutants = FILES.flatMap((file) => mutantsOf(file, sourceOf(file)));
const problems: string[] = [];
let equivalent = 0;
for (const mutant of mutants) {
  const excused = excuses.filter(({ pattern }) => pattern.test(mutant.what));
  const where = `generated/${mutant.file}:${mutant.line}, ${mutant.what}`;
  if (!isKilled(mutant)) {
    if (excused.length > 0) equivalent++;
    for (const excuse of excused) excuse.survivors++;
    if (excused.length === 0) problems.push(`not noticed: ${where}`);
  } else if (excused.length > 0) problems.push(`excused, but noticed: ${where}`);
}
for (const file of FILES) {
  const source = ticking(sourceOf(file));
  if (isKilled({ file, judge: "", line: 0, what: "", source }))
    problems.push(`${file}: noticed, and nothing is changed`);
}
for (const { text, survivors } of excuses)
  if (survivors === 0) problems.push(`excuses nothing: ${text}`);

for (const problem of problems) process.stdout.write(`${problem}\n`);
for (const { because } of EQUIVALENT) {
  const of = excuses.filter((excuse) => excuse.because === because);
  const survivors = of.reduce((sum, excuse) => sum + excuse.survivors, 0);
  process.stdout.write(`${survivors}: ${because}\n`);
}
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(
  `${mutants.length} mutants, ${equivalent} of them equivalent, ` +
    `${battery.length} calls, ${seconds} s\n`,
);
if (problems.length > 0 || mutants.length < 1000) process.exitCode = 1;
