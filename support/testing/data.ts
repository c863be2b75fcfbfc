/** Examples of a schema as data, and the values they stand for. */

/** An example: plain data; `{ bytes }` and `{ hex }` are memory, `{ routine }` is a callback. */
export type ExampleData =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly ExampleData[]
  | { readonly [key: string]: ExampleData };

/** Changes to an example, by dotted path; `{ sameAs }` is the very object at another path. */
export type ExampleChanges = Readonly<Record<string, ExampleData>>;

/** A fresh value of an example. */
export function realOf(data: ExampleData): unknown {
  if (typeof data !== "object" || data === null) return data;
  if (isList(data)) return data.map(realOf);
  const keys = Object.keys(data);
  const of = keys.length === 1 ? Reflect.get(data, keys[0] ?? "") : undefined;
  if (keys[0] === "bytes" && typeof of === "number") return new Uint8Array(of);
  if (keys[0] === "hex" && typeof of === "string")
    return Uint8Array.from(of.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  if (keys[0] === "routine" && of === true) return () => undefined;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, realOf(value)]));
}

const isList = (data: object): data is readonly ExampleData[] => Array.isArray(data);

/** The fresh value of an example, with changes. */
export function changedOf(base: ExampleData, changes: ExampleChanges): unknown {
  let value = realOf(base);
  for (const [path, data] of Object.entries(changes)) {
    const keys = path.split(".");
    const same = sameAs(data);
    if (same === undefined) value = withAt(value, keys, realOf(data));
    else Reflect.set(Object(at(value, keys.slice(0, -1))), keys.at(-1) ?? "", at(value, same));
  }
  return value;
}

function sameAs(data: ExampleData): readonly string[] | undefined {
  const path: unknown =
    typeof data === "object" && data !== null ? Reflect.get(data, "sameAs") : undefined;
  return typeof path === "string" ? path.split(".") : undefined;
}

/** What stands at a path. */
export const at = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((of, key) => Reflect.get(Object(of), key), value);

/** The value with another one at a path; what lies on the path is copied, the rest is shared. */
export function withAt(
  value: unknown,
  [key, ...rest]: readonly (string | number)[],
  inner: unknown,
): unknown {
  if (key === undefined) return inner;
  const changed = withAt(Reflect.get(Object(value), key), rest, inner);
  if (Array.isArray(value)) return value.with(Number(key), changed);
  return { ...Object(value), [key]: changed };
}
