/** "Did you mean": the nearest name, where one is near. */

/** How many letters must be put in, taken out or changed to get from one text to the other. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The nearest name, where one is near. */
export function nearestTo(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    // So much at least must be put in or taken out: names of megabytes are compared with nothing.
    if (Math.abs(name.length - candidate.length) >= least) continue;
    const d = distance(name.toLowerCase(), candidate.toLowerCase());
    if (d < least) [best, least] = [candidate, d];
  }
  return best;
}

/** `; did you mean X?`, or nothing where no name is close. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const best = nearestTo(name, known);
  return best === undefined ? "" : `; did you mean ${best}?`;
}

/** ` (perhaps X)`, or nothing where no name is close. */
export function perhaps(name: string, known: Iterable<string>): string {
  const best = nearestTo(name, known);
  return best === undefined ? "" : ` (perhaps ${best})`;
}
