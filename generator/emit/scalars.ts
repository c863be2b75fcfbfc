/** Tests of values that have no inside. */
import { never } from "../fault.js";
import type { Model, TypeModel } from "../model.js";
import { rangeOf } from "../phrases.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { bigint } from "../print/encode.js";
import { lib } from "./pieces.js";
import { structOf, typeOf } from "./type-code.js";

/** A test, and its opposite, each fit to stand between other conditions. */
export interface Test {
  readonly fits: Code;
  readonly wrong: Code;
}

/** The test of a value without an inside; undefined for structs, arrays and cells. */
export function scalarTest(
  model: Model,
  name: string,
  { value, arch }: { readonly value: Code; readonly arch: Code },
): Test | undefined {
  if (structOf(model, name) !== undefined) return undefined;
  const type = typeOf(model, name);
  switch (type.kind) {
    case "integer":
      return integerTest(type, value, arch);
    case "boolean":
      return typeTest(value, code`"boolean"`);
    case "routine":
      return typeTest(value, code`"function"`);
    case "pointer":
      if (type.form === "bytes") return call(code`${lib("isBytes")}(${value})`);
      return type.form === "opaque" ? call(code`${lib("isRecord")}(${value})`) : undefined;
    case "struct":
      return undefined;
    default:
      return never(type);
  }
}

const typeTest = (value: Code, name: Code): Test => ({
  fits: code`typeof ${value} === ${name}`,
  wrong: code`typeof ${value} !== ${name}`,
});

const call = (fits: Code): Test => ({ fits, wrong: code`!${fits}` });

/** The lowest bits of a number are all of it: no shorter test is exact. */
function integerTest(type: Extract<TypeModel, { kind: "integer" }>, value: Code, arch: Code): Test {
  const { bits, signed } = type;
  const { low, high } = rangeOf(type);
  if (bits === "pointer")
    return call(code`${lib(signed ? "isSignedWide" : "isWide")}(${value}, ${arch})`);
  if (bits === 64) {
    return call(code`${lib("isExact")}(${value}, ${bigint(low)}, ${bigint(high)})`);
  }
  const lowest = lowestBits(bits, signed, value);
  return {
    fits: code`typeof ${value} === "number" && ${lowest} === ${value}`,
    wrong: code`(typeof ${value} !== "number" || ${lowest} !== ${value})`,
  };
}

function lowestBits(bits: 8 | 16 | 32, signed: boolean, value: Code): Code {
  switch (bits) {
    case 32:
      return signed ? code`(${value} | 0)` : code`${value} >>> 0`;
    case 16:
      return signed ? code`(${value} << 16) >> 16` : code`(${value} & 0xffff)`;
    case 8:
      return signed ? code`(${value} << 24) >> 24` : code`(${value} & 0xff)`;
    default:
      return never(bits);
  }
}
