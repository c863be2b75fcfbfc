/** Lifetimes: their moments and objects exist, and the events of examples can happen. */
import type { Lifetime } from "../../schema/define-call.js";
import type { AnyCall } from "../../schema/define-call.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import { isHappening, parseHappened } from "../happenings.js";
import type { Item, RawType, Registry } from "../registry.js";
import { placeOf } from "../registry.js";

/** Checks the lifetime of a rule. */
export function checkLifetime(
  registry: Registry,
  diagnostics: Diagnostics,
  of: { item: Item<AnyCall>; key: string; lifetime: Lifetime },
): void {
  const { item, key, lifetime } = of;
  const at = (...path: (string | number)[]): Place =>
    placeOf(item, "rules", key, "lifetime", ...path);
  const { forbids = [], owes = [] } = lifetime;
  const wrong = (received: string, wanted: string, place: Place): void =>
    diagnostics.report("lifetime-invalid", place, { received: `"${received}"`, wanted });
  for (const key of ["after", "until"] as const) {
    for (const moment of [lifetime[key] ?? []].flat()) {
      const isMoment = isHappening(moment) || moment === "failure";
      if (isMoment || Object.hasOwn(item.value.outcomes, moment)) continue;
      wrong(moment, "a happening, a code that the call returns, or failure", at(key));
    }
  }
  const { unless } = lifetime;
  if (unless !== undefined && registry.fact(unless) !== "boolean") {
    wrong(unless, "a fact that is true or false", at("unless"));
  }
  if (forbids.length + owes.length === 0) wrong("nothing", "something forbidden or owed", at());
  lifetime.of.forEach((object, i) => {
    if (!isObject(registry, item.value, object)) {
      wrong(object, "a parameter, or a field behind one", at("of", i));
    }
  });
}

/** Checks the events of an example. */
export function checkEvents(
  registry: Registry,
  diagnostics: Diagnostics,
  of: { item: Item<unknown>; path: readonly (string | number)[]; events: readonly string[] },
): void {
  of.events.forEach((text, i) => {
    const parsed = parseHappened(text, registry);
    if (typeof parsed !== "string") return;
    const place = placeOf(of.item, ...of.path, "events", i);
    diagnostics.report("lifetime-invalid", place, { received: `"${text}"`, wanted: parsed });
  });
}

/** True for `Buffer.Mdl`: a parameter, then fields of the structs that its pointers lead to. */
function isObject(registry: Registry, call: AnyCall, object: string): boolean {
  const [first = "", ...rest] = object.split(".");
  let type: string | undefined = call.params[first]?.type;
  if (type === undefined) return false;
  for (const field of rest) {
    const pointer: RawType | undefined = registry.types.get(type)?.value;
    const name: string = pointer?.kind === "pointer" ? pointer.to : type;
    // A type that is not there is reported where it is named.
    if (!registry.types.has(name)) return name !== "VOID";
    type = registry.struct(name)?.fields[field]?.type;
    if (type === undefined) return false;
  }
  return true;
}
