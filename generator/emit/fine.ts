/**
 * The quick look at facts: most worlds are as a call wants them, and then nobody has to be asked
 * what there is to tell.
 */
import type { CallModel, Model, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join } from "../print/code.js";
import { docComment, identifier, imported, key, local } from "../print/encode.js";
import { JUDGE } from "./expression.js";
import { factsType, lib, list } from "./pieces.js";
import { heldByFacts } from "./rule-checks.js";

/**
 * Emits `unfit…Facts`: null where each fact is of its type and known by name, and none of them
 * breaks a rule; otherwise the facts as they were read, each once. A rule that asks for arguments
 * as well is not judged here: its facts are never fine.
 */
export function emitFine(model: Model, call: CallModel, rules: readonly RuleModel[]): Code {
  // Whoever asks for another architecture has options, and is judged rule by rule.
  const view = { ...JUDGE, arch: code`"x64"`, fact: localOf };
  const judged = rules.map((rule) => heldByFacts(model, rule, { call, view }));
  const names = [...new Set(judged.flatMap(({ facts }) => facts))].sort();
  const members = list(names.map((name) => code`${key(name)}: ${localOf(name)}`));
  const fine = [
    code`${lib("areNamed")}(facts, ${imported("FACT_NAMES", "./facts")})`,
    ...names.flatMap((name) => typed(model, name)),
    ...judged.map(({ facts, holds }) => kept(facts, holds)),
  ];
  return code`
${docComment([
  `What is known of the world where it may break a rule of ${call.name}, each fact read once; null`,
  "where it breaks none.",
])}export function ${fineName(call)}(facts: ${factsType()}): ${factsType()} | null {
  const { ${members} } = facts;
  const isFine = ${join(fine, code` && `)};
  return isFine ? null : { ${members} };
}
`;
}

/** The name of that function. */
const fineName = (call: CallModel): Code => identifier(`unfit${call.name}Facts`);

/** The local of a fact. Facts are slugs, and each is told from any other by all its letters. */
const localOf = (name: string): Code =>
  local(`fact$${name.replaceAll("-", "_").replaceAll(".", "$")}`);

const TESTS: Readonly<Record<string, (value: Code) => Code>> = {
  boolean: (value) => code`typeof ${value} === "boolean"`,
  integer: (value) => code`Number.isSafeInteger(${value})`,
  code: (value) => code`${value} === (${value} | 0)`,
};

function typed(model: Model, name: string): Code[] {
  const fact = localOf(name);
  const test = TESTS[model.facts.get(name)?.type ?? "boolean"];
  return test === undefined ? [] : [code`(${fact} === undefined || ${test(fact)})`];
}

function kept(facts: readonly string[], holds: Code | undefined): Code {
  const unknown = facts.map((name) => code`${localOf(name)} === undefined`);
  return code`(${join(holds === undefined ? unknown : [...unknown, holds], code` || `)})`;
}
