/** How a type of the schema is written in TypeScript, and which judge knows it. */
import { Fault } from "../fault.js";
import type { Model, ParamModel, StructModel, TypeModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { imported, importedType, number } from "../print/encode.js";
import { constantsModule } from "./pieces.js";

/** A type by name. */
export function typeOf(model: Model, name: string): TypeModel {
  const type = model.types.get(name);
  if (type === undefined) throw new Fault(`the type ${name} was not reached`);
  return type;
}

/** The struct behind an object pointer, or the struct itself. */
export function structOf(model: Model, name: string): StructModel | undefined {
  const type = typeOf(model, name);
  if (type.kind === "struct") return type;
  return type.kind === "pointer" && type.form === "object" ? structOf(model, type.to) : undefined;
}

/** The type of a parameter as TypeScript writes it. */
export function paramType(param: ParamModel): Code {
  const plain =
    param.flags !== undefined
      ? importedType(param.flags, constantsModule(param.flags))
      : param.mustBe !== undefined
        ? number(param.mustBe)
        : importedType(param.type, "./types");
  return param.optional ? code`${plain} | null` : plain;
}

/** The judge of a type. Pointers to objects are judged by their pointee. */
export function judgeOf(model: Model, name: string): Code {
  const type = structOf(model, name) ?? typeOf(model, name);
  return imported(`judge${type.name}`, "./judges");
}

/** True where a number needs exact arithmetic. */
export function isWide(model: Model, name: string): boolean {
  const type = typeOf(model, name);
  return type.kind === "integer" && (type.bits === "pointer" || type.bits === 64);
}
