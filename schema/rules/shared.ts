/** Rules that several calls share: written once, with the place on each call's page given. */
import type { Source } from "../define.js";
import type { Rule } from "../define-call.js";

/** Where a rule stands written. */
export type From = Source | readonly Source[];

/** Rules by key; `P` are the parameters that a call must have to use them. */
export type Rules<P extends string> = Readonly<Record<string, Rule<P>>>;

/** Cites a page: `at("Remarks", 1)`. */
export function citing(page: string): (section: string, sentence?: number) => Source {
  return (section, sentence) =>
    sentence === undefined ? { page, section } : { page, section, sentence };
}
