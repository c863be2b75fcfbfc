/** How deep completion routines may nest before the next one waits until the stack has unwound. */
import { Fifo } from "../fifo.js";
import { attempt } from "../report.js";

/** Routines may send again, and those sends complete at once: so deep at most. */
const MAX_DEPTH = 16;

let depth = 0;
let isDraining = false;
const waiting = new Fifo<() => void>();

/** True while some completion routine runs. */
export function isCompleting(): boolean {
  return depth > 0;
}

/** True where a routine may run now: the stack is shallow, and nobody waits before it. */
export function mayRun(): boolean {
  return depth < MAX_DEPTH && (depth === 0 || waiting.length === 0);
}

/** Marks the beginning of a routine; `left` marks its end, also after a throw. */
export function entered(): void {
  depth += 1;
}

/** Ends a routine; with the outermost one, those run that had to wait, one behind the other. */
export function left(): void {
  depth -= 1;
  if (depth > 0 || isDraining || waiting.length === 0) return;
  isDraining = true;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) attempt(next);
  isDraining = false;
}

/** Has work wait behind what waits already. */
export function later(work: () => void): void {
  waiting.push(work);
}
