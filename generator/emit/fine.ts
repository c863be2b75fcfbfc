/**
 * The quick look at facts: most worlds are as a call wants them, and then nobody has to be asked
 * what there is to tell.
 */
import type { CallModel, Model, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { docComment, identifier, imported, key, local, string } from "../print/encode.js";
import { guardTest, nameIn } from "./around.js";
import { JUDGE } from "./expression.js";
import { factsType, lib, libType, list } from "./pieces.js";
import { heldByFacts, needsOf } from "./rule-checks.js";
import { asksTerms } from "./type-code.js";

/**
 * Emits `unfit…Facts`: null where each fact is of its type and known by name, and none of them
 * breaks a rule; otherwise the facts as they were read, each once. Arguments that a rule asks for
 * besides have to be of their types.
 */
export function emitFine(model: Model, call: CallModel, rules: readonly RuleModel[]): Code {
  // Whoever asks for another architecture has options, and is judged rule by rule.
  const view = { ...JUDGE, arch: code`"x64"`, fact: localOf };
  const judged = rules.map((rule) => {
    const { facts, holds } = heldByFacts(model, rule, { call, view });
    return { facts, holds: holds && [...fit(model, call, rule), holds] };
  });
  const names = [...new Set(judged.flatMap(({ facts }) => facts))].sort();
  const members = list(names.map((name) => code`${key(name)}: ${localOf(name)}`));
  const asked = askedOf(model, call, rules);
  const fine = [
    code`${lib("areNamed")}(facts, ${imported("FACT_NAMES", "./facts")})`,
    ...names.flatMap((name) => typed(model, name)),
    ...judged.map(({ facts, holds }) => kept(facts, holds)),
  ];
  const given = asked.length === 0 ? nothing : code`, given: ${libType("Given")}`;
  const taken = list(asked.map(key));
  return code`
${termsOf(model, call, rules)}${docComment([
    `What is known of the world where it may break a rule of ${call.name}, each fact read once; null`,
    "where it breaks none.",
  ])}export function ${fineName(call)}(facts: ${factsType()}${given}): ${factsType()} | null {
  const { ${members} } = facts;
  ${asked.length === 0 ? nothing : code`const { ${taken} } = given;`}
  const isFine = ${join(fine, code` && `)};
  return isFine ? null : { ${members} };
}
`;
}

/** The names of the parameters that rules about facts ask for. */
export function askedOf(model: Model, call: CallModel, rules: readonly RuleModel[]): string[] {
  const needs = rules.map((rule) => needsOf(model, rule, call));
  const asked = new Set(needs.flatMap(({ typed, read }) => [...typed, ...read]));
  return call.params.map(({ name }) => name).filter((name) => asked.has(name));
}

/** That the parameters whose types a rule relies on are of them. */
function fit(model: Model, call: CallModel, rule: RuleModel): Code[] {
  const { typed } = needsOf(model, rule, call);
  return call.params
    .filter(({ name }) => typed.includes(name))
    .map(({ name, type, optional }) => {
      const value = identifier(name);
      const test = guardTest(value, type, { model, terms: code`TERMS` });
      return optional ? code`(${value} === null || ${test})` : test;
    });
}

/** What guards are asked with that ask by what they judge. */
function termsOf(model: Model, call: CallModel, rules: readonly RuleModel[]): Code {
  const typed = new Set(rules.flatMap((rule) => needsOf(model, rule, call).typed));
  const isAsked = call.params.some(
    ({ name, type }) => typed.has(name) && asksTerms(model, nameIn(model, type)),
  );
  const profile = string(call.profiles[0] ?? "documented");
  return isAsked
    ? code`const TERMS: ${libType("Terms")} = { profile: ${profile}, arch: "x64" };\n\n`
    : nothing;
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

function kept(facts: readonly string[], holds: readonly Code[] | undefined): Code {
  const unknown = facts.map((name) => code`${localOf(name)} === undefined`);
  const held = holds === undefined ? [] : [allOf(holds)];
  return code`(${join([...unknown, ...held], code` || `)})`;
}

/** The last of these may be several with "||" between them. */
function allOf(holds: readonly Code[]): Code {
  const [only, another] = holds;
  if (only !== undefined && another === undefined) return only;
  const last = holds.at(-1) ?? nothing;
  return join([...holds.slice(0, -1), code`(${last})`], code` && `);
}
