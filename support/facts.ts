/** Names of facts, which a check would otherwise pass by where they are misspelt. */
import type { Collector } from "./collector.js";
import { factsRule } from "./collector.js";
import { describe } from "./describe.js";
import { perhaps } from "./suggest.js";

/** Reports the facts that the schema does not have. */
export function judgeFactNames(
  on: Collector,
  call: string,
  facts: object,
  known: ReadonlySet<string>,
): void {
  for (const name of Object.keys(facts)) {
    if (known.has(name)) continue;
    const expects = `the name of a fact${perhaps(name, known)}`;
    on.breach({ ...factsRule(call), expects }, null, describe(name));
  }
}
