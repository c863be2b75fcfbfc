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
export function asksTerms(model: Model, name: string): boolean {
  return reaches(
    model,
    name,
    (type) =>
      (type.kind === "integer" && type.bits === "pointer") ||
      (type.kind === "struct" && type.rules.some(dependsOnTerms)),
  );
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
  return reaches(
    model,
    name,
    hasRule(({ strength }) => typeof strength !== "string"),
  );
}

/** True where a struct that a call reaches has a rule that does not refuse, but has to be told. */
export function reachesMild(model: Model, call: CallModel): boolean {
  return call.params.some(({ type }) => hasMild(model, type));
}

/** The same for a type. */
export function hasMild(model: Model, name: string): boolean {
  return reaches(model, name, hasRule(isMild));
}

const isMild = ({ strength }: RuleModel): boolean =>
  typeof strength === "string"
    ? strength !== "must"
    : Object.values(strength).some((how) => how !== "must");

const hasRule =
  (is: (rule: RuleModel) => boolean) =>
  (type: TypeModel): boolean =>
    type.kind === "struct" && type.rules.some(is);

/** True where a type, or one that is judged with it, is such a one. */
function reaches(model: Model, name: string, is: (type: TypeModel) => boolean): boolean {
  const met = new Set<string>();
  const visit = (of: string): boolean => {
    const type = structOf(model, of) ?? typeOf(model, of);
    if (met.has(type.name)) return false;
    met.add(type.name);
    if (is(type)) return true;
    if (type.kind === "pointer")
      return (type.form === "cell" || type.form === "array") && visit(type.to);
    return type.kind === "struct" && type.fields.some((field) => visit(field.type));
  };
  return visit(name);
}
