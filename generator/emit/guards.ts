/** guards.ts: one guard a type. A guard says whether a value is of its type, and nothing else. */
import { never } from "../fault.js";
import type { Model, StructModel, TypeModel } from "../model.js";
import { rangeOf } from "../phrases.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import { bigint, docComment, identifier, importedType } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import type { Around } from "./fits.js";
import { emitFields, guardTest, readChain, readInto } from "./fits.js";
import { lib, libType } from "./pieces.js";
import { asksTerms, structOf } from "./type-code.js";

/** Emits guards.ts. */
export function emitGuards(model: Model): OutputFile {
  const guarded = [...model.types.values()].filter((type) => {
    const struct = structOf(model, type.name);
    return struct === undefined || struct === type;
  });
  const body = code`${guarded.map((type) => emitGuard(model, type))}`;
  return { path: "guards.ts", source: "the types of the schema", body };
}

function emitGuard(model: Model, type: TypeModel): Code {
  const terms = asksTerms(model, type.name) ? code`, terms: ${libType("Terms")}` : nothing;
  const is = importedType(type.name, "./types");
  const what = type.kind === "struct" && type.next !== undefined ? "a chain of " : "";
  return code`
${docComment([`True for ${what}${type.name}.`])}export function ${identifier(`fits${type.name}`)}(value: unknown${terms}): value is ${is} {
  ${body(model, type)}
}
`;
}

function body(model: Model, type: TypeModel): Code {
  const around: Around = { model, leave: code`return false;` };
  switch (type.kind) {
    case "integer":
      return code`return ${integerTest(type)};`;
    case "boolean":
      return code`return typeof value === "boolean";`;
    case "routine":
      return code`return typeof value === "function";`;
    case "struct":
      return structBody(type, around);
    case "pointer":
      return pointerBody(type, around);
    default:
      return never(type);
  }
}

/** The lowest bits of a number are all of it: there is no shorter test, and it is exact. */
function integerTest(type: Extract<TypeModel, { kind: "integer" }>): Code {
  const { bits, signed } = type;
  const { low, high } = rangeOf(type);
  const isNumber = code`typeof value === "number" && `;
  if (bits === "pointer")
    return code`${lib(signed ? "isSignedWide" : "isWide")}(value, terms.arch)`;
  switch (bits) {
    case 64:
      return code`${lib("isExact")}(value, ${bigint(low)}, ${bigint(high)})`;
    case 32:
      return signed
        ? code`${isNumber}(value | 0) === value`
        : code`${isNumber}value >>> 0 === value`;
    case 16:
      return signed
        ? code`${isNumber}(value << 16) >> 16 === value`
        : code`${isNumber}(value & 0xffff) === value`;
    case 8:
      return signed
        ? code`${isNumber}(value << 24) >> 24 === value`
        : code`${isNumber}(value & 0xff) === value`;
    default:
      return never(bits);
  }
}

function structBody(struct: StructModel, around: Around): Code {
  const place = { value: code`value`, type: struct.name, nullable: false, reads: [] };
  if (struct.next !== undefined) {
    return code`${readChain(place, struct, around)}return true;`;
  }
  return code`if (!${lib("isRecord")}(value)) return false;
    ${emitFields(struct, place, around)}return true;`;
}

function pointerBody(type: Extract<TypeModel, { kind: "pointer" }>, around: Around): Code {
  switch (type.form) {
    case "bytes":
      return code`return ${lib("isBytes")}(value);`;
    case "opaque":
    case "object":
      return code`return ${lib("isRecord")}(value);`;
    case "cell":
      return code`return ${lib("isRecord")}(value) && ${guardTest(code`value["value"]`, type.to, around)};`;
    case "array": {
      const place = { value: code`value`, type: type.name, nullable: false, reads: [] };
      return code`${readInto(place, around)}return true;`;
    }
    default:
      return never(type.form);
  }
}
