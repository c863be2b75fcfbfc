/** The rules of wskit itself: how arguments, options and facts are given. No schema has them. */
import type { Rule } from "./issue.js";

/** The rule that the arguments of a call are named in an object. */
export function argumentsRule(call: string): Rule {
  return {
    id: `${call}/arguments`,
    says: "The arguments are an object with one property for each parameter.",
    expects: "an object",
    advice: "Pass the parameters by their C names.",
    strength: "must",
    sources: ["policy: how JavaScript passes the arguments of a call by name"],
  };
}

/** The rule that the options of a check name what there is. */
export function optionsRule(call: string): Rule {
  return {
    ...argumentsRule(call),
    id: `${call}/options`,
    says: "The options name a profile of the call and an architecture.",
    advice: "Take a name from the list; without options, the first profile and x64 count.",
  };
}

/** The rule about facts that are misspelt, or of the wrong kind. */
export function factsRule(call: string): Rule {
  return {
    ...argumentsRule(call),
    id: `${call}/facts`,
    says: "A fact is one that the schema has: a whole number, true or false.",
    advice: "Leave out what is not known: a rule without its fact is not judged.",
  };
}
