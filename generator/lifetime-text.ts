/** Lifetimes as people read them. */
import type { LifetimeCheck, MomentModel } from "./model.js";

/** `after return of STATUS_PENDING, until completion: no free, no unlock of Buffer.Mdl` */
export function lifetimeText({ after, until, of, forbids, owes, unless }: LifetimeCheck): string {
  const text = (moment: MomentModel): string =>
    typeof moment === "string" ? moment : `return of ${moment.code}`;
  const begin = `after ${after.map(text).join(" and then ")}`;
  const stretch = until.length === 0 ? begin : `${begin}, until ${until.map(text).join(" or ")}`;
  const rules = [...forbids.map((what) => `no ${what}`), ...owes.map((what) => `${what} is owed`)];
  const lifted = unless === undefined ? "" : `, unless ${unless}`;
  return `${stretch}: ${rules.join(", ")} (${of.join(", ")})${lifted}`;
}
