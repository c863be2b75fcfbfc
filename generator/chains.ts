/** Chains: structs whose fields lead from one link to the next. */
import type { Model } from "./model.js";

/** The fields that continue a chain, in all structs. */
export function chainFields(model: Model): string[] {
  const links = [...model.types.values()].flatMap((type) =>
    type.kind === "struct" && type.next !== undefined ? [type.next] : [],
  );
  return [...new Set(links)].sort();
}
