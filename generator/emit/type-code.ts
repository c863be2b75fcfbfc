/** How a type of the schema is written in TypeScript, and which judge knows it. */
import { Fault } from "../fault.js";
import type { Typed } from "../expression/typed.js";
import type { CallModel, Model, ParamModel, RuleModel, StructModel, TypeModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { imported, importedType, number } from "../print/encode.js";
import { isArchValue } from "../values.js";
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

/** True where the guard of a type asks by which profile or for which architecture it judges. */
export function asksTerms(model: Model, name: string, above: readonly string[] = []): boolean {
  const type = structOf(model, name) ?? typeOf(model, name);
  if (above.includes(type.name)) return false;
  const isAsked = (of: string): boolean => asksTerms(model, of, [...above, type.name]);
  switch (type.kind) {
    case "integer":
      return type.bits === "pointer";
    case "pointer":
      return (type.form === "cell" || type.form === "array") && isAsked(type.to);
    case "struct":
      return type.rules.some(dependsOnTerms) || type.fields.some((field) => isAsked(field.type));
    default:
      return false;
  }
}

const dependsOnTerms = ({ strength, check }: RuleModel): boolean =>
  (typeof strength !== "string" && Object.values(strength).includes("must")) ||
  (check.kind === "require" && asksArch(check.expression));

function asksArch(typed: Typed): boolean {
  switch (typed.kind) {
    case "wellFormed":
    case "allOnes":
      return true;
    case "constant":
      return isArchValue(typed.value);
    case "not":
    case "length":
      return asksArch(typed.of);
    case "binary":
      return asksArch(typed.left) || asksArch(typed.right);
    default:
      return false;
  }
}

/** True where the rules of a type, or of what it reaches, depend on the profile. */
export function asksProfile(model: Model, name: string): boolean {
  return reaches(model, name, ({ strength }) => typeof strength !== "string");
}

/** True where a struct that a call reaches has a rule that does not refuse, but has to be told. */
export function reachesMild(model: Model, call: CallModel): boolean {
  return call.params.some(({ type }) => hasMild(model, type));
}

/** The same for a type. */
export function hasMild(model: Model, name: string): boolean {
  return reaches(model, name, isMild);
}

const isMild = ({ strength }: RuleModel): boolean =>
  typeof strength === "string"
    ? strength !== "must"
    : Object.values(strength).some((how) => how !== "must");

/** True where a type, or what it reaches, has such a rule. */
function reaches(model: Model, name: string, is: (rule: RuleModel) => boolean): boolean {
  const met = new Set<string>();
  const visit = (of: string): boolean => reachesFrom(structOf(model, of) ?? typeOf(model, of));
  const reachesFrom = (type: TypeModel): boolean => {
    if (met.has(type.name)) return false;
    met.add(type.name);
    if (type.kind === "pointer")
      return type.form !== "opaque" && type.to !== "VOID" && visit(type.to);
    if (type.kind !== "struct") return false;
    return type.rules.some(is) || type.fields.some((field) => visit(field.type));
  };
  return visit(name);
}
