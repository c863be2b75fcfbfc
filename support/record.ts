/** Objects that stand for structs. */

/** True for arrays, of this realm or another. */
export const isArray = (value: unknown): value is unknown[] => Array.isArray(value);

/** True for plain and class objects, not for arrays, functions or null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !isArray(value);
}

/** True for an object that has things by name; a Map, a Set or any other list has not. */
export const isNamed = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] !== "function";

/** What a struct may have by these names, nothing known of it. */
export type Fields<K extends string> = { readonly [P in K]?: unknown };

/** An object that gets no further properties, and the names that those it has are among. */
let sealed: object | null = null;
let sealedNames: ReadonlySet<string> | null = null;

/**
 * True for an object of which each property has one of these names. What is sealed is looked at
 * once, if it is the one that was looked at last.
 */
export function areNamed(value: object, names: ReadonlySet<string>): boolean {
  if (value === sealed && names === sealedNames) return true;
  if (!isNamed(value)) return false;
  for (const name in value) if (!names.has(name)) return false;
  if (!Object.isExtensible(value)) {
    sealed = value;
    sealedNames = names;
  }
  return true;
}
