/** Events of examples: `return STATUS_PENDING`, `free ControlInfo`, `completion`. */
import type { Happening } from "../schema/vocabulary.js";
import { HAPPENINGS } from "../schema/vocabulary.js";
import type { Registry } from "./registry.js";
import { isArchValue } from "./values.js";

/** What happened, to which object, with which code. */
export interface Happened {
  readonly happening: Happening;
  readonly object?: string;
  readonly code?: number;
}

/** True for the name of a happening. */
export const isHappening = (word: string): word is Happening =>
  HAPPENINGS.some((known) => known === word);

/** An event from its text; text where it is none: what was wanted instead. */
export function parseHappened(text: string, registry: Registry): Happened | string {
  const [first = "", second, ...rest] = text.split(" ");
  if (!isHappening(first)) return `an event that begins with one of ${HAPPENINGS.join(", ")}`;
  if (rest.length > 0) return "an event of at most two words";
  if (second === undefined) return { happening: first };
  const code = registry.code(second);
  if (code !== undefined) return { happening: first, code: code.value };
  if (!/^[A-Za-z_]\w*(?:\.\w+)*$/.test(second)) return "an event of an object or with a code";
  return { happening: first, object: second };
}

/** The number that an example gives a fact, by itself or by the name of a code or constant. */
export function factValue(
  value: number | boolean | string,
  registry: Registry,
): number | boolean | undefined {
  if (typeof value !== "string") return value;
  const constant = registry.constant(value)?.value;
  return registry.code(value)?.value ?? (isArchValue(constant) ? undefined : constant);
}
