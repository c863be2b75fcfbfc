/** Faults that depend on what stands at a place: one too many or too few, or in a disguise. */
import type { Fault } from "./pool.js";

/** Values that differ from this one by as little as can be. */
export function nearOf(value: unknown): Fault[] {
  const near = differing(value);
  return Object.entries(near).map(([name, make]) => ({ name, make }));
}

function differing(value: unknown): Readonly<Record<string, () => unknown>> {
  if (typeof value === "number") return nearNumber(value);
  if (typeof value === "bigint") return { ...sides(value, 1n), rounded: () => Number(value) };
  if (typeof value === "boolean") return { "as a number": () => Number(value) };
  if (value instanceof Uint8Array) return nearBytes(value);
  if (Array.isArray(value)) return nearArray(value);
  return typeof value === "object" && value !== null ? disguised(value) : {};
}

const sides = <T extends number | bigint>(value: T, one: T): Record<string, () => unknown> => ({
  "one more": () => (value as number) + (one as number),
  "one less": () => (value as number) - (one as number),
  "as text": () => String(value),
});

const nearNumber = (value: number): Record<string, () => unknown> => ({
  ...sides(value, 1),
  "a half more": () => value + 0.5,
  "as a bigint": () => BigInt(value),
});

const nearBytes = (value: Uint8Array): Record<string, () => unknown> => ({
  "a byte less": () => value.slice(0, -1),
  "a byte more": () => Uint8Array.of(...value, 0),
});

const nearArray = (value: readonly unknown[]): Record<string, () => unknown> => ({
  "one element less": () => value.slice(0, -1),
  "one element more": () => [...value, value[0]],
  "like an array": () => ({ ...value, length: value.length }),
  "inherits an array": () => Object.create(value),
});

const disguised = (value: object): Record<string, () => unknown> => ({
  "as an array": () => Object.assign([], value),
  "as a function": () => Object.assign(() => 0, value),
  inherited: () => Object.create(value),
});
