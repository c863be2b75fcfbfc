/** The rules of wskit itself: how arguments, options and facts are given. No schema has them. */
import type { Rule } from "./issue.js";

/** The rule that the arguments of a call are named in an object. */
export const argumentsRule = (call: string): Rule =>
  ownRule(`${call}/arguments`, "Pass the parameters by their C names.");

/** The rule that the options of a check name what there is. */
export const optionsRule = (call: string): Rule =>
  ownRule(
    `${call}/options`,
    "Take a name from the list; without options, the first profile and x64 count.",
  );

/** The rule about facts that are misspelt, or of the wrong kind. */
export const factsRule = (call: string): Rule =>
  ownRule(`${call}/facts`, "Leave out what is not known: a rule without its fact is not judged.");

const ownRule = (id: string, advice: string): Rule => ({
  id,
  expects: "an object",
  advice,
  strength: "must",
  sources: ["policy: how JavaScript passes the arguments of a call by name"],
});
