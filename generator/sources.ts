/** Sources as people read them. */
import type { Source } from "../schema/define.js";
import type { AnyCall } from "../schema/define-call.js";
import type { Registry } from "./registry.js";

/** What sources mention by name. */
export interface Named {
  readonly pages: ReadonlyMap<string, { readonly title: string }>;
  readonly decisions: ReadonlyMap<string, { readonly decides: string }>;
}

/** The pages and decisions of a schema. */
export const namedIn = ({ allPages, allDecisions }: Registry): Named => ({
  pages: new Map(allPages.map(({ value }) => [value.name, value])),
  decisions: new Map(allDecisions.map(({ value }) => [value.name, value])),
});

/** One line for a source: which page and where on it, which header line, or why we decided so. */
export function sourceText(source: Source, { pages, decisions }: Named): string {
  if ("page" in source) {
    const page = pages.get(source.page);
    const sentence = source.sentence === undefined ? "" : `, sentence ${source.sentence}`;
    return `page "${page?.title ?? source.page}", ${source.section}${sentence}`;
  }
  if ("header" in source)
    return source.line === undefined ? source.header : `${source.header}:${source.line}`;
  if ("docs" in source) return `page ${source.docs}: ${source.about}`;
  if ("observed" in source) return `observed: ${source.observed}`;
  if ("reference" in source) return `reference implementation: ${source.reference}`;
  if ("inferred" in source) return `inferred: ${source.inferred}`;
  if ("decision" in source) {
    return `decision ${source.decision}: ${decisions.get(source.decision)?.decides ?? ""}`;
  }
  return `policy: ${source.policy}`;
}

/** All sources of a rule. */
export function sourceTexts(from: Source | readonly Source[], named: Named): string[] {
  return sourcesOf(from).map((source) => sourceText(source, named));
}

/** One or more sources as a list. */
export const sourcesOf = (from: Source | readonly Source[]): readonly Source[] =>
  "length" in from ? from : [from];

/** Where a page says what a parameter is: in the first sentence about it. */
export function typeSource(call: AnyCall, param: string): PageSource | undefined {
  if (call.page === undefined) return undefined;
  return { page: call.page, section: `Parameters/${param}`, sentence: 1 };
}

type PageSource = Extract<Source, { page: string }>;
