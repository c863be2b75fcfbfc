/** How much there may be to a value of a type, counted in structs. */
import type { Model } from "../model.js";
import { structOf, typeOf } from "./type-code.js";

const weights = new WeakMap<Model, Map<string, number>>();

/**
 * How many structs a value of the type holds, each as often as a way leads there: one element for
 * an array, one link for a chain. Infinite where a type holds itself.
 */
export function weightOf(model: Model, name: string): number {
  const known = weights.get(model) ?? new Map<string, number>();
  weights.set(model, known);
  const visit = (of: string): number => {
    const type = structOf(model, of) ?? typeOf(model, of);
    const weight = known.get(type.name);
    if (weight !== undefined) return weight;
    // What is met again on the way holds itself, and so does all between.
    known.set(type.name, Infinity);
    let total = 0;
    if (type.kind === "struct") {
      const held = type.fields.filter((field) => field.chain !== true);
      total = held.reduce((sum, field) => sum + visit(field.type), 1);
    } else if (type.kind === "pointer" && (type.form === "cell" || type.form === "array")) {
      total = visit(type.to);
    }
    known.set(type.name, total);
    return total;
  };
  return visit(name);
}

/** More structs than these in one value are counted while they are gone through. */
const MANY = 16;

/**
 * True for types whose values may be very deep, or very many at few places, so that whoever goes
 * through them counts.
 */
export const isVast = (model: Model, name: string): boolean => weightOf(model, name) > MANY;

/** Whoever counts, in a generated function. */
export const WALK = "walk";
