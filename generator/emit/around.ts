/** What surrounds the statements of a generated boolean, and the tests that they are made of. */
import type { Profile } from "../../schema/vocabulary.js";
import type { Model } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { imported, string } from "../print/encode.js";
import type { Locals } from "./locals.js";
import { lib, libType } from "./pieces.js";
import type { Read } from "./reads.js";
import { asksTerms, structOf, typeOf } from "./type-code.js";
import { isCounted, isVast } from "./weight.js";

/** A value in generated code, and what the rules around it ask of it. */
export interface Place {
  readonly value: Code;
  readonly type: string;
  readonly nullable: boolean;
  readonly reads: readonly Read[];
}

/** Who counts, in generated code. */
export interface Counter {
  readonly walk: Code;
  /** False where it is up to the caller whether there is somebody. */
  readonly isThere: boolean;
}

/** The function around the statements. */
export interface Around {
  readonly model: Model;
  /** The statement that leaves it. */
  readonly leave: Code;
  /** The names of its locals. */
  readonly locals: Locals;
  /**
   * The profile, where the function knows it: then the architecture is x64, and what has an inside
   * is gone through on the spot. Others take `terms`, and leave the inside to guards.
   */
  readonly profile?: Profile;
  /** Where the terms are that guards are given, if not in a parameter. */
  readonly terms?: Code;
  /** The types that the statements are inside of. */
  readonly inside?: readonly string[];
  /** Who counts what is met, where there may be very much. */
  readonly counter?: Counter;
  /** True where a guard has judged the values: they are looked at for what rules ask. */
  readonly isJudged?: boolean;
}

/** Deeper than this, and where there may be very much, guards are asked: lines have an end. */
const DEPTH = 4;

/** The type that stands for all pointers to it. */
export const nameIn = (model: Model, type: string): string =>
  (structOf(model, type) ?? typeOf(model, type)).name;

/** True where the inside of a type is gone through on the spot. */
export function goesIn(around: Around, type: string): boolean {
  const { model, profile, inside = [], isJudged = false } = around;
  if (profile === undefined || isJudged || inside.length >= DEPTH) return false;
  return !inside.includes(nameIn(model, type)) && !isVast(model, type);
}

/** The architecture, as the statements know it. */
export const archOf = ({ profile }: Pick<Around, "profile">): Code =>
  profile === undefined ? code`terms.arch` : code`"x64"`;

/** `fitsMDL(value)`, with the terms where the type asks for them, and with whoever counts. */
export function guardTest(
  value: Code,
  type: string,
  { model, counter, terms = code`terms` }: Pick<Around, "counter" | "model" | "terms">,
): Code {
  const name = nameIn(model, type);
  const more = asksTerms(model, name) ? code`, ${terms}` : nothing;
  const isTold = counter !== undefined && isCounted(model, name);
  const counted = isTold ? code`, ${counter.walk}` : nothing;
  return code`${imported(`fits${name}`, "./guards")}(${value}${more}${counted})`;
}

/** The statement that leaves a function where a struct, or an element, is one too many. */
export const meetOne = ({ walk, isThere }: Counter, leave: Code): Code =>
  isThere
    ? code`if (!${walk}.meets()) ${leave}\n`
    : code`if (${walk}?.meets() === false) ${leave}\n`;

/** Where the compiler does not know that a value has fields, it is told which are asked for. */
export function fieldsType(names: readonly string[], around: Around): Code {
  if (!isOnTheSpot(around)) return nothing;
  return code`: ${libType("Fields")}<${join(names.map(string), code` | `)}>`;
}

/** True in a function that knows its profile: it asks nobody what it can see itself. */
const isOnTheSpot = ({ profile }: Around): boolean => profile !== undefined;

/** The condition under which a value is no object with fields; `isThere` where it is not NULL. */
export function noRecord(value: Code, isThere: boolean, around: Around): Code {
  if (!isOnTheSpot(around)) return code`!${lib("isRecord")}(${value})`;
  const isNull = isThere ? nothing : code` || ${value} === null`;
  return code`typeof ${value} !== "object"${isNull} || ${lib("isArray")}(${value})`;
}
