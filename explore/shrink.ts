/** Makes a counterexample small: as few choices as possible that are not 0, and as short a run. */
import { Given } from "./choices.js";
import { trimmed } from "./replay.js";
import type { Runner, Watched } from "./run.js";

/** More tries are not worth it. */
const MOST_TRIES = 2000;

/** What a run fails by: it stays the same while the run is made smaller. */
export function faultOf({ failure, breaches }: Watched): string | null {
  return breaches[0]?.rule ?? failure?.kind ?? null;
}

/** The smallest choices found that fail by the same. */
export function shrink(runner: Runner, given: readonly number[], rare: number): readonly number[] {
  let best = trimmed(given);
  const watched = runner.watch(new Given(best), rare);
  const fault = faultOf(watched);
  let cost = costOf(best, watched);
  let left = MOST_TRIES;
  const improves = (choices: readonly number[]): boolean => {
    left -= 1;
    if (left < 0) return false;
    const replayed = new Given(choices);
    const run = runner.watch(replayed, rare);
    if (faultOf(run) !== fault) return false;
    const made = trimmed(replayed.taken);
    const costs = costOf(made, run);
    if (!isLess(costs, cost)) return false;
    [best, cost] = [made, costs];
    return true;
  };
  for (let isBetter = true; isBetter; isBetter = simpler(best).some(improves));
  return best;
}

/** Ways to make choices simpler, the boldest first. */
function simpler(choices: readonly number[]): readonly (readonly number[])[] {
  const ways: number[][] = [];
  for (let size = choices.length; size > 0; size = Math.floor(size / 2)) {
    for (let at = 0; at < choices.length; at += size) {
      const rest = choices.slice(at + size);
      const zeros = choices.slice(at, at + size).map(() => 0);
      ways.push([...choices.slice(0, at), ...rest], [...choices.slice(0, at), ...zeros, ...rest]);
    }
  }
  choices.forEach((choice, at) => {
    for (let less = 1; less < choice; less++) {
      ways.push([...choices.slice(0, at), less, ...choices.slice(at + 1)]);
    }
  });
  return ways;
}

type Cost = readonly number[];

const costOf = (choices: readonly number[], { events }: Watched): Cost => [
  choices.filter((choice) => choice > 0).length,
  events.length,
  choices.length,
  choices.reduce((sum, choice) => sum + choice, 0),
];

function isLess(one: Cost, other: Cost): boolean {
  const at = one.findIndex((value, i) => value !== other[i]);
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
}
