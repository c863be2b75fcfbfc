/** Values of named numbers and codes: aliases are followed, architectures told apart. */
import type { Alias, ArchValue } from "../schema/define.js";

/** A named value before its alias is followed. */
export type Named<V> = { readonly value: V } | Pick<Alias, "aliasOf">;

/** The values of a set by name. */
export type Values<V> = Readonly<Record<string, Named<V>>>;

/** The value of a name; undefined where it has none, or where its alias leads nowhere. */
export function valueIn<V>(values: Values<V>, name: string): V | undefined {
  const own = ownValueIn(values, name);
  if (own !== undefined) return own;
  const alias = aliasIn(values, name);
  return alias === undefined ? undefined : ownValueIn(values, alias);
}

/** The name that another one stands for; undefined where it has a value of its own. */
export function aliasIn(values: Values<unknown>, name: string): string | undefined {
  const of = Object.hasOwn(values, name) ? values[name] : undefined;
  return of !== undefined && "aliasOf" in of ? of.aliasOf : undefined;
}

/** The names that have a value of their own. */
export function ownNames(values: Values<unknown>): string[] {
  return Object.keys(values).filter((name) => aliasIn(values, name) === undefined);
}

/** True for a value that differs by architecture. */
export const isArchValue = (value: unknown): value is ArchValue => typeof value === "object";

const MAX_32 = 0xffff_ffff;
const MIN_32 = -0x8000_0000;

/** True for a value that more than 32 bits are needed for, or that is a bigint, somewhere. */
export function isWideValue(value: number | ArchValue): boolean {
  const all = isArchValue(value) ? Object.values(value) : [value];
  return all.some((one) => typeof one === "bigint" || one > MAX_32 || one < MIN_32);
}

/** True where some constant of a set is a bigint somewhere, and so their type takes both. */
export function isWideSet(values: Values<number | ArchValue>): boolean {
  return ownNames(values).some((name) => {
    const value = valueIn(values, name);
    return isArchValue(value) && Object.values(value).some((one) => typeof one === "bigint");
  });
}

function ownValueIn<V>(values: Values<V>, name: string): V | undefined {
  const of = Object.hasOwn(values, name) ? values[name] : undefined;
  return of !== undefined && "value" in of ? of.value : undefined;
}
