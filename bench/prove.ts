/** Proves that all subjects check the same contract: a faster check of less is no faster check. */
import type { Variant } from "./battery.js";
import { BATTERY, TRAPPED } from "./battery.js";
import type { Subject } from "./peers/subject.js";

/** A verdict, or what was thrown. */
function verdict(subject: Subject, { call, args }: Variant): boolean | string {
  try {
    return subject.calls[call].is(args);
  } catch (error) {
    return `throws ${String(error)}`;
  }
}

/** What is wrong with a subject's answers, a line each; none where it may be measured. */
export function faultsOf(subject: Subject): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const variant of [...BATTERY, ...TRAPPED]) {
    const said = verdict(subject, variant);
    if (said !== variant.valid) {
      const { trap } = variant;
      if (trap !== undefined && trap in subject.differs) seen.add(trap);
      else faults.push(`${subject.name}: ${variant.name} is ${variant.valid}, but it says ${said}`);
    } else if (!variant.valid && subject.calls[variant.call].issues?.(variant.args).length === 0) {
      faults.push(`${subject.name}: ${variant.name} is refused without an issue`);
    }
  }
  for (const trap of Object.keys(subject.differs)) {
    if (!seen.has(trap)) faults.push(`${subject.name}: sees through "${trap}", though listed`);
  }
  return faults;
}

/** Throws where a subject answers otherwise than the contract, with all the differences. */
export function prove(subjects: readonly Subject[]): void {
  const faults = subjects.flatMap(faultsOf);
  if (faults.length === 0) return;
  throw new Error(`Not the same contract, so nothing is measured:\n${faults.join("\n")}`);
}
