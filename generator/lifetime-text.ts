/** Lifetimes as people read them. */
import type { LifetimeCheck } from "./model.js";

/** `after return of STATUS_PENDING, until completion: no free, no unlock of Buffer.Mdl` */
export function lifetimeText({ after, until, of, forbids, owes }: LifetimeCheck): string {
  const begin = typeof after === "string" ? after : `return of ${after.code}`;
  const stretch = until === undefined ? `after ${begin}` : `after ${begin}, until ${until}`;
  const rules = [...forbids.map((what) => `no ${what}`), ...owes.map((what) => `${what} is owed`)];
  return `${stretch}: ${rules.join(", ")} (${of.join(", ")})`;
}
