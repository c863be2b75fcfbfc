/** types.ts: every C type that the calls reach, as TypeScript. */
import type { FieldModel, Model, StructModel, TypeModel } from "../model.js";
import { never } from "../fault.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { docComment, identifier, key, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { libType } from "./pieces.js";

/** Emits types.ts. */
export function emitTypes(model: Model): OutputFile {
  const types = [...model.types.values()].map((type) => emitType(model, type));
  return { path: "types.ts", source: "the types of the schema", body: code`${types}` };
}

function emitType(model: Model, type: TypeModel): Code {
  const name = identifier(type.name);
  switch (type.kind) {
    case "integer": {
      const isCode = model.codes.some((set) => set.name === type.name);
      const wide = type.bits === "pointer" || type.bits === 64;
      const shape = isCode
        ? code`${libType("Flavored")}<${string(type.name)}>`
        : wide
          ? libType("Wide")
          : code`number`;
      return code`${docComment([type.doc])}export type ${name} = ${shape};\n\n`;
    }
    case "boolean":
      return code`${docComment([type.doc])}export type ${name} = boolean;\n\n`;
    case "pointer":
      return code`${docComment([type.doc])}${pointerType(type)}\n\n`;
    case "routine": {
      const params = Object.entries(type.params).map(
        ([param, of]) => code`${identifier(param)}: ${identifier(of)},`,
      );
      return code`${docComment([type.doc])}export type ${name} = (${params}) => void;\n\n`;
    }
    case "struct":
      return structType(type);
    default:
      return never(type);
  }
}

function pointerType(type: Extract<TypeModel, { kind: "pointer" }>): Code {
  const name = identifier(type.name);
  switch (type.form) {
    case "object":
      return code`export type ${name} = ${identifier(type.to)};`;
    case "cell":
      return code`export interface ${name} {\n  value: ${identifier(type.to)};\n}`;
    case "bytes":
      return code`export type ${name} = Uint8Array;`;
    case "array":
      return code`export type ${name} = readonly ${identifier(type.to)}[];`;
    case "opaque":
      return code`export type ${name} = object;`;
    default:
      return never(type.form);
  }
}

function structType(struct: StructModel): Code {
  const fields = struct.fields.map(
    (field) => code`${docComment([field.doc])}${key(field.name)}: ${fieldType(field)};\n`,
  );
  const doc = struct.subset === undefined ? [struct.doc] : [struct.doc, "", struct.subset];
  return code`${docComment(doc)}export interface ${identifier(struct.name)} {\n${fields}}\n\n`;
}

function fieldType(field: FieldModel): Code {
  if (field.count !== undefined) return code`Uint8Array`;
  const plain = identifier(field.type);
  return field.nullable === true ? code`${plain} | null` : plain;
}
