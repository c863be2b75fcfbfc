/** Pieces of a JSON Schema, and how C values stand in JSON. */

/** JSON data. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object, for instance a schema. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The greatest number that JSON readers keep; a greater one is written as text. */
const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/** Memory: two hexadecimal digits a byte, so that a length in bytes can be said. */
export const MEMORY: JsonObject = {
  type: "string",
  contentEncoding: "base16",
  pattern: "^(?:[0-9A-Fa-f]{2})*$",
};

/** So many bytes of memory. */
export const bytes = (of: { least?: number; most?: number }): JsonObject => ({
  ...(of.least === undefined ? {} : { minLength: 2 * of.least }),
  ...(of.most === undefined ? {} : { maxLength: 2 * of.most }),
});

/** A whole number that a JSON number holds. */
export const narrow = (low: bigint, high: bigint): JsonObject => ({
  type: "integer",
  minimum: Number(low),
  maximum: Number(high),
});

/** A whole number of up to 64 bits: a JSON number up to 2^53, or decimal digits as text. */
export const wide = (low: bigint, high: bigint): JsonObject => ({
  anyOf: [
    narrow(low < -MOST ? -MOST : low, high > MOST ? MOST : high),
    { type: "string", pattern: decimals(low, high) },
  ],
});

/** The ways to write one wide number. */
export const sameWide = (value: bigint): JsonObject => ({
  enum: [...(value <= MOST && value >= -MOST ? [Number(value)] : []), String(value)],
});

/** A pattern of the decimal numbers from `low`, which is at most 0, to `high`. */
function decimals(low: bigint, high: bigint): string {
  const above = upTo(String(high));
  const below = low < 0n ? [`-(?:${upTo(String(-low)).join("|")})`] : [];
  return `^(?:${["0", ...above, ...below].join("|")})$`;
}

/** Patterns of the decimal numbers from 1 to `most`: those of fewer digits, then digit by digit. */
function upTo(most: string): string[] {
  const shorter = most.length > 1 ? [`[1-9]${times(most.length - 2, true)}`] : [];
  const less = [...most].flatMap((digit, i) => {
    const least = i === 0 ? 1 : 0;
    if (Number(digit) <= least) return [];
    const before = Number(digit) - 1;
    const some = before === least ? String(least) : `[${least}-${before}]`;
    return [`${most.slice(0, i)}${some}${times(most.length - i - 1)}`];
  });
  return [...shorter, ...less, most];
}

const times = (digits: number, orFewer = false): string =>
  digits === 0 ? "" : `[0-9]{${orFewer ? "0," : ""}${digits}}`;

/** A schema of what stands at a path. */
export const at = (path: readonly string[], schema: JsonObject): JsonObject =>
  path.reduceRight<JsonObject>((inner, key) => ({ properties: { [key]: inner } }), schema);

/** The schema of everything else. */
export const not = (schema: JsonObject): JsonObject => ({ not: schema });

/** The schema of NULL. */
export const NULL: JsonObject = { type: "null" };

/** A type of `$defs`. */
export const ref = (type: string): JsonObject => ({ $ref: `#/$defs/${type}` });

/** The same, or NULL. */
export const orNull = (schema: JsonObject, isNullable: boolean): JsonObject =>
  isNullable ? { anyOf: [schema, NULL] } : schema;
