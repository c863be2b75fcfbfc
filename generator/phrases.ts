/** What a value of a type is called, in a phrase that fits behind "expected". */
import type { IntegerType } from "../schema/define.js";
import type { Registry } from "./registry.js";

/** `a ULONG (0 to 4294967295)`, `a pointer to WSK_BUF`, `a pointer to SOCKADDR or NULL`. */
export function phraseOf(registry: Registry, typeName: string, optional: boolean): string {
  const type = registry.types.get(typeName)?.value;
  const or = optional ? " or NULL" : "";
  switch (type?.kind) {
    case "integer":
      return integerPhrase(type);
    case "boolean":
      return "TRUE or FALSE";
    case "routine":
      return `a function of type ${typeName}${or}`;
    case "pointer": {
      if (type.form === "cell") return `a pointer to ${type.to}: an object { value }${or}`;
      if (type.form === "array") return `an array of ${type.to}${or}`;
      if (type.form === "bytes")
        return `${type.to === "VOID" ? "a pointer to memory" : `a pointer to ${type.to}`}${or}`;
      return `a pointer${type.to === "VOID" ? "" : ` to ${type.to}`}${or}`;
    }
    default:
      return `a ${typeName}`;
  }
}

/** `a ULONG (0 to 4294967295)` */
export function integerPhrase(type: IntegerType): string {
  if (type.bits === "pointer")
    return `${article(type.name)} (a whole number of pointer width; a bigint above 2^53)`;
  const { low, high } = rangeOf(type);
  return `${article(type.name)} (${low} to ${high})`;
}

/** The least and the greatest value of a whole number; for pointer width, those of 64 bits. */
export function rangeOf(type: IntegerType): { low: bigint; high: bigint } {
  const bits = BigInt(type.bits === "pointer" ? 64 : type.bits);
  if (!type.signed) return { low: 0n, high: (1n << bits) - 1n };
  return { low: -(1n << (bits - 1n)), high: (1n << (bits - 1n)) - 1n };
}

const article = (name: string): string =>
  /^(?:[AEIO]|NT)/.test(name) ? `an ${name}` : `a ${name}`;
