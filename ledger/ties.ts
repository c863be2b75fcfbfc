/** What accounts for a sentence: every citation of a page in the schema. */
import type { Source } from "../schema/define.js";

/** Something of the schema that models a sentence, or all sentences of a section. */
export interface Tie {
  /** The rule, outcome or part of a call: `WskSend/irql`, `WskSend/outcomes/STATUS_SUCCESS`. */
  readonly id: string;
  readonly page: string;
  readonly section: string;
  /** The sentence by its place in the section; all of the section where both are left out. */
  readonly sentence?: number;
  /** The sentence by its hash. */
  readonly hash?: string;
  /** True where it stands in the schema, so that it must hit something. */
  readonly cited: boolean;
}

type Citation = Extract<Source, { page: string }>;

const isCitation = (value: object): value is Citation => "page" in value && "section" in value;

/** All citations in a definition, wherever they stand in it. */
export function citationsIn(definition: Readonly<Record<string, unknown>>): Tie[] {
  const ties: Tie[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== "object" || value === null) return;
    if (isCitation(value)) ties.push({ ...value, id: idOf(path), cited: true });
    else for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
  };
  visit(definition, [String(definition["name"])]);
  return ties;
}

/** `WskSend/rules/irql/from/0` is known as `WskSend/irql`. */
function idOf(path: readonly string[]): string {
  const from = path.lastIndexOf("from");
  const whole = from < 0 ? path : path.slice(0, from);
  return whole.filter((key, i) => i !== 1 || key !== "rules").join("/");
}
