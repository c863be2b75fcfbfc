/** How much there may be to a value of a type, and who counts it. */
import type { Model } from "../model.js";
import { structOf, typeOf } from "./type-code.js";

/** How much there may be to a value of a type. */
interface Weight {
  /**
   * The structs that it holds, each as often as a way leads there: one element for an array, one
   * link for a chain. Infinite where a type holds itself.
   */
  readonly structs: number;
  /** How many chains and arrays are in each other. */
  readonly nested: number;
}

const ENDLESS: Weight = { structs: Infinity, nested: Infinity };
const NOTHING: Weight = { structs: 0, nested: 0 };

const weights = new WeakMap<Model, Map<string, Weight>>();

function weightOf(model: Model, name: string): Weight {
  const known = weights.get(model) ?? new Map<string, Weight>();
  weights.set(model, known);
  const type = structOf(model, name) ?? typeOf(model, name);
  const weight = known.get(type.name);
  if (weight !== undefined) return weight;
  // What is met again on the way holds itself, and so does all between.
  known.set(type.name, ENDLESS);
  let total = NOTHING;
  if (type.kind === "struct") {
    const held = type.fields.filter((field) => field.chain !== true);
    const inner = held.map((field) => weightOf(model, field.type));
    total = {
      structs: inner.reduce((sum, { structs }) => sum + structs, 1),
      nested: Math.max(0, ...inner.map(({ nested }) => nested)) + (type.next === undefined ? 0 : 1),
    };
  } else if (type.kind === "pointer" && (type.form === "cell" || type.form === "array")) {
    const { structs, nested } = weightOf(model, type.to);
    total = { structs, nested: nested + (type.form === "array" ? 1 : 0) };
  }
  known.set(type.name, total);
  return total;
}

/** More structs than these are many. */
const MANY = 16;

/** True for types whose values may be very deep, or very many structs at few places. */
export const isBulky = (model: Model, name: string): boolean =>
  weightOf(model, name).structs > MANY;

/** True for types that hold themselves, or something that does. */
export const isEndless = (model: Model, name: string): boolean =>
  weightOf(model, name).structs === Infinity;

/**
 * True for types whose values may have far more to go through than there is, because they share
 * their parts: whoever goes through them counts. The elements of one array, or the links of one
 * chain, are no more than there are; those of arrays in an array may be the same ones each time.
 */
export const isVast = (model: Model, name: string): boolean =>
  isBulky(model, name) || weightOf(model, name).nested > 1;

const inVast = new WeakMap<Model, ReadonlySet<string>>();

/** The types that are vast, and all types in them. */
function typesInVast(model: Model): ReadonlySet<string> {
  const met = new Set<string>();
  const visit = (name: string): void => {
    const type = structOf(model, name) ?? typeOf(model, name);
    if (met.has(type.name)) return;
    met.add(type.name);
    if (type.kind === "struct") type.fields.forEach((field) => visit(field.type));
    else if (type.kind === "pointer" && (type.form === "cell" || type.form === "array"))
      visit(type.to);
  };
  for (const name of model.types.keys()) if (isVast(model, name)) visit(name);
  return met;
}

/** True for types whose guards and judges count where somebody asks them to. */
export function isCounted(model: Model, name: string): boolean {
  const known = inVast.get(model) ?? typesInVast(model);
  inVast.set(model, known);
  const { structs, nested } = weightOf(model, name);
  return structs + nested > 0 && known.has((structOf(model, name) ?? typeOf(model, name)).name);
}

/** Whoever counts, in a generated function. */
export const WALK = "walk";
